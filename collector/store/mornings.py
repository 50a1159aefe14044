"""Who owns a decision and gets one story of it each working morning; whether it comes, and to whom."""

from __future__ import annotations

from typing import Any

from collector.change import MORNING
from collector.day import day_of
from collector.errors import Refusal
from collector.morning import Morning, MorningStep, Owning, Who, paused_until
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row, Transaction


class Mornings:
    """Called by the team's endpoints and by the page behind the link. `offered`: the operator has set up a mail server."""

    def __init__(self, engine: Engine, agencies: Agencies, decisions: Decisions) -> None:
        self._engine = engine
        self._agencies = agencies
        self._decisions = decisions
        self.offered = False

    async def list(self, agency_id: int, now: int) -> list[Morning]:
        """Of every decision that has an owner."""
        today = day_of(now, self._agencies.agency(agency_id).time_zone)
        rows = await self._engine.fetch("mornings.list", agency_id=agency_id)
        return [_morning(row, today) for row in rows]

    async def own(self, agency_id: int, key: str, owning: Owning, *, now: int, by: str | None) -> None:
        """Names the owner, who gets the stories from then on; or nobody. Refusal `invalid` for somebody who has not joined."""
        decision = self._decisions.mine(agency_id, key)

        async def body(tx: Transaction) -> None:
            if owning.member is None:
                await tx.run("mornings.remove", agency_id=agency_id, decision_id=decision.id)
            else:
                await _joined(tx, agency_id, owning.member, "member")
                await tx.run(
                    "mornings.put",
                    decision_id=decision.id, agency_id=agency_id, owner_id=owning.member, language=owning.language, now=now,
                )  # fmt: skip
            await tx.run("mornings.forget_unsent", decision_id=decision.id, now=now)
            await record(tx, agency_id, MORNING, now, by, decision.id, detail="owner")

        await self._engine.write(body)

    async def reader(self, agency_id: int, key: str) -> int | None:
        """The id of the member who gets the stories of a decision, None for nobody."""
        decision = self._decisions.mine(agency_id, key)
        rows = await self._engine.fetch("mornings.list", agency_id=agency_id)
        return next((row["reader_id"] for row in rows if row["decision_id"] == decision.id), None)

    async def take(self, agency_id: int, key: str, step: MorningStep, *, now: int, by: str | None) -> None:
        """Turns it on or off, pauses it or hands it over. Refusal `wrong_state` when nobody owns the decision, `invalid`
        without the days or the member that a step needs."""
        decision = self._decisions.mine(agency_id, key)
        given: dict[str, Any] = {"agency_id": agency_id, "decision_id": decision.id}
        if step.step == "pause" and step.days is None:
            raise Refusal("invalid", fields=("days",))
        if step.step == "hand_over" and step.to is None:
            raise Refusal("invalid", fields=("to",))

        async def body(tx: Transaction) -> None:
            if not await tx.fetch("mornings.owned", **given):
                raise Refusal("wrong_state")
            if step.step == "on":
                await tx.run("mornings.turn_on", **given, now=now)
            elif step.step == "off":
                await tx.run("mornings.turn_off", **given, because="team")
            elif step.step == "pause" and step.days is not None:
                until = paused_until(day_of(now, decision.zone), step.days)
                await tx.run("mornings.pause", **given, until=until, now=now)
            elif step.to is not None:
                await _joined(tx, agency_id, step.to, "to")
                await tx.run("mornings.hand_over", **given, to=step.to, now=now)
            if step.step != "on":
                await tx.run("mornings.forget_unsent", decision_id=decision.id, now=now)
            await record(tx, agency_id, MORNING, now, by, decision.id, detail=step.step)

        await self._engine.write(body)

    async def readers(self, agency_id: int) -> int:
        """How many colleagues get one by mail."""
        if not self.offered:
            return 0
        return int((await self._engine.fetch("mornings.readers", agency_id=agency_id))[0]["number"])


async def _joined(tx: Transaction, agency_id: int, member_id: int, field: str) -> None:
    if not await tx.fetch("mornings.joined", agency_id=agency_id, id=member_id):
        raise Refusal("invalid", fields=(field,))


def _morning(row: Row, today: str) -> Morning:
    paused = row["paused_until"] if (row["paused_until"] or "") > today else None
    off = row["off_because"]
    return Morning(
        decision=row["decision"],
        owner=Who(row["owner_id"], row["owner_name"], row["owner_office"]),
        reader=Who(row["reader_id"], row["reader_name"], row["reader_office"]),
        language=row["language"],
        state="gone" if not row["reader_here"] else "off" if off else "paused" if paused else "on",
        off_because=off,
        paused_until=paused,
        unread=row["unread"],
        sent=row["sent"],
        read=row["read"],
        waits=bool(row["waits"]),
        last_at=row["last_at"],
    )
