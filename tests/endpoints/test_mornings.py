"""Who gets a story every morning, as the team asks and decides it."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.endpoints.test_members import invited, join
from tests.live.mailbox import mailbox
from tests.start import Running, running
from tests.town import Town


async def joined(run: Running, name: str, role: str = "editor") -> tuple[int, dict[str, str]]:
    """(the id, the header of the session) of a member."""
    email = f"{name.split()[0].lower()}@town.example"
    answer = await join(run, await invited(run, email=email, name=name, role=role))
    cookie = answer.headers["set-cookie"].split(";")[0]
    run.client.cookies.clear()
    headers = {"cookie": cookie, "origin": run.url}
    return (await run.client.get("/api/me", headers=headers)).json()["member"]["id"], headers


async def step(run: Running, headers: dict[str, str], **said: Any) -> httpx2.Response:
    return await run.client.post("/api/decisions/square/morning", json=said, headers=headers)


async def test_an_editor_names_the_owner_and_everybody_of_the_team_sees_how_it_stands(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    ann, _ = await joined(run, "Ann Peeters")
    body = {"member": ann, "language": "fr"}
    named = await run.client.put("/api/decisions/square/morning", json=body, headers=run.bearer())
    assert named.status_code == 200
    listed = (await run.client.get("/api/mornings", headers=run.bearer("viewer"))).json()
    assert listed == named.json() and listed["offered"] is False
    (one,) = listed["items"]
    assert (one["decision"], one["owner"], one["state"]) == (
        "square", {"id": ann, "name": "Ann Peeters", "office": "Mobility office"}, "on",
    )  # fmt: skip
    off = await step(run, run.bearer(), step="off")
    assert (off.json()["items"][0]["state"], off.json()["items"][0]["off_because"]) == ("off", "team")
    assert (await step(run, run.bearer(), step="on")).json()["items"][0]["state"] == "on"
    for wrong in ({"step": "pause"}, {"step": "pause", "days": 61}, {"step": "hand_over", "to": 4711}):
        refused = await step(run, run.bearer(), **wrong)
        assert refused.status_code == 422 and refused.json()["fields"].keys() <= {"days", "to"}, wrong


async def test_whoever_gets_them_pauses_or_hands_over_herself_and_no_other_viewer_does(
    run: Running, town: Town
) -> None:
    await town.publish("square", town.file())
    ann, hers = await joined(run, "Ann Peeters", "viewer")
    bob, his = await joined(run, "Bob Maes", "viewer")
    assert (
        await run.client.put("/api/decisions/square/morning", json={"member": ann}, headers=hers)
    ).status_code == 403
    await run.client.put("/api/decisions/square/morning", json={"member": ann}, headers=run.bearer())
    assert (await step(run, his, step="pause", days=3)).status_code == 403
    assert (await step(run, run.bearer("viewer"), step="pause", days=3)).status_code == 403
    paused = await step(run, hers, step="pause", days=3)
    assert paused.json()["items"][0]["state"] == "paused"
    handed = (await step(run, hers, step="hand_over", to=bob)).json()["items"][0]
    assert (handed["owner"]["id"], handed["reader"]["id"], handed["state"]) == (ann, bob, "on")
    assert (await step(run, hers, step="pause", days=3)).status_code == 403  # it is his now
    assert (await step(run, his, step="off")).status_code == 200


async def test_the_privacy_page_says_it_while_it_happens_and_not_otherwise(tmp_path: Any) -> None:
    async with (
        mailbox() as box,
        running(tmp_path, smtp=f"smtp://127.0.0.1:{box.port}", mail_from="tijdens@town.example") as run,
    ):
        town = Town(run.app.parts.store, run.app.parts.now())
        await town.publish("square", town.file())
        ann, _ = await joined(run, "Ann Peeters")
        pages = ("/privacy/town?lang=en", "/privacy/town/register?lang=en")
        said = [("is mailed" in p or "goes by e-mail" in p) for p in [(await run.client.get(q)).text for q in pages]]
        assert said == [False, False]
        await run.client.put("/api/decisions/square/morning", json={"member": ann}, headers=run.bearer())
        assert (await run.client.get("/api/mornings", headers=run.bearer())).json()["offered"] is True
        for page in pages:
            assert "goes by e-mail to the member of The town" in (await run.client.get(page)).text
        await step(run, run.bearer(), step="off")
        assert "goes by e-mail" not in (await run.client.get(pages[0])).text
        assert "tijdens_story_failures 0" in (await run.client.get("/metrics")).text
