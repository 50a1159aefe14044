"""Days as people say them: "until 14 March" ends when that day ends where the agency is, whatever the clocks do that night.

A day is written `YYYY-MM-DD`. Moments are Unix milliseconds.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta

from collector.errors import Refusal

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
YEARS = range(1970, 2101)  # what a decision can be dated: counting on from a day never leaves the calendar


def checked_day(day: str, field: str) -> str:
    """`day`, or Refusal `invalid` naming `field` for one that no calendar has or that is out of all reach."""
    try:
        known = date.fromisoformat(day).year in YEARS
    except ValueError:
        known = False
    if not known:
        raise Refusal("invalid", fields=(field,))
    return day


@lru_cache(maxsize=4096)
def start_of(day: str, zone: str) -> int:
    """The first moment of a day. ValueError for a day that no calendar has."""
    return _moment(date.fromisoformat(day), zone)


@lru_cache(maxsize=4096)
def end_of(day: str, zone: str) -> int:
    """The first moment after a day: what is open "until" it is closed from then on."""
    return _moment(date.fromisoformat(day) + timedelta(days=1), zone)


def _moment(day: date, zone: str) -> int:
    return int(datetime.combine(day, time(), ZoneInfo(zone)).timestamp() * 1000)


def moment_at(day: date, clock: str, zone: str) -> int:
    """The moment at which clocks show `HH:MM` on a day; `24:00` is the end of it. Where they are set back, the first of two."""
    if clock == "24:00":
        return _moment(day + timedelta(days=1), zone)
    shown = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
    return int(shown.timestamp() * 1000)


def day_of(at: int, zone: str) -> str:
    """The day of a moment."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(zone)).date().isoformat()


@lru_cache(maxsize=256)
def _free(year: int) -> frozenset[date]:
    """The ten public holidays of Belgium (law of 4 January 1974), for everybody under federal law."""
    import holidays  # here, so that a start does not wait for it

    return frozenset(holidays.country_holidays("BE", years=year))


def is_holiday(day: date) -> bool:
    return day in _free(day.year)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and not is_holiday(day)


def after_working_days(day: str, number: int) -> str:
    """The day that is `number` working days after `day`, which itself does not count (Regulation 1182/71, article 3)."""
    found = date.fromisoformat(day)
    while number > 0:
        found += timedelta(days=1)
        if is_working_day(found):
            number -= 1
    return found.isoformat()


def after_days(day: str, number: int) -> str:
    """The day that is `number` calendar days after `day`, moved to the next working day when it is none (1182/71, 3(4))."""
    found = date.fromisoformat(day) + timedelta(days=number)
    while not is_working_day(found):
        found += timedelta(days=1)
    return found.isoformat()
