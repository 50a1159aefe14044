"""The audit log: what was done and what was read, for as long as the agency says, and never a citizen's words."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from collector.live.retention import DAY_MS, Retention
from tests.e2e.dashboard import joined
from tests.start import Running

SECRET = "Mijn buurman heet Vandenbroucke"


async def entries(run: Running, query: str = "") -> list[dict[str, Any]]:
    answer = await run.client.get(f"/api/audit{query}", headers=run.bearer("admin"))
    assert answer.status_code == 200, answer.text
    return [one for one in answer.json()["items"] if not one["act"].startswith("audit.")]


async def ann(run: Running, name: str = "Ann Peeters", office: str = "Mobility office") -> dict[str, str]:
    """The header of a member who is signed in."""
    return {"cookie": f"tijdens={await joined(run, name, office)}", "origin": run.url}


async def test_opening_a_voice_is_noted_with_who_and_which_and_once_in_ten_minutes(run: Running) -> None:
    told = (await run.send(text=SECRET)).json()
    reader = await ann(run)
    for _ in range(3):
        assert (await run.client.get(f"/api/submissions/{told['id']}", headers=reader)).status_code == 200
    found = await entries(run, "?kind=read")
    assert [(one["who"], one["act"], one["subject_id"]) for one in found] == [
        ("Ann Peeters, Mobility office", "words.opened", told["id"]),
    ]  # fmt: skip
    now = run.app.parts.now() + 601_000
    run.app.parts.now = lambda: now
    await run.client.get(f"/api/submissions/{told['id']}", headers=reader)
    assert len(await entries(run, "?kind=read")) == 2


async def test_a_list_is_noted_with_every_voice_in_it_and_presses_without_words_are_not(run: Running) -> None:
    ids = [(await run.send(text=f"{SECRET} {number}")).json()["id"] for number in range(3)]
    await run.send(outcome="no")
    reader = await ann(run)
    await run.client.get("/api/submissions", headers=reader)
    await run.client.get("/api/submissions", headers=reader)
    assert [(one["act"], one["number"]) for one in await entries(run, "?kind=read")] == [("words.listed", 3)]
    for id_ in ids:
        assert len(await entries(run, f"?submission={id_}")) == 1
    ids.append((await run.send(text="Nog iets.")).json()["id"])
    await run.client.get("/api/reading", headers=reader)
    newest = (await entries(run, "?kind=read"))[0]
    assert (newest["act"], newest["number"]) == ("words.listed", 1)
    assert [one["id"] for one in await entries(run, f"?submission={ids[-1]}")] == [newest["id"]]


async def test_exports_streams_signing_in_and_deeds_are_noted(run: Running) -> None:
    told = (await run.send(text=SECRET)).json()
    reader = await ann(run)
    await run.client.get("/api/export.jsonl", headers=reader)
    async with run.live(additional_headers=reader) as socket:
        await socket.recv()
    read = {"status": "read", "revision": 1}
    await run.client.patch(f"/api/submissions/{told['id']}", json=read, headers=reader)
    await run.client.delete("/api/session", headers=reader)
    found = {(one["act"], one["who"], one["detail"], one["number"]) for one in await entries(run)}
    who = "Ann Peeters, Mobility office"
    assert found >= {
        ("signed.in", who, "invitation", None),
        ("words.exported", who, "jsonl", 1),
        ("words.streamed", who, None, None),
        ("submission.read", who, None, None),
        ("signed.out", who, None, None),
        ("member.changed", "Team admin", None, None),
    }
    assert {one["act"] for one in await entries(run, "?kind=signed")} == {"signed.in", "signed.out"}
    assert "words.exported" not in {one["act"] for one in await entries(run, "?kind=did")}


async def test_no_word_of_a_citizen_and_nothing_that_was_searched_for_stands_in_it(run: Running) -> None:
    told = (await run.send(text=SECRET)).json()
    reader = await ann(run)
    async with asyncio.timeout(20):  # until the index has it
        while not (await run.client.get("/api/submissions?q=Vandenbroucke", headers=reader)).json()["items"]:
            await asyncio.sleep(0.05)
    await run.client.get(f"/api/submissions/{told['id']}", headers=reader)
    for kind in ("csv", "jsonl"):
        exported = (await run.client.get(f"/api/audit.{kind}", headers=run.bearer("admin"))).text
        assert "words.opened" in exported and "vandenbroucke" not in exported.lower()
    rows = [json.loads(line) for line in exported.splitlines()]
    assert {row["act"] for row in rows} >= {"words.listed", "words.opened", "audit.exported"}


async def test_it_is_searched_by_name_by_act_and_by_day_and_goes_on_page_by_page(run: Running) -> None:
    told = (await run.send(text=SECRET)).json()
    await run.client.get(f"/api/submissions/{told['id']}", headers=await ann(run))
    await run.client.get(f"/api/submissions/{told['id']}", headers=await ann(run, "Bob Maes", "Legal office"))
    assert {one["who"] for one in await entries(run, "?q=legal")} == {"Bob Maes, Legal office"}
    assert {one["act"] for one in await entries(run, "?q=member.")} == {"member.changed"}
    assert await entries(run, "?to=2020-01-01") == []
    assert len(await entries(run, "?from=2020-01-01&kind=read")) == 2
    refused = await run.client.get("/api/audit?from=2020-02-30", headers=run.bearer("admin"))
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["from"])
    all_of_them, before, pages = [], "", 0
    while pages < 20:
        page = (await run.client.get(f"/api/audit?limit=2{before}", headers=run.bearer("admin"))).json()
        all_of_them += [one["id"] for one in page["items"]]
        pages += 1
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    assert pages > 2 and all_of_them == sorted(set(all_of_them), reverse=True)


async def test_who_looks_into_it_stands_in_it_as_well(run: Running) -> None:
    for _ in range(2):
        await run.client.get("/api/audit", headers=run.bearer("admin"))
    items = (await run.client.get("/api/audit", headers=run.bearer("admin"))).json()["items"]
    assert [one["who"] for one in items if one["act"] == "audit.read"] == ["Team admin"]


async def test_it_is_kept_as_long_as_the_agency_says_and_no_longer(run: Running) -> None:
    store = run.app.parts.store
    told = (await run.send(text=SECRET)).json()
    await run.client.get(f"/api/submissions/{told['id']}", headers=await ann(run))
    for days, status in ((29, 422), (3_651, 422), (40, 204)):
        answer = await run.client.put("/api/audit/days", json={"audit_days": days}, headers=run.bearer("admin"))
        assert answer.status_code == status
    now = run.app.parts.now()
    await Retention(store, run.app.parts.sources, lambda: now + 39 * DAY_MS).once()
    assert len(await entries(run, "?kind=read")) == 1
    await Retention(store, run.app.parts.sources, lambda: now + 41 * DAY_MS).once()
    assert await entries(run) == []
    assert await store.audit.readers(1, told["id"]) == []
    left = await store.submissions.one(1, told["id"])
    assert left.text == SECRET


async def test_the_receipt_says_which_offices_opened_it_and_no_name(run: Running) -> None:
    told = (await run.send(text=SECRET)).json()
    reader = await ann(run)
    await run.client.get(f"/api/submissions/{told['id']}", headers=reader)
    read = {"status": "read", "revision": 1}
    await run.client.patch(f"/api/submissions/{told['id']}", json=read, headers=reader)
    for name in ("Bob Maes", "Carla Wouters"):
        await run.client.get(f"/api/submissions/{told['id']}", headers=await ann(run, name, "Legal office"))
    await run.client.get(f"/api/submissions/{told['id']}", headers=run.bearer("viewer"))
    receipt = (await run.receipt(told["receipt"])).json()
    assert [(step["change"], step["by"]) for step in receipt["history"][1:]] == [
        ("submission.read", "Mobility office"), ("submission.opened", "Legal office"),
    ]  # fmt: skip
    page = (await run.client.post("/r?lang=en", data={"code": told["receipt"]}, headers={"origin": run.url})).text
    assert "Opened by Legal office" in page and "Bob Maes" not in page


async def test_only_those_who_manage_see_it_and_only_their_own(run: Running) -> None:
    store, now = run.app.parts.store, run.app.parts.now()
    told = (await run.send(text=SECRET)).json()
    await run.client.get(f"/api/submissions/{told['id']}", headers=run.bearer("viewer"))
    assert (await run.client.get("/api/audit", headers=run.bearer("editor"))).status_code == 403
    village = await store.agencies.create("village", "The village", now=now)
    _, secret = await store.tokens.create(village.id, "admin", name="Village", now=now)
    for query in ("", f"?submission={told['id']}"):
        page = await run.client.get(f"/api/audit{query}", headers={"authorization": f"Bearer {secret}"})
        assert [one for one in page.json()["items"] if one["act"] != "audit.read"] == []
