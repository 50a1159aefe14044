"""Who is here, and who answers what, over the live socket."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from websockets.asyncio.client import ClientConnection

from tests.start import Running, changes


async def here(socket: ClientConnection, wanted: list[tuple[str, list[int]]]) -> None:
    """Waits until the list of who is here says this."""
    told: Any = None
    async with asyncio.timeout(20):
        while told != wanted:
            frame = json.loads(await socket.recv())
            if frame["type"] == "here":
                told = [(person["name"], person["reading"]) for person in frame["people"]]


async def seen(socket: ClientConnection, change: str) -> list[dict[str, Any]]:
    """What comes up to a change of that name, and with it."""
    items: list[dict[str, Any]] = []
    while change not in [item["change"] for item in items]:
        items += await changes(socket, 1, seconds=20)
    return items


async def test_who_says_so_is_here_and_sees_who_else_is_and_what_they_read(run: Running) -> None:
    told = (await run.send(text="Het lukte niet.")).json()["id"]
    me = {role: (await run.client.get("/api/me", headers=run.bearer(role))).json()["name"] for role in run.tokens}
    async with run.live(role="editor") as ann, run.live(role="admin") as bob, run.live(role="viewer") as script:
        await ann.send("{}")
        await here(ann, [(me["editor"], [])])
        await bob.send(json.dumps({"reading": told}))
        both = sorted([(me["admin"], [told]), (me["editor"], [])])
        await here(ann, both)
        await here(bob, both)
        await ann.send("who is it?")  # what we do not understand says nothing
        await bob.send(json.dumps({"reading": None}))
        await here(ann, sorted([(me["admin"], []), (me["editor"], [])]))
        await bob.close()
        await here(ann, [(me["editor"], [])])
        await run.send(text="Nog een.")
        frames: list[str] = []
        async with asyncio.timeout(20):
            while not frames or frames[-1] != "changes":
                frames.append(json.loads(await script.recv())["type"])
        assert "here" not in frames, "a script that listens is not here and hears nothing of it"
    assert run.app.parts.presence.people(run.app.parts.store.agencies.by_key("town").id) == []


async def test_another_agency_is_another_room(run: Running) -> None:
    store, now = run.app.parts.store, run.app.parts.now()
    village = await store.agencies.create("village", "The village", now=now)
    _, secret = await store.tokens.create(village.id, "admin", name="Village", now=now)
    async with run.live() as ann, run.live(additional_headers={"authorization": f"Bearer {secret}"}) as eve:
        await ann.send("{}")
        await eve.send("{}")
        await here(eve, [("Village", [])])
    async with run.live() as ann:
        await ann.send("{}")
        name = (await run.client.get("/api/me", headers=run.bearer())).json()["name"]
        await here(ann, [(name, [])])


async def test_a_socket_that_talks_without_end_is_closed(run: Running) -> None:
    async with run.live() as socket:
        for number in range(60):
            await socket.send(json.dumps({"reading": number}))
        async with asyncio.timeout(20):
            async for _ in socket:
                pass
        assert socket.close_code is not None


async def test_a_claim_is_seen_within_a_second_and_refused_to_a_colleague(run: Running) -> None:
    told = (await run.send(text="Het lukte niet.")).json()["id"]
    path = f"/api/submissions/{told}/claim"
    async with run.live(role="admin") as bob:
        await bob.recv()
        claim = (await run.client.put(path, json={}, headers=run.bearer())).json()
        assert (await seen(bob, "submission.claimed"))[-1]["submission"]["claim"] == claim
        assert claim["holder"] == (await run.client.get("/api/me", headers=run.bearer())).json()["holder"]
        refused = await run.client.put(path, json={}, headers=run.bearer("admin"))
        assert (refused.status_code, refused.json()["claim"]) == (409, claim)
        said = {"text": "Wij kijken ernaar.", "kind": "note"}
        answer = await run.client.post(f"/api/submissions/{told}/messages", json=said, headers=run.bearer("admin"))
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/claimed")
        assert (await run.client.put(path, json={"over": True}, headers=run.bearer("admin"))).status_code == 200
        assert (await run.client.delete(path, headers=run.bearer("admin"))).status_code == 204
        items = await seen(bob, "submission.released")
        assert [item["change"] for item in items] == ["submission.claimed", "submission.released"]
        assert items[-1]["submission"]["claim"] is None
