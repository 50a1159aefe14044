"""A decision is something being decided: what is open, until when, who answers, and what one gains by it.

Its texts are in several languages, its dates are days where the agency is. What is public of it is in `public.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from collector.agency import checked_key
from collector.day import Day, checked_day, end_of, start_of
from collector.errors import Refusal
from collector.text.clean import clean_line
from collector.texts import LINE, PARAGRAPHS, Texts, checked_texts, missing_languages

Phase = Literal["agenda", "drafting", "deciding", "implementing", "monitoring", "reformulating"]
PHASES: tuple[Phase, ...] = get_args(Phase)  # Council of Europe, Code of Good Practice for Civil Participation, 2019
AFTERWARDS: Phase = "monitoring"  # where words go that come too late to change it
IMPLEMENTING = PHASES.index("implementing")  # from here on it is decided: no calendar decides
STEP = 5  # people: in public their number moves by no less, and none is told under it
Promise = Literal["tell", "answer", "change"]
PROMISES: tuple[Promise, ...] = get_args(Promise)  # each promises more than the one before
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


def told_after(before: Unanswered, waiting: Unanswered) -> Unanswered:
    """What the public is told of `waiting`, when `before` was told last (0: nothing). The first number is exact; from then on
    it moves in steps of five, so that two of them never differ by one to four people."""
    people = {
        name: was + (now - was) // STEP * STEP if was and now >= STEP else now
        for name in ("unsorted", "grave_unread", "waiting")
        for was, now in [(getattr(before, name), getattr(waiting, name))]
    }
    return Unanswered(themes=waiting.themes, **people)


class Override(msgspec.Struct, frozen=True):
    """Answered or decided although something waited: who published it so, why, what waited then, and a sentence for beside
    it. `text_unchanged`: a text changed with people was promised, and there is none. `told`: what the public is told of
    `unanswered`; None in files of before it was kept."""

    by: str
    office: str
    reason: Texts
    sentence: Texts
    unanswered: Unanswered
    at: int
    text_unchanged: bool = False
    told: Unanswered | None = None


class Ending(msgspec.Struct, frozen=True):
    """How it was decided (`result`), or why it was withdrawn or opened again."""

    at: int
    text: Texts
    by: str | None = None


class Led(msgspec.Struct, frozen=True):
    """A phase that the team set by hand, and when. The calendar goes on from there."""

    phase: Phase
    at: int


class Course(msgspec.Struct, frozen=True):
    """What happened to a decision, beside its file. `answered`: phases marked answered, and when. `led`: the phase last set
    by hand. `told`: the numbers of people last told beside an override."""

    answered: dict[str, int] = {}
    led: Led | None = None
    decided: Ending | None = None
    withdrawn: Ending | None = None
    reopened: Ending | None = None
    override: Override | None = None
    told: Unanswered = Unanswered()
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
        """The phase by the calendar: the last planned one that has opened, or what the team set by hand since. The calendar
        never goes back, and never past deciding before it is decided. What was withdrawn or merged stands still."""
        found = self.phase
        if self.state in ("withdrawn", "merged"):
            return found
        led = self.course.led
        decided = self.state == "decided" or PHASES.index(found) >= IMPLEMENTING
        for planned in self.file.phases:
            at, place = start_of(planned.opens, self.zone), PHASES.index(planned.phase)
            ahead = place > PHASES.index(found) and (place < IMPLEMENTING or decided)
            if at <= now and ahead and (led is None or at > led.at):
                found = planned.phase
        return found

    def is_open(self, now: int) -> bool:
        """Whether words that come now can still change it: from the day on which its first planned phase opens, in none
        that has closed, until its last day is over. A phase set by hand is open at once."""
        if self.state != "published" or self.closes_at is None or now >= self.closes_at:
            return False
        phase, led = self.phase_at(now), self.course.led
        by_hand = led is not None and led.phase == phase
        if not by_hand and now < (self.opens_at or 0):
            return False
        for planned in self.file.phases:
            if planned.phase == phase and planned.closes is not None:
                closes = end_of(planned.closes, self.zone)
                return now < closes or (by_hand and led is not None and led.at >= closes)
        return True

    @property
    def opens_at(self) -> int | None:
        """The moment from which one can react: when the first phase opens that is planned to open while one still can.
        None: from its publication on."""
        first = next((p.opens for p in self.file.phases if self.file.until is None or p.opens <= self.file.until), None)
        return start_of(first, self.zone) if first is not None else None

    def phase_of_words(self, now: int) -> Phase:
        """The phase that words belong to which arrive now. Early ones belong to the phase that opens next; too late for
        any, they go to the evaluation. What was said before it stood here, and is brought in by import, belongs to the
        phase that the calendar had then."""
        if self.published_at is not None and now < self.published_at and self.file.phases:
            course = msgspec.structs.replace(self.course, led=None)
            then = msgspec.structs.replace(self, phase=self.file.phases[0].phase, course=course, published_at=None)
            return then.phase_of_words(now)
        if self.is_open(now):
            return self.phase_at(now)
        if self.state == "published" and self.closes_at is not None:
            for planned in self.file.phases:
                if now < start_of(planned.opens, self.zone) < self.closes_at:
                    return planned.phase
        return AFTERWARDS

    def next_moments(self, now: int) -> list[int]:
        """The moments after `now` at which its phase or its openness changes by the calendar, earliest first."""
        return [at for at in self.moments() if at > now]

    def moments(self) -> list[int]:
        """All moments at which the calendar may move it, earliest first."""
        found = {self.closes_at} if self.closes_at else set()
        for planned in self.file.phases:
            found.add(start_of(planned.opens, self.zone))
            if planned.closes:
                found.add(end_of(planned.closes, self.zone))
        return sorted(found)


def first_phase(file: File, *, grown: bool) -> Phase:
    """Where a decision starts: in the agenda phase when it grew out of a theme or nothing is planned; else in the first
    planned one, or in the one before it when that comes only after the last day to react."""
    if grown or not file.phases:
        return "agenda"
    first = file.phases[0]
    if file.until is not None and first.opens > file.until:
        return PHASES[max(0, min(PHASES.index(first.phase), IMPLEMENTING) - 1)]
    return first.phase


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
        checked_day(file.until, "until")
    last: Planned | None = None
    for planned in file.phases:
        checked_day(planned.opens, "phases")
        if planned.closes is not None and checked_day(planned.closes, "phases") < planned.opens:
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
        owner=clean_line(file.owner),
        fixed=[
            fixed
            for f in file.fixed
            if (fixed := Fixed(checked_texts(f.text, "fixed"), checked_texts(f.because, "fixed"))).text
        ],
        phases=[Planned(p.phase, p.opens, p.closes, checked_texts(p.question, "phases", LINE)) for p in file.phases],
        expected=[
            expected
            for e in file.expected
            if (expected := Expected(e.key, checked_texts(e.text, "expected", LINE))).text
        ],
        placements=[checked_key(key, "placements") for key in dict.fromkeys(file.placements)],
        patterns=list(dict.fromkeys(file.patterns)),
    )


def missing_to_publish(file: File, languages: tuple[str, ...]) -> tuple[str, ...]:
    """What keeps it from being published: names of the five fields, or `title.fr` for a language that is not there yet."""
    found: list[str] = []
    for name in REQUIRED:
        value: Any = getattr(file, name)
        if not value:
            found.append(name)
        elif name in SAID_IN_ALL:
            found += [f"{name}.{language}" for language in missing_languages(value, languages)]
    for name, texts in (
        *((name, getattr(file, name)) for name in ("summary", "stance_note", "subject")),
        *(("fixed", text) for fixed in file.fixed for text in (fixed.text, fixed.because)),
        *(("phases", planned.question) for planned in file.phases),
        *(("expected", expected.text) for expected in file.expected),
    ):
        if texts:
            found += [f"{name}.{language}" for language in missing_languages(texts, languages)]
    return tuple(dict.fromkeys(found))


def checked_change(before: Decision, after: File, because: Texts, languages: tuple[str, ...], at: int) -> list[Moved]:
    """What a public decision allows: the dates that move. Refusal `invalid` for what was expected, which stays as it was
    written, for a promise that gets smaller or comes after it was decided, and for a date that moves without a reason;
    `incomplete` for what would be missing, the reason in every one of `languages` too."""
    file = before.file
    if after.expected != file.expected:
        raise Refusal("invalid", fields=("expected",))
    more = PROMISES.index(after.promise) - PROMISES.index(file.promise)
    if more < 0 or (more > 0 and before.state == "decided"):
        raise Refusal("invalid", fields=("promise",))
    if missing := missing_to_publish(after, languages):
        raise Refusal("incomplete", fields=missing)
    return moves(file, after, checked_because(because, languages), at)


def checked_because(because: Texts, languages: tuple[str, ...]) -> Texts:
    """A reason that stands in public: none, or in every language."""
    because = checked_texts(because, "because")
    if because and (missing := missing_languages(because, languages)):
        raise Refusal("incomplete", fields=tuple(f"because.{language}" for language in missing))
    return because


def moves(before: File, after: File, because: Texts, at: int) -> list[Moved]:
    """The dates that differ between two files, as they stand in public. Refusal `invalid` without a reason."""
    found = []
    if before.until != after.until:
        found.append(Moved("until", before.until, after.until, because, at))
    old = {planned.phase: planned for planned in before.phases}
    new = {planned.phase: planned for planned in after.phases}
    for phase in PHASES:
        was, now = old.get(phase), new.get(phase)
        if was is not None and was.opens != (now.opens if now else None):
            found.append(Moved(phase, was.opens, now.opens if now else None, because, at))
        if was is not None and now is not None and was.closes != now.closes:
            found.append(Moved(phase, was.closes, now.closes, because, at))
    if found and not because:
        raise Refusal("invalid", fields=("because",))
    return found
