"""Views: encoded once, no gap and no double for whoever comes when, and nobody waits for the slow."""

from __future__ import annotations

import asyncio
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from collector.change import Change
from collector.live import view as view_module
from collector.live.feed import Feed
from collector.live.notifier import LocalNotifier
from collector.live.room import Room
from collector.live.view import Subscriber
from collector.store.submissions import Filter
from tests.live.test_feed import Log, submission
from tests.patience import PATIENCE

HOLDER = ("token", 1)


class Pipe:
    """A connection that can be stopped up."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.buffered = 0
        self.stopped = False
        self.open = True

    def send(self, frame: bytes) -> bool:
        if self.open:
            self.frames.append(frame)
            if self.stopped:
                self.buffered += len(frame)
        return self.open

    def go_on(self) -> None:
        self.stopped, self.buffered = False, 0

    def cursors(self) -> list[int]:
        payloads = [json.loads(frame) for frame in self.frames]
        return [item["cursor"] for payload in payloads if payload["type"] == "changes" for item in payload["items"]]


async def _settled(pipe: Pipe, last: int) -> None:
    async with asyncio.timeout(10):
        while not pipe.cursors() or pipe.cursors()[-1] < last:
            await asyncio.sleep(0.005)


@settings(max_examples=30, deadline=None)
@given(
    joins=st.lists(st.integers(0, 30), min_size=1, max_size=6),
    bursts=st.lists(st.integers(1, 15), min_size=1, max_size=5),
    window=st.integers(1, 20),
)
def test_whoever_joins_whenever_has_every_change_once(joins: list[int], bursts: list[int], window: int) -> None:
    async def story() -> None:
        log, bell = Log(), LocalNotifier()
        log.add(30)
        async with Feed(log, bell, window=window, read=7, look_seconds=0.01) as feed, Room(feed, bytes) as room:
            pipes = [(start, Pipe()) for start in joins]
            tasks = []
            for place, (start, pipe) in enumerate(pipes):
                tasks.append(asyncio.create_task(room.join(1, Filter(), Subscriber(pipe, start, HOLDER))))
                log.add(bursts[place % len(bursts)])
                bell.notify()
                await asyncio.sleep(0.002 * (place % 3))
            last = len(log.rows)
            for start, pipe in pipes:
                await _settled(pipe, last)
                assert pipe.cursors() == list(range(start + 1, last + 1))
            await asyncio.gather(*tasks)

    asyncio.run(story())


async def test_one_who_does_not_drain_slows_down_nobody_and_is_complete_when_he_does(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(view_module, "BUFFERED", 500)
    log, bell = Log(), LocalNotifier()
    async with Feed(log, bell, look_seconds=0.01) as feed, Room(feed, bytes) as room:
        quick, slow = Pipe(), Pipe()
        await room.join(1, Filter(), Subscriber(quick, 0, HOLDER))
        await room.join(1, Filter(), Subscriber(slow, 0, HOLDER))
        slow.stopped = True
        for _ in range(30):
            log.add(5)
            bell.notify()
            await asyncio.sleep(0.06)
            if len(quick.cursors()) >= 100:
                break
        assert len(quick.cursors()) >= 100
        assert slow.buffered < 5_000
        slow.go_on()
        await _settled(slow, len(log.rows))
        assert slow.cursors() == list(range(1, len(log.rows) + 1))


async def test_one_who_never_drains_is_ended_to_come_back(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(view_module, "BUFFERED", 200)
    monkeypatch.setattr(view_module, "SLOW_SECONDS", 0.2)
    log, bell = Log(), LocalNotifier()
    async with Feed(log, bell, look_seconds=0.01) as feed, Room(feed, bytes) as room:
        pipe = Pipe()
        pipe.stopped = True
        subscriber = Subscriber(pipe, 0, HOLDER)
        await room.join(1, Filter(), subscriber)
        log.add(20)
        await asyncio.sleep(0.1)
        log.add(20)
        async with asyncio.timeout(5 * PATIENCE):
            assert await subscriber.ended == 1013


async def test_a_frame_is_encoded_once_for_all_who_may_see_the_same() -> None:
    log, bell = Log(), LocalNotifier()
    encoded = 0

    def frame(payload: bytes) -> bytes:
        nonlocal encoded
        encoded += b"changes" in payload
        return payload

    async with Feed(log, bell, look_seconds=0.01) as feed, Room(feed, frame) as room:
        pipes = [Pipe() for _ in range(50)]
        for pipe in pipes:
            await room.join(1, Filter(), Subscriber(pipe, 0, HOLDER))
        log.add(3)
        bell.notify()
        for pipe in pipes:
            await _settled(pipe, 3)
        assert encoded == 1
        assert all(pipe.cursors() == [1, 2, 3] for pipe in pipes)


async def test_views_that_show_the_same_of_it_share_a_frame_and_others_get_their_own() -> None:
    log, bell = Log(), LocalNotifier()
    encoded: list[bytes] = []

    def frame(payload: bytes) -> bytes:
        if b"changes" in payload:
            encoded.append(payload)
        return payload

    agreeing = (Filter(), Filter(placement="page"), Filter(outcome="no"), Filter(channel="web"))
    async with Feed(log, bell, look_seconds=0.01) as feed, Room(feed, frame) as room:
        pipes = [Pipe() for _ in agreeing]
        elsewhere = Pipe()
        for pipe, selected in zip(pipes, agreeing, strict=True):
            await room.join(1, selected, Subscriber(pipe, 0, HOLDER))
        await room.join(1, Filter(placement="other"), Subscriber(elsewhere, 0, HOLDER))
        encoded.clear()
        log.add(2)
        bell.notify()
        for pipe in pipes:
            await _settled(pipe, 2)
        assert len(encoded) == 1
        assert elsewhere.frames == []
        one = submission(1)
        log.rows.append(Change(3, "submission.status", 0, None, 1, one, 1))
        bell.notify()
        await _settled(elsewhere, 3)
        for pipe in pipes:
            await _settled(pipe, 3)
        assert len(encoded) == 3  # for those who have it, and for those who have it no longer
        assert [item["gone"] for item in json.loads(elsewhere.frames[-1])["items"]] == [True]
        assert [item["gone"] for item in json.loads(pipes[0].frames[-1])["items"]] == [False]


async def test_a_quiet_view_beats() -> None:
    log = Log()
    async with Feed(log, LocalNotifier(), look_seconds=0.01) as feed, Room(feed, bytes) as room:
        pipe = Pipe()
        await room.join(1, Filter(), Subscriber(pipe, 0, HOLDER))
        async with asyncio.timeout(20):
            while b'{"type":"beat"}' not in pipe.frames:
                await asyncio.sleep(0.05)


async def test_a_view_is_gone_when_its_last_subscriber_is() -> None:
    async with Feed(Log(), LocalNotifier()) as feed, Room(feed, bytes) as room:
        subscriber = Subscriber(Pipe(), 0, HOLDER)
        await room.join(1, Filter(), subscriber)
        assert (room.size, room.held(HOLDER)) == (1, 1)
        room.leave(1, Filter(), subscriber)
        assert (room.size, room.held(HOLDER)) == (0, 0)
