"""What nobody has read yet, the gravest first; and the lane of those who lost a right and have no other way."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from collector.errors import Refusal
from collector.reading import DAY_MS, TEN, Next, because, woven
from collector.severity import NOT_SAID
from collector.store.agencies import Agencies
from collector.store.engine import Engine
from collector.store.submissions import Filter, Submissions, conditions
from collector.submission import Submission

LANE_DAYS = 90  # over which it is measured how the lane is kept
LANE_SHOWN = 50
# whom nobody has read; whose author allowed it and whom a colleague has read; the same, read or not
Whose = Literal["unread", "shown", "shown_unread"]


class Place(msgspec.Struct, frozen=True):
    """How far somebody has come in both rows: the last severity and id of those that were weighed, the last id of those
    that said nothing; and in the ten of whose places two are kept for these."""

    severity: int = -1
    id: int = 0
    not_said_id: int = 0
    ten: int = 0


class Lane(msgspec.Struct):
    """Who lost a right and had no other way. Of those that came in the last `days`: how many, how many of them a named person
    has `read`, in how many hours half of these were read and the last of them (null while none was). And however old: how
    many are `open`, how many hours the oldest has waited, and the oldest fifty `items`."""

    days: int
    number: int
    read: int
    open: int
    median_hours: float | None
    longest_hours: float | None
    oldest_hours: float | None
    items: list[Next]


class Readings:
    """Called by the dashboard's endpoint."""

    def __init__(self, engine: Engine, agencies: Agencies, submissions: Submissions) -> None:
        self._engine = engine
        self._agencies = agencies
        self._submissions = submissions

    async def next(
        self,
        agency_id: int,
        selected: Filter,
        place: Place,
        *,
        limit: int,
        now: int,
        whose: Whose = "unread",
        ids: tuple[int, int] | None = None,
    ) -> tuple[list[Next], Place | None]:
        """(at most `limit` in their order, the place from which to go on, None at the end). `ids`: the first and the end
        between which they came. A search cannot be read in this order: Refusal `invalid`."""
        if selected.q is not None:
            raise Refusal("invalid", fields=("q",))
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None:
            return [], None
        fragments, parameters = _within(narrowed, whose, ids)
        given = {**parameters, "limit": limit + 1}
        weighed = await self._engine.fetch(
            "reading.weighed", fragments, **given, severity=place.severity, after=place.id
        )
        not_said = await self._engine.fetch("reading.not_said", fragments, **given, after=place.not_said_id)
        shown = self._submissions.shown
        found = woven(map(shown, weighed), map(shown, not_said), limit, before=place.ten)
        await self._submissions.count_alike(found)
        for one in found:
            if one.severity == NOT_SAID:
                place = msgspec.structs.replace(place, not_said_id=one.id)
            else:
                place = msgspec.structs.replace(place, severity=one.severity, id=one.id)
        place = msgspec.structs.replace(place, ten=(place.ten + len(found)) % TEN)
        more = len(weighed) + len(not_said) > len(found)
        return [_next(one, now) for one in found], place if more else None

    async def number(
        self, agency_id: int, selected: Filter, *, whose: Whose, ids: tuple[int, int] | None = None
    ) -> int:
        """How many `next` goes through; counted to 10,000."""
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None:
            return 0
        fragments, parameters = _within(narrowed, whose, ids)
        return int((await self._engine.fetch("reading.number", fragments, **parameters))[0]["number"])

    async def lane(self, agency_id: int, *, now: int) -> Lane:
        """The reserved lane: what is shown of it is how much was read and how long that took, never how many it pleased."""
        since = now - LANE_DAYS * DAY_MS
        row = (await self._engine.fetch("reading.lane", agency_id=agency_id, since=since))[0]
        waits = [r["wait"] for r in await self._engine.fetch("reading.lane_waits", agency_id=agency_id, since=since)]
        rows = await self._engine.fetch("reading.lane_open", agency_id=agency_id, limit=LANE_SHOWN)
        found = [self._submissions.shown(one) for one in rows]
        await self._submissions.count_alike(found)
        return Lane(
            days=LANE_DAYS,
            number=row["number"],
            read=row["read"],
            open=rows[0]["open"] if rows else 0,
            median_hours=_hours(waits[(len(waits) - 1) // 2]) if waits else None,
            longest_hours=_hours(waits[-1]) if waits else None,
            oldest_hours=_hours(max(0, now - found[0].received_at)) if found else None,
            items=[_next(one, now) for one in found],
        )


def _within(
    narrowed: tuple[list[str], dict[str, Any]], whose: Whose, ids: tuple[int, int] | None
) -> tuple[list[str], dict[str, Any]]:
    fragments, parameters = [*narrowed[0], whose], dict(narrowed[1])
    if ids is not None:
        fragments += ["first_id", "end_id"]
        parameters["first_id"], parameters["end_id"] = ids
    return fragments, parameters


def _next(submission: Submission, now: int) -> Next:
    return Next(submission, because(submission), max(0, now - submission.received_at) // DAY_MS)


def _hours(milliseconds: int) -> float:
    return round(milliseconds / 3_600_000, 1)
