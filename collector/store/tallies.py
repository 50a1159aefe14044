"""Counts made when they are asked for: within a decision or a theme, which the table of counts does not know, and of what
waits for somebody."""

from __future__ import annotations

from typing import Any

import msgspec

from collector.day import end_of, start_of
from collector.store.agencies import Agencies
from collector.store.counts import DIMENSIONS, Counts, Day
from collector.store.engine import Engine
from collector.store.search import match
from collector.store.submissions import ID_STEPS, Filter, conditions
from collector.submission import KINDS, Kind

_QUARTER_MS = 900_000  # no zone is off by less, so a quarter of an hour lies in one day wherever the agency is


class Waiting(msgspec.Struct, frozen=True):
    """With words. `unread`: that nobody has read, `grave_unread` among them; `waiting`: whose author spoke last; `calls`:
    whose author waits to be rung; `handed`: not answered yet, by the contact point to which their author handed them;
    `passed`: the same, by that to which the team passed them; `assigned`: the same, by whose they are. Each is
    counted to 10,000."""

    unread: int
    grave_unread: int
    waiting: int
    calls: int
    handed: dict[str, int]
    passed: dict[str, int]
    assigned: dict[str, int]


class Tallies:
    """Called by the dashboard's endpoint."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies

    async def counts(
        self, agency_id: int, selected: Filter, *, day_from: str | None = None, day_to: str | None = None
    ) -> Counts:
        """As `CountsTable.list`, for any filter but a search."""
        total = Counts(0, 0, {name: {} for name in DIMENSIONS}, {name: {} for name in DIMENSIONS}, [])
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None:
            return total
        fragments, parameters = narrowed
        zone = self._agencies.agency(agency_id).time_zone
        if day_from is not None:
            fragments.append("after")
            parameters["after"] = start_of(day_from, zone) * ID_STEPS - 1
        if day_to is not None:
            fragments.append("before")
            parameters["before"] = end_of(day_to, zone) * ID_STEPS
        for row in await self._engine.fetch("tallies.values", fragments, **parameters):
            presses, words = row["presses"], row["words"]
            total.presses += presses
            total.words += words
            for name in DIMENSIONS:
                value = self._agencies.placement_by_id(row["placement_id"]).key if name == "placement" else row[name]
                if value:
                    for sums, number in ((total.by[name], presses), (total.words_by[name], words)):
                        sums[str(value)] = sums.get(str(value), 0) + number
        days: dict[str, Day] = {}
        for row in await self._engine.fetch("tallies.quarters", fragments, **parameters):
            name = self._agencies.day(agency_id, row["quarter"] * _QUARTER_MS)
            day = days.setdefault(name, Day(name, 0, 0))
            day.presses += row["presses"]
            day.words += row["words"]
        total.days = list(days.values())
        return total

    async def waiting(self, agency_id: int, selected: Filter) -> Waiting:
        """What waits for somebody in a selection."""
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None:
            return Waiting(0, 0, 0, 0, {}, {}, {})
        fragments, parameters = narrowed
        unread: Any = (await self._engine.fetch("tallies.unread", fragments, **parameters))[0]
        last_word = [*fragments, "waiting"]
        spoke: Any = (await self._engine.fetch("tallies.waiting", last_word, **parameters))[0]
        calls: Any = (await self._engine.fetch("tallies.calls", [*fragments, "callback"], **parameters))[0]
        handed = await self._engine.fetch("tallies.handed", fragments, **parameters)
        desks = {row["desk"]: row["number"] for row in handed}
        passed = await self._engine.fetch("tallies.passed", fragments, **parameters)
        given = await self._engine.fetch("tallies.assigned", fragments, **parameters)
        own = {str(row["member_id"]): row["number"] for row in given}
        points = {row["contact_point"]: row["number"] for row in passed}
        return Waiting(unread["unread"], unread["grave_unread"], spoke["waiting"], calls["calls"], desks, points, own)

    async def bursts(self, agency_id: int, selected: Filter) -> int:
        """How many of a selection came in a burst."""
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None:
            return 0
        fragments, parameters = narrowed
        return int((await self._engine.fetch("tallies.bursts", fragments, **parameters))[0]["number"])

    async def number(self, agency_id: int, selected: Filter) -> int:
        """How many a selection holds, also one that searches; counted to 10,000."""
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None:
            return 0
        fragments, parameters = narrowed
        query = "tallies.number"
        if selected.q is not None:
            expression = match(selected.q, agency_id, parameters.get("placement_id"))
            if expression is None:
                return 0
            query, parameters["match"] = "search.number", expression
        rows = await self._engine.fetch(query, fragments, **parameters)
        return int(rows[0]["number"])

    async def kinds(self, agency_id: int, selected: Filter) -> dict[Kind, int]:
        """How many with words are of each kind in a selection; a kind of which there is none is left out."""
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None:
            return {}
        fragments, parameters = narrowed
        row: Any = (await self._engine.fetch("tallies.kinds", fragments, **parameters))[0]
        return {kind: row[kind] for kind in KINDS if row[kind]}
