"""Openings as people say them: "Open now, until 16:00", "Monday to Friday 9:00–12:00"."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from collector.day import Days, weekday
from collector.endpoints.parts import Parts
from collector.timetable import Standing, Timetable, by_days
from collector.words import Words


class Openings:
    """Says them to one reader. `now` in Unix milliseconds; times are those of the agency's `zone`."""

    def __init__(self, words: Words, language: str, zone: str, now: int) -> None:
        self._words = words
        self._language = language
        self._zone = ZoneInfo(zone)
        self._days = Days(language, zone, now)

    def now(self, standing: Standing) -> str:
        """Whether it is open, until when, and when it opens next."""
        if standing.open:
            if standing.until is None:
                return self._t("always")
            return self._t("open", time=self._time(standing.until, ends=True))
        if standing.opens is None:
            return self._t("closed")
        day, clock = self._days.of(standing.opens), self._time(standing.opens)
        if day == self._days.today:
            return self._t("today", time=clock)
        tomorrow = (date.fromisoformat(self._days.today) + timedelta(days=1)).isoformat()
        if day == tomorrow:
            return self._t("tomorrow", time=clock)
        return self._t("later", day=self._days.full(day), time=clock)

    def again(self, at: int) -> str:
        """When somebody is there again."""
        day = self._days.of(at)
        said = self._t("today_again", time=self._time(at)) if day == self._days.today else None
        return said or self._t("again", day=self._days.full(day), time=self._time(at))

    def lines(self, timetable: Timetable) -> list[tuple[str, str]]:
        """(days, their times), one line for days with the same times."""
        found = []
        for days, times in by_days(timetable):
            said = self._t("and").join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in times)
            found.append((self._weekdays(days), said))
        return found

    def _weekdays(self, days: tuple[int, ...]) -> str:
        runs: list[list[int]] = []
        for day in days:
            if runs and runs[-1][-1] == day - 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        said = []
        for run in runs:
            if len(run) > 2:
                said.append(self._t("to", first=self._weekday(run[0]), last=self._weekday(run[-1])))
            else:
                said += [self._weekday(day) for day in run]
        return ", ".join(said)

    def _weekday(self, day: int) -> str:
        return weekday(day, self._language)

    def _time(self, at: int, *, ends: bool = False) -> str:
        moment = datetime.fromtimestamp(at / 1000, UTC).astimezone(self._zone)
        return "24:00" if ends and (moment.hour, moment.minute) == (0, 0) else f"{moment.hour}:{moment:%M}"

    def _t(self, name: str, **values: str) -> str:
        return self._words.get(self._language, f"pages.openings.{name}", **values)


def nobody_reads(parts: Parts, agency_id: int, language: str) -> str:
    """That nobody of the roster is there at this moment, and when somebody is again; empty while somebody is, and where
    there is no roster."""
    now = parts.now()
    reading = parts.store.roster.reading(agency_id, now)
    if reading is None or reading.now:
        return ""
    said = parts.words.get(language, "pages.help.nobody")
    if reading.next is None:
        return said
    zone = parts.store.agencies.agency(agency_id).time_zone
    return f"{said} {Openings(parts.words, language, zone, now).again(reading.next)}"


def call_hours(parts: Parts, agency_id: int, language: str) -> list[tuple[str, str]]:
    """When whoever calls back here is there, in lines."""
    agency = parts.store.agencies.agency(agency_id)
    point = next((point for point in parts.store.agencies.contact_points(agency_id) if point.calls_back), None)
    if point is None or point.timetable is None:
        return []
    return Openings(parts.words, language, agency.time_zone, parts.now()).lines(point.timetable)


def _clock(written: str) -> str:
    return written.removeprefix("0") if written != "00:00" else "0:00"
