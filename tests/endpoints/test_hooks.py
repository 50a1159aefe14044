"""Hooks, over HTTP: made, looked at, tried out, changed and taken away by those who manage."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from collector.hook import AN_AGENCY
from tests.live.receiver import receiver
from tests.patience import PATIENCE
from tests.start import Running, running

HOOK = {"name": "Case system", "url": "https://hooks.example/tijdens", "topics": ["voices"]}


async def make(run: Running, **said: Any) -> Any:
    return await run.client.post("/api/hooks", json={**HOOK, **said}, headers=run.bearer("admin"))


async def listed(run: Running) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await run.client.get("/api/hooks", headers=run.bearer("admin"))).json()["items"]
    return items


async def test_its_secret_is_shown_once_and_it_is_told_of_what_happens_from_then_on(run: Running) -> None:
    await run.send(text="Voordien.")
    made = (await make(run, topics=["work", "voices", "voices"])).json()
    assert made["secret"].startswith("whsec_") and len(made["secret"]) > 40
    (hook,) = await listed(run)
    assert hook == made["hook"] and hook["topics"] == ["voices", "work"] and hook["created_by"] == "Team admin"
    assert hook["state"] == "on" and hook["cursor"] == await run.app.parts.store.changes.last() - 1
    assert made["secret"] not in (await run.client.get("/api/hooks", headers=run.bearer("admin"))).text


REFUSED: tuple[dict[str, Any], ...] = (
    {"url": "http://hooks.example/"},
    {"url": "http://127.0.0.1/"},
    {"url": "https://10.0.0.1/"},
    {"url": "https://hooks.example:8443/"},
    {"url": "https://x@hooks.example/"},
    {"topics": []},
    {"topics": ["everything"]},
    {"name": " "},
    {"colour": "red"},
)


async def test_what_cannot_be_one_is_refused_by_name(run: Running) -> None:
    for said in REFUSED:
        refused = await make(run, **said)
        assert refused.status_code == 422 and refused.json()["fields"], said
    assert await listed(run) == []


async def test_there_is_an_end_to_how_many_an_agency_has(run: Running) -> None:
    for number in range(AN_AGENCY):
        assert (await make(run, name=f"Hook {number}")).status_code == 201
    assert (await make(run)).status_code == 409


async def test_outside_of_a_demo_the_machine_itself_is_never_called(run: Running) -> None:
    """Also when a name is known to lead there: `localhost` as a name is refused, and so is what it resolves to."""
    hook = (await make(run)).json()["hook"]
    async with receiver() as there:
        rows = "update hooks set url = '{}'".format(there.url.replace("127.0.0.1", "localhost"))
        await run.app.parts.store.engine.writer.write(lambda tx: _sql(tx, rows))
        tried = await run.client.post(f"/api/hooks/{hook['id']}/test", headers=run.bearer("admin"))
        assert (tried.status_code, tried.json()["outcome"], there.got) == (200, "inside", [])


async def _sql(tx: Any, text: str) -> None:
    tx._connection.execute(text)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, demo=True) as run:
        yield run


async def test_a_voice_reaches_its_receiver_and_what_that_says_stands_in_the_log(demo: Running) -> None:
    async with receiver() as there:
        made = (await make(demo, url=there.url)).json()
        path = f"/api/hooks/{made['hook']['id']}"
        tried = await demo.client.post(f"{path}/test", headers=demo.bearer("admin"))
        assert (tried.json()["event"], tried.json()["status"], tried.json()["cursor"]) == ("hook.test", 204, None)
        assert there.got[0].verified(made["secret"])["type"] == "hook.test"
        sent = (await demo.send(text="De kade is te smal.")).json()
        await there.wait(2)
        event = there.got[1].verified(made["secret"])
        assert (event["type"], event["data"]["id"]) == ("submission.received", sent["id"])
        words = await demo.client.get(event["data"]["api"].removeprefix(demo.url), headers=demo.bearer("viewer"))
        assert words.json()["text"] == "De kade is te smal.", "where it says, a token finds the words"
        async with asyncio.timeout(5 * PATIENCE):
            while (await listed(demo))[0]["sent"] < 1:
                await asyncio.sleep(0.01)
        answers = (await demo.client.get(f"{path}/answers?limit=1", headers=demo.bearer("admin"))).json()
        assert (answers["items"][0]["event"], answers["items"][0]["outcome"]) == ("submission.received", "taken")
        older = await demo.client.get(f"{path}/answers?before={answers['next']}", headers=demo.bearer("admin"))
        assert [one["event"] for one in older.json()["items"]] == ["hook.test"]
        metrics = (await demo.client.get("/metrics")).text
        assert "tijdens_hooks_sent 1.0" in metrics and "tijdens_hooks_lag_seconds 0.0" in metrics


async def test_it_is_changed_paused_given_a_new_secret_sent_again_and_taken_away(demo: Running) -> None:
    async with receiver() as there:
        made = (await make(demo, url=there.url)).json()
        admin, path = demo.bearer("admin"), f"/api/hooks/{made['hook']['id']}"
        changed = await demo.client.patch(path, json={"name": "Archive", "on": False}, headers=admin)
        assert (changed.json()["name"], changed.json()["state"], changed.json()["because"]) == (
            "Archive",
            "paused",
            "team",
        )
        assert changed.json()["url"] == there.url
        first = (await demo.send(text="Een.")).json()["id"]
        secret = (await demo.client.post(f"{path}/secret", headers=admin)).json()["secret"]
        assert secret != made["secret"]
        again = await demo.client.patch(path, json={"on": True}, headers=admin)
        assert (again.json()["state"], again.json()["because"]) == ("on", None)
        await there.wait(1)
        assert there.got[0].verified(secret) == there.got[0].verified(made["secret"])
        await demo.client.post(f"{path}/replay", json={"after": 0}, headers=admin)
        await there.wait(2)
        assert {one.event["data"]["id"] for one in there.got} == {first}
        far = await demo.client.post(f"{path}/replay", json={"after": 10**9}, headers=admin)
        assert (far.status_code, list(far.json()["fields"])) == (422, ["after"])
        assert (await demo.client.delete(path, headers=admin)).status_code == 204
        assert (await demo.client.delete(path, headers=admin)).status_code == 404
        assert await listed(demo) == []
        noted = (await demo.client.get("/api/audit?q=hook", headers=admin)).json()["items"]
        details = [one["detail"] for one in noted]
        assert details == ["removed", "replay", "on", "secret", "paused", "changed", "made"]
