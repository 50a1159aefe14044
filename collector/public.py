"""What everybody may see of a decision. Figures change at most once an hour and in steps of five, so that nobody can tell
from them who spoke; nothing is shown under five. Only official acts are live."""

from __future__ import annotations

from typing import Literal

import msgspec

from collector.ask import PublicAsk
from collector.contact_point import ContactPoint
from collector.day import Day
from collector.decision import STEP, Ending, Fixed, Moved, Phase, Promise, Stance
from collector.receipt import AgencyName
from collector.section import Passage, Section
from collector.submission import Effect
from collector.texts import Texts
from collector.theme import ResponseOutcome

HOUR_MS = 3_600_000


def stepped(number: int) -> int | None:
    """The number in steps of five, downwards; None under five."""
    return number - number % STEP if number >= STEP else None


def shown(number: int) -> int | None:
    """A number of people at the moment of an official act, which never changes; None under five, also for nobody."""
    return number if number >= STEP else None


class PublicPhase(msgspec.Struct):
    """`opens_at`, `closes_at`: the first moments of and after it, Unix milliseconds. `answered_at`: when every theme of it
    had its answer."""

    phase: Phase
    opens: Day
    closes: Day | None
    opens_at: int
    closes_at: int | None
    question: Texts
    answered_at: int | None


class PublicResponse(msgspec.Struct):
    """`themes`: how many themes got this very text."""

    id: int
    outcome: ResponseOutcome
    reason: Texts
    did_not_know: Texts
    by_day: Day | None
    office: str
    handed_to: str
    published_at: int
    themes: int


class Quote(msgspec.Struct):
    """Words whose author allowed them to be shown. `text` is None once she withdrew them."""

    text: str | None
    language: str | None


class PublicTheme(msgspec.Struct):
    """`voices` in steps of five, None under five. `expected`: the team had expected it; None while that is not told.
    `due`: by when it has an answer."""

    id: int
    name: Texts
    voices: int | None
    expected: bool | None
    response: PublicResponse | None
    passages: list[int]
    quotes: list[Quote]
    due: Day | None


class Figures(msgspec.Struct):
    """Of the last full hour, in steps of five. `voices`: all who reacted; `words`: those with words; `effects`: what it
    would mean for them; `bursts`: those who came in bursts of at least twenty within this decision, over before the hour was,
    each burst in steps of five. `at`: the hour they are of."""

    at: int
    voices: int | None = None
    words: int | None = None
    effects: dict[Effect, int | None] = {}
    bursts: int | None = None
    themes: dict[int, int | None] = {}


class PublicVersion(msgspec.Struct):
    version: int
    published_at: int
    note: Texts


class PublicUnanswered(msgspec.Struct):
    """What waited when it was published all the same, as counted at that moment, or in steps of five from what was told the
    time before; people under five are None. `promise`:
    the text was to change with people, and did not."""

    themes: int
    unsorted: int | None
    grave_unread: int | None
    waiting: int | None
    promise: bool


class PublicOverride(msgspec.Struct):
    """Decided although something waited: which office published it so, why, and a sentence for beside it."""

    office: str
    reason: Texts
    sentence: Texts
    unanswered: PublicUnanswered
    at: int


class PublicDecision(msgspec.Struct):
    """`is_open`: words that come now can still change it, until `closes_at`. `sections`: the newest version of the text.
    `asks`: what offices asked, the newest first. `expected` is told once it is closed. `override` stands there until what
    waited then is answered."""

    key: str
    agency: AgencyName
    state: Literal["published", "decided", "withdrawn", "merged"]
    title: Texts
    open: Texts
    gain: Texts
    summary: Texts
    fixed: list[Fixed]
    owner: str
    contact_point: ContactPoint | None
    promise: Promise
    stance: Stance | None
    stance_note: Texts
    phase: Phase
    phases: list[PublicPhase]
    until: Day | None
    closes_at: int | None
    is_open: bool
    time_zone: str
    version: int
    versions: list[PublicVersion]
    sections: list[Section]
    passages: list[Passage]
    figures: Figures
    themes: list[PublicTheme]
    expected: list[Texts] | None
    decided: Ending | None
    withdrawn: Ending | None
    reopened: Ending | None
    asks: list[PublicAsk]
    override: PublicOverride | None
    merged_into: str | None
    moved: list[Moved]
    published_at: int
    changed_at: int
    url: str

    @property
    def asked(self) -> PublicAsk | None:
        """The question that waits for answers."""
        return next((ask for ask in self.asks if ask.is_open), None)


class PublicLine(msgspec.Struct):
    """A decision in a list, and in the placement document: enough for one line. `pattern`s are matched in the browser
    against the path of the page; `*` stands for any characters."""

    key: str
    title: Texts
    state: Literal["published", "decided", "withdrawn", "merged"]
    phase: Phase
    promise: Promise
    stance: Stance | None
    until: Day | None
    closes_at: int | None
    is_open: bool
    patterns: list[str]
    subject: Texts
    agency: AgencyName
    url: str
    changed_at: int


class Act(msgspec.Struct):
    """An official act as it is told live to open pages: look again, and why."""

    decision: str
    act: str
    at: int
