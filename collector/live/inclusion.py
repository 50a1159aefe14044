"""Looks every hour whether the verdicts of inclusion tests still hold: what people say opens a test again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from collector.live.routine import Routine
from collector.store.store import Store

LOOK_SECONDS = 3_600.0

log = logging.getLogger("collector.live.inclusion")


class InclusionWatch(Routine):
    """`now` gives Unix milliseconds."""

    def __init__(self, store: Store, now: Callable[[], int], *, look_seconds: float = LOOK_SECONDS) -> None:
        self._store = store
        self._now = now
        self._look_seconds = look_seconds

    async def _run(self) -> None:
        while True:
            try:
                await self._store.inclusions.look(self._now())
            except Exception as error:  # the next look tries again
                log.warning("inclusion tests could not be looked at", extra={"code": type(error).__name__})
            await asyncio.sleep(self._look_seconds)
