"""The laws of the order in which voices are read."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from collector.reading import KEPT, TEN, because, woven
from collector.severity import GRAVE, NOT_SAID, severity
from collector.submission import Permissions, Submission

IMPACTS = st.one_of(st.none(), st.lists(st.sampled_from(["time", "money", "right", "health"]), unique=True))
VOICES = st.lists(st.tuples(IMPACTS, st.sampled_from([None, "yes", "help", "no"])), max_size=60)


def voice(place: int, impact: list[str] | None, another_way: str | None) -> Submission:
    weight = severity("no", another_way, impact)
    return Submission(
        id=place, placement="page", received_at=place, sent_at=None, outcome="no", effect=None, reason=None, rating=None,
        text="Woorden.", another_way=another_way, impact=impact, severity=weight, weight=weight,  # type: ignore[arg-type]
        page=None, language="nl", channel="web", decision=None, version=None, section=None, phase=None, themes=[],
        barrier=None, status="new", kind=None, masked=[], permissions=Permissions(), alike=1, burst=False,
        read_at=None, read_by=None, erased_at=None, revision=1, desk=None, callback=False,
        contact_point=None, aside=None, claim=None, member=None, routed=None, ask=None, paragraph=None, contradiction=None,
    )  # fmt: skip


def order(voices: list[Submission]) -> list[int]:
    """As the store gives them to `woven`: each row in its own order."""
    ranked = sorted(voices, key=lambda one: (one.severity, one.id))
    weighed = [one for one in ranked if one.severity != NOT_SAID]
    return [one.id for one in woven(weighed, (one for one in ranked if one.severity == NOT_SAID), len(voices))]


def made(said: list[tuple[list[str] | None, str | None]]) -> list[Submission]:
    return [voice(place, *one) for place, one in enumerate(said, 1)]


@given(VOICES)
def test_everybody_stands_in_it_once_and_the_same_voices_in_any_arrival_order_give_the_same_list(
    said: list[tuple[list[str] | None, str | None]],
) -> None:
    voices = made(said)
    listed = order(voices)
    assert sorted(listed) == [one.id for one in voices]
    shuffled = voices[:]
    random.Random(len(voices)).shuffle(shuffled)
    assert order(shuffled) == listed


@given(VOICES, st.integers(1, 200))
def test_volume_never_lowers_a_grave_voice(said: list[tuple[list[str] | None, str | None]], number: int) -> None:
    """However many mild voices come: each grave one keeps its very place. However many come that said nothing: they take the
    places that are kept for them, and no more."""
    voices = made(said)
    before = order(voices)
    mild = [voice(1_000 + place, ["time"], "yes") for place in range(number)]
    after = order([*voices, *mild])
    for one in voices:
        if one.severity <= GRAVE:
            assert after.index(one.id) == before.index(one.id)
    silent = [voice(1_000 + place, None, None) for place in range(number)]
    after = order([*voices, *silent])
    for one in voices:
        if one.severity <= GRAVE:
            place = sum(
                other.severity != NOT_SAID and (other.severity, other.id) < (one.severity, one.id) for other in voices
            )
            tens, rest = divmod(place, TEN - len(KEPT))
            assert after.index(one.id) <= tens * TEN + rest


@given(VOICES)
def test_a_mild_voice_changes_nothing_above_it(said: list[tuple[list[str] | None, str | None]]) -> None:
    voices = made(said)
    mild = voice(1_000, ["time"], "yes")
    before, after = order(voices), order([*voices, mild])
    assert before[: after.index(1_000)] == after[: after.index(1_000)]


def test_whoever_said_nothing_stands_above_time_and_takes_no_other_place_of_who_lost_more() -> None:
    said: list[tuple[list[str] | None, str | None]] = [(["time"], "yes")] * 12
    voices = made([*said, *[(None, None)] * 4, *[(["money"], "yes")] * 3])
    assert order(voices) == [17, 18, 19, 13, 14, 15, 16, *range(1, 13)]


def test_two_of_every_ten_are_drawn_from_those_who_did_not_say() -> None:
    voices = made([(["health"], "no")] * 30 + [(None, None)] * 30)
    listed = order(voices)
    for start in range(0, 30, 10):
        assert sum(number > 30 for number in listed[start : start + 10]) == len(KEPT) == 2


def test_each_says_why_it_stands_where_it_stands() -> None:
    assert because(voice(1, ["time", "right"], "no")) == ["right", "no_other_way", "time"]
    assert because(voice(1, None, None)) == ["not_said"]
    assert because(voice(1, [], "yes")) == []
