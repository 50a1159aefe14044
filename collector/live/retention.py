"""Words are kept as long as their agency says and no longer. Facts and counts stay."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Self

from collector.store.store import Store

HOUR = 3_600.0
DAY_MS = 86_400_000

log = logging.getLogger("collector.live.retention")


class Retention:
    """Runs at start and every hour. `now` gives Unix milliseconds."""

    def __init__(self, store: Store, now: Callable[[], int]) -> None:
        self._store = store
        self._now = now
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                await self.once()
            except Exception as error:  # the next hour tries again
                log.warning("retention could not run", extra={"code": type(error).__name__})
            await asyncio.sleep(HOUR)

    async def once(self) -> None:
        """Erases all words whose time is over, in small transactions."""
        now = self._now()
        for agency in self._store.agencies.all():
            after, before = 0, now - agency.retention_days * DAY_MS
            while last := await self._store.submissions.expire(agency.id, before=before, after=after, now=now):
                after = last
                self._store.engine.scrub_soon()
                await asyncio.sleep(0)
