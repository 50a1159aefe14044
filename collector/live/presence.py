"""Who is here: in memory, over the sockets, never stored. It is what a room of people sees, no record of what anybody does.

Only whoever says so is here: a script that listens is not, and gets no frames of it. The frame is the whole list, so it may
come late or be skipped, and carries no cursor.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Self

import msgspec

from collector.live.view import BUFFERED, Subscriber
from collector.token import Right

GATHER_SECONDS = 0.15  # several comings and goings are one frame
AGAIN_SECONDS = 1.0  # after which a connection that did not drain is tried again

_encode = msgspec.json.Encoder().encode


class Here(msgspec.Struct, frozen=True):
    """What a page says: I am here; `reading`: the id of the submission that is open, None for none."""

    reading: int | None = None


class Person(msgspec.Struct):
    """Somebody who is here, in one window or several. `holder`: as in a claim."""

    holder: str
    name: str
    office: str
    reading: list[int]


class Presence:
    """`frame` encodes a payload (JSON bytes) as a frame."""

    def __init__(self, frame: Callable[[bytes], bytes]) -> None:
        self._frame = frame
        self._here: dict[int, dict[Subscriber, tuple[Right, int | None]]] = {}
        self._told: dict[Subscriber, bytes] = {}
        self._moved: set[int] = set()
        self._bell = asyncio.Event()
        self._telling: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._telling = asyncio.create_task(self._tell())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)

    def say(self, right: Right, subscriber: Subscriber, here: Here) -> None:
        """Somebody came, or opened another one. A token for one placement or decision is nobody in the room."""
        if right.scoped:
            return
        self._here.setdefault(right.agency_id, {})[subscriber] = (right, here.reading)
        self._ring(right.agency_id)

    def leave(self, right: Right, subscriber: Subscriber) -> None:
        """A socket is gone."""
        self._told.pop(subscriber, None)
        present = self._here.get(right.agency_id, {})
        if present.pop(subscriber, None) is None:
            return
        if not present:
            del self._here[right.agency_id]
        self._ring(right.agency_id)

    def people(self, agency_id: int) -> list[Person]:
        """Who is here, by name."""
        found: dict[str, Person] = {}
        for right, reading in self._here.get(agency_id, {}).values():
            person = found.setdefault(right.holder_name, Person(right.holder_name, right.name, right.office, []))
            if reading is not None and reading not in person.reading:
                person.reading.append(reading)
        for person in found.values():
            person.reading.sort()
        return sorted(found.values(), key=lambda person: (person.name, person.holder))

    def _ring(self, agency_id: int) -> None:
        self._moved.add(agency_id)
        self._bell.set()

    async def _tell(self) -> None:
        while True:
            await self._bell.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._bell.clear()
            moved, self._moved = self._moved, set()
            waits = {agency_id for agency_id in moved if not self._send(agency_id)}
            if waits:
                await asyncio.sleep(AGAIN_SECONDS)
                for agency_id in waits:
                    self._ring(agency_id)

    def _send(self, agency_id: int) -> bool:
        """Whether all who are here have the newest list now."""
        frame = self._frame(_encode({"type": "here", "people": self.people(agency_id)}))
        whole = True
        for subscriber in self._here.get(agency_id, {}):
            if self._told.get(subscriber) == frame:
                continue
            if subscriber.connection.buffered > BUFFERED // 2:
                whole = False
            elif subscriber.connection.send(frame):
                self._told[subscriber] = frame
        return whole
