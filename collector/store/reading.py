"""What nobody has read yet, the gravest first; and the lane of those who lost a right and have no other way."""

from __future__ import annotations

import msgspec

from collector.errors import Refusal
from collector.reading import DAY_MS, Next, because, woven
from collector.severity import NOT_SAID
from collector.store.agencies import Agencies
from collector.store.engine import Engine
from collector.store.submissions import Filter, Submissions, conditions

LANE_DAYS = 90


class Place(msgspec.Struct, frozen=True):
    """How far somebody has come in both rows: the last severity and id of those that were weighed, the last id of those
    that said nothing."""

    severity: int = -1
    id: int = 0
    not_said_id: int = 0


class Lane(msgspec.Struct):
    """Of the last `days`: how many lost a right and had no other way, how many of them a named person has read, in how
    many hours half of those were read (null while none was), and how many hours the oldest unread one has waited."""

    days: int
    number: int
    read: int
    median_hours: float | None
    oldest_hours: float | None


class Readings:
    """Called by the dashboard's endpoint."""

    def __init__(self, engine: Engine, agencies: Agencies, submissions: Submissions) -> None:
        self._engine = engine
        self._agencies = agencies
        self._submissions = submissions

    async def next(
        self, agency_id: int, selected: Filter, place: Place, *, limit: int, now: int
    ) -> tuple[list[Next], Place | None]:
        """(at most `limit` in their order, the place from which to go on, None at the end). A search cannot be read in this
        order: Refusal `invalid`."""
        if selected.q is not None:
            raise Refusal("invalid", fields=("q",))
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None:
            return [], None
        fragments, parameters = narrowed
        given = {**parameters, "limit": limit + 1}
        weighed = await self._engine.fetch(
            "reading.weighed", fragments, **given, severity=place.severity, after=place.id
        )
        not_said = await self._engine.fetch("reading.not_said", fragments, **given, after=place.not_said_id)
        shown = self._submissions.shown
        found = woven(map(shown, weighed), map(shown, not_said), limit)
        await self._submissions.count_alike(found)
        for one in found:
            if one.severity == NOT_SAID:
                place = msgspec.structs.replace(place, not_said_id=one.id)
            else:
                place = msgspec.structs.replace(place, severity=one.severity, id=one.id)
        more = len(weighed) + len(not_said) > len(found)
        listed = [Next(one, because(one), max(0, now - one.received_at) // DAY_MS) for one in found]
        return listed, place if more else None

    async def lane(self, agency_id: int, *, now: int) -> Lane:
        """The reserved lane: what is shown of it is how much was read and how long that took, never how many it pleased."""
        since = now - LANE_DAYS * DAY_MS
        row = (await self._engine.fetch("reading.lane", agency_id=agency_id, since=since, now=now))[0]
        waits = [r["wait"] for r in await self._engine.fetch("reading.lane_waits", agency_id=agency_id, since=since)]
        median = waits[(len(waits) - 1) // 2] if waits else None
        return Lane(LANE_DAYS, row["number"], row["read"], _hours(median), _hours(row["oldest"]))


def _hours(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else round(milliseconds / 3_600_000, 1)
