"""A decision is something being decided: what is open, until when, who answers, and what one gains by it.

Its texts are in several languages, its dates are days where the agency is. What is public of it is in `public.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from collector.agency import checked_key
from collector.day import Day, end_of, start_of
from collector.errors import Refusal
from collector.texts import LINE, PARAGRAPHS, Texts, checked_texts, missing_languages

Phase = Literal["agenda", "drafting", "deciding", "implementing", "monitoring", "reformulating"]
PHASES: tuple[Phase, ...] = get_args(Phase)  # Council of Europe, Code of Good Practice for Civil Participation, 2019
AFTERWARDS: Phase = "monitoring"  # where words go that come too late to change it
Promise = Literal["tell", "answer", "change"]
Stance = Literal["unknown", "changed", "half_baked"]
State = Literal["draft", "published", "decided", "withdrawn", "merged"]
REQUIRED = ("title", "open", "until", "contact_point", "gain")
SAID_IN_ALL = ("title", "open", "gain")  # these stand in every required language before it is published
ListOf50 = Meta(max_length=50)


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What cannot change any more, and why."""

    text: Texts
    because: Texts = {}


class Planned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phase with its days, both included. Without `closes` it lasts until the next one opens. `question`: what the team
    asks in it, under the one question that is always the same."""

    phase: Phase
    opens: Day
    closes: Day | None = None
    question: Texts = {}


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the team expects to hear, written down before it opens. `key` stays the same for good."""

    key: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}\Z")]
    text: Texts


class Moved(msgspec.Struct, frozen=True):
    """A date that moved after it was public: which (`until`, or a phase), from and to which day, and why."""

    what: str
    before: Day | None
    after: Day | None
    because: Texts
    at: int


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that a team writes about a decision. Five fields are needed to publish it: `title`, `open` (what is open),
    `until` (the last day to react), `contact_point` (its key: who answers) and `gain` (what you gain by it)."""

    title: Texts = {}
    open: Texts = {}
    until: Day | None = None
    contact_point: str | None = None
    gain: Texts = {}
    promise: Promise = "answer"
    summary: Texts = {}
    owner: str = ""
    stance: Stance | None = None
    stance_note: Texts = {}
    fixed: Annotated[list[Fixed], ListOf50] = []
    phases: Annotated[list[Planned], ListOf50] = []
    expected: Annotated[list[Expected], ListOf50] = []
    placements: Annotated[list[str], ListOf50] = []
    patterns: Annotated[list[str], ListOf50] = []
    subject: Texts = {}


class Writing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The body of `PATCH /api/decisions/{key}`: what is named changes. `because`: why a public date moves."""

    revision: Annotated[int, Meta(ge=1)]
    because: Texts = {}
    title: Texts | UnsetType = UNSET
    open: Texts | UnsetType = UNSET
    until: Day | UnsetType | None = UNSET
    contact_point: str | UnsetType | None = UNSET
    gain: Texts | UnsetType = UNSET
    promise: Promise | UnsetType = UNSET
    summary: Texts | UnsetType = UNSET
    owner: str | UnsetType = UNSET
    stance: Stance | UnsetType | None = UNSET
    stance_note: Texts | UnsetType = UNSET
    fixed: Annotated[list[Fixed], ListOf50] | UnsetType = UNSET
    phases: Annotated[list[Planned], ListOf50] | UnsetType = UNSET
    expected: Annotated[list[Expected], ListOf50] | UnsetType = UNSET
    placements: Annotated[list[str], ListOf50] | UnsetType = UNSET
    patterns: Annotated[list[str], ListOf50] | UnsetType = UNSET
    subject: Texts | UnsetType = UNSET

    def over(self, file: File) -> File:
        """`file` with what is named here."""
        named = {name: getattr(self, name) for name in File.__struct_fields__ if getattr(self, name) is not UNSET}
        return msgspec.structs.replace(file, **named)


class Unanswered(msgspec.Struct, frozen=True):
    """What still waits for an answer: voices in no theme and not set aside, themes without a response, grave voices that
    nobody read, receipts where the citizen spoke last."""

    unsorted: int = 0
    themes: int = 0
    grave_unread: int = 0
    waiting: int = 0

    @property
    def none(self) -> bool:
        return not (self.unsorted or self.themes or self.grave_unread or self.waiting)


class Override(msgspec.Struct, frozen=True):
    """Decided although something waited: who published it so, why, what waited then, and a sentence for beside it."""

    by: str
    office: str
    reason: Texts
    sentence: Texts
    unanswered: Unanswered
    at: int


class Ending(msgspec.Struct, frozen=True):
    """How it was decided (`result`), or why it was withdrawn or opened again."""

    at: int
    text: Texts
    by: str | None = None


class Course(msgspec.Struct, frozen=True):
    """What happened to a decision, beside its file. `answered`: phases marked answered, and when."""

    answered: dict[str, int] = {}
    decided: Ending | None = None
    withdrawn: Ending | None = None
    reopened: Ending | None = None
    override: Override | None = None
    moved: list[Moved] = []


class Decision(msgspec.Struct, frozen=True):
    """As it is stored. `phase`: as its last act set it; `phase_at` says which phase it is by the clock. `theme_id`: the
    theme it grew out of. `version`: the newest of its text, 0 without one."""

    id: int
    agency_id: int
    key: str
    state: State
    phase: Phase
    file: File
    course: Course
    version: int
    zone: str
    theme_id: int | None
    merged_into: int | None
    created_at: int
    published_at: int | None
    changed_at: int
    revision: int

    @property
    def public(self) -> bool:
        return self.state != "draft"

    @property
    def closes_at(self) -> int | None:
        """The moment from which words come too late to change it."""
        return end_of(self.file.until, self.zone) if self.file.until else None

    def phase_at(self, now: int) -> Phase:
        """The phase by the calendar: the last planned one that has opened, or what the team set by hand meanwhile."""
        found = self.phase
        for planned in self.file.phases:
            if start_of(planned.opens, self.zone) <= now and PHASES.index(planned.phase) > PHASES.index(found):
                found = planned.phase
        return found

    def is_open(self, now: int) -> bool:
        """Whether words that come now can still change it."""
        if self.state != "published" or self.closes_at is None or now >= self.closes_at:
            return False
        phase = self.phase_at(now)
        for planned in self.file.phases:
            if planned.phase == phase:
                before = now < start_of(planned.opens, self.zone) and phase != self.phase
                return not before and (planned.closes is None or now < end_of(planned.closes, self.zone))
        return True

    def phase_of_words(self, now: int) -> Phase:
        """The phase that words belong to which arrive now; too late for the draft, they go to the evaluation."""
        return self.phase_at(now) if self.is_open(now) else AFTERWARDS

    def next_moments(self, now: int) -> list[int]:
        """The moments after `now` at which its phase or its openness changes by the calendar, earliest first."""
        found = [self.closes_at] if self.closes_at else []
        for planned in self.file.phases:
            found.append(start_of(planned.opens, self.zone))
            if planned.closes:
                found.append(end_of(planned.closes, self.zone))
        return sorted({at for at in found if at > now})


def checked_file(file: File) -> File:
    """The file with texts trimmed. Refusal `invalid` naming the field: a day that no calendar has, a phase that closes
    before it opens or stands twice, phases out of order, a key that cannot be one."""
    texts = {
        name: checked_texts(
            getattr(file, name), name, LINE if name in ("title", "stance_note", "subject") else PARAGRAPHS
        )
        for name in ("title", "open", "gain", "summary", "stance_note", "subject")
    }
    if file.until is not None:
        _checked_day(file.until, "until")
    last: Planned | None = None
    for planned in file.phases:
        _checked_day(planned.opens, "phases")
        if planned.closes is not None and _checked_day(planned.closes, "phases") < planned.opens:
            raise Refusal("invalid", fields=("phases",))
        later = last is None or (PHASES.index(planned.phase) > PHASES.index(last.phase) and planned.opens > last.opens)
        if not later:
            raise Refusal("invalid", fields=("phases",))
        last = planned
    if len({expected.key for expected in file.expected}) != len(file.expected):
        raise Refusal("invalid", fields=("expected",))
    for pattern in file.patterns:
        if not pattern.startswith("/") or len(pattern) > LINE or any(c.isspace() for c in pattern):
            raise Refusal("invalid", fields=("patterns",))
    if len(file.owner) > LINE:
        raise Refusal("invalid", fields=("owner",))
    return msgspec.structs.replace(
        file,
        **texts,
        owner=" ".join(file.owner.split()),
        fixed=[Fixed(checked_texts(f.text, "fixed"), checked_texts(f.because, "fixed")) for f in file.fixed],
        phases=[Planned(p.phase, p.opens, p.closes, checked_texts(p.question, "phases", LINE)) for p in file.phases],
        expected=[Expected(e.key, checked_texts(e.text, "expected", LINE)) for e in file.expected],
        placements=[checked_key(key, "placements") for key in dict.fromkeys(file.placements)],
        patterns=list(dict.fromkeys(file.patterns)),
    )


def _checked_day(day: str, field: str) -> str:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise Refusal("invalid", fields=(field,)) from None
    return day


def missing_to_publish(file: File, languages: tuple[str, ...]) -> tuple[str, ...]:
    """What keeps it from being published: names of the five fields, or `title.fr` for a language that is not there yet."""
    found: list[str] = []
    for name in REQUIRED:
        value: Any = getattr(file, name)
        if not value:
            found.append(name)
        elif name in SAID_IN_ALL:
            found += [f"{name}.{language}" for language in missing_languages(value, languages)]
    for name in ("summary", "stance_note", "subject"):
        value = getattr(file, name)
        if value:
            found += [f"{name}.{language}" for language in missing_languages(value, languages)]
    for name, texts in (
        *(("fixed", t) for f in file.fixed for t in (f.text, f.because) if t),
        *(("phases", p.question) for p in file.phases if p.question),
    ):
        found += [f"{name}.{language}" for language in missing_languages(texts, languages)]
    return tuple(dict.fromkeys(found))


def moves(before: File, after: File, because: Texts, at: int) -> list[Moved]:
    """The dates that differ between two files, as they stand in public. Refusal `invalid` without a reason."""
    found = []
    if before.until != after.until:
        found.append(Moved("until", before.until, after.until, because, at))
    old = {planned.phase: planned for planned in before.phases}
    new = {planned.phase: planned for planned in after.phases}
    for phase in PHASES:
        was, now = old.get(phase), new.get(phase)
        days = [(plan.opens, plan.closes) if plan else (None, None) for plan in (was, now)]
        if was and days[0] != days[1]:
            place = 0 if days[0][0] != days[1][0] else 1
            found.append(Moved(phase, days[0][place], days[1][place], because, at))
    if found and not because:
        raise Refusal("invalid", fields=("because",))
    return found
