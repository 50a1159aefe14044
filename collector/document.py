"""What a receipt shows its holder: all that is stored, what happened with it, and what comes next."""

from __future__ import annotations

from typing import Literal

import msgspec

from collector.change import Step
from collector.contact_point import ContactPoint
from collector.day import Day
from collector.decision import Phase, Promise
from collector.message import Felt, Message
from collector.public import PublicResponse
from collector.receipt import AgencyName
from collector.section import Passage
from collector.submission import (
    AnotherWay,
    Channel,
    Effect,
    Impact,
    Outcome,
    Permissions,
    Reason,
    Status,
)
from collector.texts import Texts


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


class ReceiptDocument(msgspec.Struct):
    """Exactly what is stored, what was masked, what happened, until when it is kept. `decision`, `phase`, `version`,
    `section`: what it was about. `office`: where it is. `answered_at`: when it was answered last; `felt`: how that felt."""

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
    history: list[Step]
    contact_points: tuple[ContactPoint, ...]
    decision: About | None
    phase: Phase | None
    version: int | None
    section: str | None
    office: str | None
    themes: list[Trail]
    messages: list[Message]
    next: Next
    answered_at: int | None
    felt: Felt | None
    bell: BellState
