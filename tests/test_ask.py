"""How many answers to expect: a guess that says what it rests on."""

from __future__ import annotations

import pytest

from collector.ask import Reach, prospect, wilson


def test_without_receipts_only_the_pages_can_bring_answers() -> None:
    found = prospect(Reach(0, 0, 0, speaking=4, reached=0, answered=0))
    assert (found.basis, found.low, found.high) == ("nothing", 0, 4)


def test_earlier_questions_count_once_they_waited_on_twenty_receipts() -> None:
    few = prospect(Reach(100, 0, lately=10, speaking=0, reached=19, answered=19))
    many = prospect(Reach(100, 0, lately=0, speaking=0, reached=200, answered=40))
    assert (few.basis, many.basis) == ("came_back", "asked")
    assert 0 < many.low < 20 < many.high < 30


@pytest.mark.parametrize(("found", "of"), [(0, 1), (1, 1), (0, 200), (3, 8), (500, 1000)])
def test_the_bounds_hold_the_share_and_narrow_with_the_number(found: int, of: int) -> None:
    low, high = wilson(found, of)
    assert 0 <= low <= found / of <= high <= 1
    wider = wilson(found * 10, of * 10)
    assert wider[1] - wider[0] < high - low
