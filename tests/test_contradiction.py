"""A score that contradicts what it cost."""

from __future__ import annotations

import pytest

from collector.contradiction import contradiction


@pytest.mark.parametrize(("answer", "rating"), [("yes", None), ("helps", None), (None, 4), (None, 5), ("no", 5)])
@pytest.mark.parametrize(
    ("another_way", "impact"), [("no", None), ("yes", ["health"]), (None, ["right", "time"]), ("no", [])]
)
def test_a_good_score_beside_something_grave_is_named(
    answer: str | None, rating: int | None, another_way: str | None, impact: list[str] | None
) -> None:
    assert contradiction(answer, rating, another_way, impact) == "good_score_grave_words"


@pytest.mark.parametrize(("answer", "rating"), [("no", None), ("harder", None), (None, 1), (None, 2)])
def test_a_bad_score_is_contradicted_only_by_what_was_pressed(answer: str | None, rating: int | None) -> None:
    assert contradiction(answer, rating, "yes", []) == "bad_score_nothing_lost"
    for another_way, impact in (("yes", None), (None, []), (None, None), ("help", []), ("yes", ["time"]), ("no", [])):
        assert contradiction(answer, rating, another_way, impact) is None


@pytest.mark.parametrize(
    ("answer", "rating"),
    [("hard", None), ("none", None), ("unknown", None), (None, 3), (None, None), ("yes", None), (None, 5)],
)
def test_what_lies_between_and_what_is_good_and_mild_contradicts_nothing(
    answer: str | None, rating: int | None
) -> None:
    for impact in (None, [], ["money"], ["time"]):
        assert contradiction(answer, rating, "yes", impact) is None
