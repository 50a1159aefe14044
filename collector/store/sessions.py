"""Sessions: opened by whoever gets in, listed and ended by whose they are, over by themselves."""

from __future__ import annotations

from collector.change import SESSION_ENDED
from collector.errors import Refusal
from collector.session import IDLE_SECONDS, SEEN_MS, Session
from collector.store.changes import record
from collector.store.engine import Engine, Transaction
from collector.token import Right, secret_hash


class Sessions:
    """What ends one says so in the log, which ends its open sockets."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen: dict[int, int] = {}

    async def list(self, right: Right, *, now: int) -> list[Session]:
        """One's own that work, the one last used first."""
        rows = await self._engine.fetch("sessions.list", now=now, idle_since=idle_since(now), **_whose(right))
        return [Session(**dict(row), current=row["id"] == right.session_id) for row in rows]

    async def touch(self, right: Right, *, now: int) -> None:
        """Somebody is there: the session does not end yet. Written once a minute."""
        session_id = right.session_id
        if session_id is None or now - self._seen.get(session_id, 0) < SEEN_MS:
            return
        self._seen[session_id] = now

        async def body(tx: Transaction) -> None:
            await tx.run("sessions.touch", id=session_id, now=now)

        await self._engine.write(body)

    async def end(self, right: Right, session_id: int, *, now: int) -> None:
        """Refusal `not_found` for one of somebody else, or that is over."""

        async def body(tx: Transaction) -> None:
            if not await tx.fetch("sessions.end", id=session_id, **_whose(right)):
                raise Refusal("not_found")
            await record(tx, right.agency_id, SESSION_ENDED, now, right.signed, session_id)

        await self._engine.write(body)

    async def end_all(self, right: Right, *, now: int) -> None:
        """Everywhere, here too."""

        async def body(tx: Transaction) -> None:
            for row in await tx.fetch("sessions.end_all", **_whose(right)):
                await record(tx, right.agency_id, SESSION_ENDED, now, right.signed, row["id"])

        await self._engine.write(body)

    async def close(self, secret: str, *, now: int) -> None:
        """Ends the session of a cookie; nothing when it has none."""

        async def body(tx: Transaction) -> None:
            for row in await tx.fetch("sessions.end_by_hash", hash=secret_hash(secret)):
                await record(tx, row["agency_id"], SESSION_ENDED, now, None, row["id"])

        await self._engine.write(body)

    async def expire(self, *, now: int) -> None:
        """Ends those whose time is over and those where nobody has been for too long."""
        given = {"now": now, "idle_since": idle_since(now)}
        if not await self._engine.fetch("sessions.over", **given):
            return

        async def body(tx: Transaction) -> None:
            for row in await tx.fetch("sessions.end_over", **given):
                self._seen.pop(row["id"], None)
                if row["agency_id"] is not None:
                    await record(tx, row["agency_id"], SESSION_ENDED, now, None, row["id"])

        await self._engine.write(body)


def idle_since(now: int) -> int:
    return now - IDLE_SECONDS * 1000


def _whose(right: Right) -> dict[str, int | None]:
    return {"member_id": right.member_id, "token_id": right.token_id if right.member_id is None else None}
