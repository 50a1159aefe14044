"""The log. Whoever has read up to a cursor never later finds a change below it."""

from __future__ import annotations

from collections.abc import Callable

from collector.change import (
    AGENCY,
    ALARM_RAISED,
    ALARM_SEEN,
    CONTACT_POINT,
    DECISION,
    HOOK,
    INCLUSION,
    MEMBER,
    MEMBER_REVOKED,
    MORNING,
    OFFER,
    PLACEMENT,
    RESPONSE,
    RESPONSE_DRAFT,
    ROUTING,
    THEME,
    TOKEN,
    TOKEN_REVOKED,
    VIEW,
    Change,
    Concerns,
    Step,
)
from collector.store.engine import Engine, Row, Transaction
from collector.submission import Submission


async def record(
    tx: Transaction,
    agency_id: int,
    change: str,
    at: int,
    by: str | None,
    subject_id: int | None,
    *,
    detail: str | None = None,
) -> None:
    """Writes the log's row in the transaction of the change itself, and that of the audit log when somebody who works here
    did it (`by`). `detail`: what a reader of the log needs to follow the state of a decision, such as the phase that began;
    never words."""
    given = {"agency_id": agency_id, "change": change, "at": at, "by": by, "subject_id": subject_id}
    await tx.run("changes.insert", **given, detail=detail)
    if by is not None:
        await tx.run(
            "audit.insert", agency_id=agency_id, at=at, who=by, member_id=None, token_id=None, act=change,
            subject_id=subject_id, detail=detail, number=None,
        )  # fmt: skip


class Changes:
    """Called by the feed. `shown` turns a row into a submission."""

    def __init__(self, engine: Engine, shown: Callable[[Row], Submission]) -> None:
        self._engine = engine
        self._shown = shown

    async def last(self) -> int:
        """The newest cursor, 0 for an empty log."""
        return int((await self._engine.fetch("changes.last"))[0]["cursor"])

    async def after(self, cursor: int, limit: int) -> list[Change]:
        """The next changes after `cursor`, oldest first, at most `limit`."""
        rows = await self._engine.fetch("changes.after", after=cursor, limit=limit)
        return [
            Change(
                cursor=row["cursor"],
                change=row["change"],
                at=row["at"],
                by=row["by"],
                id=row["subject_id"],
                submission=self._shown(row) if row["id"] is not None else None,
                agency_id=row["change_agency_id"],
                act=_act(row["change"], row["subject_id"], row["decision_key"]),
            )
            for row in rows
        ]

    async def of_decision(self, agency_id: int, decision_id: int) -> list[Step]:
        """What happened to one decision, oldest first."""
        rows = await self._engine.fetch("changes.of_decision", agency_id=agency_id, subject_id=decision_id)
        return [Step(row["cursor"], row["change"], row["at"], row["by"], row["detail"]) for row in rows]

    async def erased(self, agency_id: int, *, before: int) -> tuple[int, int]:
        """(how many were erased by those who wrote them, how many because their time was over) before a moment in Unix
        milliseconds."""
        rows = await self._engine.fetch("changes.erased", agency_id=agency_id, before=before)
        return int(rows[0]["erased"]), int(rows[0]["expired"])

    async def history(self, agency_id: int, submission_id: int) -> list[Step]:
        """What happened to one submission, oldest first."""
        rows = await self._engine.fetch("changes.of_subject", agency_id=agency_id, subject_id=submission_id)
        return [Step(row["cursor"], row["change"], row["at"], row["by"], row["detail"]) for row in rows]


# what a team sees on its screen, beside decisions and themes: it looks again
_SEEN = (
    RESPONSE,
    RESPONSE_DRAFT,
    PLACEMENT,
    CONTACT_POINT,
    MEMBER,
    MEMBER_REVOKED,
    MORNING,
    INCLUSION,
    ALARM_RAISED,
    ALARM_SEEN,
    TOKEN,
    TOKEN_REVOKED,
    HOOK,
    VIEW,
    ROUTING,
    OFFER,
    AGENCY,
)


def _act(change: str, subject_id: int | None, key: str | None) -> Concerns | None:
    if change.startswith(DECISION):
        return Concerns(decision=key)
    if change in _SEEN:
        return Concerns()
    return Concerns(theme=subject_id) if change == THEME else None
