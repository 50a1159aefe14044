"""When a desk is open: days of the week with times, where the agency is. On public holidays it is closed, unless it says
otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from collector.day import day_of, is_holiday, moment_at
from collector.errors import Refusal

Time = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z")]
Weekday = Annotated[int, Meta(ge=1, le=7)]
LOOK_DAYS = 15  # how far ahead we look for the next time that it opens
MOST = 40  # lines that a timetable can have
SHORT = ("mo", "tu", "we", "th", "fr", "sa", "su")
_LINE = re.compile(r"(?P<days>[a-z,\- ]+?) +(?P<times>[0-9][0-9:,\- ]*)")


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One opening on each of `days` (ISO: 1 is Monday). It ends on the day on which it begins, at 24:00 at the latest."""

    days: Annotated[tuple[Weekday, ...], Meta(min_length=1, max_length=7)]
    opens: Time
    closes: Time


class Timetable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`holidays`: it is open on public holidays too."""

    hours: Annotated[tuple[Hours, ...], Meta(min_length=1, max_length=MOST)]
    holidays: bool = False


class Standing(msgspec.Struct, frozen=True):
    """How it stands at a moment. `until`: when it closes, None for what never does; `opens`: when it opens next, None when
    that is not within two weeks. Unix milliseconds."""

    open: bool
    until: int | None = None
    opens: int | None = None


def checked_timetable(timetable: Timetable | None, field: str = "timetable") -> Timetable | None:
    """The same with its days in order and its openings by time. Refusal `invalid` for an opening that ends before it
    begins."""
    if timetable is None:
        return None
    for hours in timetable.hours:
        if hours.opens >= hours.closes:
            raise Refusal("invalid", fields=(field,))
    ordered = sorted(
        (msgspec.structs.replace(hours, days=tuple(sorted(set(hours.days)))) for hours in timetable.hours),
        key=lambda hours: (hours.days, hours.opens),
    )
    return Timetable(tuple(ordered), timetable.holidays)


def standing(timetable: Timetable, now: int, zone: str) -> Standing:
    """Whether it is open at `now` (Unix milliseconds) in the time zone, until when, or when it opens next."""
    first = date.fromisoformat(day_of(now, zone))
    opened: tuple[int, int] | None = None
    for begins, ends in _openings(timetable, first, zone):
        if opened is not None:
            if begins > opened[1]:
                return Standing(True, until=opened[1])
            opened = (opened[0], max(opened[1], ends))  # one opening goes on where the other ends
        elif ends > now:
            if begins > now:
                return Standing(False, opens=begins)
            opened = (begins, ends)
    if opened is None:
        return Standing(False)
    last = moment_at(first + timedelta(days=LOOK_DAYS), "00:00", zone)
    return Standing(True, until=None if opened[1] >= last else opened[1])


def _openings(timetable: Timetable, first: date, zone: str) -> Iterator[tuple[int, int]]:
    """(from, until) of each opening from the first day on, by time."""
    for number in range(LOOK_DAYS):
        day = first + timedelta(days=number)
        if is_holiday(day) and not timetable.holidays:
            continue
        found = sorted((h.opens, h.closes) for h in timetable.hours if day.isoweekday() in h.days)
        for opens, closes in found:
            yield moment_at(day, opens, zone), moment_at(day, closes, zone)


def by_days(timetable: Timetable) -> list[tuple[tuple[int, ...], tuple[tuple[str, str], ...]]]:
    """(days, their openings by time): days with the same openings stand together, in the order of the week."""
    found: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for day in range(1, 8):
        times = tuple(sorted((h.opens, h.closes) for h in timetable.hours if day in h.days))
        if times:
            found.setdefault(times, []).append(day)
    return [(tuple(days), times) for times, days in found.items()]


def read_timetable(lines: Sequence[str], *, holidays: bool = False) -> Timetable | None:
    """What the command line takes, such as `mo-fr 09:00-12:00 13:00-16:00` or `sa,su 10:00-12:00`; None for no lines.
    Refusal `invalid` for a line that cannot be read."""
    hours: list[Hours] = []
    for line in lines:
        found = _LINE.fullmatch(" ".join(line.lower().split()))
        if found is None:
            raise Refusal("invalid", fields=("timetable",))
        days = _days(found["days"])
        for times in re.split(r"[ ,]+", found["times"].strip(" ,")):
            opens, _, closes = times.partition("-")
            hours.append(Hours(days, opens.zfill(5), closes.zfill(5)))
    if not hours:
        return None
    try:  # the bounds of the fields hold for what is read here too
        read = msgspec.convert({"hours": msgspec.to_builtins(hours), "holidays": holidays}, Timetable)
    except msgspec.ValidationError:
        raise Refusal("invalid", fields=("timetable",)) from None
    return checked_timetable(read)


def _days(text: str) -> tuple[int, ...]:
    """`mo-fr` or `mo,we`, as numbers."""
    found: list[int] = []
    try:
        for part in text.replace(" ", "").split(","):
            first, _, last = part.partition("-")
            begin, end = SHORT.index(first), SHORT.index(last or first)
            found += [day % 7 + 1 for day in range(begin, end + 1 if end >= begin else end + 8)]
    except ValueError:
        raise Refusal("invalid", fields=("timetable",)) from None
    return tuple(sorted(set(found)))
