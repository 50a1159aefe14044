"""Hooks: set up by those who manage, each with its own cursor in the log.

What was sent is noted after its receiver has answered. So whatever stops in between sends it once more, with the same id,
rather than never; and since a hook has one cursor, what comes later is never sent first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from collector.change import HOOK
from collector.errors import Refusal
from collector.hook import (
    AN_AGENCY,
    GONE,
    OLD_SECRET_MS,
    Answer,
    Because,
    Hook,
    Hooking,
    Outcome,
    Topic,
    is_due,
    is_over,
    new_secret,
    pause_ms,
    topic_of,
)
from collector.receipt import Keys
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction

READ = 500  # changes looked through at once
BEHIND = 500  # so far a stored cursor may lie behind what was looked through and concerned nobody
KEPT = 500  # answers of a hook, and none older than
KEPT_MS = 30 * 86_400_000


class Told(msgspec.Struct):
    """A change that a hook is to be told of next. `place`: of the hook's cursor; `tries`: how often it failed so far.
    `decision`, `placement`: keys of what it belongs to."""

    hook_id: int
    agency_id: int
    place: int
    tries: int
    url: str
    secrets: list[str]
    cursor: int
    change: str
    at: int
    id: int | None
    decision: str | None
    placement: str | None
    detail: str | None


class Answered(msgspec.Struct, frozen=True):
    """What came of a try. `retry_after`: seconds that the receiver asks for. The others as in `Answer`."""

    outcome: Outcome
    status: int | None
    ms: int
    said: str = ""
    retry_after: int | None = None


class Hooks:
    """Called by the team's endpoints and by the routine that sends. `sent`, `failed`: tries since the start. `paused_number`:
    by itself, of all. `waiting`: when the change happened of which a hook could not be told, by hook."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies
        self._seen: dict[tuple[int, int], int] = {}
        self.sent = 0
        self.failed = 0
        self.paused_number = 0
        self.waiting: dict[int, int] = {}

    async def list(self, agency_id: int) -> list[Hook]:
        return [_hook(row) for row in await self._engine.fetch("hooks.list", agency_id=agency_id)]

    async def one(self, agency_id: int, hook_id: int) -> Hook:
        """Refusal `not_found`."""
        return _hook(await self._row(agency_id, hook_id))

    async def add(self, agency_id: int, hooking: Hooking, keys: Keys, *, now: int, by: str) -> tuple[Hook, str]:
        """(the hook, its secret). It is told of what happens from now on. `hooking` was checked. Refusal `too_many`."""
        secret = new_secret()

        async def body(tx: Transaction) -> int:
            if (await tx.fetch("hooks.number", agency_id=agency_id))[0]["number"] >= AN_AGENCY:
                raise Refusal("too_many")
            rows = await tx.fetch(
                "hooks.insert", agency_id=agency_id, name=hooking.name, url=hooking.url, now=now, by=by,
                topics=" ".join(hooking.topics), secret=keys.seal(secret),
            )  # fmt: skip
            await record(tx, agency_id, HOOK, now, by, rows[0]["id"], detail="made")
            return int(rows[0]["id"])

        return await self.one(agency_id, await self._engine.write(body)), secret

    async def change(self, agency_id: int, hook_id: int, hooking: Hooking, *, now: int, by: str) -> None:
        """`hooking` was checked. What has happened so far under a topic that is new to it is not told."""
        seen = max((cursor for (known, _), cursor in self._seen.items() if known == hook_id), default=0)
        await self._act(
            agency_id, hook_id, "hooks.change", "changed", now=now, by=by, seen=seen,
            name=hooking.name, url=hooking.url, topics=" ".join(hooking.topics),
        )  # fmt: skip

    async def turn(self, agency_id: int, hook_id: int, *, on: bool, now: int, by: str) -> None:
        """On: it goes on where it stopped, at once."""

        async def body(tx: Transaction) -> None:
            if not await tx.fetch("hooks.one", agency_id=agency_id, id=hook_id):
                raise Refusal("not_found")
            if on:
                await tx.run("hooks.resume", agency_id=agency_id, id=hook_id)
            else:
                await tx.run("hooks.pause", id=hook_id, because="team")
            await record(tx, agency_id, HOOK, now, by, hook_id, detail="on" if on else "paused")

        await self._engine.write(body)

    async def rotate(self, agency_id: int, hook_id: int, keys: Keys, *, now: int, by: str) -> str:
        """A new secret; the one before signs as well for a day. Refusal `not_found`."""
        secret = new_secret()
        await self._act(
            agency_id, hook_id, "hooks.rotate", "secret", now=now, by=by,
            secret=keys.seal(secret), until=now + OLD_SECRET_MS,
        )  # fmt: skip
        return secret

    async def replay(self, agency_id: int, hook_id: int, after: int, *, now: int, by: str) -> None:
        """Everything after a cursor is sent, or sent once more. Refusal `invalid` for a cursor that the log has not reached."""
        if after > int((await self._engine.fetch("changes.last"))[0]["cursor"]):
            raise Refusal("invalid", fields=("after",))
        await self._act(agency_id, hook_id, "hooks.replay", "replay", now=now, by=by, after=after)

    async def remove(self, agency_id: int, hook_id: int, *, now: int, by: str) -> None:
        """With all that its receiver answered. Refusal `not_found`."""

        async def body(tx: Transaction) -> None:
            if not await tx.fetch("hooks.one", agency_id=agency_id, id=hook_id):
                raise Refusal("not_found")
            await tx.run("hooks.delete_answers", id=hook_id)
            await tx.run("hooks.delete", agency_id=agency_id, id=hook_id)
            await record(tx, agency_id, HOOK, now, by, hook_id, detail="removed")

        await self._engine.write(body)
        self.waiting.pop(hook_id, None)

    async def answers(self, agency_id: int, hook_id: int, *, before: int, limit: int) -> Sequence[Answer]:
        """Newest first, with ids below `before`. Refusal `not_found`."""
        await self._row(agency_id, hook_id)
        rows = await self._engine.fetch("hooks.answers", agency_id=agency_id, id=hook_id, before=before, limit=limit)
        return [Answer(**dict(row)) for row in rows]

    async def due(self, now: int) -> Sequence[int]:
        """Ids of hooks that may have something to be told of now."""
        last = int((await self._engine.fetch("changes.last"))[0]["cursor"])
        rows = await self._engine.fetch("hooks.due", last=last)
        self.paused_number = int((await self._engine.fetch("hooks.paused"))[0]["number"])
        self.waiting = {id_: at for id_, at in self.waiting.items() if any(row["id"] == id_ for row in rows)}
        return [row["id"] for row in rows if is_due(row["retry_at"], now)]

    async def next(self, hook_id: int, keys: Keys, now: int) -> Told | None:
        """The next change that a hook is to be told of; None when there is none, or when it is not its time."""
        rows = await self._engine.fetch("hooks.by_id", id=hook_id)
        if not rows or rows[0]["state"] != "on" or not is_due(rows[0]["retry_at"], now):
            return None
        hook, topics = rows[0], set(rows[0]["topics"].split())
        place = (hook_id, hook["place"])
        upto = int((await self._engine.fetch("changes.last"))[0]["cursor"])
        after = max(hook["cursor"], self._seen.get(place, 0))
        while after < upto:
            log = await self._engine.fetch("hooks.log", after=after, upto=upto, agency_id=hook["agency_id"], limit=READ)
            found = next((row for row in log if topic_of(row["change"]) in topics), None)
            if found is not None:
                return _told(hook, found, keys, now)
            after = log[-1]["cursor"] if len(log) == READ else upto
        self._seen = {known: cursor for known, cursor in self._seen.items() if known[0] != hook_id} | {place: after}
        if after - hook["cursor"] >= BEHIND:
            await self._write("hooks.skip", id=hook_id, place=hook["place"], cursor=after)
        return None

    async def answered(self, told: Told, answer: Answered, chance: float, now: int) -> bool:
        """Notes what the receiver answered; returns whether the next change may follow. `chance`: see `pause_ms`."""
        taken = answer.outcome == "taken"
        given: dict[str, Any] = {"id": told.hook_id, "place": told.place}

        async def body(tx: Transaction) -> None:
            if not await self._noted(tx, told.hook_id, told.change, told.cursor, answer, now):
                return  # it was taken away meanwhile
            if taken:
                await tx.run("hooks.taken", **given, cursor=told.cursor, now=now)
                return
            retry_at = now + pause_ms(told.tries + 1, chance, answer.retry_after)
            if not await tx.run("hooks.failed", **given, now=now, retry_at=retry_at):
                return  # somebody changed it meanwhile: it is tried anew
            hook = (await tx.fetch("hooks.by_id", id=told.hook_id))[0]
            gone = answer.status == GONE
            if gone or is_over(hook["tries"], hook["failing_since"], now):
                await self._pause(tx, hook, "gone" if gone else "failing", now)

        await self._engine.write(body)
        if taken:
            self.sent += 1
            self.waiting.pop(told.hook_id, None)
        else:
            self.failed += 1
            self.waiting[told.hook_id] = told.at
        return taken

    async def _pause(self, tx: Transaction, hook: Row, because: Because, now: int) -> None:
        """With a letter to everybody who manages."""
        await tx.run("hooks.pause", id=hook["id"], because=because)
        await record(tx, hook["agency_id"], HOOK, now, None, hook["id"], detail=f"paused {because}")
        facts = msgspec.json.encode({"hook": hook["name"], "because": because}).decode()
        language = self._agencies.agency(hook["agency_id"]).required_languages[0]
        await tx.run(
            "letters.insert_for_admins",
            agency_id=hook["agency_id"],
            kind="hook",
            language=language,
            facts=facts,
            now=now,
        )

    async def tested(self, agency_id: int, hook_id: int, event: str, answer: Answered, now: int) -> Answer:
        """Notes what came of a try-out; nothing else of the hook changes."""

        async def body(tx: Transaction) -> int:
            return await self._noted(tx, hook_id, event, None, answer, now)

        answer_id = await self._engine.write(body)
        found = await self.answers(agency_id, hook_id, before=answer_id + 1, limit=1)
        return found[0]

    async def _noted(
        self, tx: Transaction, hook_id: int, event: str, cursor: int | None, answer: Answered, now: int
    ) -> int:
        """The id of the note; 0 when the hook is gone."""
        rows = await tx.fetch(
            "hooks.answered", id=hook_id, now=now, event=event, cursor=cursor, outcome=answer.outcome,
            status=answer.status, ms=answer.ms, said=answer.said,
        )  # fmt: skip
        await tx.run("hooks.forget", hook_id=hook_id, before=now - KEPT_MS, kept=KEPT)
        return int(rows[0]["id"]) if rows else 0

    async def try_out(self, agency_id: int, hook_id: int, keys: Keys, now: int) -> Told:
        """What a test is sent with: the hook as it is, and no change. Refusal `not_found`."""
        hook = await self._row(agency_id, hook_id)
        return _told(hook, {"cursor": 0, "change": "", "at": now}, keys, now)

    async def _row(self, agency_id: int, hook_id: int) -> Row:
        rows = await self._engine.fetch("hooks.one", agency_id=agency_id, id=hook_id)
        if not rows:
            raise Refusal("not_found")
        return rows[0]

    async def _act(
        self, agency_id: int, hook_id: int, query: str, detail: str, *, now: int, by: str, **given: Any
    ) -> None:
        async def body(tx: Transaction) -> None:
            if not await tx.run(query, agency_id=agency_id, id=hook_id, **given):
                raise Refusal("not_found")
            await record(tx, agency_id, HOOK, now, by, hook_id, detail=detail)

        await self._engine.write(body)

    async def _write(self, query: str, **given: Any) -> None:
        async def body(tx: Transaction) -> None:
            await tx.run(query, **given)

        await self._engine.write(body)


def _hook(row: Row) -> Hook:
    topics: list[Topic] = row["topics"].split()
    return Hook(**{name: row[name] for name in Hook.__struct_fields__ if name != "topics"}, topics=topics)


def _told(hook: Row, change: Row, keys: Keys, now: int) -> Told:
    known = [hook["secret"]]
    if hook["old_secret"] is not None and hook["old_until"] > now:
        known.append(hook["old_secret"])
    named = dict(change)
    return Told(
        hook_id=hook["id"],
        agency_id=hook["agency_id"],
        place=hook["place"],
        tries=hook["tries"],
        url=hook["url"],
        secrets=[keys.unseal(secret) for secret in known],
        cursor=named["cursor"],
        change=named["change"],
        at=named["at"],
        id=named.get("subject_id"),
        decision=named.get("decision") or named.get("of_decision"),
        placement=named.get("placement"),
        detail=named.get("detail"),
    )
