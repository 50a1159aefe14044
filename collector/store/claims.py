"""Claims: who answers a voice. They stand in its row and in the log, so that they outlive a restart."""

from __future__ import annotations

from collector.change import CLAIMED, RELEASED
from collector.claim import CLAIM_MS, Claim, holds_back
from collector.errors import Refusal
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.token import Right


class Claims:
    """Called by the team's endpoints."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def take(self, right: Right, submission_id: int, *, over: bool, now: int) -> Claim:
        """Claims it for half an hour; again, and it is half an hour from then. Refusal `not_found` for one of another agency,
        `wrong_state` when its words are gone, `claimed` (with the claim) when a colleague has it, unless `over`."""
        which = {"agency_id": right.agency_id, "id": submission_id}
        mine = Claim(right.holder_name, right.signed, now + CLAIM_MS)

        async def body(tx: Transaction) -> Claim:
            rows = await tx.fetch("claims.claimed", **which)
            if not rows:
                raise Refusal("not_found")
            if rows[0]["erased_at"] is not None or rows[0]["words_id"] is None:
                raise Refusal("wrong_state")
            claim = claim_of(rows[0])
            if not over:
                free(rows[0], mine.holder, now)
            if claim is not None and claim.holder == mine.holder and claim.until - now > CLAIM_MS // 2:
                return claim  # long enough still: the log is not filled by somebody who presses twice
            await tx.run("claims.take", **which, holder=mine.holder, by=mine.by, until=mine.until)
            await record(tx, right.agency_id, CLAIMED, now, right.signed, submission_id)
            return mine

        return await self._engine.write(body)

    async def release(self, right: Right, submission_id: int, *, now: int) -> None:
        """Lets it go. One that a colleague has, or nobody, stays as it is. Refusal `not_found`."""
        which = {"agency_id": right.agency_id, "id": submission_id}

        async def body(tx: Transaction) -> None:
            if not await tx.fetch("claims.claimed", **which):
                raise Refusal("not_found")
            if await tx.run("claims.release", **which, holder=right.holder_name):
                await record(tx, right.agency_id, RELEASED, now, right.signed, submission_id)

        await self._engine.write(body)


def claim_of(row: Row) -> Claim | None:
    """The claim in a row of `submissions`."""
    return Claim(row["claim_holder"], row["claim_by"], row["claim_until"]) if row["claim_holder"] is not None else None


def free(row: Row, holder: str | None, now: int) -> None:
    """Refusal `claimed`, with the claim, when somebody else than `holder` has it."""
    claim = claim_of(row)
    if holds_back(claim, holder, now):
        raise Refusal("claimed", claim=claim)
