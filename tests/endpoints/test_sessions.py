"""Sessions: one sees where one is signed in, and gets out of there; they end by themselves."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from collector.session import IDLE_SECONDS, SESSION_SECONDS
from tests.endpoints.test_members import PASSWORD
from tests.endpoints.test_second_factor import came_in, later
from tests.start import Running, running

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0"


async def elsewhere(run: Running) -> dict[str, str]:
    """The same member on another machine."""
    entry = {"email": "ann@town.example", "password": PASSWORD}
    answer = await run.client.post("/api/session", json=entry, headers={"user-agent": FIREFOX})
    run.client.cookies.clear()
    return {"cookie": answer.headers["set-cookie"].split(";")[0], "origin": run.url}


async def sessions(run: Running, headers: dict[str, str]) -> list[dict[str, object]]:
    answer = await run.client.get("/api/sessions", headers=headers)
    assert answer.status_code == 200
    items: list[dict[str, object]] = answer.json()["items"]
    return items


async def test_one_sees_where_one_is_signed_in_and_ends_one_of_them_with_its_socket(run: Running) -> None:
    here = await came_in(run)
    there = await elsewhere(run)
    found = await sessions(run, here)
    assert [(one["way"], one["device"], one["current"]) for one in found] == [
        ("password", "Firefox, Windows", False), ("invitation", "", True),
    ]  # fmt: skip
    async with run.live(additional_headers=there) as far, run.live(additional_headers=here) as near:
        await near.recv()
        ended = await run.client.delete(f"/api/sessions/{found[0]['id']}", headers=here)
        assert ended.status_code == 204
        async with asyncio.timeout(5):
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    await far.recv()
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401
        assert (await run.client.get("/api/me", headers=here)).status_code == 200
        near_is_open = await near.ping()
        await asyncio.wait_for(near_is_open, 5)
    assert (await run.client.get("/api/me", headers=there)).status_code == 401


async def test_out_everywhere_is_out_here_too(run: Running) -> None:
    here = await came_in(run)
    there = await elsewhere(run)
    answer = await run.client.delete("/api/sessions", headers=here)
    assert answer.status_code == 204 and "max-age=0" in answer.headers["set-cookie"].lower()
    for headers in (here, there):
        assert (await run.client.get("/api/me", headers=headers)).status_code == 401


async def test_a_colleagues_session_is_nobodys(run: Running) -> None:
    ann = await came_in(run)
    bob = await came_in(run, email="bob@town.example", name="Bob Maes")
    number = (await sessions(run, ann))[0]["id"]
    assert (await run.client.delete(f"/api/sessions/{number}", headers=bob)).status_code == 404
    assert (await run.client.get("/api/me", headers=ann)).status_code == 200


async def test_it_ends_after_an_hour_without_anybody_and_after_a_working_day_in_any_case(run: Running) -> None:
    ann = await came_in(run)
    for _ in range(SESSION_SECONDS // IDLE_SECONDS - 1):
        later(run, IDLE_SECONDS - 5)
        assert (await run.client.put("/api/session", headers=ann)).status_code == 204
    later(run, IDLE_SECONDS - 5)
    assert (await run.client.get("/api/me", headers=ann)).status_code == 200
    later(run, 6)
    assert (await run.client.get("/api/me", headers=ann)).status_code == 401
    bob = await came_in(run, email="bob@town.example", name="Bob Maes")
    for _ in range(14):
        later(run, IDLE_SECONDS - 5)
        status = (await run.client.put("/api/session", headers=bob)).status_code
    assert status == 401


async def test_reading_along_by_itself_does_not_keep_a_session_open_and_its_socket_ends_with_it(run: Running) -> None:
    ann = await came_in(run)
    async with run.live(additional_headers=ann) as socket:
        await socket.recv()
        now = run.app.parts.now() + IDLE_SECONDS * 1000
        await run.client.get("/api/counts", headers=ann)
        await run.app.parts.store.sessions.expire(now=now)
        async with asyncio.timeout(5):
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    await socket.recv()
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401


async def test_where_the_public_comes_by_https_the_cookie_belongs_to_this_host_alone(tmp_path: Path) -> None:
    async with running(tmp_path, url="https://tijdens.example") as run:
        entry = {"token": run.tokens["editor"]}
        answer = await run.client.post("/api/session", json=entry, headers={"origin": "https://tijdens.example"})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-tijdens=") and "domain" not in cookie.lower()
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= {part.strip().lower() for part in cookie.split(";")}
