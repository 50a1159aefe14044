"""What a receipt shows its holder: all that is stored, what happened with it, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge
from typing import Literal

import msgspec

from collector.ask import OnReceipt
from collector.barrier import Enforcement
from collector.callback import CallState
from collector.change import MESSAGE, READ, ROUTED, SORTED, STATUS, WEIGHED
from collector.clock import due
from collector.contact_point import ContactPoint
from collector.day import Day
from collector.decision import Decision, Phase, Promise
from collector.help_number import HelpNumber
from collector.message import Felt, Message
from collector.offer import OfferStatus
from collector.public import PublicResponse
from collector.receipt import AgencyName
from collector.roster import Reading
from collector.section import Part, Passage
from collector.status import Aside, Status
from collector.submission import AnotherWay, Barrier, Channel, Effect, Impact, Outcome, Permissions, Reason
from collector.texts import Texts
from collector.token import office_of

_OPENED = "submission.opened"  # stands in no row of the log of changes: the audit log knows it


class Started(msgspec.Struct, frozen=True):
    """The decision that a theme grew into."""

    key: str
    title: Texts


class Trail(msgspec.Struct):
    """A theme as a receipt shows it. `voices` in steps of five. `due`: by when it is owed an answer."""

    id: int
    name: Texts
    voices: int | None
    response: PublicResponse | None
    passages: list[Passage]
    started: Started | None
    due: Day | None = None


class About(msgspec.Struct):
    """The decision that the words belong to. `until`: the last day to react."""

    key: str
    title: Texts
    phase: Phase
    state: Literal["published", "decided", "withdrawn", "merged"]
    promise: Promise
    is_open: bool
    until: Day | None
    closes_at: int | None
    url: str


class Next(msgspec.Struct):
    """What comes next and by when, from the rules of `clock`: it is read; a message is answered; a theme is answered; it is
    decided. `by` is None where no rule sets a day."""

    what: Literal["read", "message", "answer", "decision", "none"]
    by: Day | None


class BellState(msgspec.Struct):
    """`offered`: the operator has set up a mail server. `on`: this receipt has a bell."""

    offered: bool
    on: bool


class Handed(msgspec.Struct):
    """To which desk its author handed it and when. `confirms_by`, `answers_by`: by the terms of that desk; no promise of
    ours. `contact_point` is None when that desk is no more."""

    contact_point: ContactPoint | None
    at: int
    confirms_by: Day | None
    answers_by: Day | None


class Offered(msgspec.Struct):
    """That another agency was asked to take it on: by whom and why (`note`), what became of it, and why not (`reason`).
    `receipt`: what that agency holds of it, once it took it on; its own `offers` are empty."""

    agency: AgencyName
    asked_by: AgencyName
    status: OfferStatus
    note: str | None
    at: int
    reason: str | None
    decided_at: int | None
    receipt: ReceiptDocument | None


class Passed(msgspec.Struct, omit_defaults=True):
    """What happened to a submission, as its receipt tells it: a `collector.change.Step` without its place in the log, for two
    places subtracted would count what everybody did in between. `by`: an office."""

    change: str
    at: int
    by: str | None
    detail: str | None = None


class ReceiptDocument(msgspec.Struct):
    """Exactly what is stored, what was masked, what happened, until when it is kept. `help_numbers`: to be shown first, when
    health or safety is touched. `grave`: by what she said of it; `reading`: whether somebody may read at this moment, null
    without a roster. `over`: its words are gone. `desks`: to which she can hand it when it is her own case. `decision`,
    `phase`, `version`, `section`, `paragraph`: what it was about, and `part` the words of the text that it reacts to.
    `office`: where it is: the contact point to whom the team passed it, or who took the last step with it. `meant_for`: the
    contact point to which it goes, before it is read. `aside`: why it was set aside. `answered_at`: when it was answered
    last; `felt`: how that felt. `asks`: what the office asks those who spoke, the newest first; or the question that this
    answers (`ask`). `enforcement`: for a barrier, to whom one turns who is not content with the answer or gets
    none. `offers`: other agencies that were asked to take it on."""

    id: int
    placement: str
    agency: AgencyName
    language: str | None
    channel: Channel
    page: str | None
    outcome: Outcome | None
    effect: Effect | None
    reason: Reason | None
    rating: int | None
    text: str | None
    another_way: AnotherWay | None
    impact: list[Impact] | None
    permissions: Permissions
    masked: list[str]
    status: Status
    received_at: int
    erased_at: int | None
    keep_until: int
    history: list[Passed]
    contact_points: tuple[ContactPoint, ...]
    decision: About | None
    phase: Phase | None
    version: int | None
    section: str | None
    paragraph: int | None
    part: Part | None
    ask: int | None
    barrier: Barrier | None
    enforcement: Enforcement | None
    office: str | None
    meant_for: str | None
    aside: Aside | None
    themes: list[Trail]
    messages: list[Message]
    next: Next
    answered_at: int | None
    felt: Felt | None
    asks: list[OnReceipt]
    bell: BellState
    help_numbers: tuple[HelpNumber, ...]
    grave: bool
    reading: Reading | None
    over: bool
    handed: Handed | None
    desks: tuple[ContactPoint, ...]
    callback: CallState
    offers: list[Offered]


def answered_at(
    status: Status, themes: Sequence[Trail], messages: Sequence[Message], heard_at: int | None = None
) -> int | None:
    """When it was answered last (Unix milliseconds). An answer is a response that was published to one of its themes; or
    a note of the team, once the team has set it to `answered`; or what the office says it heard (`heard_at`), for an answer
    to its question. What was set to answered without a word is none."""
    moments = [trail.response.published_at for trail in themes if trail.response is not None]
    if heard_at is not None:
        moments.append(heard_at)
    if status == "answered":
        moments += [message.at for message in messages if message.kind == "note"]
    return max(moments, default=None)


def office_of_history(history: Sequence[Passed]) -> str | None:
    """Where it is: with the office that took the last step with it; None before anybody did. `by` holds offices."""
    held = [
        step.by
        for step in history
        if step.by is not None and step.change in (READ, STATUS, ROUTED, SORTED, MESSAGE, WEIGHED)
    ]
    return held[-1] if held else None


def with_readers(history: Sequence[Passed], readers: Sequence[tuple[str, int]]) -> list[Passed]:
    """The history, and which other offices had her words before them, each where it first did. `readers`: (name and office,
    when first), from the audit log; a citizen is told the office, the name is for colleagues."""
    told = {step.by for step in history if step.change == READ}
    first: dict[str | None, int] = {}
    for who, at in readers:
        first.setdefault(office_of(who), at)
    opened = [Passed(_OPENED, at, office) for office, at in first.items() if office not in told]
    # woven in, not sorted: the order of the log stays, also where the clock of the machine went back
    return list(merge(history, opened, key=lambda step: step.at))


def next_step(
    *,
    status: Status,
    words: bool,
    grave: bool,
    received: Day,
    waiting: Day | None,
    themes: Sequence[Trail],
    decision: Decision | None,
    barrier_due: Day | None = None,
    heard: bool = False,
) -> Next:
    """What comes next for words that are still there. `received`: the day they came; `waiting`: the day since when a
    message of the citizen waits; `barrier_due`: by when a barrier is answered, while it is not; `heard`: it answers
    a question, and the office has said what it heard."""
    if waiting is not None:
        return Next("message", due("message.answer", waiting))
    if barrier_due is not None:
        return Next("answer", barrier_due)
    if words and status == "new":
        return Next("read", due("grave.read", received) if grave else None)
    owed = [trail for trail in themes if trail.response is None]
    if owed:
        return Next("answer", min((trail.due for trail in owed if trail.due is not None), default=None))
    if decision is None or decision.state != "published":
        return Next("none", None)
    if (
        words
        and not themes
        and not heard
        and status != "aside"
        and decision.file.promise != "tell"
        and decision.file.until
    ):
        return Next("answer", due("theme.answer", decision.file.until))
    return Next("decision", next((plan.closes for plan in decision.file.phases if plan.phase == "deciding"), None))
