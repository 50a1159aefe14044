"""The picture, counted by day. Days that are over are counted once and kept (see the migration); a voice that changes takes
its day away. So a million voices cost what there are days, and the intake pays nothing for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from collector.day import day_of, end_of, start_of
from collector.picture import DIMENSIONS, Course, Dimension, Picture, Slice
from collector.store.agencies import Agencies
from collector.store.engine import Body, Engine, Row, Transaction
from collector.store.search import match
from collector.store.submissions import ID_STEPS, Filter, conditions

_QUARTER_MS = 900_000  # no zone is off by less, so a quarter of an hour lies in one day wherever the agency is
_SETTLED_MS = 60_000  # so long after its end nothing comes any more that belongs to a day
_AT_ONCE = 5_000  # voices counted in one transaction: others write in between
_NONE = 2**53
# what the kept days tell apart; within anything else it is counted there and then
_KEPT = frozenset(
    (
        "placement",
        "decision",
        "outcome",
        "effect",
        "reason",
        "rating",
        "language",
        "channel",
        "words",
        "grave",
        "weight",
    )
)
_IN_BURSTS = ("placement", "decision", "language", "channel")


class PictureTable:
    """Called by the dashboard's endpoint."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies

    async def see(
        self,
        agency_id: int,
        selected: Filter,
        *,
        day_from: str,
        day_to: str,
        now: int,
        over: Dimension | None = None,
    ) -> Picture:
        """Of the days `day_from` to `day_to`, and `over` these. What a search finds is among what the index has come to."""
        picture = Picture(day_from, day_to, 0, 0, 0, 0, {name: [] for name in DIMENSIONS}, [], [])
        narrowed = conditions(self._agencies, agency_id, selected)
        if narrowed is None or day_from > day_to:
            return picture
        fragments, parameters = narrowed
        if selected.q is not None:
            parameters["match"] = match(selected.q, agency_id, parameters.get("placement_id"))
            if parameters["match"] is None:
                return picture
            fragments.append("sought")
        zone = self._agencies.agency(agency_id).time_zone
        parameters["first_id"], parameters["end_id"] = _ids(day_from, zone)[0], _ids(day_to, zone)[1]
        parameters["over"] = over
        rows = await self._rows(agency_id, selected, fragments, parameters, day_from, day_to, zone, now)
        self._fill(picture, rows, agency_id)
        self._draw_over(picture, [row for row in rows if row["name"] == "over"], agency_id, over)
        del parameters["over"]
        await self._tell_bursts(agency_id, picture, fragments, parameters)
        return picture

    async def _rows(
        self,
        agency_id: int,
        selected: Filter,
        fragments: list[str],
        parameters: dict[str, Any],
        day_from: str,
        day_to: str,
        zone: str,
        now: int,
    ) -> list[Row]:
        """Of days that are over from what is kept, of the others from the voices themselves."""
        last = day_of(now - _SETTLED_MS, zone)  # not over yet, or only just
        settled = min(day_to, _next_day(last, -1))
        if any(getattr(selected, name) is not None and name not in _KEPT for name in selected.__struct_fields__):
            settled = ""
        else:
            await self._tally(agency_id, day_from, settled, zone)
            living = _ids(last, zone)[0] if day_to >= last else parameters["end_id"]
            parameters = {**parameters, "first_id": max(living, parameters["first_id"])}
        return await self._engine.fetch("pictures.see", fragments, **parameters, day_from=day_from, day_to=settled)

    async def _tally(self, agency_id: int, day_from: str, day_to: str, zone: str) -> None:
        """Counts the days that nobody has looked at yet, or that moved since."""
        first = (await self._engine.fetch("pictures.first", agency_id=agency_id, none=_NONE))[0]["id"]
        if first >= _NONE:
            return
        day = max(day_from, day_of(first // ID_STEPS, zone))
        if day > day_to:
            return
        bounds = {"after": _ids(day, zone)[0], "before": _ids(day_to, zone)[1]}
        rows = await self._engine.fetch("pictures.tallied", agency_id=agency_id, **bounds)
        known = {(row["day"], row["first_id"], row["end_id"]) for row in rows}
        missing = []
        while day <= day_to:
            if (day, *_ids(day, zone)) not in known:
                missing.append(day)
            day = _next_day(day)
        while missing:
            missing = missing[await self._engine.write(_counting(agency_id, missing, zone)) :]

    def _fill(self, picture: Picture, rows: list[Row], agency_id: int) -> None:
        days: dict[str, Slice] = {}
        for row in rows:
            name, value = row["name"], row["value"]
            if name in ("day", "quarter"):
                key = value if name == "day" else self._agencies.day(agency_id, value * _QUARTER_MS)
                day = days.setdefault(key, Slice(key, 0, 0, 0))
                day.presses += row["presses"]
                day.words += row["words"]
                day.grave += row["grave"]
                continue
            if name == "over":
                continue
            key = self._agencies.placement_by_id(value).key if name == "placement" else str(value)
            picture.by[name].append(Slice(key, row["presses"], row["words"], row["grave"]))
        picture.days = sorted(days.values(), key=lambda day: day.value)
        picture.presses = sum(day.presses for day in picture.days)
        picture.words = sum(day.words for day in picture.days)
        picture.grave = sum(day.grave for day in picture.days)
        for name, found in picture.by.items():
            in_order = name in ("rating", "severity")
            found.sort(key=lambda one: (one.value if in_order else "", -one.presses, one.value))

    def _draw_over(self, picture: Picture, rows: list[Row], agency_id: int, over: Dimension | None) -> None:
        if over is None:
            return
        place = {day.value: number for number, day in enumerate(picture.days)}
        found = {one.value: Course(one.value, [0] * len(place), [0] * len(place)) for one in picture.by[over]}
        for row in rows:
            value, at = row["value"], row["at"]
            course = found.get(self._agencies.placement_by_id(value).key if over == "placement" else str(value))
            if course is None:
                continue  # what was not said
            number = place[at if isinstance(at, str) else self._agencies.day(agency_id, at * _QUARTER_MS)]
            course.presses[number] += row["presses"]
            course.words[number] += row["words"]
        picture.over = list(found.values())

    async def _tell_bursts(
        self, agency_id: int, picture: Picture, fragments: list[str], parameters: dict[str, Any]
    ) -> None:
        days = {day.value: day for day in picture.days}
        slices = {(name, one.value): one for name in _IN_BURSTS for one in picture.by[name]}
        for row in await self._engine.fetch("pictures.bursts", fragments, **parameters):
            number = row["number"]
            picture.bursts += number
            told: list[Slice | None] = [days.get(self._agencies.day(agency_id, row["quarter"] * _QUARTER_MS))]
            where = {**row, "placement": self._agencies.placement_by_id(row["placement_id"]).key}
            told += [slices.get((name, where[name] or "")) for name in _IN_BURSTS]
            for one in told:
                if one is not None:
                    one.bursts += number


def _counting(agency_id: int, days: list[str], zone: str) -> Body[int]:
    """Counts some of `days`, from the first on, and says how many days that were."""

    async def body(tx: Transaction) -> int:
        voices = 0
        for place, day in enumerate(days, 1):
            first_id, end_id = _ids(day, zone)
            of = {"agency_id": agency_id, "day": day}
            await tx.run("pictures.forget", **of)
            await tx.run("pictures.tally", **of, first_id=first_id, end_id=end_id)
            await tx.run("pictures.done", **of, first_id=first_id, end_id=end_id)
            voices += (await tx.fetch("pictures.voices", **of))[0]["number"]
            if voices >= _AT_ONCE:
                return place
        return len(days)

    return body


def _ids(day: str, zone: str) -> tuple[int, int]:
    """(first, end) of what came on a day."""
    return start_of(day, zone) * ID_STEPS, end_of(day, zone) * ID_STEPS


def _next_day(day: str, number: int = 1) -> str:
    return (date.fromisoformat(day) + timedelta(days=number)).isoformat()
