"""The room: all views of this process, and the heartbeat."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Self

from collector.change import MEMBER_REVOKED, SESSION_ENDED, TOKEN_REVOKED, Change
from collector.live.feed import Feed
from collector.live.view import BEAT_SECONDS, SLICE, Frames, Subscriber, View
from collector.store.submissions import Filter

_REVOKED = {TOKEN_REVOKED: "token", MEMBER_REVOKED: "member", SESSION_ENDED: "session"}


class Room:
    """`frame` encodes a payload (JSON bytes) as a frame, `shared` (or the same) one that many get. Views exist while somebody
    looks."""

    def __init__(
        self, feed: Feed, frame: Callable[[bytes], bytes], shared: Callable[[bytes], bytes] | None = None
    ) -> None:
        self._feed = feed
        self._frame = frame
        self._frames = Frames(shared or frame)
        self._views: dict[tuple[int, Filter, Filter | None], View] = {}
        self._beating: asyncio.Task[None] | None = None
        self._open: set[Subscriber] = set()
        self._held: Counter[tuple[str, int]] = Counter()
        feed.watch(self._grown)
        feed.wanted = lambda: bool(self._open)

    async def __aenter__(self) -> Self:
        self._beating = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)
        for view in self._views.values():
            await view.close()

    @property
    def size(self) -> int:
        """How many sockets are open."""
        return len(self._open)

    def held(self, holder: tuple[str, int]) -> int:
        """How many sockets are open on one token or member."""
        return self._held[holder]

    @property
    def last(self) -> int:
        """The newest cursor that the feed has read."""
        return self._feed.last

    async def join(
        self, agency_id: int, selected: Filter, subscriber: Subscriber, within: Filter | None = None
    ) -> View:
        """Brings the subscriber up to date and keeps him so. `leave` the view when his socket is gone. `within`: nothing
        beyond it is told."""
        key = (agency_id, selected, within)
        if key not in self._views:
            self._views[key] = View(self._feed, agency_id, selected, self._frame, self._frames, within)
        view = self._views[key]
        self._open.add(subscriber)
        self._held[subscriber.holder] += 1
        await view.subscribe(subscriber)
        return view

    def leave(self, agency_id: int, selected: Filter, subscriber: Subscriber, within: Filter | None = None) -> None:
        self._open.discard(subscriber)
        self._held[subscriber.holder] -= 1
        if not self._held[subscriber.holder]:
            del self._held[subscriber.holder]
        view = self._views[agency_id, selected, within]
        view.leave(subscriber)
        if not view.size:
            del self._views[agency_id, selected, within]

    def end_all(self, code: int) -> None:
        """Every socket is asked to close, to come back (1012) when the collector stops."""
        for subscriber in list(self._open):
            subscriber.end(code)

    def _grown(self, batch: list[Change]) -> None:
        for change in batch:
            kind = _REVOKED.get(change.change)
            if kind is not None and change.id is not None:
                for subscriber in list(self._open):
                    if (kind, change.id) in (subscriber.holder, ("session", subscriber.session_id)):
                        subscriber.end(4401)
        for view in self._views.values():
            view.grown(batch)

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(BEAT_SECONDS / 2)
            frame = self._frame(b'{"type":"beat"}')
            for view in list(self._views.values()):
                now = loop.time()
                for place, member in enumerate(view.quiet(now)):
                    if member.member and member.connection.buffered == 0:
                        member.connection.send(frame)
                        member.sent_at = now
                    if place % SLICE == SLICE - 1:
                        await asyncio.sleep(0)
