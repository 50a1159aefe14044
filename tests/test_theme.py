"""What a response needs before it stands on receipts."""

from __future__ import annotations

from typing import Any

import pytest

from collector.errors import Refusal
from collector.theme import Answering, Naming, checked_answering, checked_naming

BOTH = {"nl": "Daarom.", "fr": "Voilà."}


def answering(**more: Any) -> Answering:
    given: dict[str, Any] = {
        "themes": [1],
        "outcome": "not_changed",
        "reason": BOTH,
        "office": "Mobiliteit",
        "publish": True,
    }
    return Answering(**(given | more))


def refused(**more: Any) -> tuple[str, ...]:
    with pytest.raises(Refusal) as found:
        checked_answering(answering(**more), ("nl", "fr"))
    assert found.value.code == "invalid"
    return found.value.fields


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"reason": {"nl": "Daarom."}}, ("reason.fr",)),
        ({"reason": {}}, ("reason.nl", "reason.fr")),
        ({"did_not_know": {"nl": "De bakker."}}, ("did_not_know.fr",)),
        ({"office": "  "}, ("office",)),
        ({"outcome": "will_change"}, ("by_day",)),
        ({"outcome": "not_known"}, ("by_day",)),
        ({"outcome": "not_known", "by_day": "2027-02-30"}, ("by_day",)),
        ({"outcome": "handed"}, ("handed_to",)),
        ({"office": "x" * 301}, ("office",)),
        ({"handed_to": "x" * 301}, ("handed_to",)),
        ({"reason": {"nl": "x" * 10_001, "fr": "x"}}, ("reason",)),
    ],
)
def test_what_a_published_response_lacks_is_named(more: dict[str, Any], fields: tuple[str, ...]) -> None:
    assert refused(**more) == fields


def test_each_outcome_can_be_published_with_what_it_takes() -> None:
    for outcome in ("changed", "not_changed", "rule"):
        checked_answering(answering(outcome=outcome), ("nl", "fr"))
    for outcome in ("will_change", "not_known"):
        checked_answering(answering(outcome=outcome, by_day="2027-05-01"), ("nl", "fr"))
    checked_answering(answering(outcome="handed", handed_to="De stad"), ("nl", "fr"))


def test_a_draft_may_lack_all_of_it_but_no_day_that_is_none() -> None:
    checked_answering(answering(publish=False, reason={}, office="", outcome="handed"), ("nl", "fr"))
    assert refused(publish=False, by_day="2027-02-30") == ("by_day",)


def test_a_theme_has_a_name() -> None:
    assert checked_naming(Naming({"nl": "  De bus ", "fr": " "})).name == {"nl": "De bus"}
    with pytest.raises(Refusal):
        checked_naming(Naming({"nl": " "}))
