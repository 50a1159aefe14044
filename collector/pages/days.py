"""Days as people say them: "Saturday 14 March", in four languages."""

from __future__ import annotations

from datetime import date

from collector.day import Day, day_of

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


def weekday(number: int, language: str) -> str:
    """The name of a day of the week; 1 is Monday (ISO)."""
    return _WEEKDAYS[language].split()[number - 1]
