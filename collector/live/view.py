"""A view is what subscribers of one agency and one filter see. Each batch is filtered once for all of them, and encoded once
for all views that show the same of it.

A subscriber is a cursor. Those who keep up are *members*: they get the ready frame written to their connection. One
whose connection does not drain is dropped from the members and catches up by his cursor when it does: he slows down
nobody, and nothing is kept for him.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from collector.change import RECEIVED, Change
from collector.live.feed import Feed
from collector.store.submissions import Filter
from collector.submission import Submission

BUFFERED = 256 * 1024  # bytes not yet taken by a connection before it counts as slow
SLICE = 12  # connections written to before others get their turn
CATCH_UP = 200  # changes in one frame of somebody who is behind: also a slow line drains that in time
SLOW_SECONDS = 10.0
BEAT_SECONDS = 2.0
KEPT = 64  # frames

log = logging.getLogger("collector.live")
_encode = msgspec.json.Encoder().encode


class Connection(Protocol):
    """How a subscriber is written to: whole frames, without waiting."""

    @property
    def buffered(self) -> int: ...

    def send(self, frame: bytes) -> bool: ...


class Subscriber:
    """One open socket. `holder`: the token or member that its right rests on; `session_id`: of the cookie. `ended` is set
    when it must close, with the code."""

    __slots__ = ("connection", "cursor", "ended", "holder", "member", "sent_at", "session_id")

    def __init__(
        self, connection: Connection, cursor: int, holder: tuple[str, int], session_id: int | None = None
    ) -> None:
        self.connection = connection
        self.cursor = cursor
        self.holder = holder
        self.session_id = session_id
        self.member = False
        self.sent_at = 0.0
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def end(self, code: int) -> None:
        """Asks for the socket to be closed with `code`."""
        self.member = False
        if not self.ended.done():
            self.ended.set_result(code)


Chosen = Sequence[tuple[Change, bool]]


class Frames:
    """The frames of this moment, for all views: two that chose the same of a batch get the same one. `frame` turns a payload
    (JSON bytes) into a frame."""

    def __init__(self, frame: Callable[[bytes], bytes]) -> None:
        self._frame = frame
        self._made: dict[tuple[int, ...], bytes] = {}

    def of(self, cursor: int, chosen: Chosen) -> bytes:
        """`cursor`: of the end of the batch; `chosen`: what is for the view, and whether it is gone there. A cursor is of one
        agency, so no key is ever of two."""
        key = (cursor, *(-change.cursor if gone else change.cursor for change, gone in chosen))
        if key not in self._made:
            if len(self._made) >= KEPT:
                del self._made[next(iter(self._made))]
            self._made[key] = self._frame(payload(cursor, chosen))
        return self._made[key]


def payload(cursor: int, chosen: Chosen) -> bytes:
    """A message with changes up to `cursor`, as JSON."""
    return _encode({"type": "changes", "cursor": cursor, "items": [item(change, gone) for change, gone in chosen]})


def item(change: Change, gone: bool) -> dict[str, object]:
    """One change as a subscriber gets it; of a voice that is gone for him, only that it is."""
    told: dict[str, object] = {
        "cursor": change.cursor,
        "change": change.change,
        "at": change.at,
        "by": change.by,
        "id": change.id,
        "gone": gone,
        "submission": None if gone or change.act is not None else change.submission,
    }
    return told if change.act is None else {**told, "act": change.act}


class View:
    """`frame` turns a payload (JSON bytes) into a frame of one subscriber; `frames` has those that all members get. These may
    be compressed; what somebody missed never is: words of many people in one compressed message, as often as he comes back,
    would let who sees only its length on the line find out, by sending words himself, whether others sent the same. `within`:
    what a token of one placement or decision may know of."""

    def __init__(
        self,
        feed: Feed,
        agency_id: int,
        selected: Filter,
        frame: Callable[[bytes], bytes],
        frames: Frames,
        within: Filter | None = None,
    ) -> None:
        self._feed = feed
        self._agency_id = agency_id
        self._selected = selected
        self._within = within
        self._frame = frame
        self._frames = frames
        self._members: list[Subscriber] = []
        self._late: set[asyncio.Task[None]] = set()
        self._pending: list[Change] = []
        self._writing: asyncio.Task[None] | None = None
        self.cursor = feed.last
        self.size = 0

    def grown(self, batch: list[Change]) -> None:
        """New changes: they are written to all members, as soon as the frame before is out."""
        self._pending.extend(batch)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        while self._pending:
            batch, self._pending = self._pending, []
            before, self.cursor = self.cursor, batch[-1].cursor
            chosen = self._chosen(batch)
            frame = self._frames.of(self.cursor, chosen) if chosen else None
            members = list(self._members)
            now = asyncio.get_running_loop().time()
            for place, member in enumerate(members):
                if member.member and member.cursor == before:
                    self._give(member, frame, now)
                elif member.member and member.cursor < self.cursor:
                    self._set_late(member)
                if place % SLICE == SLICE - 1:
                    await asyncio.sleep(0)

    def _give(self, member: Subscriber, frame: bytes | None, now: float) -> None:
        if frame is None:
            member.cursor = self.cursor
        elif member.connection.buffered > BUFFERED:
            self._set_late(member)
        elif member.connection.send(frame):
            member.cursor = self.cursor
            member.sent_at = now
        else:
            member.end(1001)

    def _set_late(self, member: Subscriber) -> None:
        self._remove(member)
        task = asyncio.create_task(self._catch_up(member))
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    def _chosen(self, batch: Sequence[Change]) -> Chosen:
        """What of a batch is for this view, and whether it is gone here: erased, or no longer selected."""
        return [
            (change, change.act is None and self._gone(change.submission))
            for change in batch
            if change.agency_id == self._agency_id and self._concerns(change)
        ]

    def _gone(self, submission: Submission | None) -> bool:
        return submission is None or submission.erased_at is not None or not self._selected.admits(submission)

    def _concerns(self, change: Change) -> bool:
        """A new submission concerns the view that selects it; any later change of one concerns all, since it may leave
        them; so do acts on decisions, themes, placements and members. What else an agency sets up is in the log too, but in no
        stream."""
        if self._within is not None and not self._known(change.submission):
            return False
        if change.submission is None:
            return change.act is not None
        return change.change != RECEIVED or self._selected.admits(change.submission)

    def _known(self, submission: Submission | None) -> bool:
        """Whether it is within. Of what is erased only its placement is left: that it is gone is told to all who may have had
        it, since no words may stay on a screen."""
        if submission is None or self._within is None:
            return False
        if submission.erased_at is not None:
            return self._within.placement in (None, submission.placement)
        return self._within.admits(submission)

    async def subscribe(self, subscriber: Subscriber) -> None:
        """Sends what the subscriber has missed, then makes him a member. Ends him with 1013 when he does not drain."""
        self.size += 1
        await self._catch_up(subscriber)

    async def _catch_up(self, subscriber: Subscriber) -> None:
        loop = asyncio.get_running_loop()
        patience = loop.time() + SLOW_SECONDS
        while not subscriber.ended.done():
            if subscriber.connection.buffered > BUFFERED // 2:
                if loop.time() > patience:
                    subscriber.end(1013)
                    return
                await asyncio.sleep(0.1)
                continue
            patience = loop.time() + SLOW_SECONDS
            if subscriber.cursor >= self.cursor:
                # no await between this check and membership: nothing can come in between
                subscriber.member = True
                self._members.append(subscriber)
                return
            batch = await self._missed(subscriber.cursor)
            if not batch:
                await asyncio.sleep(0.01)
                continue
            if chosen := self._chosen(batch):
                if not subscriber.connection.send(self._frame(payload(batch[-1].cursor, chosen))):
                    subscriber.end(1001)
                    return
                subscriber.sent_at = loop.time()
            subscriber.cursor = batch[-1].cursor
            await asyncio.sleep(0)

    async def _missed(self, cursor: int) -> list[Change]:
        """The next changes after `cursor`, up to where the members are; none while the store cannot be read."""
        try:
            missed = (await self._feed.after(cursor))[:CATCH_UP]
            return [change for change in missed if change.cursor <= self.cursor]
        except Exception as error:  # whatever it is, the subscriber waits and asks again
            log.warning("missed changes could not be read, trying again", extra={"code": type(error).__name__})
            await asyncio.sleep(0.2)
            return []

    def _remove(self, subscriber: Subscriber) -> None:
        if subscriber.member:
            subscriber.member = False
            self._members.remove(subscriber)

    def leave(self, subscriber: Subscriber) -> None:
        """The socket is gone."""
        self.size -= 1
        if subscriber in self._members:
            self._members.remove(subscriber)
        subscriber.end(1000)

    def quiet(self, now: float) -> list[Subscriber]:
        """The members that nothing was written to for a while: a beat is due."""
        return [member for member in self._members if now - member.sent_at >= BEAT_SECONDS * 0.75]

    async def close(self) -> None:
        for task in [*self._late, *([self._writing] if self._writing else [])]:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
