"""Receipts: what a citizen does with what she sent, by its code."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET

from collector.ask import OnReceipt
from collector.barrier import answer_by
from collector.change import AMONG_US, CORRECTED, ERASED, FELT, HANDED
from collector.contact_point import ContactPoint
from collector.day import Day, after_days, after_working_days, day_of
from collector.decision import Decision
from collector.document import (
    About,
    BellState,
    Handed,
    Next,
    Offered,
    Passed,
    ReceiptDocument,
    Trail,
    answered_at,
    next_step,
    office_of_history,
    with_readers,
)
from collector.errors import Refusal
from collector.help_number import help_numbers
from collector.message import Felt, Message, waiting_since
from collector.receipt import AgencyName
from collector.roster import Reading
from collector.severity import GRAVE
from collector.store.agencies import Agencies
from collector.store.asks import Asks, public
from collector.store.audit import Audit
from collector.store.bells import Bells, silence
from collector.store.callbacks import Callbacks, forget_callback
from collector.store.changes import Changes, record
from collector.store.counts import combination_of, move
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row, Transaction
from collector.store.messages import Messages, forget_messages
from collector.store.offer_words import forget_offers
from collector.store.offers import Offers
from collector.store.public import Public
from collector.store.sections import Sections
from collector.store.statements import Statements
from collector.store.submissions import Submissions
from collector.store.themes import Themes
from collector.submission import Correction, Submission, joined_impact
from collector.token import office_of

_SHOWN = (
    "id", "placement", "language", "channel", "page", "outcome", "effect", "reason", "rating", "text", "another_way",
    "impact", "permissions", "masked", "status", "received_at", "erased_at", "phase", "version", "section", "barrier",
    "paragraph", "aside", "ask",
)  # fmt: skip


@dataclass(slots=True)
class Opened:
    """What a code opens; `code`: as it was typed, never
    kept. `submission_id` is None for a receipt issued before its submission came."""

    id: int
    agency_id: int
    placement_id: int
    submission_id: int | None
    erased_at: int | None
    code: str = ""


class Receipts:
    """Called by the receipt's endpoint and page. `scrub_soon` is told of every erasure."""

    def __init__(
        self,
        engine: Engine,
        agencies: Agencies,
        submissions: Submissions,
        changes: Changes,
        decisions: Decisions,
        sections: Sections,
        themes: Themes,
        public: Public,
        asks: Asks,
        statements: Statements,
        scrub_soon: Callable[[], None],
        audit: Audit,
        reading: Callable[[int, int], Reading | None],
        offers: Offers,
    ) -> None:
        self._audit = audit
        self._reading = reading
        self._offers = offers
        self._engine = engine
        self._agencies = agencies
        self._submissions = submissions
        self._changes = changes
        self._decisions = decisions
        self._sections = sections
        self._themes = themes
        self._public = public
        self._asks = asks
        self._statements = statements
        self._scrub_soon = scrub_soon
        self.messages = Messages(engine, submissions.next_id, submissions.routings)
        self.bells = Bells(engine, scrub_soon)
        self.callbacks = Callbacks(engine, scrub_soon)

    async def open(self, code_hash: bytes) -> Opened:
        """Refusal `receipt` when no receipt has that code."""
        rows = await self._engine.fetch("receipts.by_code", code_hash=code_hash)
        if not rows:
            raise Refusal("receipt")
        row = rows[0]
        return Opened(row["id"], row["agency_id"], row["placement_id"], row["submission_id"], row["erased_at"])

    async def towards(self, opened: Opened, agency: str | None) -> Opened:
        """What the same code opens at another agency that took it on, by the key of that one. Refusal `invalid` naming
        `agency` for one where it is not."""
        own = self._agencies.agency(opened.agency_id).key
        if agency is None or agency == own:
            return opened
        for copy in await self._copies(opened):
            if self._agencies.agency(copy.agency_id).key == agency:
                return copy
        raise Refusal("invalid", fields=("agency",))

    async def _copies(self, opened: Opened) -> list[Opened]:
        """At all agencies that took it on."""
        rows = await self._engine.fetch("offers.copies", receipt_id=opened.id)
        return [_opened(row) for row in rows]

    async def document(self, opened: Opened, now: int | None = None) -> ReceiptDocument:
        """All that is stored behind an opened receipt, and what comes next; also at agencies that took it on. Refusal
        `receipt` while its submission has not come. `now` in Unix milliseconds, by default the present."""
        now = time.time_ns() // 1_000_000 if now is None else now
        document = await self._document(opened, now)
        for row in await self._offers.of_receipt(opened.id):
            document.offers.append(
                Offered(
                    agency=self._offers.named(row["to_id"]),
                    asked_by=self._offers.named(row["agency_id"]),
                    status=row["status"],
                    note=row["note"],
                    at=row["at"],
                    reason=row["reason"],
                    decided_at=row["decided_at"],
                    receipt=await self._document(_copy(row), now) if row["copy_id"] is not None else None,
                )
            )
        return document

    async def _document(self, opened: Opened, now: int) -> ReceiptDocument:
        """What one agency holds of it."""
        if opened.submission_id is None:
            raise Refusal("receipt")
        submission = await self._submissions.one(opened.agency_id, opened.submission_id)
        agency = self._agencies.agency(opened.agency_id)
        placement = self._agencies.placement_by_id(opened.placement_id)
        steps = await self._changes.history(opened.agency_id, opened.submission_id)
        history = [
            Passed(step.change, step.at, office_of(step.by), step.detail)
            for step in steps
            if step.change not in AMONG_US
        ]
        points = self._agencies.contact_points(opened.agency_id)
        point = next((point.name for point in points if point.key == submission.contact_point), None)
        messages = await self.messages.of_submission(opened.agency_id, opened.submission_id)
        for message in messages:
            message.by = None  # a citizen is told the office; the name is for colleagues
        themes = list(await self._themes.of_submission(opened.agency_id, opened.submission_id, now=now))
        heard_at = self._asks.mine(opened.agency_id, submission.ask).heard_at if submission.ask is not None else None
        answered = answered_at(submission.status, themes, messages, heard_at)
        felt, over, by_receipt = await self._state(opened.id, answered)
        gone = over or submission.erased_at is not None
        if not gone:
            history = with_readers(history, await self._audit.readers(opened.agency_id, submission.id))
        decision = self._decision(opened.agency_id, submission)
        line = self._public.line(decision, now) if decision else None
        statement = (await self._statements.one(agency)).published if submission.barrier else None
        open_barrier = submission.barrier is not None and submission.status not in ("answered", "aside")
        received = day_of(submission.received_at, agency.time_zone)
        about = About(**{name: getattr(line, name) for name in About.__struct_fields__}) if line else None
        return ReceiptDocument(
            **{name: getattr(submission, name) for name in _SHOWN},
            agency=AgencyName(agency.key, agency.name, agency.names),
            keep_until=submission.received_at + agency.retention_days * 86_400_000,
            history=history,
            contact_points=self._agencies.contact_points_of(placement),
            decision=about,
            part=await self._sections.part(opened.agency_id, submission) if about else None,
            office=point or office_of_history(history),
            meant_for=point if submission.status == "new" else None,
            enforcement=statement.enforcement if statement else None,
            themes=themes,
            messages=messages,
            next=Next("none", None)
            if gone
            else _next(
                submission,
                themes,
                messages,
                decision,
                agency.time_zone,
                answer_by(received, statement) if open_barrier else None,
                heard_at is not None,
            ),
            answered_at=answered,
            felt=felt,
            asks=[] if gone else self._asked(submission, decision, by_receipt, now),
            grave=not gone and submission.severity <= GRAVE,
            reading=self._reading(opened.agency_id, now),
            over=gone,
            handed=self._handed(opened, submission.desk, history, agency.time_zone),
            desks=tuple(point for point in points if point.takes_cases) if not gone else (),
            callback=await self.callbacks.state(opened.id, None if gone else _who_rings(points)),
            help_numbers=help_numbers() if not gone and "health" in (submission.impact or []) else (),
            bell=BellState(self.bells.offered and not gone, await self.bells.on(opened.id)),
            offers=[],
        )

    def _handed(self, opened: Opened, desk: str | None, history: Sequence[Passed], zone: str) -> Handed | None:
        """Where its author handed it, and what that desk holds itself to from that day on."""
        if desk is None:
            return None
        at = max((step.at for step in history if step.change == HANDED), default=0)
        point = next((point for point in self._agencies.contact_points(opened.agency_id) if point.key == desk), None)
        if point is None:  # the desk is no more, so its terms are not either
            return Handed(None, at, None, None)
        day, terms = day_of(at, zone), point.terms
        return Handed(
            point,
            at,
            after_working_days(day, terms.confirms) if terms.confirms else None,
            after_days(day, terms.answers) if terms.answers else None,
        )

    def _asked(self, submission: Submission, decision: Decision | None, by_receipt: bool, now: int) -> list[OnReceipt]:
        """What is asked of its author. An answer that came from another receipt is asked nothing: that receipt is."""
        if decision is None:
            return []
        asks = self._asks.of(decision)
        if submission.ask is not None:
            asks = [ask for ask in asks if ask.id == submission.ask or (ask.id > submission.ask and not by_receipt)]
        return [OnReceipt(public(ask, now), ask.withdrawn) for ask in asks]

    async def _state(self, receipt_id: int, answered: int | None) -> tuple[Felt | None, bool, bool]:
        """(how the last answer felt; None when a newer one came since, whether its words are gone, whether it came from
        another receipt)."""
        row = (await self._engine.fetch("receipts.state", id=receipt_id))[0]
        said = row["felt"] is not None and answered is not None and row["felt_at"] >= answered
        return row["felt"] if said else None, row["words_id"] is None, bool(row["by_receipt"])

    def _decision(self, agency_id: int, submission: Submission) -> Decision | None:
        """The public decision that it is about, also when it went on in another one. A draft that grew out of its theme is
        not shown to anybody yet."""
        if submission.decision is None:
            return None
        found = self._decisions.where_it_went(self._decisions.mine(agency_id, submission.decision))
        return found if found.public else None

    async def felt_of(self, agency_id: int, submission_id: int) -> Felt | None:
        """How its author says the answer felt. None when nothing was said."""
        rows = await self._engine.fetch("receipts.felt_of", agency_id=agency_id, submission_id=submission_id)
        return rows[0]["felt"] if rows else None

    async def feel(self, opened: Opened, felt: Felt, *, now: int) -> None:
        """How the answer felt. `again` opens it again: the team sees it as new. Refusal `wrong_state` before there is an
        answer, `receipt` after an erasure. The same once more changes nothing."""
        document = await self.document(opened, now)
        if document.erased_at is not None:
            raise Refusal("receipt")
        if document.answered_at is None:
            raise Refusal("wrong_state")
        if document.felt == felt:
            return

        async def body(tx: Transaction) -> None:
            if not await tx.run("receipts.feel", id=opened.id, felt=felt, now=now):
                raise Refusal("receipt")
            if felt == "again":
                await tx.run("receipts.reopen", agency_id=opened.agency_id, id=opened.submission_id)
            await record(tx, opened.agency_id, FELT, now, None, opened.submission_id)

        await self._engine.write(body)

    async def hand(self, opened: Opened, key: str, *, now: int) -> None:
        """Its author hands it to a desk for her own case; what was answered is open again. To the same desk once more
        changes nothing. Refusal `invalid` naming `contact_point` for one that takes no cases, `receipt` after an erasure,
        `wrong_state` when the time to keep it is over."""
        points = self._agencies.contact_points(opened.agency_id)
        if not any(point.key == key and point.takes_cases for point in points):
            raise Refusal("invalid", fields=("contact_point",))
        document = await self.document(opened, now)
        if document.erased_at is not None:
            raise Refusal("receipt")
        if document.over:
            raise Refusal("wrong_state")

        async def body(tx: Transaction) -> None:
            if await tx.run("receipts.hand", agency_id=opened.agency_id, id=opened.submission_id, desk=key):
                await record(tx, opened.agency_id, HANDED, now, None, opened.submission_id, detail=key)

        await self._engine.write(body)

    async def correct(
        self, opened: Opened, correction: Correction, *, text: str | None, masked: tuple[str, ...], now: int
    ) -> None:
        """What its author changes: only the fields named; `text` and `masked` count when `correction.text` is named.
        Refusal `receipt` after an erasure, `nothing_to_say` when nothing at all would be left. It holds at once wherever it was
        taken on."""

        async def body(tx: Transaction) -> None:
            await correct(tx, opened)
            for row in await tx.fetch("offers.copies", receipt_id=opened.id):
                if row["erased_at"] is None:
                    await correct(tx, _opened(row))

        async def correct(tx: Transaction, opened: Opened) -> None:
            rows = await tx.fetch("submissions.one", agency_id=opened.agency_id, id=opened.submission_id)
            if not rows or rows[0]["erased_at"] is not None:
                raise Refusal("receipt")
            row = dict(rows[0])
            before, had = dict(row), row["words"]
            for name in ("outcome", "effect", "reason", "rating", "another_way"):
                value = getattr(correction, name)
                if value is not UNSET:
                    row[name] = value
            if correction.impact is not UNSET:
                row["impact"] = joined_impact(correction.impact)
            if correction.text is not UNSET:
                row["text"], row["words"], row["masked"] = text, int(bool(text)), " ".join(masked) or None
            if correction.permissions is not UNSET:
                row["quote"] = int(correction.permissions.quote)
                row["invite"] = int(correction.permissions.invite)
            said = ("outcome", "effect", "reason", "rating", "another_way", "impact", "text")
            if all(row[name] is None for name in said):
                raise Refusal("nothing_to_say")
            names = (
                "outcome", "effect", "reason", "rating", "another_way", "impact", "masked", "words", "quote", "invite",
            )  # fmt: skip
            await tx.run(
                "submissions.correct",
                agency_id=opened.agency_id,
                id=opened.submission_id,
                **{name: row[name] for name in names},
            )
            if correction.text is not UNSET:
                await self._rewrite(tx, opened, row, text, now)
            day = self._agencies.day(opened.agency_id, row["received_at"])
            if combination_of(before, day) != combination_of(row, day) or had != row["words"]:
                await move(tx, combination_of(before, day), had, combination_of(row, day), row["words"])
            await record(tx, opened.agency_id, CORRECTED, now, None, opened.submission_id)
            if opened.submission_id is not None:
                await self._submissions.routings.apply(tx, opened.agency_id, opened.submission_id, now)

        await self._engine.write(body)
        if correction.text is not UNSET:
            self._scrub_soon()

    async def _rewrite(self, tx: Transaction, opened: Opened, row: dict[str, Any], text: str | None, now: int) -> None:
        """New words are a new row, the old ones are overwritten where they stand (see the first migration)."""
        words_id = self._submissions.next_id(now)
        await tx.run_many("submissions.insert_words", [(words_id, text, row["page"])])
        await tx.run("submissions.overwrite_words", id=row["words_id"])
        await tx.run(
            "submissions.point_at_words", agency_id=opened.agency_id, id=opened.submission_id, words_id=words_id
        )

    async def erase(self, opened: Opened, *, now: int) -> None:
        """Erases what was sent, wherever it was taken on; a tombstone stays: that there was one, when it came and when it was
        erased. A second time changes nothing."""

        async def body(tx: Transaction) -> None:
            await erase(tx, opened)
            for row in await tx.fetch("offers.copies", receipt_id=opened.id):
                await erase(tx, _opened(row))

        async def erase(tx: Transaction, opened: Opened) -> None:
            rows = await tx.fetch("submissions.one", agency_id=opened.agency_id, id=opened.submission_id)
            if not rows or rows[0]["erased_at"] is not None:
                return
            row = rows[0]
            day = self._agencies.day(opened.agency_id, row["received_at"])
            await tx.run("submissions.erase", agency_id=opened.agency_id, id=opened.submission_id, erased_at=now)
            await tx.run("submissions.overwrite_words", id=row["words_id"])
            await tx.run("receipts.erase", id=opened.id, erased_at=now)
            await forget_messages(tx, opened.agency_id, row["id"])
            await forget_offers(tx, opened.agency_id, row["id"], now)
            await silence(tx, opened.id)
            await forget_callback(tx, row["id"])
            await move(tx, combination_of(row, day), row["words"], None, 0)
            await record(tx, opened.agency_id, ERASED, now, None, opened.submission_id)

        await self._engine.write(body)
        self._scrub_soon()


def _opened(row: Row) -> Opened:
    return Opened(row["id"], row["agency_id"], row["placement_id"], row["submission_id"], row["erased_at"])


def _copy(row: Row) -> Opened:
    """At the agency that took it on."""
    return Opened(row["copy_receipt_id"], row["to_id"], row["placement_id"], row["copy_id"], row["erased_at"])


def _who_rings(points: Sequence[ContactPoint]) -> str | None:
    """The first contact point that calls back, None when none does."""
    return next((point.name for point in points if point.calls_back), None)


def _next(
    submission: Submission,
    themes: Sequence[Trail],
    messages: Sequence[Message],
    decision: Decision | None,
    zone: str,
    barrier_due: Day | None,
    heard: bool,
) -> Next:
    since = waiting_since(messages)
    return next_step(
        status=submission.status,
        words=bool(submission.text),
        grave=submission.severity <= GRAVE,
        received=day_of(submission.received_at, zone),
        waiting=day_of(since, zone) if since is not None else None,
        themes=themes,
        decision=decision,
        barrier_due=barrier_due,
        heard=heard,
    )
