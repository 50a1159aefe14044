"""What a gap is: clearly less than the share in the population, never a matter of few voices."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from collector.acceptance import accepted
from collector.contact_point import ContactPoint
from collector.silence import CLEARLY, GAPS, Figure, Measure, country, helper_for, upper, verdict, worst

shares = st.floats(0.002, 0.95)


@given(st.integers(0, 5_000), st.integers(0, 5_000), shares)
def test_more_voices_of_somebody_never_make_a_gap_of_her(heard: int, others: int, share: float) -> None:
    assume(verdict(heard, heard + others, share) == "heard")
    assert verdict(heard + 1, heard + others + 1, share) == "heard"


@given(st.integers(0, 100_000), shares)
def test_a_share_that_is_heard_as_it_should_be_is_no_gap_however_many_speak(n: int, share: float) -> None:
    assert verdict(round(n * share), n, share) != "gap"
    assert verdict(min(n, round(n * CLEARLY * share) + 1), n, share) != "gap"  # a little less is not clearly less


@given(st.integers(0, 2_000), shares)
def test_too_few_means_that_even_silence_would_not_have_told(n: int, share: float) -> None:
    if verdict(0, n, share) == "gap":
        assert all(verdict(heard, n, share) != "too_few" for heard in range(min(n, 20)))
    else:
        assert verdict(0, n, share) == "too_few"


def test_forty_of_a_hundred_need_more_than_a_handful_of_voices_to_be_missed() -> None:
    assert verdict(0, 0, 0.4) == verdict(0, 5, 0.4) == verdict(3, 6, 0.4) == "too_few"
    assert verdict(0, 30, 0.4) == verdict(100, 1_000, 0.4) == "gap"
    assert verdict(400, 1_000, 0.4) == verdict(35, 100, 0.4) == "heard"
    assert verdict(0, 300, 0.0068) == "too_few" and verdict(0, 1_000, 0.0068) == "gap"


def test_the_interval_is_wilsons() -> None:
    assert round(upper(0, 10), 3) == 0.278 and round(upper(5, 10), 3) == 0.763 and upper(0, 0) == 1.0


def test_at_most_three_gaps_are_shown_the_least_heard_for_their_number_first() -> None:
    def measure(key: str, heard: int, share: float) -> Measure:
        return Measure(Figure(key, share, "all", 2024, "", ""), heard, 1_000, verdict(heard, 1_000, share))

    found = worst(
        [
            measure("a", 200, 0.4),
            measure("b", 0, 0.4),
            measure("c", 30, 0.3),
            measure("d", 10, 0.3),
            measure("e", 390, 0.4),
        ]
    )
    assert [one.figure.key for one in found] == ["b", "d", "c"] and len(found) == GAPS


def test_every_figure_and_number_says_where_and_when_it_was_read() -> None:
    assert {"screen", "offline", "nl", "fr", "de"} == {figure.key for figure in country().figures}
    for figure in country().figures:
        assert (
            0 < figure.share < 1 and 2020 <= figure.year <= 2100 and figure.source and figure.url.startswith("https://")
        )
    for helper in country().helpers:
        assert helper.source and helper.url.startswith("https://") and helper.phone
        assert date.fromisoformat(helper.checked_on or "") < date(2100, 1, 1)


def test_one_number_is_named_and_where_none_is_known_the_agencys_own() -> None:
    desk = ContactPoint("desk", "The desk", phone="+32 2 555 01 23")
    silent = ContactPoint("post", "By post", post="Market 1")
    helpers = country().helpers
    for key, reader, wanted in (("de", "nl", "de"), ("screen", "fr", "fr"), ("nl", "fr", "nl")):
        found = helper_for(key, reader, helpers, [desk])
        assert found is not None and found.language == wanted and found.source
    own = helper_for("screen", "en", helpers, [silent, desk])
    assert own is not None and (own.name, own.phone, own.source) == ("The desk", "+32 2 555 01 23", "")
    assert helper_for("screen", "en", helpers, [silent]) is None


@given(
    st.dictionaries(
        st.sampled_from(["web", "paper", "phone", "counter"]), st.tuples(st.integers(0, 60), st.integers(0, 60))
    )
)
def test_acceptance_says_nothing_under_five_nor_by_taking_one_from_another(counted: dict[str, tuple[int, int]]) -> None:
    counted = {channel: (voices, min(changed, voices)) for channel, (voices, changed) in counted.items()}
    for one in accepted(counted):
        voices, changed = counted[one.channel]
        assert one.voices >= 5 and one.voices % 5 == 0 and 0 <= voices - one.voices < 5
        assert one.changed is None if changed < 5 else one.changed is not None and one.changed % 5 == 0
    assert {one.channel for one in accepted(counted)} == {
        channel for channel, (voices, _) in counted.items() if voices >= 5
    }
