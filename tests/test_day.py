"""A day ends when it ends where the agency is, whatever the clocks do that night."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.day import after_days, after_working_days, checked_day, day_of, end_of, is_working_day, start_of
from collector.errors import Refusal

BRUSSELS = "Europe/Brussels"
HOUR_MS = 3_600_000
ZONES = [BRUSSELS, "UTC", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut", "Pacific/Apia", "Atlantic/Azores"]
days = st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(date.isoformat)


def utc(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def test_in_brussels_a_day_begins_at_midnight_of_its_own_clock() -> None:
    assert utc(start_of("2027-01-15", BRUSSELS)) == "2027-01-14 23:00"
    assert utc(start_of("2027-07-15", BRUSSELS)) == "2027-07-14 22:00"


def test_the_day_on_which_the_clock_goes_forward_has_twenty_three_hours() -> None:
    start, end = start_of("2027-03-28", BRUSSELS), end_of("2027-03-28", BRUSSELS)
    assert (utc(start), utc(end), end - start) == ("2027-03-27 23:00", "2027-03-28 22:00", 23 * HOUR_MS)


def test_the_day_on_which_the_clock_goes_back_has_twenty_five_hours() -> None:
    start, end = start_of("2027-10-31", BRUSSELS), end_of("2027-10-31", BRUSSELS)
    assert (utc(start), utc(end), end - start) == ("2027-10-30 22:00", "2027-10-31 23:00", 25 * HOUR_MS)


def test_where_midnight_is_skipped_the_day_begins_with_its_first_moment() -> None:
    """Cairo, 28 April 2023: from 0:00 the clock went to 1:00."""
    start = start_of("2023-04-28", "Africa/Cairo")
    assert day_of(start, "Africa/Cairo") == "2023-04-28"
    assert day_of(start - 1, "Africa/Cairo") == "2023-04-27"


@given(days, st.sampled_from(ZONES))
def test_a_day_ends_where_the_next_begins_and_nothing_lies_between(day: str, zone: str) -> None:
    following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    assert end_of(day, zone) == start_of(following, zone)
    assert end_of(day, zone) >= start_of(day, zone)  # a day that a land skipped has no moment at all
    if end_of(day, zone) > start_of(day, zone):
        assert day_of(start_of(day, zone), zone) == day == day_of(end_of(day, zone) - 1, zone)


@pytest.mark.parametrize(
    "day", ["2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "9999-12-31", "1969-12-31", "2026-1-1", "", "x"]
)
def test_a_day_that_no_calendar_has_or_nobody_reaches_is_refused_by_its_field(day: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_day(day, "until")
    assert (refused.value.code, refused.value.fields) == ("invalid", ("until",))


def test_a_leap_day_is_a_day() -> None:
    assert checked_day("2028-02-29", "until") == "2028-02-29"


@pytest.mark.parametrize(
    "holiday",
    [
        "2027-01-01",  # New Year
        "2027-03-29",  # Easter Monday
        "2027-05-06",  # Ascension
        "2027-05-17",  # Whit Monday
        "2027-07-21",  # the national holiday
        "2027-11-01",  # All Saints
        "2027-11-11",  # Armistice
    ],
)
def test_the_holidays_of_belgium_are_no_working_days(holiday: str) -> None:
    assert date.fromisoformat(holiday).weekday() < 5, "a week-day, or it proves nothing"
    assert not is_working_day(date.fromisoformat(holiday))


def test_what_is_a_holiday_in_one_community_alone_is_a_working_day() -> None:
    """11 July (Flemish Community), 27 September (French Community), 15 November (King's feast) are not in the law of 1974."""
    assert all(is_working_day(date.fromisoformat(day)) for day in ("2028-07-11", "2027-09-27", "2027-11-15"))


def test_working_days_skip_weekends_and_holidays_and_the_day_itself_does_not_count() -> None:
    assert after_working_days("2027-03-25", 1) == "2027-03-26"
    assert after_working_days("2027-03-26", 1) == "2027-03-30"  # Friday, over the weekend and Easter Monday
    assert after_working_days("2026-12-24", 10) == "2027-01-11"  # over Christmas and New Year
    assert after_working_days("2027-03-27", 0) == "2027-03-27"


def test_calendar_days_that_end_on_a_free_day_end_on_the_next_working_day() -> None:
    assert after_days("2027-01-28", 60) == "2027-03-30"  # 29 March is Easter Monday
    assert after_days("2027-01-27", 60) == "2027-03-30"  # a Sunday, then Easter Monday
    assert after_days("2027-03-01", 1) == "2027-03-02"


@given(days, st.integers(0, 40))
def test_so_many_working_days_lie_between(day: str, number: int) -> None:
    found = date.fromisoformat(after_working_days(day, number))
    between, here = 0, date.fromisoformat(day)
    while here < found:
        here += timedelta(days=1)
        between += is_working_day(here)
    assert between == number
    assert number == 0 or is_working_day(found)
