"""When a desk is open: by the days of the week, the hours of the agency's zone, and the calendar of holidays."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from collector.errors import Refusal
from collector.timetable import Hours, Standing, Timetable, by_days, checked_timetable, read_timetable, standing

ZONE = "Europe/Brussels"


def at(day: str, clock: str = "12:00") -> int:
    return int(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


def stands(line: str | list[str], day: str, clock: str, *, holidays: bool = False) -> Standing:
    read = read_timetable([line] if isinstance(line, str) else line, holidays=holidays)
    assert read is not None
    return standing(read, at(day, clock), ZONE)


WORK = "mo-fr 09:00-12:00 13:00-16:00"


def test_it_is_open_from_the_first_minute_until_before_the_last() -> None:
    assert stands(WORK, "2026-11-25", "08:59") == Standing(False, opens=at("2026-11-25", "09:00"))
    assert stands(WORK, "2026-11-25", "09:00") == Standing(True, until=at("2026-11-25", "12:00"))
    assert stands(WORK, "2026-11-25", "11:59") == Standing(True, until=at("2026-11-25", "12:00"))
    assert stands(WORK, "2026-11-25", "12:00") == Standing(False, opens=at("2026-11-25", "13:00"))
    assert stands(WORK, "2026-11-27", "16:00") == Standing(False, opens=at("2026-11-30", "09:00"))


def test_a_public_holiday_is_closed_unless_it_says_otherwise() -> None:
    assert stands(WORK, "2026-12-25", "10:00") == Standing(False, opens=at("2026-12-28", "09:00"))
    assert stands(WORK, "2026-12-25", "10:00", holidays=True).open


def test_hours_stay_what_clocks_show_on_the_day_on_which_they_are_set() -> None:
    both = {stands("su 09:00-17:00", day, "10:00").until for day in ("2026-03-29", "2026-10-25")}
    assert both == {at("2026-03-29", "17:00"), at("2026-10-25", "17:00")}
    monday = stands("mo 09:00-12:00", "2026-10-24", "12:00").opens
    assert monday is not None and datetime.fromtimestamp(monday / 1000, UTC).hour == 8


def test_an_opening_over_midnight_is_one_and_day_and_night_never_closes() -> None:
    night = ["fr 22:00-24:00", "sa 00:00-04:00"]
    assert stands(night, "2026-11-27", "23:00") == Standing(True, until=at("2026-11-28", "04:00"))
    assert stands("mo-su 00:00-24:00", "2026-11-27", "23:59", holidays=True) == Standing(True, until=None)


def test_what_opens_on_no_day_within_two_weeks_has_no_next_time() -> None:
    christmas = "fr 09:00-12:00"  # 25 December 2026 and 1 January 2027 are Fridays, and free
    assert stands(christmas, "2026-12-18", "13:00").opens is None
    assert stands(christmas, "2026-12-26", "13:00").opens == at("2027-01-08", "09:00")


def test_days_with_the_same_hours_stand_together() -> None:
    read = read_timetable(["mo-we 09:00-12:00", "th 09:00-12:00, 13:00-19:00", "fr 9:00-12:00"])
    assert read is not None
    assert by_days(read) == [((1, 2, 3, 5), (("09:00", "12:00"),)), ((4,), (("09:00", "12:00"), ("13:00", "19:00")))]


@pytest.mark.parametrize(
    "line", ["", "mo", "mo 9-12", "xx 09:00-12:00", "mo 12:00-09:00", "mo 09:00-25:00", "mo 09:00"]
)
def test_a_line_that_cannot_be_is_refused(line: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_timetable([line])
    assert refused.value.fields == ("timetable",)


def test_openings_are_put_in_their_order() -> None:
    written = Timetable((Hours((5, 1, 1), "13:00", "16:00"), Hours((1, 5), "09:00", "12:00")))
    kept = checked_timetable(written)
    assert kept is not None and [h.opens for h in kept.hours] == ["09:00", "13:00"]
    assert kept.hours[0].days == (1, 5)
