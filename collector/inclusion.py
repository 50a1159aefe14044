"""The inclusion test of a digital service: twelve questions on one page of paper, before it goes on and again when people say
otherwise.

There is no standard for it; this one asks what the Belgian duty of a non-digital way asks (Constitutional Court 126/2025), and
who is shut out by what (Digital inclusion barometer 2024). Eight questions are answered by those who make the service, four by
what people say on its own pages. The verdict is signed by somebody outside the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from collector.agency import checked_name
from collector.errors import Refusal
from collector.public import stepped
from collector.texts import Texts, checked_texts, missing_languages

# what those who make it answer, in the order of the page
Question = Literal["who", "value", "device", "identity", "language", "body", "alone", "tried"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
# what people say: left without managing, could not sign in, needed help, had no other way
SignalName = Literal["left", "sign_in", "help", "no_way"]
SIGNALS: tuple[SignalName, ...] = get_args(SignalName)
Verdict = Literal["yes", "with", "no"]  # nobody is shut out · nobody is if these conditions are met · somebody is
# why it is open again: people say otherwise, a year is over, it was written on
Reopened = Literal["signals", "year", "written"]

ANSWER_CHARACTERS = 240  # all of it, in any language, stays on one A4
STEP_CHARACTERS = 80
WAY_CHARACTERS = 160
MOST_STEPS = 6
DAYS = 90  # the signals are of so many days
YEAR_DAYS = 365
ENOUGH = 50  # answers under which a share says nothing
RISE = 0.10  # of a share, in hundredths of the whole, that opens the test again


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the service, and how somebody takes it without a screen: where, when, at what cost, how long it takes."""

    step: Texts
    way: Texts = {}


class Signal(msgspec.Struct, frozen=True):
    """`number` of `of` people who answered, in ninety days."""

    name: SignalName
    number: int
    of: int

    @property
    def share(self) -> float:
        return self.number / self.of if self.of else 0.0


class PublicSignal(msgspec.Struct, frozen=True):
    """The same in steps of five; None under five. `percent` of those, None where one of the two is not told."""

    name: SignalName
    number: int | None
    of: int | None
    percent: int | None


class Author(msgspec.Struct, frozen=True):
    """Who wrote on it: she and her office cannot sign it. `member`: None for a token."""

    member: int | None
    name: str
    office: str


class Signer(msgspec.Struct, frozen=True):
    """Who signed, for whom; `member`: None for somebody who does not work here, whose signature `recorded_by` wrote down."""

    name: str
    organisation: str
    member: int | None
    recorded_by: str | None


class Signed(msgspec.Struct, frozen=True):
    """A test as it was signed: it stays as it is."""

    verdict: Verdict
    note: Texts
    signer: Signer
    signed_at: int
    answers: dict[Question, Texts]
    steps: list[Step]
    signals: list[Signal]


class Reopening(msgspec.Struct, frozen=True):
    """Why and when it was opened again. `signals`: those that rose, as they were then."""

    because: Reopened
    at: int
    signals: list[Signal] = []


class Inclusion(msgspec.Struct):
    """The test of one placement. `signals` are those of now; `missing`: what keeps it from being signed. `signed` is the last
    verdict, `reopened` why it holds no longer (None while it does). `mine`: whoever asks may not sign it herself, since she or
    her office wrote on it."""

    placement: str
    name: str
    answers: dict[Question, Texts]
    steps: list[Step]
    signals: list[Signal]
    authors: list[Author]
    missing: list[str]
    signed: Signed | None
    reopened: Reopening | None
    published: bool
    mine: bool
    revision: int


class InclusionLine(msgspec.Struct):
    """One placement in the list. `state`: nobody began · being written · signed and holds · open again."""

    placement: str
    name: str
    state: Literal["none", "open", "signed", "reopened"]
    verdict: Verdict | None
    signed_at: int | None
    because: Reopened | None
    published: bool


class Filling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/placements/{key}/inclusion`: all that is written. `revision` 0 begins."""

    revision: Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]
    answers: dict[Question, Texts] = {}
    steps: Annotated[list[Step], Meta(max_length=MOST_STEPS)] = []


class Signing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/placements/{key}/inclusion/verdict`. Without `name` and `organisation` the member who asks signs;
    with them somebody who does not work here did, and the one who asks writes it down."""

    revision: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)]
    verdict: Verdict
    note: Texts = {}
    name: str = ""
    organisation: str = ""


class Publishing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/placements/{key}/inclusion/published`."""

    published: bool


def checked_filling(filling: Filling) -> Filling:
    """With texts trimmed and steps that say nothing left out. Refusal `invalid` naming `answers` or `steps`."""
    answers = {name: checked_texts(filling.answers.get(name, {}), "answers", ANSWER_CHARACTERS) for name in QUESTIONS}
    steps = []
    for given in filling.steps:
        step = Step(
            checked_texts(given.step, "steps", STEP_CHARACTERS), checked_texts(given.way, "steps", WAY_CHARACTERS)
        )
        if step.step or step.way:
            steps.append(step)
    return Filling(filling.revision, {name: texts for name, texts in answers.items() if texts}, steps)


def missing_to_sign(answers: dict[Question, Texts], steps: list[Step], languages: tuple[str, ...]) -> list[str]:
    """What is not there yet: `device.fr` for an answer, `steps`, or `steps.fr` for a step or its way."""
    found = [f"{name}.{code}" for name in QUESTIONS for code in missing_languages(answers.get(name), languages)]
    if not steps:
        found.append("steps")
    for step in steps:
        found += [f"steps.{code}" for texts in (step.step, step.way) for code in missing_languages(texts, languages)]
    return list(dict.fromkeys(found))


def checked_signer(signing: Signing, authors: list[Author], member: Author) -> Signer:
    """Who signs. Refusal `invalid` for half a name, `wrong_state` for an author, for somebody of an author's office, and for a
    token that signs for nobody."""
    if bool(signing.name.strip()) != bool(signing.organisation.strip()):
        raise Refusal("invalid", fields=("organisation" if signing.name.strip() else "name",))
    if signing.name.strip():
        name, organisation = checked_name(signing.name), checked_name(signing.organisation, "organisation")
        signer = Signer(name, organisation, None, f"{member.name}, {member.office}" if member.office else member.name)
    elif member.member is None:
        raise Refusal("wrong_state")
    else:
        signer = Signer(member.name, member.office, member.member, None)
    if any(is_of(author, signer.name, signer.organisation) for author in authors):
        raise Refusal("wrong_state")
    return signer


def is_of(author: Author, name: str, office: str) -> bool:
    """Whether somebody is that author, or works in that author's office."""

    def same(one: str, other: str) -> bool:
        return bool(one) and one.split() != [] and one.casefold().split() == other.casefold().split()

    return same(author.name, name) or same(author.office, office)


def risen(before: Sequence[Signal], now: Sequence[Signal]) -> list[Signal]:
    """The signals that open a test again: a share, of at least fifty answers in ninety days, that is ten points above the one
    at signing. Of a share that was of fewer than fifty then, nothing was known: it counts as none."""
    known = {signal.name: signal.share if signal.of >= ENOUGH else 0.0 for signal in before}
    return [signal for signal in now if signal.of >= ENOUGH and signal.share >= known.get(signal.name, 0.0) + RISE]


def public_signal(signal: Signal) -> PublicSignal:
    """What everybody may see of it."""
    number, of = stepped(signal.number), stepped(signal.of)
    return PublicSignal(signal.name, number, of, round(100 * number / of) if number and of else None)
