"""Call-backs: who wants to be rung. The number stands among the addresses, is never moved, and is overwritten in place once
it was done, taken back or erased with its receipt."""

from __future__ import annotations

from collections.abc import Callable

from collector.callback import PARTS, Call, CallState, CallWish, Part, Try, checked_phone
from collector.change import CALL_ASKED, CALL_TRIED
from collector.errors import Refusal
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.token import office_of

MOST_TRIES = 50


class Callbacks:
    """Called by the receipt and by the team's endpoint. `scrub_soon` is told when a number went."""

    def __init__(self, engine: Engine, scrub_soon: Callable[[], None]) -> None:
        self._engine = engine
        self._scrub_soon = scrub_soon

    async def state(self, receipt_id: int, desk: str | None) -> CallState:
        """What a receipt tells. `desk`: who calls back here, None when nobody does."""
        rows = await self._engine.fetch("callbacks.of_receipt", receipt_id=receipt_id)
        if not rows:
            return CallState(desk is not None, desk, None, None, [], [], None)
        row = rows[0]
        tries = [Try(one.at, one.office, one.reached) for one in await self._tries(row["id"])]
        ends = "".join(character for character in row["phone"] or "" if character.isdigit())[-2:] or None
        return CallState(desk is not None, desk, row["asked_at"], ends, _parts(row), tries, row["done_at"])

    async def one(self, agency_id: int, submission_id: int) -> Call:
        """For whoever rings. Refusal `not_found` when its author did not ask for it."""
        rows = await self._engine.fetch("callbacks.of_submission", agency_id=agency_id, submission_id=submission_id)
        if not rows:
            raise Refusal("not_found")
        row = rows[0]
        tries = await self._tries(row["id"])
        return Call(row["phone"], row["language"], _parts(row), row["asked_at"], row["done_at"], tries)

    async def ask(self, agency_id: int, receipt_id: int, submission_id: int, wish: CallWish, *, now: int) -> None:
        """She leaves a number; another one takes the place of the one before. Refusal `invalid` for what cannot be
        dialled, `receipt` after an erasure, `wrong_state` when the time to keep it is over."""
        phone = checked_phone(wish.phone)

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("callbacks.receipt", agency_id=agency_id, submission_id=submission_id)
            if not rows or rows[0]["erased_at"] is not None:
                raise Refusal("receipt")
            if rows[0]["words_id"] is None:
                raise Refusal("wrong_state")
            await forget_callback(tx, submission_id)
            address_id = (await tx.fetch("callbacks.put_address", phone=phone))[0]["id"]
            await tx.run(
                "callbacks.insert",
                agency_id=agency_id,
                receipt_id=receipt_id,
                submission_id=submission_id,
                address_id=address_id,
                parts=" ".join(part for part in PARTS if part in wish.parts),
                language=wish.language,
                now=now,
            )
            await tx.run("callbacks.waits", agency_id=agency_id, submission_id=submission_id, callback=1)
            await record(tx, agency_id, CALL_ASKED, now, None, submission_id)

        await self._engine.write(body)
        self._scrub_soon()

    async def take_back(self, agency_id: int, submission_id: int, *, now: int) -> None:
        """She does not want to be rung any more: the number goes. Nothing happens when there is none."""

        async def body(tx: Transaction) -> None:
            if not await tx.fetch("callbacks.of_submission", agency_id=agency_id, submission_id=submission_id):
                return
            await forget_callback(tx, submission_id)
            await tx.run("callbacks.waits", agency_id=agency_id, submission_id=submission_id, callback=0)
            await record(tx, agency_id, CALL_ASKED, now, None, submission_id)

        await self._engine.write(body)
        self._scrub_soon()

    async def tried(self, agency_id: int, submission_id: int, *, reached: bool, by: str, now: int) -> Call:
        """Somebody rang; her receipt says when. Whoever was reached is done, and the number is erased. Refusal `not_found`
        without a number, `wrong_state` once it is done."""

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("callbacks.of_submission", agency_id=agency_id, submission_id=submission_id)
            if not rows:
                raise Refusal("not_found")
            id_ = rows[0]["id"]
            if rows[0]["done_at"] is not None:
                raise Refusal("wrong_state")
            if len(await tx.fetch("callbacks.tries", id=id_)) >= MOST_TRIES:
                raise Refusal("slow_down", retry_after=3_600)
            await tx.run("callbacks.try", id=id_, now=now, reached=int(reached), by=by, office=office_of(by))
            if reached:
                await tx.run("callbacks.overwrite", submission_id=submission_id)
                await tx.run("callbacks.done", id=id_, now=now)
                await tx.run("callbacks.waits", agency_id=agency_id, submission_id=submission_id, callback=0)
            await record(tx, agency_id, CALL_TRIED, now, by, submission_id)

        await self._engine.write(body)
        if reached:
            self._scrub_soon()
        return await self.one(agency_id, submission_id)

    async def _tries(self, id_: int) -> list[Try]:
        rows = await self._engine.fetch("callbacks.tries", id=id_)
        return [Try(row["at"], row["office"], bool(row["reached"]), row["by"]) for row in rows]


def _parts(row: Row) -> list[Part]:
    return [part for part in PARTS if part in row["parts"].split()]


async def forget_callback(tx: Transaction, submission_id: int) -> None:
    """Overwrites the number where it stands, and takes the wish and its tries away."""
    await tx.run("callbacks.overwrite", submission_id=submission_id)
    await tx.run("callbacks.remove_tries", submission_id=submission_id)
    await tx.run("callbacks.remove", submission_id=submission_id)
