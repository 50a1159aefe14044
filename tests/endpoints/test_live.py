"""The live socket, over a real websocket."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from collector.live.notifier import SilentNotifier
from tests.patience import PATIENCE
from tests.start import Running, changes, running


async def test_hello_names_the_cursor_and_what_comes_in_follows(run: Running) -> None:
    async with run.live() as socket:
        hello = json.loads(await socket.recv())
        assert hello["type"] == "hello" and hello["epoch"]
        told = (await run.send(text="Het lukte niet.")).json()
        item = (await changes(socket, 1))[0]
        assert (item["change"], item["id"], item["submission"]["text"]) == (
            "submission.received", told["id"], "Het lukte niet.",
        )  # fmt: skip
        assert item["cursor"] == hello["cursor"] + 1


async def test_after_a_reconnect_with_the_last_cursor_nothing_is_missing_and_nothing_comes_twice(run: Running) -> None:
    start = run.app.parts.feed.last
    sent: list[int] = []

    async def send() -> None:
        for _ in range(120):
            sent.append((await run.send(outcome="no")).json()["id"])

    sending = asyncio.create_task(send())
    cursor = start
    seen: list[int] = []
    chance = random.Random(7)
    while not sending.done() or len(seen) < len(sent):
        async with run.live(f"?after={cursor}") as socket:
            for _ in range(chance.randint(1, 4)):
                try:
                    async with asyncio.timeout(0.5):
                        frame = json.loads(await socket.recv())
                except TimeoutError:
                    break
                if frame["type"] == "changes":
                    seen += [item["id"] for item in frame["items"]]
                    cursor = frame["cursor"]
    await sending
    assert seen == sent


async def test_it_is_complete_without_a_doorbell(tmp_path: Path) -> None:
    async with running(tmp_path, notifier=SilentNotifier()) as run, run.live() as socket:
        await socket.recv()
        sent = [(await run.send(outcome="no")).json()["id"] for _ in range(5)]
        assert [item["id"] for item in await changes(socket, 5)] == sent


async def test_many_changes_travel_in_one_frame(run: Running) -> None:
    start = run.app.parts.feed.last
    await asyncio.gather(*[run.send(outcome="no") for _ in range(60)])
    while run.app.parts.feed.last < start + 60:
        await asyncio.sleep(0.01)
    async with run.live(f"?after={start}") as socket:
        await socket.recv()
        frame = json.loads(await socket.recv())
        assert len(frame["items"]) == 60


async def test_an_unknown_cursor_is_told_to_start_afresh(run: Running) -> None:
    async with run.live("?after=99999999") as socket:
        assert json.loads(await socket.recv())["type"] == "resync"
        assert json.loads(await socket.recv())["type"] == "hello"


async def test_filters_hold_on_the_stream_and_what_leaves_is_said_to_be_gone(run: Running) -> None:
    async with run.live("?outcome=no&words=1") as socket:
        await socket.recv()
        await run.send(outcome="yes", text="goed")
        await run.send(outcome="no")
        told = (await run.send(outcome="no", text="niet goed")).json()
        item = (await changes(socket, 1))[0]
        assert item["id"] == told["id"] and not item["gone"]
        await run.receipt(told["receipt"], "PATCH", outcome="yes")
        item = (await changes(socket, 1))[0]
        assert (item["id"], item["gone"], item["submission"]) == (told["id"], True, None)


async def test_what_is_erased_is_gone_for_who_watches_and_for_who_comes_later(run: Running) -> None:
    start = run.app.parts.feed.last
    async with run.live() as socket:
        await socket.recv()
        told = (await run.send(text="weg ermee")).json()
        await changes(socket, 1)
        await run.receipt(told["receipt"], "DELETE")
        item = (await changes(socket, 1, seconds=1.0))[0]
        assert (item["change"], item["gone"]) == ("submission.erased", True)
    async with run.live(f"?after={start}") as socket:
        await socket.recv()
        assert "weg ermee" not in str(await socket.recv())


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1", "http://127.0.0.1.evil.example"],
)
async def test_a_page_of_another_origin_is_refused_before_the_upgrade(run: Running, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with run.live(origin=origin):
            pass
    assert refused.value.response.status_code == 403


async def test_a_cookie_alone_is_not_enough_without_an_origin(run: Running) -> None:
    entered = await run.client.post("/api/session", json={"token": run.tokens["editor"]})
    cookie = entered.headers["set-cookie"].split(";")[0]
    with pytest.raises(InvalidStatus) as refused:
        async with run.live(additional_headers={"cookie": cookie}):
            pass
    assert refused.value.response.status_code == 403
    async with run.live(additional_headers={"cookie": cookie}, origin=run.url) as socket:
        assert json.loads(await socket.recv())["type"] == "hello"


async def test_nobody_is_let_in_without_a_right(run: Running) -> None:
    for headers in ({}, {"authorization": "Bearer nonsense"}):
        with pytest.raises(InvalidStatus) as refused:
            async with run.live(additional_headers=headers):
                pass
        assert refused.value.response.status_code == 401


async def test_a_withdrawn_right_ends_the_socket_with_sign_in_again(run: Running) -> None:
    async with run.live() as socket:
        await socket.recv()
        store = run.app.parts.store
        right = await store.tokens.by_secret(run.tokens["editor"], now=run.app.parts.now())
        await store.tokens.revoke(right.agency_id, right.token_id, now=1)
        with pytest.raises(ConnectionClosed) as closed:
            async with asyncio.timeout(5 * PATIENCE):
                while True:
                    await socket.recv()
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401


async def test_a_collector_that_stops_says_come_back(run: Running) -> None:
    async with run.live() as socket:
        await socket.recv()
        run.server.stop()
        with pytest.raises(ConnectionClosed) as closed:
            async with asyncio.timeout(5 * PATIENCE):
                while True:
                    await socket.recv()
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 1012


async def test_what_came_since_the_last_visit_is_told_at_the_next(run: Running) -> None:
    assert (await run.client.get("/api/me", headers=run.bearer())).json()["since"] is None
    async with run.live() as socket:
        await socket.recv()
    await asyncio.sleep(0.05)
    await run.send(text="een", impact=["right"])
    await run.send(text="twee")
    since = (await run.client.get("/api/me", headers=run.bearer())).json()["since"]
    assert (since["voices"], since["grave"]) == (2, 1)
