"""Bursts, as the search index has found them: at most some moments behind what came."""

from __future__ import annotations

from collector.burst import DAYS, LEAST, WITHIN_MS, Burst, Bursts
from collector.store.agencies import Agencies
from collector.store.engine import Engine

SHOWN = 20
DAY_MS = 86_400_000


class BurstsTable:
    """Called by the dashboard's endpoint."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies

    async def list(self, agency_id: int, *, now: int) -> Bursts:
        """The newest twenty of the last thirty days. Erased voices are not among the numbers."""
        rows = await self._engine.fetch("search.bursts", agency_id=agency_id, since=now - DAYS * DAY_MS, limit=SHOWN)
        items = [
            Burst(
                id=row["first_id"],
                placement=self._agencies.placement_by_id(row["placement_id"]).key,
                from_at=row["from_at"],
                until_at=row["until_at"],
                voices=row["voices"],
                grave=row["grave"],
                of=row["others"],
            )
            for row in rows
        ]
        return Bursts(items, LEAST, WITHIN_MS // 60_000, DAYS)
