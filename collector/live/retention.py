"""What is kept for a time only: words as long as their agency says, the day's key of senders for a day."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from collector.agency import Agency
from collector.guard.source import Sources
from collector.live.routine import Routine
from collector.sighting import KEPT_DAYS
from collector.store.store import Store

HOUR = 3_600.0
ROUNDS = 12  # the key of the day and old senders are looked at more often than words
DAY_MS = 86_400_000

log = logging.getLogger("collector.live.retention")


class Retention(Routine):
    """Words are looked at when it starts and every hour; facts and counts stay. `now` gives Unix milliseconds."""

    def __init__(self, store: Store, sources: Sources, now: Callable[[], int]) -> None:
        self._store = store
        self._sources = sources
        self._now = now

    async def _run(self) -> None:
        while True:
            try:
                await self.once()
            except Exception as error:  # the next hour tries again
                log.warning("retention could not run", extra={"code": type(error).__name__})
            for _ in range(ROUNDS):
                await asyncio.sleep(HOUR / ROUNDS)
                self._sources.forget()

    async def once(self) -> None:
        """Erases all words whose time is over, and who did and read what, in small transactions; and where the widget was
        met, some months back."""
        now = self._now()
        for agency in self._store.agencies.all():
            after, before = 0, now - agency.retention_days * DAY_MS
            while last := await self._store.submissions.expire(agency.id, before=before, after=after, now=now):
                after = last
                self._store.engine.scrub_soon()
                await asyncio.sleep(0)
            met_from = self._store.agencies.day(agency.id, now - KEPT_DAYS * DAY_MS)
            await self._store.sightings.expire(agency.id, before=met_from)
            await self._forget(agency, now)
        if (operators := self._store.agencies.operators) is not None:
            await self._forget(operators, now)

    async def _forget(self, agency: Agency, now: int) -> None:
        """Who did and read what, longer ago than the agency wants to know."""
        known_from = now - agency.audit_days * DAY_MS
        while await self._store.audit.expire(agency.id, before=known_from):
            await asyncio.sleep(0)
