"""The roster: few rows, asked at every page, so they are kept in memory; and a follower of the log that notes whom to ring."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from collector.change import MEMBER
from collector.errors import Refusal
from collector.roster import EVERY_MS, Reading, Turn, reading
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.engine import Engine, Transaction
from collector.timetable import Timetable, checked_timetable, standing


class DueRing(msgspec.Struct):
    """One colleague who is to be rung now."""

    id: int
    agency_id: int
    email: str


class RosterTable:
    """Called by pages, by the team's endpoints and by the follower that rings."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies
        self._turns: dict[int, tuple[Turn, ...]] = {}
        self._cursor: int | None = None

    async def load(self) -> None:
        found: dict[int, list[Turn]] = {}
        for row in await self._engine.fetch("roster.all"):
            turn = Turn(row["id"], row["name"], msgspec.json.decode(row["timetable"], type=Timetable))
            found.setdefault(row["agency_id"], []).append(turn)
        self._turns = {agency_id: tuple(turns) for agency_id, turns in found.items()}

    def turns(self, agency_id: int) -> tuple[Turn, ...]:
        return self._turns.get(agency_id, ())

    def reading(self, agency_id: int, now: int) -> Reading | None:
        """Whether somebody may read at this moment; None without a roster."""
        zone = self._agencies.agency(agency_id).time_zone
        return reading((turn.timetable for turn in self.turns(agency_id)), now, zone)

    async def put(self, agency_id: int, member_id: int, timetable: Timetable, *, now: int, by: str) -> None:
        """Her hours, new or changed. Refusal `not_found` for nobody who is in, `invalid` for hours that cannot be."""
        checked = checked_timetable(timetable)

        async def body(tx: Transaction) -> None:
            if not await tx.fetch("roster.member", agency_id=agency_id, id=member_id):
                raise Refusal("not_found")
            written = msgspec.json.encode(checked).decode()
            await tx.run("roster.put", agency_id=agency_id, id=member_id, timetable=written)
            await record(tx, agency_id, MEMBER, now, by, member_id)

        await self._engine.write(body)
        await self.load()

    async def remove(self, agency_id: int, member_id: int, *, now: int, by: str) -> None:
        """She is not rung any more. Refusal `not_found` for one who was not on it."""

        async def body(tx: Transaction) -> None:
            if not await tx.run("roster.remove", agency_id=agency_id, id=member_id):
                raise Refusal("not_found")
            await record(tx, agency_id, MEMBER, now, by, member_id)

        await self._engine.write(body)
        await self.load()

    async def follow(self, now: int) -> None:
        """Reads on in the log from where it was; something grave within somebody's hours is noted for her. What comes
        outside of all hours rings nobody, also not later: pages said so. The first time ever it begins at the end."""
        if self._cursor is None:
            self._cursor = await self._engine.write(_begin)
        upto = int((await self._engine.fetch("changes.last"))[0]["cursor"])
        if upto == self._cursor:
            return
        rows = await self._engine.fetch("roster.grave", after=self._cursor, upto=upto)
        there = [
            turn.id for row in rows for turn in self.turns(row["agency_id"]) if self._there(row["agency_id"], turn, now)
        ]
        if there:

            async def body(tx: Transaction) -> None:
                for member_id in there:
                    await tx.run("roster.news", id=member_id, now=now)
                await tx.run("roster.go_on", cursor=upto)

            await self._engine.write(body)
        self._cursor = upto

    async def due(self, now: int) -> Sequence[DueRing]:
        """Whom to ring: something grave waits for her, still unread; she was not rung within a quarter of an hour; and she
        is there. Whoever has left meanwhile is not rung for it any more."""
        found = []
        for row in await self._engine.fetch("roster.due", before=now - EVERY_MS):
            turn = next((turn for turn in self.turns(row["agency_id"]) if turn.id == row["id"]), None)
            unread = await self._engine.fetch("roster.unread", agency_id=row["agency_id"])
            if turn is not None and unread and self._there(row["agency_id"], turn, now):
                found.append(DueRing(row["id"], row["agency_id"], row["email"]))
            else:
                await self._forget(row["id"])
        return found

    async def _forget(self, member_id: int) -> None:
        async def body(tx: Transaction) -> None:
            await tx.run("roster.dropped", id=member_id)

        await self._engine.write(body)

    async def rung(self, ring: DueRing, *, now: int) -> None:
        """She was told; what comes from now on waits a quarter of an hour."""

        async def body(tx: Transaction) -> None:
            await tx.run("roster.rung", id=ring.id, now=now)

        await self._engine.write(body)

    def _there(self, agency_id: int, turn: Turn, now: int) -> bool:
        return standing(turn.timetable, now, self._agencies.agency(agency_id).time_zone).open


async def _begin(tx: Transaction) -> int:
    await tx.run("roster.follow")
    return int((await tx.fetch("roster.follower"))[0]["cursor"])
