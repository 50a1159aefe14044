"""Two agencies in one installation. Generated from the OpenAPI document: whatever a team can ask for, asked by one agency
with what the other has, is answered as if nobody had it: the same status, the same words, the same figures."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx2
import pytest

from collector.contact_point import ContactPoint
from tests.endpoints.test_roles import _ids, filled, neighbour
from tests.start import Running
from tests.town import Town

NOBODYS = 999_999_999
# what nobody has, by the name of a parameter; the town's own are put beside it
NOTHING = {
    "placement": "nowhere",
    "decision": "nowhere",
    "theme": str(NOBODYS),
    "desk": "nowhere",
    "q": "zzzzzzz",
    "submission": str(NOBODYS),
    "key": "nowhere",
    "id": str(NOBODYS),
    "name": str(NOBODYS),
    "version": "1",
}
# the moment of making stands in these; their contents are those of the csv
NOT_COMPARED = ("/api/export.xlsx",)


async def test_what_another_agency_has_is_answered_like_what_nobody_has(run: Running) -> None:
    town = Town(run.app.parts.store, run.app.parts.now())
    await town.street()
    _, village = await neighbour(run)
    ids = await _ids(run, town)
    harbour = ContactPoint("harbour", "Harbour desk", counter="Leveringen 1")
    await run.app.parts.store.agencies.add_contact_point(town.agency, harbour, now=run.app.parts.now())
    paths = (await run.client.get("/openapi.json")).json()["paths"]
    compared: list[tuple[str, str]] = []
    for path, methods in paths.items():
        described = methods.get("get")
        if described is None or "security" not in described or described["security"] == [{"receipt": []}]:
            continue
        town_has = _of(path, ids)
        named = [one["name"] for one in described.get("parameters", ()) if one["in"] == "query"]
        for name in [*(one for one in named if one in town_has), None]:
            if name is None and "{" not in path:
                continue
            await _ask(run, path, name, town_has, village)  # what is noted of a first look is noted by this
            theirs = await _ask(run, path, name, town_has, village)
            nothing = await _ask(run, path, name, NOTHING, village)
            assert theirs.status_code == nothing.status_code, (path, name)
            if "{" in path:
                assert theirs.status_code == 404, (path, name, theirs.status_code)
            assert "leveringen" not in theirs.text.lower(), (path, name)
            if path not in NOT_COMPARED:
                assert theirs.text == nothing.text, (path, name)
            compared.append((path, name or ""))
    assert len(compared) > 40
    assert {"/api/submissions", "/api/counts", "/api/export.csv", "/api/export.jsonl", "/api/audit"} <= {
        path for path, _ in compared
    }


@pytest.mark.parametrize("query", ["placement=page", "decision=school-street", "desk=harbour", "theme=1", ""])
async def test_a_stream_that_asks_for_what_another_agency_has_stays_silent(run: Running, query: str) -> None:
    town = Town(run.app.parts.store, run.app.parts.now())
    await town.street()
    _, village = await neighbour(run)
    async with run.live(f"?{query}", additional_headers=village) as socket, run.live(f"?{query}") as own:
        await asyncio.gather(socket.recv(), own.recv())
        for role in ("viewer", "admin"):
            member = await run.client.get("/api/submissions", headers=run.bearer(role))
            assert member.json()["items"]
        await run.send(text="Leveringen om acht uur.", decision="school-street", effect="harder")
        # the last thing that both may hear: whatever came for the village before it would have come first
        now = run.app.parts.now()
        await run.app.parts.store.agencies.set_audit_days(
            run.app.parts.store.agencies.by_key("village").id, 100, now=now, by="Village"
        )
        until = await run.app.parts.store.changes.last()
        async with asyncio.timeout(20):
            while run.app.parts.feed.last < until:
                await asyncio.sleep(0.01)
        heard: list[bytes] = []
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                while True:
                    heard.append(await socket.recv(decode=False))
        told = [item["change"] for frame in map(json.loads, heard) for item in frame.get("items", ())]
        assert not [
            change for change in told if change.split(".")[0] in ("submission", "decision", "theme", "response")
        ]
        assert b"leveringen" not in b"".join(heard).lower()


def _of(path: str, ids: dict[str, int]) -> dict[str, str]:
    """What the town has, by the names of parameters, for a path."""
    noun = path.split("/")[2]
    keys = {"placements": "page", "contact-points": "harbour"}
    return {
        "placement": "page",
        "decision": "school-street",
        "theme": str(ids["themes"]),
        "desk": "harbour",
        "q": "winkel",
        "submission": str(ids["submissions"]),
        "key": keys.get(noun, "school-street"),
        "id": str(ids.get(noun, ids["submissions"])),
        "name": "1",
        "version": "1",
    }


async def _ask(
    run: Running, path: str, name: str | None, has: dict[str, str], headers: dict[str, Any]
) -> httpx2.Response:
    """`path` with what is named in it, and with one parameter of its query."""
    query = {name: has[name]} if name is not None else {}
    return await run.client.get(filled(path, has), params=query, headers=headers)
