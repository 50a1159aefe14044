"""When an alert is due, whatever clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from collector.alert import (
    DAY_MS,
    LONGEST_MS,
    QUIET_MS,
    Rhythm,
    Waiting,
    brings,
    fragment_of,
    is_due,
    is_monday_due,
    last_hour,
    told_from,
)
from collector.change import KIND, RECEIVED, ROUTED, STATUS
from tests.often import often, proof

ZONE = "Europe/Brussels"
START = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1_000)
YEAR_MS = 365 * DAY_MS
MINUTE = 60_000
moments = st.integers(START, START + 2 * YEAR_MS)
gaps = st.lists(st.integers(0, 40 * MINUTE), min_size=1, max_size=60) | st.lists(
    st.integers(MINUTE, 4 * MINUTE), min_size=60, max_size=90
)


def told(rhythm: Rhythm, arrivals: list[int], look_ms: int, until: int) -> list[tuple[int, int]]:
    """(when it was told, of how many), when it is looked at every `look_ms`, as the store does."""
    found, waiting, number, told_at, next_one = [], None, 0, arrivals[0] - QUIET_MS, 0
    for now in range(arrivals[0], until, look_ms):
        before = next_one
        while next_one < len(arrivals) and arrivals[next_one] <= now:
            next_one += 1
        if next_one > before:
            waiting = Waiting(waiting.first_at if waiting else now, now)
            number += next_one - before
        if waiting and is_due(rhythm, waiting, told_at, now, ZONE):
            found.append((now, number))
            waiting, number, told_at = None, 0, now
    return found


@proof
@settings(max_examples=often(15, 300), deadline=None)
@given(gaps, st.sampled_from([10_000, 60_000]))
def test_what_is_gathered_is_told_when_it_is_quiet_or_after_two_hours_and_never_sooner(
    gap: list[int], look: int
) -> None:
    arrivals = [START + sum(gap[: place + 1]) for place in range(len(gap))]
    found = told("collected", arrivals, look, arrivals[-1] + LONGEST_MS + 2 * look)
    assert sum(number for _, number in found) == len(arrivals), "each is told once"
    reached = 0
    for at, number in found:
        mine = arrivals[reached : reached + number]
        reached += number
        assert at - mine[0] <= LONGEST_MS + 2 * look
        assert at - mine[-1] >= QUIET_MS - look or at - mine[0] >= LONGEST_MS - look


@proof
@settings(max_examples=often(15, 300), deadline=None)
@given(gaps)
def test_at_once_means_at_once_and_a_flood_is_gathered(gap: list[int]) -> None:
    arrivals = [START + sum(gap[: place + 1]) for place in range(len(gap))]
    found = told("at_once", arrivals, 5_000, arrivals[-1] + LONGEST_MS + 10_000)
    assert found[0][0] - arrivals[0] < 10_000 and sum(number for _, number in found) == len(arrivals)
    for (one, _), (other, _) in pairwise(found):
        assert other - one >= QUIET_MS, "never more than one in five minutes"
    lone = [
        at for before, at, after in zip(arrivals, arrivals[1:], arrivals[2:], strict=False) if at - before > LONGEST_MS
    ]
    for at in lone:
        assert any(0 <= one - at < 10_000 for one, _ in found)


@given(moments, st.booleans())
def test_the_hour_strikes_at_eight_where_the_agency_is_also_when_clocks_are_set(now: int, weekly: bool) -> None:
    at = last_hour(now, ZONE, weekly=weekly)
    shown = datetime.fromtimestamp(at / 1_000, UTC).astimezone(ZoneInfo(ZONE))
    assert (shown.hour, shown.minute) == (8, 0) and (not weekly or shown.weekday() == 0)
    assert 0 <= now - at < (7 if weekly else 1) * DAY_MS + 3_600_000


@given(moments, st.lists(st.integers(1, 5 * DAY_MS), min_size=1, max_size=40), st.sampled_from(["daily", "weekly"]))
def test_of_hours_that_were_slept_through_one_counts(start: int, jumps: list[int], rhythm: Rhythm) -> None:
    now, told_at = start, start
    for jump in jumps:
        before, now = now, now + jump
        struck = hours(before, now, weekly=rhythm == "weekly")
        due = is_due(rhythm, Waiting(now, now), told_at, now, ZONE)
        assert due == bool(struck), "it is due exactly when its hour lies in between"
        if due:
            told_at = now


def hours(after: int, until: int, *, weekly: bool) -> list[int]:
    """When it strikes in between, counted day by day, apart from what is tested."""
    zone = ZoneInfo(ZONE)
    day = datetime.fromtimestamp(after / 1_000, zone).date() - timedelta(days=1)
    found = []
    while (at := int(datetime.combine(day, datetime.min.time().replace(hour=8), zone).timestamp() * 1_000)) <= until:
        if at > after and (not weekly or day.weekday() == 0):
            found.append(at)
        day += timedelta(days=1)
    return found


@proof
@settings(max_examples=often(50, 1_000), deadline=None)
@given(moments, st.integers(-2 * YEAR_MS, YEAR_MS), st.sampled_from(["at_once", "collected", "daily", "weekly"]))
def test_wherever_a_clock_jumps_to_nobody_waits_longer_than_a_rhythm_lasts(
    start: int, jump: int, rhythm: Rhythm
) -> None:
    """What waits is told within its rhythm, counted from the jump, and a day more for an hour that might strike twice."""
    told_at, waiting, now = start, Waiting(start, start), start + jump
    longest = {"at_once": QUIET_MS, "collected": LONGEST_MS, "daily": 2 * DAY_MS, "weekly": 9 * DAY_MS}[rhythm]
    for later in range(0, longest + 3_600_001, 600_000):
        told_at = told_from(told_at, now + later)
        if is_due(rhythm, waiting, told_at, now + later, ZONE):
            return
    raise AssertionError("it was never told")


@given(moments, st.integers(1, DAY_MS))
def test_an_hour_that_strikes_twice_is_told_once(at: int, back: int) -> None:
    told_at = last_hour(at, ZONE, weekly=True) + 5_000
    for now in range(told_at - back, told_at, 1_800_000):
        told_at = told_from(told_at, now)
        assert not is_monday_due(told_at, now, ZONE)


def test_a_view_of_what_the_team_decides_is_told_of_what_the_team_does() -> None:
    assert brings({"language": "nl", "placement": "page"}) == (RECEIVED,)
    assert brings({"contact_point": "harbour", "kind": "fault"}) == (RECEIVED, ROUTED, STATUS, KIND)


def test_a_view_has_the_address_that_the_dashboard_gives_it() -> None:
    assert fragment_of({"status": "new", "words": "1"}) == "#status=new"
    assert fragment_of({"q": "te smal"}) == "#q=te+smal&words=all"


def test_a_summer_of_mornings_has_one_a_day() -> None:
    first = date(2026, 3, 27)  # clocks are set in the night to the 29th
    start = int(datetime(2026, 3, 27, 12, tzinfo=UTC).timestamp() * 1_000)
    told_at, days = start, []
    for now in range(start, start + 5 * DAY_MS, 5 * MINUTE):
        if is_due("daily", Waiting(now, now), told_at, now, ZONE):
            told_at = now
            days.append(datetime.fromtimestamp(now / 1_000, ZoneInfo(ZONE)).strftime("%d %H:%M"))
    assert days == [f"{(first + timedelta(days=n)).day:02} 08:00" for n in range(1, 6)]


def test_what_never_stops_is_told_every_two_hours() -> None:
    arrivals = list(range(START, START + 6 * 3_600_000, MINUTE))
    found = told("collected", arrivals, 5_000, arrivals[-1])
    assert [at - START for at, _ in found] == [LONGEST_MS, 2 * LONGEST_MS + MINUTE]
