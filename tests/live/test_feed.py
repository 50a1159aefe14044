"""No gap and no double between memory and store, whatever the bell does."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.change import Change
from collector.live.feed import Feed
from collector.live.notifier import LocalNotifier, SilentNotifier
from collector.submission import Permissions, Submission


def submission(id_: int) -> Submission:
    """One with nothing in it but an answer."""
    nothing = dict.fromkeys(Submission.__struct_fields__)
    known = {"id": id_, "placement": "page", "received_at": 0, "outcome": "no", "channel": "web", "status": "new"}
    rest = {"masked": [], "permissions": Permissions(), "alike": 1, "revision": 1}
    return Submission(**(nothing | known | rest))  # type: ignore[arg-type]


class Log:
    """A log in memory that can be made to fail."""

    def __init__(self) -> None:
        self.rows: list[Change] = []
        self.failing = 0

    def add(self, number: int) -> None:
        for _ in range(number):
            place = len(self.rows) + 1
            self.rows.append(Change(place, "submission.received", 0, None, place, submission(place), 1))

    async def last(self) -> int:
        return len(self.rows)

    async def after(self, cursor: int, limit: int) -> list[Change]:
        await asyncio.sleep(0)
        if self.failing:
            self.failing -= 1
            raise OSError("the disk is away")
        return self.rows[cursor : cursor + limit]


async def read_until(feed: Feed, cursor: int, last: int) -> list[int]:
    seen = []
    async with asyncio.timeout(10):
        while cursor < last:
            try:
                batch = await feed.after(cursor)
            except OSError:
                batch = []
            seen += [change.cursor for change in batch]
            cursor = batch[-1].cursor if batch else cursor
            await asyncio.sleep(0.001)
    return seen


@settings(max_examples=40, deadline=None)
@given(
    before=st.integers(0, 40),
    steps=st.lists(st.integers(1, 25), min_size=1, max_size=6),
    window=st.integers(1, 12),
    read=st.integers(1, 30),
    rings=st.booleans(),
    fails=st.integers(0, 2),
)
def test_every_reader_gets_every_change_once_and_in_order(
    before: int, steps: list[int], window: int, read: int, rings: bool, fails: int
) -> None:
    """A tiny memory and big batches: the gap to fear is between memory and store."""

    async def story() -> None:
        log, notifier = Log(), LocalNotifier()
        log.add(before)
        async with Feed(log, notifier, window=window, read=read, look_seconds=0.01) as feed:
            total = before + sum(steps)
            starts = sorted({0, before // 2, before})
            readers = [asyncio.create_task(read_until(feed, start, total)) for start in starts]
            for number in steps:
                log.failing = min(fails, 1)
                log.add(number)
                if rings:
                    notifier.notify()
                await asyncio.sleep(0)
            for start, seen in zip(starts, await asyncio.gather(*readers), strict=True):
                assert seen == list(range(start + 1, total + 1))

    asyncio.run(story())


async def test_it_is_complete_with_a_bell_that_never_rings() -> None:
    log = Log()
    async with Feed(log, SilentNotifier(), look_seconds=0.02) as feed:
        log.add(5)
        assert await read_until(feed, 0, 5) == [1, 2, 3, 4, 5]


async def test_a_failed_read_is_tried_again_and_counted() -> None:
    log = Log()
    async with Feed(log, SilentNotifier(), look_seconds=0.02) as feed:
        log.failing = 1
        log.add(3)
        assert await read_until(feed, 0, 3) == [1, 2, 3]
        assert feed.failures == 1


async def test_memory_is_bounded() -> None:
    log = Log()
    async with Feed(log, SilentNotifier(), window=10, look_seconds=0.01) as feed:
        log.add(200)
        await read_until(feed, 0, 200)
        assert feed.reaches_back_to == 190


@pytest.mark.parametrize("cursor", [5, 99])
async def test_a_cursor_at_or_beyond_the_end_gets_nothing(cursor: int) -> None:
    log = Log()
    log.add(5)
    async with Feed(log, LocalNotifier()) as feed:
        assert await feed.after(cursor) == []
