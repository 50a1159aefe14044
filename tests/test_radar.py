"""The laws of the radar: how grave and how many are two things."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from collector.radar import BANDS, Point, height, in_order, point
from collector.severity import GRAVE, HEALTH, MONEY, RIGHT, TIME

Levels = dict[int, int]
levels = st.dictionaries(st.integers(0, BANDS - 1), st.integers(1, 10_000), min_size=1)
NAME = {"nl": "Leveren", "fr": "Livrer"}


def of(said: Levels, theme: int = 1) -> Point:
    found = point(theme, NAME, None, said, unread=0, answered=False)
    assert found is not None
    return found


@given(levels, st.integers(1, 1_000_000))
def test_mild_voices_never_move_a_theme_down_or_up_in_severity(said: Levels, more: int) -> None:
    before = of(said)
    for milder in range(before.severity + 1, BANDS):
        after = of({**said, milder: said.get(milder, 0) + more})
        assert (after.severity, after.gravest, after.height) == (before.severity, before.gravest, before.height)
        assert after.reach == before.reach + more


@given(levels, st.integers(0, BANDS - 1), st.integers(1, 1_000))
def test_no_voice_of_any_kind_ever_moves_a_theme_down(said: Levels, severity: int, more: int) -> None:
    assert of({**said, severity: said.get(severity, 0) + more}).height >= of(said).height


@given(st.integers(1, BANDS - 1), st.integers(1, 10**7))
def test_one_graver_voice_stands_above_any_number_of_milder_ones(severity: int, many: int) -> None:
    assert of({severity - 1: 1}).height > of({severity: many}).height
    assert int(height(severity, many)) == BANDS - 1 - severity  # it stays in its band, as it is drawn


@given(st.lists(levels, min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_the_order_in_which_themes_and_voices_came_plays_no_part(many: list[Levels], chance: random.Random) -> None:
    points = [of(said, number) for number, said in enumerate(many)]
    mixed = [of(dict(chance.sample(sorted(said.items()), len(said))), number) for number, said in enumerate(many)]
    chance.shuffle(mixed)
    assert in_order(mixed) == in_order(points)
    heights = [one.height for one in in_order(points)]
    assert heights == sorted(heights, reverse=True)


def test_the_gravest_come_first_then_what_more_say_then_what_reaches_more() -> None:
    one_right, ten_rights = of({RIGHT: 1, TIME: 5_000}, 1), of({RIGHT: 10}, 2)
    crowd, health = of({TIME: 90_000}, 3), of({HEALTH: 1}, 4)
    wide, narrow = of({MONEY: 3, TIME: 90}, 5), of({MONEY: 3}, 6)
    assert [one.theme for one in in_order([crowd, narrow, one_right, wide, ten_rights, health])] == [4, 2, 1, 5, 6, 3]
    assert one_right.grave == 1 and one_right.severity <= GRAVE < crowd.severity and crowd.grave == 0


def test_a_theme_of_nobody_stands_nowhere() -> None:
    assert point(1, NAME, None, {}, unread=0, answered=False) is None
    assert point(1, NAME, None, {3: 0}, unread=0, answered=False) is None
