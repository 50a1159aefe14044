"""A roster: colleagues who may be rung for grave words, each with hours. Outside of them nobody reads, and pages say so."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from collector.timetable import Standing, Timetable, standing

EVERY_MS = 900_000  # nobody is rung more often than every quarter of an hour


class Turn(msgspec.Struct, frozen=True):
    """One colleague's hours. `id` and `name` are the member's."""

    id: int
    name: str
    timetable: Timetable


class Turning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/roster/{id}`."""

    timetable: Timetable


class Reading(msgspec.Struct, frozen=True):
    """Whether somebody may read grave words at this moment, by the roster. `until`: the moment at which that may change;
    `next`: when somebody is there again. Unix milliseconds. It is no promise that somebody does."""

    now: bool
    until: int | None
    next: int | None


def reading(timetables: Iterable[Timetable], now: int, zone: str) -> Reading | None:
    """How it stands by all turns together; None without a roster: then nothing is said of it."""
    found: list[Standing] = [standing(timetable, now, zone) for timetable in timetables]
    if not found:
        return None
    here = [one for one in found if one.open]
    if here:
        ends = [one.until for one in here]
        return Reading(True, None if None in ends else max(end for end in ends if end is not None), None)
    return Reading(False, None, min((one.opens for one in found if one.opens is not None), default=None))
