"""What a decision needs, what its calendar does, what it allows once it is public."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.day import end_of, start_of
from collector.decision import (
    AFTERWARDS,
    PHASES,
    PROMISES,
    STEP,
    Course,
    Decision,
    Expected,
    File,
    Fixed,
    Led,
    Phase,
    Planned,
    State,
    Unanswered,
    Writing,
    checked_change,
    checked_file,
    first_phase,
    missing_to_publish,
    told_after,
)
from collector.errors import Refusal
from collector.texts import Texts

ZONE = "Europe/Brussels"
BOTH: Texts = {"nl": "ja", "fr": "oui"}
NEEDED = File(title=BOTH, open=BOTH, until="2027-03-14", contact_point="desk", gain=BOTH)
SPRING = [
    Planned("drafting", "2027-02-01", "2027-02-20"),
    Planned("deciding", "2027-03-01"),
    Planned("implementing", "2027-04-01"),
]


def noon(day: str) -> int:
    return start_of(day, ZONE) + 12 * 3_600_000


def decision(file: File = NEEDED, *, state: State = "published", phase: Phase | None = None, **more: Any) -> Decision:
    given: dict[str, Any] = {
        "id": 1, "agency_id": 1, "key": "square", "course": Course(), "version": 0, "zone": ZONE, "theme_id": None,
        "merged_into": None, "created_at": 0, "published_at": 0, "changed_at": 0, "revision": 1,
    }  # fmt: skip
    return Decision(state=state, phase=phase or first_phase(file, grown=False), file=file, **(given | more))


def planned(*phases: Planned, **more: Any) -> File:
    return msgspec.structs.replace(NEEDED, phases=list(phases), **more)


def refused(file: File) -> tuple[str, ...]:
    with pytest.raises(Refusal) as found:
        checked_file(file)
    assert found.value.code == "invalid"
    return found.value.fields


@pytest.mark.parametrize("name", ["title", "open", "until", "contact_point", "gain"])
def test_each_of_the_five_is_needed(name: str) -> None:
    assert missing_to_publish(NEEDED, ("nl", "fr")) == ()
    lacking = msgspec.structs.replace(NEEDED, **{name: getattr(File(), name)})
    assert missing_to_publish(lacking, ("nl", "fr")) == (name,)


@pytest.mark.parametrize("name", ["title", "open", "gain", "summary", "stance_note", "subject"])
def test_what_everybody_reads_is_there_in_dutch_and_in_french(name: str) -> None:
    lacking = msgspec.structs.replace(NEEDED, **{name: {"nl": "ja", "de": "ja", "en": "yes"}})
    assert missing_to_publish(lacking, ("nl", "fr")) == (f"{name}.fr",)


def test_so_is_what_is_fixed_what_a_phase_asks_and_what_was_expected_for_that_is_told_later() -> None:
    dutch = {"nl": "ja"}
    lacking = msgspec.structs.replace(
        NEEDED,
        fixed=[Fixed(BOTH, dutch)],
        phases=[Planned("drafting", "2027-02-01", question=dutch)],
        expected=[Expected("bus", dutch)],
    )
    assert missing_to_publish(lacking, ("nl", "fr")) == ("fixed.fr", "phases.fr", "expected.fr")


def test_german_is_warned_for_and_keeps_nothing_from_being_published() -> None:
    assert missing_to_publish(NEEDED, ("de",)) == ("title.de", "open.de", "gain.de")
    assert missing_to_publish(NEEDED, ("nl", "fr")) == ()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"until": "2027-02-30"}, "until"),
        ({"until": "9999-12-31"}, "until"),
        ({"phases": [Planned("drafting", "2027-02-30")]}, "phases"),
        ({"phases": [Planned("drafting", "2027-02-02", "2027-02-01")]}, "phases"),
        ({"phases": [Planned("deciding", "2027-02-01"), Planned("drafting", "2027-02-02")]}, "phases"),
        ({"phases": [Planned("drafting", "2027-02-01"), Planned("drafting", "2027-02-02")]}, "phases"),
        ({"phases": [Planned("drafting", "2027-02-02"), Planned("deciding", "2027-02-02")]}, "phases"),
        ({"expected": [Expected("a", BOTH), Expected("a", BOTH)]}, "expected"),
        ({"patterns": ["no-slash"]}, "patterns"),
        ({"patterns": ["/a b"]}, "patterns"),
        ({"title": {"nl": "x" * 301}}, "title"),
        ({"title": {"xx": "x"}}, "title"),
        ({"owner": "x" * 301}, "owner"),
        ({"placements": ["No Key"]}, "placements"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(changed: dict[str, Any], field: str) -> None:
    assert refused(msgspec.structs.replace(NEEDED, **changed)) == (field,)


def test_what_says_nothing_is_left_out() -> None:
    file = checked_file(
        msgspec.structs.replace(
            NEEDED, title={"nl": "  ja ", "fr": " "}, fixed=[Fixed({}, BOTH)], expected=[Expected("a", {"nl": " "})]
        )
    )
    assert (file.title, file.fixed, file.expected) == ({"nl": "ja"}, [], [])


def test_what_nobody_can_see_is_taken_out_of_what_officials_write_too() -> None:
    """Pasted from elsewhere, a text brings soft hyphens and marks that turn the words after it around."""
    pasted = "\u202eEen\u202c be\u00adslis\u00adsing\u200b\ufeff"
    file = checked_file(msgspec.structs.replace(NEEDED, title={"nl": pasted}, owner=f"\u2067{pasted}\n nu "))
    assert (file.title, file.owner) == ({"nl": "Een beslissing"}, "Een beslissing nu")


def test_until_a_day_ends_when_that_day_ends_where_the_agency_is() -> None:
    for last in (
        "2027-03-14",
        "2027-03-27",
        "2027-03-28",
        "2027-10-30",
        "2027-10-31",
    ):  # the clock changes on the 28th, 31st
        here = decision(msgspec.structs.replace(NEEDED, until=last))
        assert here.closes_at == end_of(last, ZONE)
        assert here.is_open(end_of(last, ZONE) - 1) and not here.is_open(end_of(last, ZONE))


def test_it_is_closed_before_its_first_phase_opens_and_between_two() -> None:
    here = decision(planned(*SPRING))
    openness = {
        "2027-01-31": False, "2027-02-01": True, "2027-02-20": True, "2027-02-21": False, "2027-02-28": False,
        "2027-03-01": True, "2027-03-14": True, "2027-03-15": False, "2027-04-02": False,
    }  # fmt: skip
    assert {day: here.is_open(noon(day)) for day in openness} == openness
    assert here.opens_at == start_of("2027-02-01", ZONE)


def test_without_phases_it_is_open_from_its_publication_until_its_last_day() -> None:
    assert decision().is_open(0) and decision().opens_at is None


def test_a_plan_that_begins_after_the_last_day_keeps_nobody_out() -> None:
    """The team only says when it decides: until then one can react."""
    here = decision(planned(Planned("deciding", "2027-03-20")))
    assert here.is_open(noon("2027-01-01")) and here.phase_at(noon("2027-01-01")) == "drafting"
    assert not here.is_open(noon("2027-03-15")) and here.phase_at(noon("2027-03-21")) == "deciding"


def test_the_calendar_moves_the_phase_at_the_first_moment_of_its_day() -> None:
    here = decision(planned(*SPRING))
    at = start_of("2027-03-01", ZONE)
    assert (here.phase_at(at - 1), here.phase_at(at)) == ("drafting", "deciding")


def test_no_calendar_decides() -> None:
    at = noon("2027-05-01")
    assert decision(planned(*SPRING)).phase_at(at) == "deciding"
    assert decision(planned(*SPRING), state="decided", phase="deciding").phase_at(at) == "implementing"


def test_what_is_in_force_already_can_be_looked_at_anew() -> None:
    file = planned(Planned("monitoring", "2027-02-01"), Planned("reformulating", "2027-03-01"))
    assert decision(file).phase_at(noon("2027-03-02")) == "reformulating"


@pytest.mark.parametrize("state", ["withdrawn", "merged"])
def test_what_was_withdrawn_or_merged_stands_still(state: State) -> None:
    here = decision(planned(*SPRING), state=state, phase="drafting")
    assert here.phase_at(noon("2027-03-05")) == "drafting" and not here.is_open(noon("2027-02-05"))


def test_a_phase_set_by_hand_is_open_at_once_and_the_calendar_goes_on_from_there() -> None:
    early = noon("2027-01-10")
    here = decision(planned(*SPRING), course=Course(led=Led("drafting", early)))
    assert here.is_open(early) and here.phase_at(noon("2027-03-02")) == "deciding"


def test_going_back_by_hand_is_not_undone_by_a_phase_that_had_opened_before() -> None:
    back = noon("2027-03-05")
    here = decision(planned(*SPRING), phase="drafting", course=Course(led=Led("drafting", back)))
    assert here.phase_at(back) == "drafting" and here.phase_at(noon("2027-03-14")) == "drafting"
    assert here.is_open(back), "it was taken up again after it had closed"


def test_a_phase_that_was_set_by_hand_closes_on_its_day() -> None:
    here = decision(planned(*SPRING), course=Course(led=Led("drafting", noon("2027-01-10"))))
    assert not here.is_open(noon("2027-02-22"))


def test_words_belong_to_the_phase_in_which_they_come_early_ones_to_the_next_late_ones_to_the_evaluation() -> None:
    here = decision(planned(*SPRING))
    said = {
        "2027-01-15": "drafting", "2027-02-10": "drafting", "2027-02-25": "deciding", "2027-03-10": "deciding",
        "2027-03-15": AFTERWARDS, "2027-05-01": AFTERWARDS,
    }  # fmt: skip
    assert {day: here.phase_of_words(noon(day)) for day in said} == said
    for state in ("decided", "withdrawn", "merged"):
        ended = msgspec.structs.replace(here, state=state)
        assert ended.phase_of_words(noon("2027-02-10")) == AFTERWARDS


def test_words_that_are_older_than_the_decision_here_belong_to_the_phase_of_their_own_day() -> None:
    file = planned(Planned("agenda", "2027-01-01"), Planned("drafting", "2027-02-01"), until="2027-02-20")
    brought_in = decision(file, phase="drafting", published_at=noon("2027-06-01"))
    assert brought_in.phase_of_words(noon("2027-01-05")) == "agenda"
    assert brought_in.phase_of_words(noon("2027-02-05")) == "drafting"
    assert brought_in.phase_of_words(noon("2027-02-21")) == "monitoring"
    assert brought_in.phase_of_words(noon("2027-06-02")) == "monitoring"


def test_a_draft_is_open_for_nobody() -> None:
    assert not decision(state="draft").is_open(0)


days = st.dates(min_value=date(2027, 1, 1), max_value=date(2027, 12, 30))


@st.composite
def files(draw: st.DrawFn) -> File:
    chosen = sorted(draw(st.sets(st.sampled_from(PHASES), max_size=4)), key=PHASES.index)
    opens = sorted(draw(st.sets(days, min_size=len(chosen), max_size=len(chosen))))
    phases = []
    for phase, day in zip(chosen, opens, strict=True):
        closes = draw(st.none() | st.dates(min_value=day, max_value=date(2027, 12, 30)))
        phases.append(Planned(phase, day.isoformat(), closes.isoformat() if closes else None))
    return planned(*phases, until=draw(days).isoformat())


@given(files(), st.integers(0, 400 * 24))
def test_between_two_moments_of_the_calendar_nothing_moves(file: File, hour: int) -> None:
    here = decision(checked_file(file))
    now = start_of("2027-01-01", ZONE) - 86_400_000 + hour * 3_600_000
    upcoming = here.next_moments(now)
    assert all(at > now for at in upcoming) and upcoming == sorted(set(upcoming))
    before = (upcoming or [now + 10**10])[0] - 1
    assert (here.phase_at(now), here.is_open(now)) == (here.phase_at(before), here.is_open(before))
    if here.is_open(now):
        assert here.phase_of_words(now) == here.phase_at(now)
        assert here.closes_at is not None and now < here.closes_at


@given(files(), st.lists(st.integers(0, 400), min_size=2, max_size=6))
def test_the_calendar_never_goes_back(file: File, on: list[int]) -> None:
    here = decision(checked_file(file))
    start = start_of("2027-01-01", ZONE)
    seen = [PHASES.index(here.phase_at(start + day * 86_400_000)) for day in sorted(on)]
    assert seen == sorted(seen)


def changed(after: File, because: Texts | None = None, before: File = NEEDED) -> Any:
    return checked_change(decision(before), after, because or {}, ("nl", "fr"), 7)


def refusal(after: File, because: Texts | None = None, before: File = NEEDED) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(Refusal) as found:
        changed(after, because, before)
    return found.value.code, found.value.fields


def test_a_public_date_moves_only_with_a_reason_in_every_language_and_that_stands_there() -> None:
    later = msgspec.structs.replace(NEEDED, until="2027-04-14")
    assert refusal(later) == ("invalid", ("because",))
    assert refusal(later, {"nl": "   "}) == ("invalid", ("because",))
    assert refusal(later, {"nl": "Meer tijd."}) == ("incomplete", ("because.fr",))
    moved = changed(later, {"nl": " Meer tijd. ", "fr": "Plus de temps."})
    assert [(m.what, m.before, m.after, m.because["nl"], m.at) for m in moved] == [
        ("until", "2027-03-14", "2027-04-14", "Meer tijd.", 7)
    ]


def test_so_do_the_days_of_a_phase_both_of_them_and_a_phase_that_is_taken_out() -> None:
    before = planned(Planned("drafting", "2027-02-01", "2027-02-20"), Planned("deciding", "2027-03-01"))
    after = planned(Planned("drafting", "2027-02-02", "2027-02-22"))
    assert refusal(after, before=before) == ("invalid", ("because",))
    moved = changed(after, BOTH, before)
    assert [(m.what, m.before, m.after) for m in moved] == [
        ("drafting", "2027-02-01", "2027-02-02"),
        ("drafting", "2027-02-20", "2027-02-22"),
        ("deciding", "2027-03-01", None),
    ]


def test_a_phase_that_is_added_moves_nothing() -> None:
    assert changed(planned(Planned("drafting", "2027-02-01"))) == []


def test_what_was_expected_stays_as_it_was_written() -> None:
    expecting = msgspec.structs.replace(NEEDED, expected=[Expected("bus", BOTH)])
    assert refusal(expecting) == ("invalid", ("expected",))
    assert refusal(NEEDED, before=expecting) == ("invalid", ("expected",))
    assert changed(expecting, before=expecting) == []


@given(st.sampled_from(PROMISES), st.sampled_from(PROMISES))
def test_a_promise_grows_and_never_shrinks(before: Any, after: Any) -> None:
    old, new = (msgspec.structs.replace(NEEDED, promise=promise) for promise in (before, after))
    if PROMISES.index(after) < PROMISES.index(before):
        assert refusal(new, before=old) == ("invalid", ("promise",))
    else:
        assert changed(new, before=old) == []


def test_what_is_public_stays_complete() -> None:
    assert refusal(msgspec.structs.replace(NEEDED, gain={"nl": "ja"})) == ("incomplete", ("gain.fr",))


def test_writing_changes_what_it_names_and_null_takes_back() -> None:
    writing = msgspec.json.decode(
        b'{"revision": 3, "owner": "Wij", "stance": null, "summary": {"nl": "kort"}}', type=Writing
    )
    file = writing.over(msgspec.structs.replace(NEEDED, stance="unknown"))
    assert (file.owner, file.stance, file.summary, file.title) == ("Wij", None, {"nl": "kort"}, BOTH)


def test_nothing_waits_only_when_nothing_of_the_four_does() -> None:
    assert Unanswered().none
    for name in Unanswered.__struct_fields__:
        assert not Unanswered(**{name: 1}).none


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_numbers_told_beside_a_decision_never_differ_by_one_to_four_people(waited: list[int]) -> None:
    told, shown = Unanswered(), []
    for number in waited:
        now = told_after(told, Unanswered(unsorted=number)).unsorted
        assert now <= number < now + STEP or number < STEP
        if now >= STEP:
            told = Unanswered(unsorted=now)
            shown.append(now)
    assert all((one - other) % STEP == 0 for one in shown for other in shown)
    assert not shown or shown[0] == next(number for number in waited if number >= STEP), "the first is exact"
