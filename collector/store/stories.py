"""Morning stories: which voice was drawn, the mail that is made of it, what became of it.

A draw is stored before its mail is made, and a mail is claimed before it is sent. So a day is dealt with once, and a mail
has one sender at a time, however many look, and whenever one of them stops.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from collector.change import MORNING, READ
from collector.day import day_of
from collector.drawing import Cell, drawn
from collector.errors import Refusal
from collector.morning import LINK_DAYS, UNREAD, Off, is_time
from collector.status import Status
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row, Transaction
from collector.store.submissions import set_mark
from collector.submission import Impact, split_impact
from collector.texts import Texts
from collector.token import secret_hash

DAY_MS = 86_400_000
CLAIM_MS = 600_000  # how long one sender has for a mail before another may take it
AT_ONCE = 20


class Letter(msgspec.Struct):
    """What a mail is made of. `text` is None once the words are gone."""

    id: int
    tongue: str
    day: str
    drawn_at: int
    sent_at: int | None
    key: str
    title: Texts
    zone: str
    agency: str
    name: str
    office: str
    email: str
    submission_id: int
    decision_id: int
    agency_id: int
    received_at: int
    language: str | None
    channel: str
    placement: str
    outcome: str | None
    effect: str | None
    reason: str | None
    another_way: str | None
    impact: list[Impact] | None
    page: str | None
    text: str | None
    unread: int


class Opened(msgspec.Struct):
    """A story that a link opened. `mine`: whoever it was sent to still gets them."""

    id: int
    agency_id: int
    decision_id: int
    submission_id: int
    member_id: int
    key: str
    day: str
    read_at: int | None
    name: str
    office: str
    mine: bool

    @property
    def signed(self) -> str:
        return f"{self.name.replace(',', '')}, {self.office}"


class Stories:
    """Called by the routine that draws and sends, and by the page behind the link. `failures`: mails that the operator's server
    did not take."""

    def __init__(self, engine: Engine, agencies: Agencies, decisions: Decisions) -> None:
        self._engine = engine
        self._agencies = agencies
        self._decisions = decisions
        self.failures = 0

    async def deal(self, now: int, lot: Callable[[], float], secret: Callable[[int, int], str]) -> int:
        """Draws for every decision whose hour has come and that was not dealt with today; turns off what stayed unread.
        `lot()` is a number from 0 up to 1, `secret(decision_id, submission_id)` what the link will hold. Returns how many
        were drawn."""
        found = 0
        for row in await self._engine.fetch("mornings.on"):
            zone = self._agencies.agency(row["agency_id"]).time_zone
            today = day_of(now, zone)
            if not is_time(now, zone) or (row["drawn_day"] or "") >= today or (row["paused_until"] or "") > today:
                continue
            found += await self._deal_one(row, today, now, lot, secret)
        return found

    async def _deal_one(
        self, row: Row, today: str, now: int, lot: Callable[[], float], secret: Callable[[int, int], str]
    ) -> int:
        unread = await self._unread(row["agency_id"], row["decision_id"])
        if unread >= UNREAD:
            await self._turn_off(row["agency_id"], row["decision_id"], "unread", now)
            return 0
        voice = await self.choose(row["agency_id"], row["key"], row["reader_id"], lot())
        given = {"decision_id": row["decision_id"], "day": today}

        async def body(tx: Transaction) -> int:
            if not await tx.run("mornings.deal", **given, reader_id=row["reader_id"]):
                return 0  # somebody else was first, or it was handed over just now
            if voice is None:
                return 0  # nobody waits to be heard: tomorrow it looks again
            hashed = secret_hash(secret(row["decision_id"], voice))
            if not await tx.run("mornings.insert", **given, submission_id=voice, hash=hashed, now=now):
                await tx.run("mornings.undo_day", **given)  # erased in between: the next look draws another
                return 0
            await record(tx, row["agency_id"], MORNING, now, None, row["decision_id"], detail="drawn")
            return 1

        return await self._engine.write(body)

    async def choose(self, agency_id: int, key: str, reader_id: int, lot: float) -> int | None:
        """The id of the voice that `lot` draws for a reader (see `drawing.py`), None when none is left."""
        given: dict[str, Any] = {"agency_id": agency_id, "decision": key, "reader_id": reader_id}
        rows = await self._engine.fetch("mornings.cells", **given)
        found = drawn([Cell(**dict(row)) for row in rows], lot)
        if found is None:
            return None
        cell, place = found
        picked = await self._engine.fetch(
            "mornings.pick",
            **given, language=cell.language, channel=cell.channel, placement=cell.placement, place=place,
        )  # fmt: skip
        return int(picked[0]["id"]) if picked else None

    async def unsent(self, now: int) -> list[int]:
        """Ids of stories whose mail is due, where it is a time to send one."""
        rows = await self._engine.fetch("mornings.unsent", now=now, limit=AT_ONCE)
        return [row["id"] for row in rows if is_time(now, self._agencies.agency(row["agency_id"]).time_zone)]

    async def claim(self, story_id: int, now: int) -> Letter | None:
        """What the mail of a story is made of, for one sender alone. None when another has it. A story whose words or whose
        reader are gone is forgotten, and the day is open again for another."""

        async def body(tx: Transaction) -> Row | None:
            if not await tx.run("mornings.claim", id=story_id, now=now, until=now + CLAIM_MS):
                return None
            rows = await tx.fetch("mornings.letter", id=story_id)
            if rows and rows[0]["text"] is not None:
                return rows[0]
            for row in await tx.fetch("mornings.story", id=story_id):
                await tx.run("mornings.forget", id=story_id)
                await tx.run("mornings.undo_day", decision_id=row["decision_id"], day=row["day"])
            return None

        row = await self._engine.write(body)
        return None if row is None else self._letter(row, await self._unread(row["agency_id"], row["decision_id"]))

    async def sent(self, story_id: int, now: int) -> None:
        await self._write("mornings.sent", id=story_id, now=now)

    async def later(self, story_id: int, retry_at: int) -> None:
        """It was not taken: another time."""
        await self._write("mornings.later", id=story_id, retry_at=retry_at)

    async def unreachable(self, letter: Letter, now: int) -> None:
        """Nobody has that address: it is off, and the team sees it."""

        async def body(tx: Transaction) -> None:
            await tx.run("mornings.forget", id=letter.id)

        await self._engine.write(body)
        await self._turn_off(letter.agency_id, letter.decision_id, "address", now)

    async def withdrawn(self, now: int) -> list[int]:
        """Ids of stories that were mailed and whose words are gone since: whoever has the mail is asked to delete it."""
        return [row["id"] for row in await self._engine.fetch("mornings.gone", now=now, limit=AT_ONCE)]

    async def claim_recall(self, story_id: int, now: int) -> Letter | None:
        """What that second mail is made of, for one sender alone; it holds no words. None when another has it, or when its
        reader is no colleague any more."""

        async def body(tx: Transaction) -> Row | None:
            if not await tx.run("mornings.claim_recall", id=story_id, now=now, until=now + CLAIM_MS):
                return None
            rows = await tx.fetch("mornings.letter", id=story_id)
            if not rows:
                await tx.run("mornings.recalled", id=story_id, now=now)
            return rows[0] if rows else None

        row = await self._engine.write(body)
        return None if row is None else self._letter(row, 0)

    async def recalled(self, story_id: int, now: int) -> None:
        await self._write("mornings.recalled", id=story_id, now=now)

    async def open(self, secret: str, now: int) -> Opened:
        """The story of a link. Refusal `sign_in` for a link of nobody, of somebody who left, or that is too old."""
        rows = await self._engine.fetch("mornings.by_hash", hash=secret_hash(secret), since=now - LINK_DAYS * DAY_MS)
        if not rows:
            raise Refusal("sign_in")
        row = rows[0]
        names = [name for name in Opened.__struct_fields__ if name != "mine"]
        return Opened(**{name: row[name] for name in names}, mine=row["reader_id"] == row["member_id"])

    async def read(self, opened: Opened, now: int) -> None:
        """Its reader says that she has read it: the receipt tells which office did. Twice is once. Refusal `receipt` when the
        words are gone."""

        async def body(tx: Transaction) -> None:
            given = {"agency_id": opened.agency_id, "id": opened.submission_id}
            row = (await tx.fetch("submissions.one", **given))[0]
            if row["text"] is None:
                raise Refusal("receipt")
            if not await tx.run("mornings.read", id=opened.id, now=now):
                return
            status: Status = "read" if row["status"] == "new" else row["status"]
            await set_mark(
                tx, given, status, revision=row["revision"], by=opened.signed, now=now, member_id=opened.member_id
            )
            await record(tx, opened.agency_id, READ, now, opened.signed, opened.submission_id)
            await record(tx, opened.agency_id, MORNING, now, opened.signed, opened.decision_id, detail="read")

        await self._engine.write(body)

    async def _unread(self, agency_id: int, decision_id: int) -> int:
        rows = await self._engine.fetch("mornings.list", agency_id=agency_id)
        return next((row["unread"] for row in rows if row["decision_id"] == decision_id), 0)

    async def _turn_off(self, agency_id: int, decision_id: int, because: Off, now: int) -> None:
        async def body(tx: Transaction) -> None:
            given = {"agency_id": agency_id, "decision_id": decision_id}
            if await tx.run("mornings.turn_off", **given, because=because):
                await record(tx, agency_id, MORNING, now, None, decision_id, detail=f"off {because}")

        await self._engine.write(body)

    async def _write(self, query: str, **given: Any) -> None:
        async def body(tx: Transaction) -> None:
            await tx.run(query, **given)

        await self._engine.write(body)

    def _letter(self, row: Row, unread: int) -> Letter:
        agency = self._agencies.agency(row["agency_id"])
        same = (
            "id", "tongue", "day", "drawn_at", "sent_at", "key", "name", "office", "email", "submission_id",
            "decision_id", "agency_id", "received_at", "language", "channel", "outcome", "effect", "reason",
            "another_way", "page", "text",
        )  # fmt: skip
        return Letter(
            **{name: row[name] for name in same},
            title=self._decisions.by_id(row["decision_id"]).file.title,
            zone=agency.time_zone,
            agency=agency.name,
            placement=self._agencies.placement_by_id(row["placement_id"]).name,
            impact=split_impact(row["impact"]),
            unread=unread,
        )
