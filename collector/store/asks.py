"""Asks: what offices ask the people of their decisions. They are few, and looked at by every receipt and every page of a
decision, so they are kept in memory; the rows are the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from collector.ask import Ask, Asking, Prospect, PublicAsk, Reach, Telling, checked_question, prospect
from collector.change import DECISION
from collector.day import after_calendar_days, day_of
from collector.decision import Decision
from collector.errors import Refusal
from collector.placement import Placement
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row, Transaction
from collector.texts import PARAGRAPHS, Texts

ASKED, CLOSED, TAKEN_BACK, HEARD = (DECISION + act for act in ("asked", "ask_closed", "ask_withdrawn", "ask_heard"))
DAY_MS = 86_400_000
LATELY_DAYS = 30


class Asked(msgspec.Struct):
    """A question as its team sees it. `answers`: with words; of these `by_receipt` from receipts of earlier voices, and
    `unread` that nobody has read yet."""

    id: int
    decision: str
    text: Texts
    office: str
    asked_at: int
    until: str
    closes_at: int
    is_open: bool
    ended_at: int | None
    withdrawn: bool
    reached: int
    heard: Texts
    heard_at: int | None
    answers: int
    by_receipt: int
    unread: int
    revision: int


@dataclass(slots=True)
class Answer:
    """What was answered from a receipt. `text` is None once it was erased or its time is over."""

    receipt_id: int
    submission_id: int
    erased_at: int | None
    text: str | None


class Asks:
    """Called by the intake and the pages (look-ups), by the team's endpoint (asking) and by the calendar."""

    def __init__(self, engine: Engine, agencies: Agencies, decisions: Decisions) -> None:
        self._engine = engine
        self._agencies = agencies
        self._decisions = decisions
        self._by_id: dict[int, Ask] = {}

    async def load(self) -> None:
        rows = await self._engine.fetch("asks.all")
        self._by_id = {row["id"]: self._shown(row) for row in rows}

    def _shown(self, row: Row) -> Ask:
        return Ask(
            id=row["id"],
            agency_id=row["agency_id"],
            decision_id=row["decision_id"],
            text=msgspec.json.decode(row["text"]),
            office=row["office"],
            asked_at=row["asked_at"],
            until=row["until"],
            zone=self._agencies.agency(row["agency_id"]).time_zone,
            ended_at=row["ended_at"],
            withdrawn=bool(row["withdrawn"]),
            reached=row["reached"],
            heard=msgspec.json.decode(row["heard"]),
            heard_at=row["heard_at"],
            revision=row["revision"],
        )

    def of(self, decision: Decision) -> Sequence[Ask]:
        """All of one decision, the newest first."""
        return [ask for ask in reversed(self._by_id.values()) if ask.decision_id == decision.id]

    def open_of(self, decision: Decision, now: int) -> Ask | None:
        """The one that waits for answers at this moment."""
        return next((ask for ask in self.of(decision) if ask.is_open(now)), None)

    def mine(self, agency_id: int, ask_id: int) -> Ask:
        """Refusal `not_found` for one of another agency."""
        found = self._by_id.get(ask_id)
        if found is None or found.agency_id != agency_id:
            raise Refusal("not_found")
        return found

    def answered_here(self, placement: Placement, ask_id: int, now: int) -> tuple[Ask, Decision]:
        """The question that an answer names, and its decision. Refusal `invalid` for one of another agency, `ask_over` once
        nobody can answer it any more."""
        found = self._by_id.get(ask_id)
        if found is None or found.agency_id != placement.agency_id:
            raise Refusal("invalid", fields=("ask",))
        if not found.is_open(now):
            raise Refusal("ask_over")
        return found, self._decisions.by_id(found.decision_id)

    def public_of(self, decision: Decision, now: int) -> list[PublicAsk]:
        """What everybody sees, the newest first."""
        return [public(ask, now) for ask in self.of(decision) if ask.public]

    async def list(self, agency_id: int, key: str, now: int) -> Sequence[Asked]:
        """All of one decision as its team sees them, the newest first. Refusal `not_found` for another agency's."""
        decision = self._decisions.mine(agency_id, key)
        return await self._counted(agency_id, self.of(decision), now)

    async def one(self, agency_id: int, ask_id: int, now: int) -> Asked:
        return (await self._counted(agency_id, [self.mine(agency_id, ask_id)], now))[0]

    async def _counted(self, agency_id: int, asks: Sequence[Ask], now: int) -> Sequence[Asked]:
        rows = {row["ask"]: row for row in await self._engine.fetch("asks.counts", agency_id=agency_id)} if asks else {}
        found = []
        for ask in asks:
            row = rows.get(ask.id)
            found.append(
                Asked(
                    id=ask.id,
                    decision=self._decisions.by_id(ask.decision_id).key,
                    text=ask.text,
                    office=ask.office,
                    asked_at=ask.asked_at,
                    until=ask.until,
                    closes_at=ask.closes_at,
                    is_open=ask.is_open(now),
                    ended_at=ask.ended_at,
                    withdrawn=ask.withdrawn,
                    reached=ask.reached,
                    heard=ask.heard,
                    heard_at=ask.heard_at,
                    answers=row["answers"] if row else 0,
                    by_receipt=row["by_receipt"] if row else 0,
                    unread=row["unread"] if row else 0,
                    revision=ask.revision,
                )
            )
        return found

    async def prospect(self, agency_id: int, key: str, days: int, now: int) -> Prospect:
        """Whom a question may reach, and how many answers to expect. Refusal `not_found` for another agency's decision."""
        decision = self._decisions.mine(agency_id, key)
        given = {"agency_id": agency_id, "key": decision.key}
        reach = (await self._engine.fetch("asks.reach", **given, lately=now - LATELY_DAYS * DAY_MS))[0]
        speaking = (await self._engine.fetch("asks.speaking", **given, since=now - days * DAY_MS))[0]["number"]
        earlier = (await self._engine.fetch("asks.earlier", agency_id=agency_id))[0]
        return prospect(
            Reach(reach["receipts"], reach["bells"], reach["lately"], speaking, earlier["reached"], earlier["answered"])
        )

    async def ask(self, agency_id: int, key: str, asking: Asking, *, office: str, now: int, by: str) -> Asked:
        """Asks. Refusal `incomplete` without every language that is owed, `wrong_state` for a decision that is not public, or
        is withdrawn, `ask_open` while another question waits."""
        decision = self._decisions.mine(agency_id, key)
        agency = self._agencies.agency(agency_id)
        text = checked_question(asking.text, "text", agency.required_languages)
        until = after_calendar_days(day_of(now, agency.time_zone), asking.days)
        await self.tick(now)

        async def body(tx: Transaction) -> int:
            fresh = await self._caught_up(tx, decision, now)
            if fresh.state not in ("published", "decided"):
                raise Refusal("wrong_state")
            given = {"agency_id": agency_id, "key": fresh.key}
            reached = (await tx.fetch("asks.reach", **given, lately=now))[0]["receipts"]
            rows = await tx.fetch(
                "asks.insert",
                agency_id=agency_id,
                decision_id=fresh.id,
                text=msgspec.json.encode(text).decode(),
                office=office,
                by=by,
                now=now,
                until=until,
                reached=reached,
            )
            if not rows:
                raise Refusal("ask_open")
            await _told(tx, agency_id, fresh.id, ASKED, now, by)
            return int(rows[0]["id"])

        ask_id = await self._engine.write(body)
        await self._again()
        return await self.one(agency_id, ask_id, now)

    async def withdraw(self, agency_id: int, ask_id: int, *, now: int, by: str) -> Asked:
        """Takes it back: from now on nobody is asked. Answers that came stay. Refusal `wrong_state` when it is over."""
        ask = self.mine(agency_id, ask_id)

        async def body(tx: Transaction) -> None:
            await self._caught_up(tx, self._decisions.by_id(ask.decision_id), now)
            if now >= ask.closes_at or not await tx.run(
                "asks.end", agency_id=agency_id, id=ask.id, at=now, withdrawn=1
            ):
                raise Refusal("wrong_state")
            await _told(tx, agency_id, ask.decision_id, TAKEN_BACK, now, by)

        await self._engine.write(body)
        await self._again()
        return await self.one(agency_id, ask_id, now)

    async def tell(self, agency_id: int, ask_id: int, telling: Telling, *, now: int, by: str) -> Asked:
        """Says what was heard and what is done, on all receipts and in public; said again, the new words take the place of
        the old. Refusal `wrong_state` while it is open, `stale` when a colleague said it first, `incomplete` without every
        language that is owed."""
        ask = self.mine(agency_id, ask_id)
        languages = self._agencies.agency(agency_id).required_languages
        heard = checked_question(telling.heard, "heard", languages, PARAGRAPHS)
        await self.tick(now)
        if self.mine(agency_id, ask_id).ended_at is None:
            raise Refusal("wrong_state")

        async def body(tx: Transaction) -> None:
            await self._caught_up(tx, self._decisions.by_id(ask.decision_id), now)
            given = {"heard": msgspec.json.encode(heard).decode(), "revision": telling.revision, "now": now}
            if not await tx.run("asks.tell", agency_id=agency_id, id=ask.id, **given):
                raise Refusal("stale")
            await _told(tx, agency_id, ask.decision_id, HEARD, now, by)

        await self._engine.write(body)
        await self._again()
        return await self.one(agency_id, ask_id, now)

    async def answer(self, agency_id: int, code_hash: bytes) -> Answer | None:
        """The answer whose receipt has that code; None when nothing was answered with it."""
        rows = await self._engine.fetch("asks.answer", agency_id=agency_id, code_hash=code_hash)
        return Answer(rows[0]["id"], rows[0]["submission_id"], rows[0]["erased_at"], rows[0]["text"]) if rows else None

    async def tick(self, now: int) -> int:
        """Ends what is over, each at its own moment, also when no collector ran then. Returns how many."""
        due = [ask for ask in self._by_id.values() if ask.ended_at is None and now >= ask.closes_at]
        for ask in due:

            async def body(tx: Transaction, ask: Ask = ask) -> None:
                given = {"agency_id": ask.agency_id, "id": ask.id}
                await self._caught_up(tx, self._decisions.by_id(ask.decision_id), now)
                if await tx.run("asks.end", **given, at=ask.closes_at, withdrawn=0):
                    await _told(tx, ask.agency_id, ask.decision_id, CLOSED, ask.closes_at, None, now)

            await self._engine.write(body)
        if due:
            await self._again()
        return len(due)

    def next_end(self) -> int | None:
        """When the next one is over."""
        return min((ask.closes_at for ask in self._by_id.values() if ask.ended_at is None), default=None)

    async def _caught_up(self, tx: Transaction, decision: Decision, now: int) -> Decision:
        """The decision as it is, after what the calendar did: every act begins with it."""
        row = (await tx.fetch("decisions.one", agency_id=decision.agency_id, id=decision.id))[0]
        return (await self._decisions.catch_up(tx, row, now))[0]

    async def _again(self) -> None:
        await self._decisions.load()
        await self.load()


def public(ask: Ask, now: int) -> PublicAsk:
    """As everybody sees it."""
    return PublicAsk(
        ask.id, ask.text, ask.office, ask.asked_at, ask.until, ask.closes_at, ask.is_open(now), ask.heard, ask.heard_at
    )


async def end_with_its_decision(tx: Transaction, decision: Decision, into_id: int | None, now: int) -> None:
    """A decision that is withdrawn, or goes on in another (`into_id`), asks nothing any more. What was asked goes along."""
    given = {"agency_id": decision.agency_id}
    for row in await tx.fetch("asks.open_of", **given, decision_id=decision.id):
        await tx.run("asks.end", **given, id=row["id"], at=now, withdrawn=1)
    if into_id is not None:
        await tx.run("asks.move", **given, id=decision.id, into_id=into_id)


async def _told(
    tx: Transaction, agency_id: int, decision_id: int, act: str, at: int, by: str | None, now: int | None = None
) -> None:
    """An official act: open pages look again, and the decision is changed."""
    await record(tx, agency_id, act, at, by, decision_id)
    await tx.run("decisions.touch", id=decision_id, now=at if now is None else now)
