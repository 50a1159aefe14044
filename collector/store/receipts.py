"""Receipts: what a citizen does with what she sent, by its code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET

from collector.change import CORRECTED, ERASED
from collector.errors import Refusal
from collector.receipt import AgencyName, ReceiptDocument
from collector.store.agencies import Agencies
from collector.store.changes import Changes, record
from collector.store.counts import combination_of, move
from collector.store.engine import Engine, Transaction
from collector.store.submissions import Submissions
from collector.submission import Correction, joined_impact

_SHOWN = (
    "id", "placement", "language", "channel", "page", "outcome", "effect", "reason", "rating", "text", "another_way",
    "impact", "permissions", "masked", "status", "received_at", "erased_at",
)  # fmt: skip


@dataclass(slots=True)
class Opened:
    """What a code opens. `submission_id` is None for a receipt issued before its submission came."""

    id: int
    agency_id: int
    placement_id: int
    submission_id: int | None
    erased_at: int | None


class Receipts:
    """Called by the receipt's endpoint and page. `scrub_soon` is told of every erasure."""

    def __init__(
        self,
        engine: Engine,
        agencies: Agencies,
        submissions: Submissions,
        changes: Changes,
        scrub_soon: Callable[[], None],
    ) -> None:
        self._engine = engine
        self._agencies = agencies
        self._submissions = submissions
        self._changes = changes
        self._scrub_soon = scrub_soon

    async def open(self, code_hash: bytes) -> Opened:
        """Refusal `receipt` when no receipt has that code."""
        rows = await self._engine.fetch("receipts.by_code", code_hash=code_hash)
        if not rows:
            raise Refusal("receipt")
        row = rows[0]
        return Opened(row["id"], row["agency_id"], row["placement_id"], row["submission_id"], row["erased_at"])

    async def document(self, opened: Opened) -> ReceiptDocument:
        """All that is stored behind an opened receipt. Refusal `receipt` while its submission has not come."""
        if opened.submission_id is None:
            raise Refusal("receipt")
        submission = await self._submissions.one(opened.agency_id, opened.submission_id)
        agency = self._agencies.agency(opened.agency_id)
        same = {name: getattr(submission, name) for name in _SHOWN}
        return ReceiptDocument(
            **same,
            agency=AgencyName(agency.key, agency.name),
            keep_until=submission.received_at + agency.retention_days * 86_400_000,
            history=await self._changes.history(opened.agency_id, opened.submission_id),
            contact_points=self._agencies.contact_points(opened.agency_id),
        )

    async def correct(
        self, opened: Opened, correction: Correction, *, text: str | None, masked: tuple[str, ...], now: int
    ) -> None:
        """What its author changes: only the fields named; `text` and `masked` count when `correction.text` is named.
        Refusal `receipt` after an erasure, `nothing_to_say` when nothing at all would be left."""

        async def body(tx: Transaction) -> None:
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
        """Erases what was sent; a tombstone stays: that there was one, when it came and when it was erased. A second
        time changes nothing."""

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("submissions.one", agency_id=opened.agency_id, id=opened.submission_id)
            if not rows or rows[0]["erased_at"] is not None:
                return
            row = rows[0]
            day = self._agencies.day(opened.agency_id, row["received_at"])
            await tx.run("submissions.erase", agency_id=opened.agency_id, id=opened.submission_id, erased_at=now)
            await tx.run("submissions.overwrite_words", id=row["words_id"])
            await tx.run("receipts.erase", id=opened.id, erased_at=now)
            await move(tx, combination_of(row, day), row["words"], None, 0)
            await record(tx, opened.agency_id, ERASED, now, None, opened.submission_id)

        await self._engine.write(body)
        self._scrub_soon()
