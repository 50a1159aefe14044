"""The rules of the inclusion test: what it needs, who may sign, when it opens again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import Refusal
from collector.inclusion import (
    ENOUGH,
    QUESTIONS,
    SIGNALS,
    Author,
    Filling,
    Signal,
    Signing,
    Step,
    checked_filling,
    checked_signer,
    missing_to_sign,
    public_signal,
    risen,
)

ANN = Author(1, "Ann Peeters", "Digital team")
BOTH = {"nl": "Ja.", "fr": "Oui."}


def test_it_is_twelve_questions_of_which_people_answer_four() -> None:
    assert (len(QUESTIONS), len(SIGNALS), len(QUESTIONS) + len(SIGNALS)) == (8, 4, 12)


def test_it_can_be_signed_once_every_answer_and_step_is_there_in_each_language_that_is_owed() -> None:
    whole = dict.fromkeys(QUESTIONS, BOTH)
    assert missing_to_sign(whole, [Step(BOTH, BOTH)], ("nl", "fr")) == []
    lacking = missing_to_sign({**whole, "device": {"nl": "Ja."}}, [Step(BOTH, {"fr": "Oui."})], ("nl", "fr"))
    assert lacking == ["device.fr", "steps.nl"]
    assert missing_to_sign({}, [], ("nl",)) == [*(f"{name}.nl" for name in QUESTIONS), "steps"]


def test_what_is_written_is_trimmed_and_what_is_too_long_for_one_sheet_is_refused() -> None:
    kept = checked_filling(
        Filling(0, {"who": {"nl": " Ja. "}, "value": {"nl": " "}}, [Step({}, {}), Step({"nl": "A"})])
    )
    assert (kept.answers, kept.steps) == ({"who": {"nl": "Ja."}}, [Step({"nl": "A"}, {})])
    for wrong, field in (
        (Filling(0, {"who": {"nl": "x" * 241}}), "answers"),
        (Filling(0, {}, [Step({"nl": "x" * 81})]), "steps"),
        (Filling(0, {}, [Step({"nl": "x"}, {"nl": "x" * 161})]), "steps"),
    ):
        with pytest.raises(Refusal) as refused:
            checked_filling(wrong)
        assert refused.value.fields == (field,)


@pytest.mark.parametrize(
    ("signing", "who"),
    [
        (Signing(1, "yes"), ANN),  # the author
        (Signing(1, "yes"), Author(2, "Bob Maes", " digital  TEAM ")),  # her office
        (Signing(1, "yes"), Author(None, "A script", "")),  # a token, for nobody
        (Signing(1, "yes", name="ann peeters", organisation="Elsewhere"), Author(3, "Cas", "Desk")),
        (Signing(1, "yes", name="Dirk", organisation="Digital team"), Author(3, "Cas", "Desk")),
    ],
)
def test_no_author_signs_nor_anybody_of_her_office_in_whatever_way(signing: Signing, who: Author) -> None:
    with pytest.raises(Refusal, match="wrong_state"):
        checked_signer(signing, [ANN], who)


def test_a_colleague_of_another_office_signs_and_so_does_somebody_from_outside() -> None:
    cas = Author(3, "Cas Smit", "Legal office")
    inside = checked_signer(Signing(1, "yes"), [ANN], cas)
    assert (inside.name, inside.organisation, inside.member, inside.recorded_by) == (
        "Cas Smit",
        "Legal office",
        3,
        None,
    )
    outside = checked_signer(Signing(1, "yes", name="Els", organisation="A council of users"), [ANN], ANN)
    assert (outside.member, outside.recorded_by) == (None, "Ann Peeters, Digital team")
    with pytest.raises(Refusal) as refused:
        checked_signer(Signing(1, "yes", name="Els"), [ANN], cas)
    assert refused.value.fields == ("organisation",)


def test_ten_points_more_of_fifty_answers_or_more_open_it_again() -> None:
    then = [Signal("left", 10, 100), Signal("help", 3, 9)]
    assert risen(then, [Signal("left", 19, 100), Signal("help", 0, 100)]) == []
    assert risen(then, [Signal("left", 20, 100)]) == [Signal("left", 20, 100)]
    assert risen(then, [Signal("left", ENOUGH - 1, ENOUGH - 1)]) == []  # of too few
    assert risen(then, [Signal("help", 5, 50)]) == [Signal("help", 5, 50)]  # of nine nothing was known
    assert risen(then, [Signal("no_way", 5, 50)]) == [Signal("no_way", 5, 50)]  # nor of what nobody had said


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_fewer_complaints_never_open_it_and_more_never_close_it(before: int, number: int, more: int) -> None:
    then = [Signal("left", min(before, 200), 200)]
    low, high = sorted((number, min(200, number + more)))
    if risen(then, [Signal("left", low, 200)]):
        assert risen(then, [Signal("left", high, 200)])
    if low <= before:
        assert not risen(then, [Signal("left", low, 200)])


def test_in_public_it_goes_in_steps_of_five_and_says_nothing_under_five() -> None:
    seen = public_signal(Signal("left", 23, 119))
    assert (seen.number, seen.of, seen.percent) == (20, 115, 17)
    assert (public_signal(Signal("left", 4, 119)).number, public_signal(Signal("left", 4, 119)).percent) == (None, None)
    assert public_signal(Signal("left", 0, 3)).of is None
