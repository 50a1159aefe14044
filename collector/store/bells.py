"""Bells: who wants to be told by e-mail that there is news on a receipt. The address stands in a table of its own; a row of
it is never moved, and is overwritten in place when the bell goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from collector.change import DECISION, MESSAGE, RESPONSE, STATUS
from collector.store.engine import Engine, Transaction

READ = 500  # changes looked at in one transaction

# what is news to somebody who waits: not that a colleague sorted it, and nothing that she did herself
_NEWS = {
    MESSAGE: "bells.news_of_submission",
    STATUS: "bells.news_of_submission",
    RESPONSE: "bells.news_of_response",
    DECISION + "decided": "bells.news_of_decision",
    DECISION + "withdrawn": "bells.news_of_decision",
    DECISION + "reopened": "bells.news_of_decision",
    DECISION + "passage": "bells.news_of_passages",
}


class DueBell(msgspec.Struct):
    """One that is to be rung now. `cursor`: up to which change the news goes."""

    id: int
    agency_id: int
    address: str
    language: str
    cursor: int


class Bells:
    """Called by the receipt and by the follower that rings. `offered`: the operator has set up a mail server."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.offered = False

    async def on(self, receipt_id: int) -> bool:
        """Whether a receipt has a bell."""
        return bool(await self._engine.fetch("bells.of_receipt", receipt_id=receipt_id))

    async def put(self, agency_id: int, receipt_id: int, address: str, language: str, *, now: int) -> None:
        """One bell a receipt; another address takes the place of the one before."""

        async def body(tx: Transaction) -> None:
            await silence(tx, receipt_id)
            address_id = (await tx.fetch("bells.put_address", address=address))[0]["id"]
            await tx.run(
                "bells.insert",
                agency_id=agency_id,
                receipt_id=receipt_id,
                address_id=address_id,
                language=language,
                now=now,
            )

        await self._engine.write(body)

    async def remove(self, receipt_id: int) -> None:
        """The bell goes, and the address is overwritten. Nothing happens when there is none."""

        async def body(tx: Transaction) -> None:
            await silence(tx, receipt_id)

        await self._engine.write(body)

    async def follow(self) -> int:
        """Reads on in the log from where it was, and notes which bells have news. Returns how many changes it saw; the
        first time ever it begins at the end."""

        async def body(tx: Transaction) -> int:
            await tx.run("bells.follow")
            after = (await tx.fetch("bells.follower"))[0]["cursor"]
            rows = await tx.fetch("bells.log", after=after, limit=READ)
            for row in rows:
                query = _NEWS.get(row["change"])
                if query is not None:
                    given: dict[str, Any] = {"subject_id": row["subject_id"], "cursor": row["cursor"], "at": row["at"]}
                    await tx.run(query, **given)
            if rows:
                await tx.run("bells.go_on", cursor=rows[-1]["cursor"])
            return len(rows)

        if not await self._engine.fetch("bells.follower") or await self._behind():
            return await self._engine.write(body)
        return 0

    async def _behind(self) -> bool:
        after = (await self._engine.fetch("bells.follower"))[0]["cursor"]
        return bool(await self._engine.fetch("bells.log", after=after, limit=1))

    async def due(self, now: int, *, gather_ms: int, every_ms: int, limit: int) -> Sequence[DueBell]:
        """Bells whose news is older than `gather_ms` and that did not ring within `every_ms`, oldest news first."""
        rows = await self._engine.fetch(
            "bells.due", now=now, gathered=now - gather_ms, rung_before=now - every_ms, limit=limit
        )
        return [DueBell(row["id"], row["agency_id"], row["address"], row["language"], row["news_cursor"]) for row in rows]

    async def rung(self, bell: DueBell, *, now: int) -> None:
        """It rang for all news up to `bell.cursor`; what came meanwhile waits for the next time."""

        async def body(tx: Transaction) -> None:
            await tx.run("bells.rung", id=bell.id, cursor=bell.cursor, now=now)

        await self._engine.write(body)

    async def later(self, bell: DueBell, *, retry_at: int) -> None:
        """The server of that address asks for patience."""

        async def body(tx: Transaction) -> None:
            await tx.run("bells.later", id=bell.id, retry_at=retry_at)

        await self._engine.write(body)

    async def unreachable(self, bell: DueBell) -> None:
        """Nobody has that address: its bell goes."""

        async def body(tx: Transaction) -> None:
            for row in await tx.fetch("bells.receipt_of", id=bell.id):
                await silence(tx, row["receipt_id"])

        await self._engine.write(body)


async def silence(tx: Transaction, receipt_id: int) -> None:
    """Overwrites the address where it stands, and takes the bell away."""
    await tx.run("bells.overwrite", receipt_id=receipt_id)
    await tx.run("bells.remove", receipt_id=receipt_id)


async def silence_submission(tx: Transaction, submission_id: int) -> None:
    """The same for the receipt of a submission."""
    for row in await tx.fetch("bells.of_submission", submission_id=submission_id):
        await silence(tx, row["receipt_id"])
