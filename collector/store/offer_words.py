"""What two agencies wrote to each other about one voice: it goes when its words go."""

from __future__ import annotations

from collector.change import OFFER
from collector.store.changes import record
from collector.store.engine import Transaction


async def forget_offers(tx: Transaction, agency_id: int, submission_id: int, now: int) -> None:
    """What was written to each other about one voice goes with its words, and nobody is asked any more."""
    for row in await tx.fetch("offers.open_of_submission", agency_id=agency_id, submission_id=submission_id):
        given = {"decided_by": None, "reason_id": None, "copy_id": None}
        await tx.run("offers.decide", id=row["id"], status="withdrawn", now=now, **given)
        await record(tx, row["to_id"], OFFER, now, None, row["id"], detail="withdrawn")
    await tx.run("offers.overwrite", submission_id=submission_id)
    await tx.run("offers.forget", submission_id=submission_id)
