"""What the widget says of a decision, in one language."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from collector.agency import LANGUAGES
from collector.contact_point import ContactPoint
from collector.day import end_of, start_of
from collector.decision import Course, Decision, Ending, File, Fixed, Planned
from collector.outline import Outline, one, outline, sentence, urgency
from collector.public import PublicLine
from collector.words import Words

ZONE = "Europe/Brussels"
WORDS = Words()
BOTH = {"nl": "ja", "fr": "oui"}
JANUARY = start_of("2027-01-20", ZONE)
DESK = ContactPoint("desk", "Het loket")
UNTIL = {
    "nl": "U kunt reageren tot en met 14 maart. Het team antwoordt voor het beslist.",
    "fr": "Vous pouvez réagir jusqu'au 14 mars inclus. L'équipe répond avant de décider.",
    "de": "Sie können bis einschließlich 14. März reagieren. Das Team antwortet, bevor es entscheidet.",
    "en": "You can react until 14 March. The team answers before it decides.",
}


def decision(*, state: Any = "published", course: Course | None = None, version: int = 0, **file: Any) -> Decision:
    given = {"title": BOTH, "open": BOTH, "until": "2027-03-14", "contact_point": "desk", "gain": BOTH, **file}
    return Decision(
        id=1, agency_id=1, key="one", state=state, phase="drafting", file=File(**given), course=course or Course(),
        version=version, zone=ZONE, theme_id=None, merged_into=None, created_at=0, published_at=1, changed_at=2, revision=1,
    )  # fmt: skip


def seen(found: Decision, language: str = "nl", now: int = JANUARY) -> Outline:
    return outline(found, "https://x.example/d/one", DESK, None, WORDS, {}, language, now)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_says_until_when_and_what_is_promised_or_that_it_is_too_late(language: str) -> None:
    assert sentence(decision(), WORDS, language, JANUARY) == UNTIL[language]
    over = end_of("2027-03-14", ZONE)
    assert sentence(decision(), WORDS, language, over - 1) == UNTIL[language]
    assert sentence(decision(), WORDS, language, over) == WORDS.get(language, "pages.d.late")
    for state in ("decided", "withdrawn", "merged"):
        assert sentence(decision(state=state), WORDS, language, JANUARY) == WORDS.get(language, f"line.{state}")
    told = {sentence(decision(promise=promise), WORDS, language, JANUARY) for promise in ("tell", "answer", "change")}
    assert len(told) == 3


def test_a_day_of_another_year_is_said_with_its_year() -> None:
    said = sentence(decision(until="2028-01-01"), WORDS, "fr", JANUARY)
    assert said.startswith("Vous pouvez réagir jusqu'au 1er janvier 2028 inclus.")


def test_it_is_too_late_from_the_moment_at_which_it_closes_and_it_says_so() -> None:
    over = end_of("2027-03-14", ZONE)
    assert (seen(decision(), now=over - 1).late, seen(decision(), now=over - 1).closed) == (False, "")
    late = seen(decision(), now=over)
    assert late.late and late.closed == WORDS.get("nl", "pages.d.late") == late.said


def test_closed_only_for_now_it_says_from_when_one_can_react_again() -> None:
    phases = [Planned("drafting", "2027-01-01", "2027-01-10"), Planned("deciding", "2027-02-01")]
    shut = seen(decision(phases=phases), "de")
    assert shut.late
    assert shut.closed.startswith("Zurzeit ist es geschlossen. Ab 1. Februar können Sie wieder reagieren.")


def test_a_text_comes_in_the_language_asked_for_or_in_the_first_there_is_and_says_which() -> None:
    assert one({"nl": "Ja", "fr": "Oui"}, "fr") == {"fr": "Oui"}
    assert one({"nl": "Ja", "fr": "Oui"}, "de") == {"nl": "Ja"}
    assert one({}, "de") == {}
    found = seen(decision(fixed=[Fixed(BOTH, {"fr": "parce que"})], stance="changed", stance_note=BOTH), "fr")
    assert (found.title, found.open, found.stance_note) == ({"fr": "oui"},) * 3
    assert found.fixed == [Fixed({"fr": "oui"}, {"fr": "parce que"})]
    assert found.stance == "Nous avons changé d'avis." and found.answers == "Het loket vous répond."


def test_the_text_can_be_reacted_to_only_while_it_is_drafted_and_open() -> None:
    phases = [Planned("drafting", "2027-01-01"), Planned("deciding", "2027-02-01")]
    assert seen(decision(version=2, phases=phases)).text
    assert not seen(decision(version=0, phases=phases)).text
    assert not seen(decision(version=2, phases=phases), now=start_of("2027-02-02", ZONE)).text
    assert not seen(decision(version=2), now=end_of("2027-03-14", ZONE)).text


def test_how_it_ended_is_told() -> None:
    ended = Course(decided=Ending(1, {"fr": "c'est décidé"}), withdrawn=Ending(1, {"nl": "weg"}))
    assert seen(decision(state="decided", course=ended)).ending == {"fr": "c'est décidé"}
    assert seen(decision(state="withdrawn", course=ended)).ending == {"nl": "weg"}
    assert seen(decision(course=ended)).ending == {}


def test_what_can_still_be_changed_comes_first_the_soonest_closed_before_then_what_changed_last() -> None:
    blank = dict.fromkeys(PublicLine.__struct_fields__)

    def line(key: str, **fields: Any) -> PublicLine:
        return msgspec.structs.replace(PublicLine(**blank), key=key, **fields)  # type: ignore[arg-type]

    lines = [
        line("decided", is_open=False, changed_at=5), line("far", is_open=True, closes_at=9),
        line("closed", is_open=False, changed_at=8), line("soon", is_open=True, closes_at=2),
    ]  # fmt: skip
    assert [found.key for found in sorted(lines, key=urgency)] == ["soon", "far", "closed", "decided"]
