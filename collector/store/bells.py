"""Bells: who wants to be told by e-mail that there is news on a receipt. The address stands in a table of its own; a row of
it is never moved, and is overwritten in place when the bell goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from collector.change import CALL_TRIED, DECISION, MESSAGE, OFFERED, RESPONSE, STATUS
from collector.errors import Refusal
from collector.store.engine import Engine, Transaction

READ = 500  # changes looked at in one transaction

# what is news to somebody who waits: not that a colleague sorted it, and nothing that she did herself
_NEWS = {
    MESSAGE: "bells.news_of_submission",
    STATUS: "bells.news_of_submission",
    CALL_TRIED: "bells.news_of_submission",
    OFFERED["open"]: "bells.news_of_submission",
    OFFERED["taken"]: "bells.news_of_submission",
    OFFERED["declined"]: "bells.news_of_submission",
    RESPONSE: "bells.news_of_response",
    DECISION + "decided": "bells.news_of_decision",
    DECISION + "withdrawn": "bells.news_of_decision",
    DECISION + "reopened": "bells.news_of_decision",
    DECISION + "asked": "bells.news_of_decision",
    DECISION + "ask_heard": "bells.news_of_decision",
    DECISION + "passage": "bells.news_of_passages",
}


_KINDS = msgspec.json.encode(list(_NEWS)).decode()


class DueBell(msgspec.Struct):
    """One that is to be rung now. `cursor`: up to which change the news goes."""

    id: int
    agency_id: int
    address: str
    language: str
    cursor: int


class Bells:
    """Called by the receipt and by the follower that rings. `offered`: the operator has set up a mail server. `scrub_soon`
    is told when an address went."""

    def __init__(self, engine: Engine, scrub_soon: Callable[[], None]) -> None:
        self._engine = engine
        self._scrub_soon = scrub_soon
        self.offered = False
        self._cursor: int | None = None

    async def on(self, receipt_id: int) -> bool:
        """Whether a receipt has a bell."""
        return bool(await self._engine.fetch("bells.of_receipt", receipt_id=receipt_id))

    async def put(self, agency_id: int, receipt_id: int, address: str, language: str, *, now: int) -> None:
        """One bell a receipt; another address takes the place of the one before. Refusal `receipt` once it was erased."""

        async def body(tx: Transaction) -> None:
            await silence(tx, receipt_id)
            address_id = (await tx.fetch("bells.put_address", address=address))[0]["id"]
            given: dict[str, Any] = {"agency_id": agency_id, "receipt_id": receipt_id, "language": language}
            if not await tx.run("bells.insert", **given, address_id=address_id, now=now):
                raise Refusal("receipt")

        await self._engine.write(body)
        self._scrub_soon()

    async def remove(self, receipt_id: int) -> None:
        """The bell goes, and the address is overwritten. Nothing happens when there is none."""

        async def body(tx: Transaction) -> None:
            await silence(tx, receipt_id)

        await self._engine.write(body)
        self._scrub_soon()

    async def follow(self) -> int:
        """Reads on in the log from where it was, and notes which bells have news; the first time ever it begins at the
        end. Returns how many changes were news to somebody. Where nothing was, nothing is written."""
        if self._cursor is None:
            self._cursor = await self._engine.write(_begin)
        upto = int((await self._engine.fetch("changes.last"))[0]["cursor"])
        rows = await self._engine.fetch("bells.log", after=self._cursor, upto=upto, news=_KINDS, limit=READ)
        if len(rows) == READ:
            upto = rows[-1]["cursor"]

        async def body(tx: Transaction) -> int:
            rung = 0
            for row in rows:
                given: dict[str, Any] = {"subject_id": row["subject_id"], "cursor": row["cursor"], "at": row["at"]}
                rung += await tx.run(_NEWS[row["change"]], **given)
            await tx.run("bells.go_on", cursor=upto)
            return rung

        found = await self._engine.write(body) if rows else 0
        self._cursor = upto
        return found

    async def due(self, now: int, *, gather_ms: int, every_ms: int, limit: int) -> Sequence[DueBell]:
        """Bells whose news is older than `gather_ms` and that did not ring within `every_ms`, oldest news first."""
        rows = await self._engine.fetch(
            "bells.due", now=now, gathered=now - gather_ms, rung_before=now - every_ms, limit=limit
        )
        return [
            DueBell(row["id"], row["agency_id"], row["address"], row["language"], row["news_cursor"]) for row in rows
        ]

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
        self._scrub_soon()


async def _begin(tx: Transaction) -> int:
    await tx.run("bells.follow")
    return int((await tx.fetch("bells.follower"))[0]["cursor"])


async def silence(tx: Transaction, receipt_id: int) -> None:
    """Overwrites the address where it stands, and takes the bell away."""
    await tx.run("bells.overwrite", receipt_id=receipt_id)
    await tx.run("bells.remove", receipt_id=receipt_id)


async def silence_submission(tx: Transaction, submission_id: int) -> None:
    """The same for the receipt of a submission."""
    for row in await tx.fetch("bells.of_submission", submission_id=submission_id):
        await silence(tx, row["receipt_id"])
