"""Tokens for scripts: shown once, with an end, for as little as is needed; withdrawn, they are out at once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from collector.token import secret_hash
from tests.endpoints.test_roles import filled, operations
from tests.start import DESK, ORIGIN, Running, changes
from tests.town import Town

ASKING = {"name": "Nightly report", "role": "editor", "valid_days": 30}


async def made(run: Running, **said: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """(the token as it is listed, the header that carries it)."""
    answer = await run.client.post("/api/tokens", json={**ASKING, **said}, headers=run.bearer("admin"))
    assert answer.status_code == 201, answer.text
    return answer.json()["token"], {"authorization": f"Bearer {answer.json()['secret']}"}


async def listed(run: Running) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await run.client.get("/api/tokens", headers=run.bearer("admin"))).json()["items"]
    return [one for one in items if one["name"] == ASKING["name"]]


async def test_a_token_is_shown_once_kept_as_a_hash_and_says_when_it_was_last_used(run: Running) -> None:
    token, bearer = await made(run)
    assert token["used_at"] is None and token["created_by"] == "Team admin"
    assert token["expires_at"] - token["created_at"] == 30 * 86_400_000
    assert (await run.client.get("/api/me", headers=bearer)).json()["role"] == "editor"
    secret = bearer["authorization"].removeprefix("Bearer ")
    after = await run.client.get("/api/tokens", headers=run.bearer("admin"))
    assert secret not in after.text
    assert abs((await listed(run))[0]["used_at"] - run.app.parts.now()) < 10_000
    rows = await run.app.parts.store.engine.fetch("tokens.by_hash", hash=secret_hash(secret), now=0)
    assert rows[0]["id"] == token["id"]


async def test_it_notes_its_use_once_a_minute_and_not_with_every_request(run: Running) -> None:
    _, bearer = await made(run)
    await run.client.get("/api/me", headers=bearer)
    first = (await listed(run))[0]["used_at"]
    await run.client.get("/api/me", headers=bearer)
    assert (await listed(run))[0]["used_at"] == first
    now = run.app.parts.now() + 61_000
    run.app.parts.now = lambda: now
    await run.client.get("/api/me", headers=bearer)
    assert (await listed(run))[0]["used_at"] == now


@pytest.mark.parametrize("how", ["withdrawn", "over"])
async def test_one_that_is_withdrawn_or_over_ends_its_session_and_sockets_within_five_seconds(
    run: Running, how: str
) -> None:
    token, bearer = await made(run, valid_days=1)
    secret = bearer["authorization"].removeprefix("Bearer ")
    entered = await run.client.post("/api/session", json={"token": secret})
    cookie = entered.headers["set-cookie"].split(";")[0]
    run.client.cookies.clear()
    async with (
        run.live(additional_headers=bearer) as one,
        run.live(additional_headers={"cookie": cookie, "origin": run.url}) as other,
    ):
        if how == "withdrawn":
            gone = await run.client.delete(f"/api/tokens/{token['id']}", headers=run.bearer("admin"))
            assert gone.status_code == 204
        else:
            await run.app.parts.store.tokens.expire(now=token["expires_at"])
        async with asyncio.timeout(5):
            for socket in (one, other):
                with pytest.raises(ConnectionClosed) as closed:
                    while True:
                        await socket.recv()
                assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401
    assert (await run.client.get("/api/me", headers=bearer)).status_code == 401
    assert (await run.client.get("/api/me", headers={"cookie": cookie})).status_code == 401
    assert [one["ended_at"] for one in await listed(run)] == ([] if how == "withdrawn" else [token["expires_at"]])
    again = await run.client.delete(f"/api/tokens/{token['id']}", headers=run.bearer("admin"))
    assert again.status_code == 404


async def test_its_time_is_over_to_the_millisecond_whether_or_not_somebody_looked(run: Running) -> None:
    token, bearer = await made(run, valid_days=1)
    run.app.parts.now = lambda: token["expires_at"] - 1
    assert (await run.client.get("/api/me", headers=bearer)).status_code == 200
    run.app.parts.now = lambda: token["expires_at"]
    assert (await run.client.get("/api/me", headers=bearer)).status_code == 401


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"valid_days": 0}, "valid_days"),
        ({"valid_days": 1000}, "valid_days"),
        ({"role": "operator"}, "role"),
        ({"role": "admin", "placement": "page"}, "role"),
        ({"placement": "page", "decision": "school-street"}, "decision"),
    ],
)
async def test_what_cannot_be_is_said_with_its_field(run: Running, said: dict[str, Any], field: str) -> None:
    answer = await run.client.post("/api/tokens", json={**ASKING, **said}, headers=run.bearer("admin"))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert "do not know" not in answer.json()["fields"][field]


async def test_a_token_for_one_placement_knows_of_nothing_else(run: Running, town: Town) -> None:
    """Lists, one, counts, exports, the stream, triage and bringing in: all within; and what is not made for it is refused."""
    store = run.app.parts.store
    other = await store.agencies.create_placement(
        town.agency, "counter-page", origins=[ORIGIN], now=run.app.parts.now()
    )
    await run.send(text="Hier lukte het niet.")
    elsewhere = (await run.send(text="Elders ook niet.", placement=other.key)).json()
    _, bearer = await made(run, placement="page")
    get = run.client.get
    items = (await get("/api/submissions", headers=bearer)).json()["items"]
    assert [one["text"] for one in items] == ["Hier lukte het niet."]
    for query in (f"?placement={other.key}", "?q=elders&placement=counter-page"):
        assert (await get(f"/api/submissions{query}", headers=bearer)).status_code == 403
        assert (await get(f"/api/export.csv{query}", headers=bearer)).status_code == 403
    assert (await get("/api/submissions?q=elders", headers=bearer)).json()["items"] == []
    assert (await get("/api/counts", headers=bearer)).json()["unread"] == 1
    exported = (await get("/api/export.jsonl", headers=bearer)).text
    assert "Hier lukte" in exported and "Elders" not in exported
    assert (await get(f"/api/submissions/{elsewhere['id']}", headers=bearer)).status_code == 404
    triage = {"status": "read", "revision": 1}
    path = f"/api/submissions/{elsewhere['id']}"
    assert (await run.client.patch(path, json=triage, headers=bearer)).status_code == 404
    saying = {"text": "Wat bedoelt u?", "kind": "question"}
    assert (await run.client.post(f"{path}/messages", json=saying, headers=bearer)).status_code == 404
    mine = (await get(f"/api/submissions/{items[0]['id']}", headers=bearer)).json()
    answer = await run.client.patch(
        f"/api/submissions/{mine['id']}", json={**triage, "revision": mine["revision"]}, headers=bearer
    )
    assert answer.json()["status"] == "read"
    for key, status in (("page", 201), (other.key, 403)):
        body = {"placement": key, "key": f"phone-{key:0>8}", "text": "Aan de telefoon.", "channel": "phone"}
        assert (await run.client.post("/api/submissions", json=body, headers=bearer)).status_code == status
    assert [one["key"] for one in (await get("/api/me", headers=bearer)).json()["placements"]] == ["page"]
    secret = bearer["authorization"].removeprefix("Bearer ")
    assert (await run.client.post("/api/session", json={"token": secret})).status_code == 403


async def test_its_stream_tells_nothing_of_what_happens_elsewhere(run: Running, town: Town) -> None:
    await town.street()
    _, bearer = await made(run, decision="school-street")
    with pytest.raises(InvalidStatus):
        async with run.live("?decision=library-hours", additional_headers=bearer):
            pass
    async with run.live(additional_headers=bearer) as socket:
        await socket.recv()
        outside = (await run.send(text="Over iets anders.")).json()
        await run.receipt(outside["receipt"], "PATCH", text="Over iets heel anders.")
        await town.library()
        body = {"text": "Over de straat.", "decision": "school-street", "effect": "harder"}
        inside = await run.send(**body)
        seen: list[dict[str, Any]] = []
        while not seen or seen[-1]["id"] != inside.json()["id"]:
            seen += await changes(socket, 1)
        assert outside["id"] not in [one["id"] for one in seen]
        assert {one["submission"]["decision"] for one in seen} == {"school-street"}
        await run.receipt(inside.json()["receipt"], "DELETE")
        assert (await changes(socket, 1))[0]["gone"] is True


async def test_its_stream_names_no_voice_that_was_erased_at_another_placement(run: Running) -> None:
    _, bearer = await made(run, placement="page")
    outside = (await run.send(text="Over iets anders.", placement="gateway")).json()
    inside = (await run.send(text="Hier lukte het niet.")).json()
    async with run.live(additional_headers=bearer) as socket:
        await socket.recv()
        await run.receipt(outside["receipt"], "DELETE")
        await run.receipt(inside["receipt"], "DELETE")
        told: list[dict[str, Any]] = []
        while not told or told[-1]["change"] != "submission.erased":
            told += await changes(socket, 1)
        # that it came may be told as well, if the stream was not yet so far
        assert {one["id"] for one in told} == {inside["id"]} and told[-1]["gone"]


async def test_whatever_does_not_narrow_itself_is_refused_to_a_token_of_one_placement(run: Running) -> None:
    _, bearer = await made(run, placement="page")
    ids = {"id": "1", "key": "page", "submission": "1", "name": "1", "version": "1"}
    narrow = 0
    for method, path, described in operations(run):
        answer = await run.client.request(method, filled(path, ids), headers=bearer)
        if described.scoped:
            narrow += 1
            assert answer.status_code != 500, (method, path)
        else:
            assert answer.status_code == 403, (method, path, answer.status_code)
    assert narrow >= 8
    assert (await run.client.get("/brief/school-street", headers=bearer)).status_code == 403


async def test_a_placement_of_another_agency_is_no_placement(run: Running) -> None:
    store, now = run.app.parts.store, run.app.parts.now()
    village = await store.agencies.create("village", "The village", now=now)
    await store.agencies.add_contact_point(village, DESK, now=now)
    await store.agencies.create_placement(village, "village-page", origins=[ORIGIN], now=now)
    answer = await run.client.post(
        "/api/tokens", json={**ASKING, "placement": "village-page"}, headers=run.bearer("admin")
    )
    assert answer.status_code == 404 and json.loads(answer.text)["type"].endswith("placement")
