"""What somebody of the team does next, from what is not answered, the clocks, and what is hers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collector.clock import due
from collector.day import day_of
from collector.store.agencies import Agencies
from collector.store.engine import Engine, Row
from collector.store.statements import Statements
from collector.store.submissions import Submissions
from collector.store.work import message_due
from collector.todo import Todo, Why, ordered
from collector.token import Right

# what somebody answers at this moment is not next for her colleagues
_FREE = ("unclaimed",)
# what is a colleague's is left to her once it is read; what is with a contact point, or was asked back, is not our turn
_OURS = ("unclaimed", "not_anothers", "here", "not_asked_back", "not_answered_by_theme")


class Todos:
    """Called by the dashboard's endpoint."""

    def __init__(
        self, engine: Engine, agencies: Agencies, submissions: Submissions, statements: Statements
    ) -> None:  # fmt: skip
        self._engine = engine
        self._agencies = agencies
        self._submissions = submissions
        self._statements = statements

    async def next(self, right: Right, *, limit: int, now: int) -> list[Todo]:
        """At most `limit`, the first to do first."""
        agency = self._agencies.agency(right.agency_id)
        zone, today = agency.time_zone, day_of(now, agency.time_zone)
        given: dict[str, Any] = {
            "agency_id": agency.id, "now": now, "holder": right.holder_name, "limit": limit,
        }  # fmt: skip

        def todo(row: Row, why: Why, since: int, by: str | None) -> Todo:
            late = by is not None and by < today
            if why == "waits" and late:
                why = "late"
            return Todo(self._submissions.shown(row), why, since, by, late)

        grave = [
            todo(row, "grave", row["received_at"],
                 due("grave.read", day_of(row["received_at"], zone)) if row["status"] == "new" else None)
            for row in await self._engine.fetch("todo.grave", _OURS, **given, me=right.member_id)
        ]  # fmt: skip
        clocked = [
            todo(row, "waits", row["since"], message_due(row["since"], zone))
            for row in await self._engine.fetch("todo.waiting", _FREE, **given)
        ]
        for barrier in await self._statements.waiting(agency, now=now):
            one = barrier.submission
            if barrier.late and not (one.claim and one.claim.until > now and one.claim.holder != right.holder_name):
                clocked.append(Todo(one, "late", one.received_at, barrier.due, late=True))
        mine: Sequence[Todo] = ()
        if right.member_id is not None:
            rows = await self._engine.fetch(
                "todo.mine", ("member", "not_asked_back", *_FREE), **given, member=right.member_id
            )
            mine = [todo(row, "mine", row["received_at"], None) for row in rows]
        found = ordered(grave, clocked, mine, limit)
        await self._submissions.count_alike([one.submission for one in found])
        return found
