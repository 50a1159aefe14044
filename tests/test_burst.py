"""What a burst is, and what is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collector.burst import LEAST, WITHIN_MS, stretch

TIMES = st.lists(st.integers(0, 4 * WITHIN_MS), max_size=3 * LEAST).map(sorted)


def held(times: list[int]) -> set[int]:
    """The moments that some stretch of five minutes with twenty voices holds, told one by one."""
    found = set()
    for start in times:
        inside = [at for at in times if start <= at <= start + WITHIN_MS]
        if len(inside) >= LEAST:
            found.update(inside)
    return found


@given(TIMES)
def test_a_voice_is_in_a_burst_when_twenty_came_within_five_minutes_with_it_and_never_otherwise(
    times: list[int],
) -> None:
    in_one = held(times)
    for place, at in enumerate(times):
        found = stretch(times, place)
        assert (found is not None) == (at in in_one)
        if found is not None:
            assert found[0] <= at <= found[1] and {found[0], found[1]} <= in_one


@given(TIMES)
def test_nineteen_on_either_side_are_enough_to_tell(times: list[int]) -> None:
    for place in range(len(times)):
        first = max(0, place - LEAST + 1)
        assert stretch(times[first : place + LEAST], place - first) == stretch(times, place)


def test_nineteen_are_none_and_so_are_twenty_that_take_longer() -> None:
    assert stretch([0] * (LEAST - 1), 0) is None
    assert stretch([0] * LEAST, 0) == (0, 0)
    spread = [place * WITHIN_MS // (LEAST - 1) + place for place in range(LEAST)]
    assert spread[-1] > WITHIN_MS and stretch(spread, 3) is None
