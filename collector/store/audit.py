"""The audit log. What changes something is noted in the transaction of its change (see `changes.record`); what was read is
noted before it is shown."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from collector.audit import AGAIN_MS, LISTED, OPENED, Entry, Sought
from collector.store.engine import Engine, Transaction
from collector.token import Right


class Audit:
    """Called by whatever shows words to a team, by signing in, and by those who look into the log."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def read(self, right: Right, ids: Sequence[int], *, now: int, opened: bool, listed: str = LISTED) -> None:
        """Notes that these voices' words are before somebody's eyes: one that was opened, or those of a list, which is
        `listed`. What the same person had before her within ten minutes is not noted again."""
        act = OPENED if opened else listed
        whose = _whose(right)
        rows = await self._engine.fetch(
            "audit.fresh", agency_id=right.agency_id, ids=_json(ids), act=act, since=now - AGAIN_MS, **whose
        )
        fresh = [int(row["id"]) for row in rows]
        if not fresh:
            return

        async def body(tx: Transaction) -> None:
            written = await tx.fetch(
                "audit.insert", agency_id=right.agency_id, at=now, who=right.signed, act=act, **whose,
                subject_id=fresh[0] if opened else None, detail=None, number=len(fresh),
            )  # fmt: skip
            await tx.run_many("audit.insert_words", [(id_, written[0]["id"]) for id_ in fresh])

        await self._engine.write(body)

    async def note(
        self, right: Right, act: str, *, now: int, detail: str | None = None, once_ms: int = 0
    ) -> int | None:
        """Notes what changes nothing; returns its id. `once_ms`: None instead, when the same was noted so lately."""
        whose = _whose(right)
        if once_ms and await self._engine.fetch(
            "audit.lately", agency_id=right.agency_id, act=act, detail=detail, since=now - once_ms, **whose
        ):
            return None

        async def body(tx: Transaction) -> int:
            rows = await tx.fetch(
                "audit.insert", agency_id=right.agency_id, at=now, who=right.signed, act=act, **whose,
                subject_id=None, detail=detail, number=None,
            )  # fmt: skip
            return int(rows[0]["id"])

        return await self._engine.write(body)

    async def count(self, entry_id: int, number: int) -> None:
        """How many voices went out, when the last of them has."""

        async def body(tx: Transaction) -> None:
            await tx.run("audit.count", id=entry_id, number=number)

        await self._engine.write(body)

    async def entries(self, agency_id: int, sought: Sought, *, limit: int, before: int | None = None) -> list[Entry]:
        """Newest first."""
        given: dict[str, object] = {}
        fragments = []
        if before is not None:
            fragments.append("before")
            given["before"] = before
        if sought.q:
            fragments.append("q")
            given["q"] = sought.q.lower()
        if sought.kind:
            fragments.append(f"kind_{sought.kind}")
        for name in ("since", "until", "submission"):
            value = getattr(sought, name)
            if value is not None:
                fragments.append(name)
                given[name] = value
        rows = await self._engine.fetch("audit.list", tuple(fragments), agency_id=agency_id, limit=limit, **given)
        return [Entry(**dict(row)) for row in rows]

    async def readers(self, agency_id: int, submission_id: int) -> list[tuple[str, int]]:
        """(name and office, when first) of every member who opened it, the first one first."""
        rows = await self._engine.fetch("audit.readers", agency_id=agency_id, submission_id=submission_id)
        return [(row["who"], row["at"]) for row in rows]

    async def expire(self, agency_id: int, *, before: int) -> bool:
        """Forgets some of what is older; whether there may be more."""
        rows = await self._engine.fetch("audit.over", agency_id=agency_id, before=before)
        if not rows:
            return False
        ids = _json([row["id"] for row in rows])

        async def body(tx: Transaction) -> None:
            await tx.run("audit.forget_words", ids=ids)
            await tx.run("audit.forget", ids=ids)

        await self._engine.write(body)
        return True


def _whose(right: Right) -> dict[str, int | None]:
    return {"member_id": right.member_id, "token_id": right.token_id if right.member_id is None else None}


def _json(ids: Sequence[int]) -> str:
    return msgspec.json.encode(list(ids)).decode()
