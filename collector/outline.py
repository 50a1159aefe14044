"""A decision as the widget unfolds it, in one language. The sentences are those of the public pages: a day is said and a
clock is read in one place, not once more in every browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from collector.ask import Ask
from collector.contact_point import ContactPoint
from collector.day import Day, Days, start_of
from collector.decision import Decision, Fixed, Phase, Promise, Stance
from collector.public import PublicLine
from collector.receipt import AgencyName
from collector.texts import Texts, pick
from collector.words import Words


class Line(msgspec.Struct):
    """A decision in the placement document, in all languages as everywhere else; or in the one that was asked for, and then
    what its line says (`said`: until when one can react and what is promised, or that it is too late) stands in the place
    of what it says it from."""

    key: str
    title: Texts
    patterns: list[str]
    url: str
    said: str | UnsetType = UNSET
    state: Literal["published", "decided", "withdrawn", "merged"] | UnsetType = UNSET
    phase: Phase | UnsetType = UNSET
    promise: Promise | UnsetType = UNSET
    stance: Stance | UnsetType | None = UNSET
    until: Day | UnsetType | None = UNSET
    closes_at: int | UnsetType | None = UNSET
    is_open: bool | UnsetType = UNSET
    subject: Texts | UnsetType = UNSET
    agency: AgencyName | UnsetType = UNSET
    changed_at: int | UnsetType = UNSET


def line(public: PublicLine, said: str | None, language: str | None) -> Line:
    """`said` and `language` when it is asked for in one."""
    if language is None or said is None:
        return Line(**msgspec.structs.asdict(public))
    return Line(public.key, one(public.title, language), public.patterns, public.url, said)


# words of the widget that only a decision with something fixed needs, and only one with a text to react to
OF_FIXED = ("fixed", "because")
OF_TEXT = ("text", "react", "paragraph")


class Asked(msgspec.Struct):
    """The question that waits for answers. `said`: who asks, and until when."""

    id: int
    text: Texts
    said: str


class Outline(msgspec.Struct):
    """`said`: what its line says now. `late`: words that come now are too late to change it, and `closed` says so. `ask` is
    there while a question waits. `text`: the newest version can be reacted to section by section. `words`: the widget's own,
    those that it needs for this. Each of the texts is in the language asked for, or in the first there is."""

    key: str
    url: str
    title: Texts
    said: str
    late: bool
    closed: str
    stance: str
    stance_note: Texts
    ending: Texts
    question: Texts
    open: Texts
    fixed: list[Fixed]
    owner: str
    answers: str
    version: int
    text: bool
    changed_at: int
    words: dict[str, Any]
    ask: Asked | UnsetType = UNSET


def one(texts: Mapping[str, str], language: str) -> Texts:
    """The text for a reader of `language`: hers, else the first there is; nothing of nothing."""
    text, found = pick(texts, language)
    return {found: text} if text else {}


def urgency(line: PublicLine) -> tuple[bool, int]:
    """Sorts what can still be changed before the rest, the soonest closed first; then what changed last."""
    return (True, -line.changed_at) if not line.is_open else (False, line.closes_at or 0)


def sentence(decision: Decision, words: Words, language: str, now: int, ask: Ask | None = None) -> str:
    """What the line says below the title. `ask`: the question that waits."""
    if ask is not None:
        day = Days(language, decision.zone, now).short(ask.until)
        return f"{sentence(decision, words, language, now)} {words.get(language, 'line.asks', day=day)}"
    until = decision.file.until
    if until is None or not decision.is_open(now):
        return _too_late(decision, words, language)
    day = Days(language, decision.zone, now).short(until)
    promise = words.get(language, f"line.promise.{decision.file.promise}")
    return f"{words.get(language, 'pages.d.until', day=day)} {promise}"


def outline(
    decision: Decision,
    url: str,
    desk: ContactPoint | None,
    ask: Ask | None,
    words: Words,
    own: dict[str, Any],
    language: str,
    now: int,
) -> Outline:
    """`url`: of its page. `desk`: who answers. `ask`: the question that waits. `own`: the widget's words about decisions."""
    file, is_open, phase = decision.file, decision.is_open(now), decision.phase_at(now)
    question: Texts = next((planned.question for planned in file.phases if planned.phase == phase), {})
    text = is_open and phase == "drafting" and decision.version > 0
    unsaid = {*(() if file.fixed else OF_FIXED), *(() if text else OF_TEXT)}
    return Outline(
        key=decision.key,
        url=url,
        title=one(file.title, language),
        said=sentence(decision, words, language, now, ask),
        late=not is_open,
        closed="" if is_open else _closed(decision, words, language, now),
        stance=f"{words.get(language, f'pages.d.stance.{file.stance}')}." if file.stance else "",
        stance_note=one(file.stance_note, language),
        ending=one(_ending(decision), language),
        question=one(question, language),
        open=one(file.open, language),
        fixed=[Fixed(one(fixed.text, language), one(fixed.because, language)) for fixed in file.fixed],
        owner=file.owner,
        answers=f"{words.get(language, 'pages.d.answers', name=desk.name)}." if desk else "",
        version=decision.version,
        text=text,
        changed_at=decision.changed_at,
        ask=_asked(ask, decision, words, language, now) if ask else UNSET,
        words={name: said for name, said in own.items() if name not in unsaid},
    )


def _asked(ask: Ask, decision: Decision, words: Words, language: str, now: int) -> Asked:
    day = Days(language, decision.zone, now).full(ask.until)
    said = words.get(language, "pages.ask.who", office=ask.office, day=day)
    return Asked(ask.id, one(ask.text, language), f"{said} {words.get(language, 'pages.ask.everybody')}")


def _too_late(decision: Decision, words: Words, language: str) -> str:
    if decision.state in ("decided", "withdrawn", "merged"):
        return words.get(language, f"line.{decision.state}")
    return words.get(language, "pages.d.late")


def _closed(decision: Decision, words: Words, language: str, now: int) -> str:
    """That it is closed, or closed only until a later phase opens."""
    closes_at = decision.closes_at
    if decision.state == "published" and closes_at is not None:
        for planned in decision.file.phases:
            if now < start_of(planned.opens, decision.zone) < closes_at:
                day = Days(language, decision.zone, now).short(planned.opens)
                return words.get(language, "pages.d.between", day=day)
    return _too_late(decision, words, language)


def _ending(decision: Decision) -> Texts:
    """How it was decided, or why it was withdrawn."""
    course = decision.course
    ending = {"decided": course.decided, "withdrawn": course.withdrawn}.get(decision.state)
    return ending.text if ending else {}
