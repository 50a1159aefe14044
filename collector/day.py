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
_WEEKDAYS = {
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}


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


def weekday(number: int, language: str) -> str:
    """The name of a day of the week; 1 is Monday (ISO)."""
    return _WEEKDAYS[language].split()[number - 1]


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


def after_calendar_days(day: str, number: int) -> str:
    """The day that is `number` days after `day`, whatever day it is."""
    return (date.fromisoformat(day) + timedelta(days=number)).isoformat()


def after_days(day: str, number: int) -> str:
    """The day that is `number` calendar days after `day`, moved to the next working day when it is none (1182/71, 3(4))."""
    found = date.fromisoformat(day) + timedelta(days=number)
    while not is_working_day(found):
        found += timedelta(days=1)
    return found.isoformat()


class Days:
    """Says days to one reader. `today`: where the agency is; a day of another year is said with its year."""

    def __init__(self, language: str, zone: str, now: int) -> None:
        self._language = language
        self._zone = zone
        self.now = now
        self.today = day_of(now, zone)

    def of(self, at: int) -> Day:
        """The day of a moment (Unix milliseconds), where the agency is."""
        return day_of(at, self._zone)

    def full(self, day: Day) -> str:
        """`Saturday 14 March`, and the year when it is not this one."""
        weekday = _WEEKDAYS[self._language].split()[date.fromisoformat(day).weekday()]
        return f"{weekday}{',' if self._language == 'de' else ''} {self.short(day)}"

    def short(self, day: Day, *, year: bool = False) -> str:
        """`14 March`, and the year when it is asked for or not this one."""
        found = date.fromisoformat(day)
        number = str(found.day)
        if self._language == "de":
            number += "."
        elif self._language == "fr" and found.day == 1:
            number = "1er"
        said = f"{number} {_MONTHS[self._language].split()[found.month - 1]}"
        return f"{said} {found.year}" if year or day[:4] != self.today[:4] else said
