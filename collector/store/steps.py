"""The steps of a decision: publish, next phase, answered, decided, withdraw, open again, merge.

What is promised is kept here: the check that nothing waits for an answer runs inside the transaction that publishes.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.change import DECISION
from collector.decision import (
    IMPLEMENTING,
    PHASES,
    PROMISES,
    STEP,
    Course,
    Decision,
    Ending,
    Led,
    Override,
    Phase,
    State,
    Unanswered,
    first_phase,
    missing_to_publish,
    told_after,
)
from collector.errors import Refusal
from collector.store.agencies import Agencies
from collector.store.asks import Asks, end_with_its_decision
from collector.store.changes import record
from collector.store.decisions import Decisions, standing
from collector.store.engine import Engine, Row, Transaction
from collector.store.sections import missing_in
from collector.texts import LINE, Texts, checked_texts, missing_languages

Kind = Literal["publish", "withdraw", "reopen", "phase", "answered", "decided", "merge"]
# from which states a step may be taken
FROM: dict[Kind, tuple[State, ...]] = {
    "publish": ("draft",),
    "withdraw": ("published", "decided"),
    "reopen": ("withdrawn", "decided"),
    "phase": ("published", "decided"),
    "answered": ("published", "decided"),
    "decided": ("published",),
    "merge": ("published", "decided"),
}


class Anyway(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Publish although something waits: why, and one sentence that stands beside it in public."""

    reason: Texts
    sentence: Texts = {}


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/decisions/{key}/steps`. `phase` for `phase` and `answered` (by default the present one), and for
    `reopen` (of what was decided: by default `deciding`); `text`: why it is withdrawn or opened again, or what was decided;
    `into`: the key it is merged into."""

    step: Kind
    revision: Annotated[int, Meta(ge=1)]
    phase: Phase | None = None
    text: Texts = {}
    into: str | None = None
    anyway: Anyway | None = None


class Member(msgspec.Struct, frozen=True):
    """Who takes the step. `named`: a member of flesh and blood, not a token."""

    name: str
    office: str
    named: bool


class Steps:
    """Called by the team's endpoint and by imports."""

    def __init__(self, engine: Engine, agencies: Agencies, decisions: Decisions, asks: Asks) -> None:
        self._engine = engine
        self._agencies = agencies
        self._decisions = decisions
        self._asks = asks

    async def take(self, agency_id: int, key: str, step: Step, member: Member, *, now: int) -> Decision:
        """One step. Refusal `stale`, `wrong_state`, `incomplete` with what is missing, `unanswered` with what waits,
        `forbidden` for a token that would publish in spite of that, `invalid` for a phase or text that cannot be."""
        decision = self._decisions.mine(agency_id, key)
        languages = self._agencies.agency(agency_id).required_languages
        text = checked_texts(step.text, "text")
        if step.step in ("withdraw", "reopen", "decided"):
            _need(text, "text", languages)
        into = self._target(decision, step.into) if step.step == "merge" else None
        anyway = _checked_anyway(step.anyway, languages, member)

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("decisions.one", agency_id=agency_id, id=decision.id)
            if rows[0]["revision"] != step.revision:
                raise Refusal("stale")
            fresh, _ = await self._decisions.catch_up(tx, rows[0], now)
            if fresh.state not in FROM[step.step]:
                raise Refusal("wrong_state")
            if step.step == "publish" and (missing := await _missing(tx, fresh, languages)):
                raise Refusal("incomplete", fields=missing)
            override = None
            if step.step == "answered" or (step.step == "decided" and fresh.file.promise != "tell"):
                override = await self._answered(tx, fresh, step, anyway, member, now)
            after = _after(fresh, step, Ending(now, text, member.office or member.name), override, now)
            if into is not None:
                target = await tx.fetch("decisions.one", agency_id=agency_id, id=into.id)
                if not _takes_in(self._decisions.shown(target[0]), fresh):
                    raise Refusal("invalid", fields=("into",))
                after = msgspec.structs.replace(after, merged_into=into.id, state="merged")
                await tx.run("decisions.move_submissions", agency_id=agency_id, key=fresh.key, into=into.key)
                await tx.run("decisions.move_themes", agency_id=agency_id, id=fresh.id, into_id=into.id)
                await record(tx, agency_id, DECISION + "changed", now, member.name, into.id)
            if step.step in ("withdraw", "merge"):
                await end_with_its_decision(tx, fresh, into.id if into else None, now)
            is_open = after.is_open(now)
            await tx.run(
                "decisions.step",
                agency_id=agency_id,
                id=fresh.id,
                state=after.state,
                phase=after.phase,
                is_open=int(is_open),
                course=msgspec.json.encode(after.course).decode(),
                published_at=after.published_at,
                merged_into=after.merged_into,
                now=now,
                revision=fresh.revision,
            )
            detail = step.phase or fresh.phase_at(now) if step.step == "answered" else standing(after.phase, is_open)
            act = DECISION + _ACTS.get(step.step, step.step)
            await record(tx, agency_id, act, now, member.name, fresh.id, detail=detail)

        await self._engine.write(body)
        await self._decisions.load()
        await self._asks.load()
        if into is not None:
            await self._decisions.follow()
        return self._decisions.by_id(decision.id)

    def _target(self, decision: Decision, key: str | None) -> Decision:
        """Where it goes."""
        found = self._decisions.where_it_went(self._decisions.mine(decision.agency_id, key or ""))
        if found.id == decision.id or not _takes_in(found, decision):
            raise Refusal("invalid", fields=("into",))
        return found

    async def _answered(
        self, tx: Transaction, decision: Decision, step: Step, anyway: Anyway | None, member: Member, now: int
    ) -> Override | None:
        """None when nothing waits. Otherwise Refusal `unanswered`, or what is published in spite of it."""
        waiting = await self._decisions.unanswered(decision, tx)
        unchanged = (
            step.step == "decided" and decision.file.promise == "change" and not await _changed_text(tx, decision)
        )
        if waiting.none and not unchanged:
            return None
        if anyway is None:
            raise Refusal("unanswered", unanswered=waiting, text_unchanged=unchanged)
        told = told_after(decision.course.told, waiting)
        return Override(member.name, member.office, anyway.reason, anyway.sentence, waiting, now, unchanged, told)


def _takes_in(into: Decision, decision: Decision) -> bool:
    """Only what is being decided takes another one in, for what was decided would take in what nobody answered; and only
    what promises no less, for a promise goes along with those it was made to."""
    return into.state == "published" and PROMISES.index(into.file.promise) >= PROMISES.index(decision.file.promise)


_ACTS = {"publish": "published", "withdraw": "withdrawn", "reopen": "reopened", "merge": "merged"}


async def _missing(tx: Transaction, decision: Decision, languages: tuple[str, ...]) -> tuple[str, ...]:
    """What keeps it from being published: in its file, and in the text that would be public with it."""
    missing = missing_to_publish(decision.file, languages)
    rows = await tx.fetch("sections.version", id=decision.id, version=decision.version)
    return missing + (missing_in(rows[0], languages) if rows else ())


async def _changed_text(tx: Transaction, decision: Decision) -> bool:
    """Whether some passage of a later version is linked to a theme: the text was changed with people, and it shows."""
    rows: list[Row] = await tx.fetch("sections.passages", id=decision.id)
    return any(row["version"] > 1 and row["themes"] for row in rows)


def _after(decision: Decision, step: Step, ending: Ending, override: Override | None, now: int) -> Decision:
    """The decision after the step. Refusal `invalid` for a phase that is none of its state's."""
    course: Course = decision.course
    state, published_at = decision.state, decision.published_at
    here = phase = decision.phase_at(now) if decision.public else decision.phase
    match step.step:
        case "publish":
            state, published_at = "published", now
            start = first_phase(decision.file, grown=decision.theme_id is not None)
            phase = msgspec.structs.replace(decision, state="published", phase=start).phase_at(now)
        case "withdraw":
            state, course = "withdrawn", msgspec.structs.replace(course, withdrawn=ending)
        case "reopen":
            if step.phase == "implementing":  # that would be decided again, without a word
                raise Refusal("invalid", fields=("phase",))
            state = "published"
            course = msgspec.structs.replace(course, reopened=ending, decided=None, withdrawn=None, override=None)
            if step.phase is not None or decision.course.decided is not None:  # it is not being carried out any more
                phase = step.phase or "deciding"
                course = msgspec.structs.replace(course, led=Led(phase, now))
            else:  # the calendar went on while it was withdrawn
                phase = msgspec.structs.replace(decision, state=state).phase_at(now)
        case "phase":
            if step.phase is None or not _may_lead(decision, here, step.phase):
                raise Refusal("invalid", fields=("phase",))
            phase, course = step.phase, msgspec.structs.replace(course, led=Led(step.phase, now))
        case "answered":
            done = step.phase or here
            if PHASES.index(done) > PHASES.index(here):
                raise Refusal("invalid", fields=("phase",))
            course = msgspec.structs.replace(_labelled(course, override), answered={**course.answered, done: now})
        case "decided":
            course = msgspec.structs.replace(_labelled(course, override), decided=ending, override=override)
            state = "decided"
            if PHASES.index(here) < IMPLEMENTING:
                phase = "implementing"
                course = msgspec.structs.replace(course, led=Led(phase, now))
        case _:
            pass
    return msgspec.structs.replace(decision, state=state, phase=phase, course=course, published_at=published_at)


def _labelled(course: Course, override: Override | None) -> Course:
    """With the override, if there is one, and the numbers that it tells; one under five is not told and leaves the old one."""
    if override is None or override.told is None:
        return course
    told = override.told
    people = {
        name: number if (number := getattr(told, name)) >= STEP else getattr(course.told, name)
        for name in ("unsorted", "grave_unread", "waiting")
    }
    return msgspec.structs.replace(course, override=override, told=Unanswered(**people))


def _may_lead(decision: Decision, here: Phase, phase: Phase) -> bool:
    """By hand as by the calendar: nothing is carried out before it is decided, and what is decided is not being drafted."""
    before, after = PHASES.index(here) < IMPLEMENTING, PHASES.index(phase) < IMPLEMENTING
    if decision.state == "decided":
        return not after
    return after or (not before and phase in (here, *PHASES[IMPLEMENTING + 1 :]))


def _need(text: Texts, field: str, languages: tuple[str, ...]) -> None:
    missing = missing_languages(text, languages)
    if missing:
        raise Refusal("incomplete", fields=tuple(f"{field}.{language}" for language in missing))


def _checked_anyway(anyway: Anyway | None, languages: tuple[str, ...], member: Member) -> Anyway | None:
    if anyway is None:
        return None
    if not member.named:
        raise Refusal("forbidden", fields=("anyway",))
    reason = checked_texts(anyway.reason, "reason")
    _need(reason, "reason", languages)
    sentence = checked_texts(anyway.sentence, "sentence", LINE)
    if sentence:
        _need(sentence, "sentence", languages)
    return Anyway(reason, sentence)
