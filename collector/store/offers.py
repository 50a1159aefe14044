"""Offers: one agency asks another to take a voice on; that one takes it, or says why not; the citizen may say no before."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import token_bytes

from collector.agency import Agency
from collector.change import OFFER, OFFERED
from collector.errors import Refusal
from collector.offer import CameFrom, Deciding, Incoming, Offer, OfferStatus
from collector.receipt import AgencyName
from collector.severity import GRAVE
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.store.submissions import Arrival, Submissions
from collector.submission import Sent, split_impact
from collector.token import office_of

HASH_BYTES = 16  # of a receipt that nobody has a code for


class Offers:
    """Called by the team's endpoints and by receipts."""

    def __init__(self, engine: Engine, agencies: Agencies, submissions: Submissions) -> None:
        self._engine = engine
        self._agencies = agencies
        self._submissions = submissions

    def others(self, agency_id: int) -> list[AgencyName]:
        """Whom one can ask: the other agencies of the installation that citizens can reach."""
        reachable = self._agencies.points.reachable()
        return [
            _named(agency)
            for agency in self._agencies.all()
            if agency.id != agency_id and agency.id in reachable and self._agencies.placements(agency.id)
        ]

    async def of_submission(self, agency_id: int, submission_id: int) -> list[Offer]:
        """What was asked for one voice, oldest first."""
        given = {"agency_id": agency_id, "submission_id": submission_id}
        return [self._offer(row) for row in await self._engine.fetch("offers.of_submission", **given)]

    async def incoming(self, agency_id: int) -> list[Incoming]:
        """What others ask of an agency and it has not decided, oldest first."""
        rows = await self._engine.fetch("offers.incoming", agency_id=agency_id)
        return [
            Incoming(
                row["id"], _named(self._agencies.agency(row["agency_id"])), row["note"], row["office"], row["at"],
                row["language"], row["severity"] <= GRAVE, row["received_at"],
            )
            for row in rows
        ]  # fmt: skip

    async def came_from(self, agency_id: int, submission_id: int) -> CameFrom | None:
        """Who asked us to take it on; None for what came to us itself."""
        given = {"agency_id": agency_id, "submission_id": submission_id}
        for row in await self._engine.fetch("offers.came_from", **given):
            return CameFrom(_named(self._agencies.agency(row["agency_id"])), row["note"], row["received_at"])
        return None

    async def make(
        self, agency_id: int, submission_id: int, to: str, note: str, *, now: int, by: str
    ) -> list[Offer]:  # fmt: skip
        """Asks. Refusal `invalid` for an agency that is none or our own, `not_found` for a voice of another, `wrong_state` for
        one without words, or that is offered already, or is with that agency."""
        if to not in {other.key for other in self.others(agency_id)}:
            raise Refusal("invalid", fields=("agency",))
        target = self._agencies.by_key(to)

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("offers.subject", agency_id=agency_id, id=submission_id)
            if not rows:
                raise Refusal("not_found")
            row = rows[0]
            if row["words_id"] is None or row["erased_at"] is not None:
                raise Refusal("wrong_state")
            if await tx.fetch("offers.has", receipt_id=row["root_id"], to_id=target.id, id=submission_id):
                raise Refusal("wrong_state")
            made = await tx.fetch(
                "offers.insert", agency_id=agency_id, submission_id=submission_id, receipt_id=row["root_id"],
                to_id=target.id, note_id=await self._words(tx, note, now), office=office_of(by), now=now,
            )  # fmt: skip
            await record(tx, agency_id, OFFERED["open"], now, by, submission_id, detail=to)
            await record(tx, target.id, OFFER, now, None, made[0]["id"], detail="open")

        await self._engine.write(body)
        return await self.of_submission(agency_id, submission_id)

    async def withdraw(self, agency_id: int, submission_id: int, *, now: int, by: str) -> None:
        """Asks no longer. Refusal `not_found` when nothing is open."""

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("offers.open_of_submission", agency_id=agency_id, submission_id=submission_id)
            if not rows:
                raise Refusal("not_found")
            row = {**rows[0], "agency_id": agency_id, "submission_id": submission_id}
            await self._close(tx, row, "withdrawn", now, by=by)

        await self._engine.write(body)

    async def refuse(self, receipt_id: int, *, now: int) -> None:
        """The citizen wants it to stay where it is. Refusal `wrong_state` when nothing is open any more."""

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("offers.open_of_receipt", receipt_id=receipt_id)
            if not rows:
                raise Refusal("wrong_state")
            for row in rows:
                await self._close(tx, row, "refused", now, by=None)

        await self._engine.write(body)

    async def decide(
        self, agency_id: int, offer_id: int, deciding: Deciding, reason: str, *, now: int, by: str
    ) -> int | None:
        """Takes it on, or says why not; returns the id of what is ours from now on. Refusal `not_found` for what nobody asks
        of us (any more), `invalid` for a placement that is not ours or a no without a reason."""
        placement = None
        if deciding.take:
            own = self._agencies.placements(agency_id)
            placement = next((one for one in own if one.key == deciding.placement), None)
            if placement is None:
                raise Refusal("invalid", fields=("placement",))
        elif not reason:
            raise Refusal("invalid", fields=("why_not",))

        async def body(tx: Transaction) -> int | None:
            rows = await tx.fetch("offers.open", id=offer_id, agency_id=agency_id)
            if not rows:
                raise Refusal("not_found")
            offer = rows[0]
            if placement is None:
                reason_id = await self._words(tx, reason, now)
                await self._close(tx, offer, "declined", now, by=None, office=office_of(by), reason_id=reason_id)
                await record(tx, agency_id, OFFER, now, by, offer_id, detail="declined")
                return None
            which = {"agency_id": offer["agency_id"], "id": offer["submission_id"]}
            row = (await tx.fetch("submissions.one", **which))[0]
            arrival = Arrival(
                placement=placement,
                sent=Sent(
                    placement.key, "taken-on", outcome=row["outcome"], effect=row["effect"], reason=row["reason"],
                    another_way=row["another_way"], impact=split_impact(row["impact"]), rating=row["rating"],
                ),
                text=row["text"],
                page=row["page"],
                language=row["language"],
                channel=row["channel"],
                masked=tuple(row["masked"].split()) if row["masked"] else (),
                received_at=now,
                sent_at=row["sent_at"] or row["received_at"],
                code_hash=token_bytes(HASH_BYTES),
                body_hash=token_bytes(HASH_BYTES),
            )  # fmt: skip
            copy_id = await self._submissions.copied(tx, arrival)
            await tx.run(
                "offers.adopt", agency_id=agency_id, submission_id=copy_id, parent_id=offer["receipt_id"]
            )  # fmt: skip
            await self._close(tx, offer, "taken", now, by=None, office=office_of(by), copy_id=copy_id)
            await record(tx, agency_id, OFFER, now, by, offer_id, detail="taken")
            return copy_id

        return await self._engine.write(body)

    async def of_receipt(self, receipt_id: int) -> Sequence[Row]:
        """All that was asked for what a receipt opens, oldest first."""
        return await self._engine.fetch("offers.of_receipt", receipt_id=receipt_id)

    def named(self, agency_id: int) -> AgencyName:
        return _named(self._agencies.agency(agency_id))

    async def _words(self, tx: Transaction, text: str, now: int) -> int | None:
        if not text:
            return None
        id_ = self._submissions.next_id(now)
        await tx.run_many("submissions.insert_words", [(id_, text, None)])
        return id_

    async def _close(
        self, tx: Transaction, row: Row, status: OfferStatus, now: int, *, by: str | None,
        office: str | None = None, reason_id: int | None = None, copy_id: int | None = None,
    ) -> None:  # fmt: skip
        """Ends one and says so to the agency that asked; `office`: of the one that was asked."""
        given = {"decided_by": office, "reason_id": reason_id, "copy_id": copy_id}
        await tx.run("offers.decide", id=row["id"], status=status, now=now, **given)
        to = self._agencies.agency(row["to_id"])
        await record(tx, row["agency_id"], OFFERED[status], now, by, row["submission_id"], detail=to.key)
        if status in ("withdrawn", "refused"):
            await record(tx, to.id, OFFER, now, None, row["id"], detail=status)

    def _offer(self, row: Row) -> Offer:
        return Offer(
            row["id"], self.named(row["to_id"]), row["status"], row["note"], row["office"], row["at"], row["reason"],
            row["decided_by"], row["decided_at"],
        )  # fmt: skip


def _named(agency: Agency) -> AgencyName:
    return AgencyName(agency.key, agency.name, agency.names)
