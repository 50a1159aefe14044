"""Official acts, told live to whoever has a decision open: citizens' pages and unfolded widgets. What is told is that
something changed, never who spoke; the page then asks for the document again."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import msgspec

from collector.change import DECISION, Change
from collector.live.feed import Feed
from collector.live.view import SLICE
from collector.public import Act

BEAT_SECONDS = 15.0
LISTENERS = 20_000
# `created` and `changed` of drafts reach nobody: a draft has no listeners
_encode = msgspec.json.encode


class Listener:
    """One open page. It is woken once however many acts there were; the last one is told."""

    __slots__ = ("told", "wake")

    def __init__(self) -> None:
        self.told: bytes | None = None
        self.wake = asyncio.Event()


class Acts:
    """One an app. Each act is encoded once for all who listen to its decision."""

    def __init__(self, feed: Feed) -> None:
        self._listeners: dict[str, set[Listener]] = {}
        self.size = 0
        self.ending = False
        self._to_wake: deque[Listener] = deque()
        self._waking: asyncio.Task[None] | None = None
        wanted = feed.wanted
        feed.wanted = lambda: self.size > 0 or wanted()
        feed.watch(self._grown)

    def _grown(self, batch: list[Change]) -> None:
        for change in batch:
            key = change.act.decision if change.act is not None else None
            listeners = self._listeners.get(key) if key is not None else None
            if key is None or not listeners:
                continue
            frame = event(Act(key, change.change.removeprefix(DECISION), change.at))
            for listener in listeners:
                listener.told = frame
            self._to_wake.extend(listeners)
        if self._to_wake and (self._waking is None or self._waking.done()):
            self._waking = asyncio.create_task(self._wake())

    async def _wake(self) -> None:
        """A few at a time: a thousand woken at once would keep everybody else waiting until the last has been told."""
        while self._to_wake:
            for _ in range(min(SLICE, len(self._to_wake))):
                self._to_wake.popleft().wake.set()
            await asyncio.sleep(0)

    def end_all(self) -> None:
        """Every stream ends; browsers come back by themselves."""
        self.ending = True
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.wake.set()

    async def listen(self, key: str) -> AsyncIterator[bytes]:
        """The stream of one page: acts as they happen, and a comment now and then so that the line stays open."""
        with self._listening(key) as listener:
            yield b"retry: 2000\n\n: here\n\n"
            while not self.ending:
                try:
                    async with asyncio.timeout(BEAT_SECONDS):
                        await listener.wake.wait()
                except TimeoutError:
                    yield b": beat\n\n"
                    continue
                listener.wake.clear()
                told, listener.told = listener.told, None
                if told is not None:
                    yield told

    @contextmanager
    def _listening(self, key: str) -> Iterator[Listener]:
        listener = Listener()
        self._listeners.setdefault(key, set()).add(listener)
        self.size += 1
        try:
            yield listener
        finally:
            self.size -= 1
            self._listeners[key].discard(listener)
            if not self._listeners[key]:
                del self._listeners[key]


def event(act: Act) -> bytes:
    """One server-sent event (HTML standard, 9.2)."""
    return b"event: act\ndata: " + _encode(act) + b"\n\n"
