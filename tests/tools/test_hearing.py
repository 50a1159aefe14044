"""The trial of the order of reading measures what it says."""

from __future__ import annotations

import csv

import pytest

from bench.hearing import MARKS, Mark, Story, by_count, by_date, by_score, by_severity, kappa, left_out, mark


def story(name: str, first: str, *, text: str = "words", moment: float = 0.0, score: int | None = None) -> Story:
    given = mark(first, "")
    return Story(name, "nhs", text, moment, score, critical=False, first=given, second=given)


def test_agreement_beyond_chance_is_one_for_the_same_and_nothing_for_chance() -> None:
    assert kappa([1, 0, 1, 0], [1, 0, 1, 0]) == 1
    assert kappa([1, 1, 0, 0], [1, 0, 1, 0]) == 0
    # Cohen's own example: 20 and 15 of 50 together, 25 and 30 said yes
    one, two = [1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert kappa(one, two) == pytest.approx(0.4)


def test_what_was_not_said_is_not_none_of_these() -> None:
    assert mark("", "") == Mark(None, None) and mark("none", "") == Mark((), None)
    assert mark("time health", "no").impact == ("health", "time")


def test_a_grave_story_stands_first_until_its_answer_is_taken_away() -> None:
    stories = [story(f"mild-{place}", "time", moment=place / 100) for place in range(20)]
    stories.append(story("grave", "health", moment=0.9))
    assert by_severity(stories, frozenset())[0].name == "grave"
    assert by_severity(stories, frozenset({"grave"}))[0].name == "grave"  # not said stands above time
    above = [story(f"dear-{place}", "money", moment=0.1) for place in range(20)]
    assert [one.name for one in by_severity([*above, stories[-1]], frozenset({"grave"}))].index("grave") == 8


def test_the_other_orders_are_what_they_are_called() -> None:
    old, new = story("old", "time", moment=0.1, score=1), story("new", "time", moment=0.9, score=5)
    assert by_date([old, new])[0] is new and by_score([old, new])[0] is old
    often = [story(f"often-{place}", "time", text="Der Radverkehr stockt") for place in range(3)]
    assert by_count([new, *often])[0].text == "Der Radverkehr stockt"


def test_as_many_answers_are_taken_away_as_is_said() -> None:
    stories = [story(str(place), "time") for place in range(200)]
    assert [len(left_out(stories, share, 7)) for share in (0, 30, 60, 90)] == [0, 60, 120, 180]
    assert left_out(stories, 30, 1) != left_out(stories, 30, 2)


def test_the_marks_hold_two_hundred_texts_and_no_words() -> None:
    rows = list(csv.DictReader(MARKS.read_text("utf-8").splitlines()))
    assert len(rows) == len({(row["set"], row["id"]) for row in rows}) == 200
    known = {"time", "money", "right", "health", "none"}
    for row in rows:
        for name in ("impact_1", "impact_2"):
            assert set(row[name].split()) <= known
        assert {row["another_way_1"], row["another_way_2"]} <= {"", "yes", "help", "no"}
