"""Letters to colleagues: written by whatever has something to tell, in the transaction of that; sent by one routine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from collector.store.agencies import Agencies
from collector.store.alerts import Facts
from collector.store.engine import Engine, Row, Transaction

CLAIM_MS = 600_000  # how long one sender has for a letter before another may take it
FAR_MS = 2 * 3_600_000  # further ahead nothing is put off: a clock has gone back since
AT_ONCE = 20


class Letter(msgspec.Struct):
    """What a mail is made of. `kind`: `new` or `unanswered` in a view, or a `hook` that was paused. `view`, `asked`: name and
    filter of the view; `alert_id`, `alert_at`: the alert, and when it was made."""

    id: int
    agency_id: int
    agency: str
    zone: str
    kind: str
    language: str
    facts: Facts
    at: int
    member: str
    email: str
    view: str | None
    asked: dict[str, str]
    alert_id: int | None
    alert_at: int | None


class LettersTable:
    """Called by the routine that sends. `sent`, `failed`: since the start; `waiting`: how many are to be sent."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies
        self.sent = 0
        self.failed = 0
        self.waiting = 0

    async def due(self, now: int) -> Sequence[int]:
        """Ids, oldest first."""
        self.waiting = int((await self._engine.fetch("letters.waiting"))[0]["number"])
        rows = await self._engine.fetch("letters.due", now=now, far=now + FAR_MS, limit=AT_ONCE)
        return [row["id"] for row in rows]

    async def claim(self, letter_id: int, now: int) -> Letter | None:
        """For one sender alone. None when another has it, or when nobody is there any more to get it: then it is gone."""

        async def body(tx: Transaction) -> Row | None:
            if not await tx.run("letters.claim", id=letter_id, now=now, far=now + FAR_MS, until=now + CLAIM_MS):
                return None
            rows = await tx.fetch("letters.one", id=letter_id)
            if not rows:
                await tx.run("letters.forget", id=letter_id)
            return rows[0] if rows else None

        row = await self._engine.write(body)
        return None if row is None else self._letter(row)

    async def done(self, letter_id: int, *, sent: bool) -> None:
        """It was sent, or nobody has that address."""
        await self._write("letters.forget", id=letter_id)
        self.sent += sent
        self.failed += not sent

    async def later(self, letter_id: int, retry_at: int) -> None:
        """It was not taken: another time."""
        self.failed += 1
        await self._write("letters.later", id=letter_id, retry_at=retry_at)

    async def _write(self, query: str, **given: Any) -> None:
        async def body(tx: Transaction) -> None:
            await tx.run(query, **given)

        await self._engine.write(body)

    def _letter(self, row: Row) -> Letter:
        agency = self._agencies.agency(row["agency_id"])
        same = ("id", "agency_id", "kind", "language", "at", "member", "email", "view", "alert_id", "alert_at")
        return Letter(
            **{name: row[name] for name in same},
            agency=agency.name,
            zone=agency.time_zone,
            facts=msgspec.json.decode(row["facts"], type=Facts),
            asked=msgspec.json.decode(row["filter"], type=dict[str, str]) if row["filter"] else {},
        )
