"""Looks for patterns in what is grave, and raises the quiet alarm. It follows the log by a cursor that is stored, so that
nothing is missed while it was away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from collector.live.routine import Routine
from collector.store.store import Store

LOOK_SECONDS = 5.0

log = logging.getLogger("collector.live.alarm")


class AlarmWatch(Routine):
    """`now` gives Unix milliseconds. How many voices within how many days raise it is each agency's own."""

    def __init__(self, store: Store, now: Callable[[], int], *, look_seconds: float = LOOK_SECONDS) -> None:
        self._store = store
        self._now = now
        self._look_seconds = look_seconds

    async def _run(self) -> None:
        while True:
            try:
                await self._store.alarms.follow(now=self._now())
            except Exception as error:  # the next look tries again
                log.warning("no look for alarms was possible, trying again", extra={"code": type(error).__name__})
            await asyncio.sleep(self._look_seconds)
