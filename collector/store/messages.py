"""Messages: what citizen and agency say to each other behind a receipt. Their words stand in the table `words`, under the
message's id, and go when the receipt goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from collector.change import ADDED, MESSAGE, READ, WEIGHED
from collector.errors import Refusal
from collector.message import Invitation, Message, MessageKind, Saying, Weighing
from collector.severity import WEIGHTS, weight_name
from collector.store.changes import record
from collector.store.claims import free
from collector.store.engine import Engine, Row, Transaction
from collector.store.routing import Routings
from collector.token import office_of

SAME_MS = 60_000  # the same words within it are a double click
DAY_MS = 86_400_000
A_DAY = 50  # messages that one citizen may write on one receipt within a day


class Messages:
    """Called by the receipt's endpoint and page, and by the team's endpoint. `next_id` gives ids for words, inside a
    transaction only."""

    def __init__(self, engine: Engine, next_id: Callable[[int], int], routings: Routings) -> None:
        self._engine = engine
        self._next_id = next_id
        self._routings = routings

    async def of_submission(self, agency_id: int, submission_id: int) -> list[Message]:
        """The whole thread, oldest first. Empty for a submission of another agency."""
        rows = await self._engine.fetch("messages.of_submission", agency_id=agency_id, submission_id=submission_id)
        return [_shown(row) for row in rows]

    async def add(
        self, agency_id: int, receipt_id: int, submission_id: int, text: str, *, masked: tuple[str, ...], now: int
    ) -> None:
        """What the citizen says; `text` cleaned and masked. It is a reply when the agency's last word asked something. The
        same words within a minute are one message. Refusal `receipt` after an erasure, `wrong_state` when the time to
        keep it is over, `slow_down` for more than fifty a day."""

        async def body(tx: Transaction) -> None:
            row = await _receipt(tx, agency_id, submission_id)
            if row is None or row["erased_at"] is not None:
                raise Refusal("receipt")
            if row["words_id"] is None:
                raise Refusal("wrong_state")
            if await tx.fetch("messages.same", receipt_id=receipt_id, since=now - SAME_MS, text=text):
                return
            written = await tx.fetch("messages.of_a_day", receipt_id=receipt_id, since=now - DAY_MS)
            if written[0]["number"] >= A_DAY:
                raise Refusal("slow_down", retry_after=3_600)
            last = await tx.fetch("messages.last", receipt_id=receipt_id)
            replies = bool(last) and last[0]["kind"] in ("question", "invitation")
            kind: MessageKind = "reply" if replies else "addition"
            await self._insert(tx, agency_id, receipt_id, submission_id, "citizen", kind, text, None, masked, None, now)
            await record(tx, agency_id, ADDED, now, None, submission_id)

        await self._engine.write(body)

    async def tell(
        self, agency_id: int, submission_id: int, saying: Saying, *, masked: tuple[str, ...], by: str, now: int,
        member_id: int | None = None, holder: str | None = None,
    ) -> Message:  # fmt: skip
        """What the agency says; `by` is signed (name, office), `member_id` when that is a person, `holder` as in a claim. What
        it answers it has read. Refusal `not_found` for a submission of another agency, `wrong_state` once it was erased or its
        time is over, `claimed` while somebody else answers it, `not_allowed` for an invitation that its author did not
        allow."""

        async def body(tx: Transaction) -> int:
            row = await _receipt(tx, agency_id, submission_id)
            if row is None:
                raise Refusal("not_found")
            if row["erased_at"] is not None or row["words_id"] is None:
                raise Refusal("wrong_state")
            free(row, holder, now)
            if saying.kind == "invitation" and not row["invite"]:
                raise Refusal("not_allowed")
            given: dict[str, Any] = {"agency_id": agency_id, "submission_id": submission_id, "reader_id": member_id}
            if await tx.run("messages.read", **given, now=now, by=by):
                await record(tx, agency_id, READ, now, by, submission_id)
            id_ = await self._insert(
                tx, agency_id, row["id"], submission_id, "agency", saying.kind, saying.text, saying.invitation, masked,
                by, now, contact_point=saying.contact_point,
            )  # fmt: skip
            await record(tx, agency_id, MESSAGE, now, by, submission_id)
            return id_

        id_ = await self._engine.write(body)
        return next(message for message in await self.of_submission(agency_id, submission_id) if message.id == id_)

    async def weigh(
        self, agency_id: int, submission_id: int, weighing: Weighing, *, masked: tuple[str, ...], by: str, now: int,
        member_id: int | None = None,
    ) -> Message:  # fmt: skip
        """What its reader finds it to weigh, and why: it counts from now on, and its author reads the reason until the words
        go. Whoever weighs has read. Refusal `not_found` for a submission of another agency, `wrong_state` once it was
        erased or its time is over, `stale` when it moved on since `weighing.revision`."""
        weight = WEIGHTS[weighing.weight]

        async def body(tx: Transaction) -> int:
            row = await _receipt(tx, agency_id, submission_id)
            if row is None:
                raise Refusal("not_found")
            if row["erased_at"] is not None or row["words_id"] is None:
                raise Refusal("wrong_state")
            given: dict[str, Any] = {"agency_id": agency_id, "submission_id": submission_id}
            if not await tx.run("messages.weigh", **given, weight=weight, revision=weighing.revision):
                raise Refusal("stale")
            if await tx.run("messages.read", **given, reader_id=member_id, now=now, by=by):
                await record(tx, agency_id, READ, now, by, submission_id)
            id_ = await self._insert(
                tx,
                agency_id,
                row["id"],
                submission_id,
                "agency",
                "weighing",
                weighing.text,
                None,
                masked,
                by,
                now,
                weight,
            )
            await record(tx, agency_id, WEIGHED, now, by, submission_id, detail=weighing.weight)
            await self._routings.apply(tx, agency_id, submission_id, now)
            return id_

        id_ = await self._engine.write(body)
        return next(message for message in await self.of_submission(agency_id, submission_id) if message.id == id_)

    async def _insert(
        self, tx: Transaction, agency_id: int, receipt_id: int, submission_id: int, sender: str, kind: MessageKind,
        text: str, invitation: Invitation | None, masked: tuple[str, ...], by: str | None, now: int,
        weight: int | None = None,
        contact_point: str | None = None,
    ) -> int:  # fmt: skip
        id_ = self._next_id(now)
        words: list[tuple[int, str, None]] = [(id_, text, None)]
        if invitation is not None:
            words.append((self._next_id(now), msgspec.json.encode(invitation).decode(), None))
        await tx.run_many("submissions.insert_words", words)
        await tx.run(
            "messages.insert",
            id=id_,
            agency_id=agency_id,
            receipt_id=receipt_id,
            submission_id=submission_id,
            sender=sender,
            kind=kind,
            by=by,
            office=office_of(by),
            invitation_id=words[-1][0] if invitation is not None else None,
            weight=weight,
            masked=" ".join(masked) or None,
            contact_point=contact_point,
            now=now,
        )
        return id_


async def _receipt(tx: Transaction, agency_id: int, submission_id: int) -> Row | None:
    rows = await tx.fetch("messages.receipt", agency_id=agency_id, submission_id=submission_id)
    return rows[0] if rows else None


async def forget_messages(tx: Transaction, agency_id: int, submission_id: int) -> None:
    """Overwrites the words of a whole thread where they stand. Who wrote when stays."""
    await tx.run("messages.overwrite", agency_id=agency_id, submission_id=submission_id)
    await tx.run("messages.forget", agency_id=agency_id, submission_id=submission_id)


def _shown(row: Row) -> Message:
    return Message(
        id=row["id"],
        sender=row["sender"],
        kind=row["kind"],
        text=row["text"] if row["words_id"] is not None else None,
        by=row["by"],
        office=row["office"],
        invitation=msgspec.json.decode(row["invitation"], type=Invitation) if row["invitation"] else None,
        at=row["at"],
        masked=row["masked"].split() if row["masked"] else [],
        weight=weight_name(row["weight"]) if row["weight"] is not None else None,
        contact_point=row["contact_point"],
    )
