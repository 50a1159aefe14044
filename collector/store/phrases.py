"""What is said again and again in a view, mined from its newest voices."""

from __future__ import annotations

import asyncio

from collector.phrase import LEAST, Phrases, Said, recurring
from collector.store.engine import Engine, Row
from collector.store.submissions import Filter, Submissions

VIEW = 1_500  # voices of the view that are looked at, the newest
REST = 3_000  # newest of the agency, among which those beside the view are


class PhrasesTable:
    """Called by the dashboard's endpoint. One is mined at a time, beside the loop."""

    def __init__(self, engine: Engine, submissions: Submissions) -> None:
        self._engine = engine
        self._submissions = submissions
        self._mining = asyncio.Lock()

    async def list(
        self, agency_id: int, selected: Filter, *, before: int | None = None, after: int | None = None
    ) -> Phrases:
        """The phrases that recur among the newest 1,500 voices of a view, against the newest others of the agency. `before` and
        `after` are ids."""
        narrowed = self._submissions.narrowed(agency_id, selected)
        if narrowed is None:
            return Phrases([], LEAST, VIEW)
        noun, fragments, parameters = narrowed
        bounds = {"before": 2**53 if before is None else before, "after": -1 if after is None else after}
        view = await self._engine.fetch(f"{noun}.texts", fragments, **parameters, **bounds, limit=VIEW)
        rest = await self._engine.fetch(
            "submissions.texts", (), agency_id=agency_id, before=2**53, after=-1, limit=REST
        )
        mine = {row["id"] for row in view}
        async with self._mining:
            found = await asyncio.to_thread(
                recurring, [_said(row) for row in view], [_said(row) for row in rest if row["id"] not in mine]
            )
        return Phrases(found, LEAST, VIEW)


def _said(row: Row) -> Said:
    return Said(row["id"], row["said"], row["language"] or "", row["text"])
