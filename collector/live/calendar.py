"""Lets the calendar do its part: a phase opens and intake closes at its time, also when nobody looks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from collector.live.routine import Routine
from collector.store.store import Store

LOOK_SECONDS = 1.0  # also when nothing is due: a clock that was set, a date that moved; what is due is told within two

log = logging.getLogger("collector.live.calendar")


class Calendar(Routine):
    """`now` gives Unix milliseconds. What is due when it starts is done at once."""

    def __init__(self, store: Store, now: Callable[[], int]) -> None:
        self._store = store
        self._now = now

    async def _run(self) -> None:
        while True:
            try:
                await self._store.decisions.tick(self._now())
            except Exception as error:  # the next look tries again
                log.warning("the calendar could not be kept, trying again", extra={"code": type(error).__name__})
            await asyncio.sleep(self._seconds())

    def _seconds(self) -> float:
        """Until the next moment at which something opens or closes, at most `LOOK_SECONDS`."""
        now = self._now()
        moments = (at for decision in self._store.decisions.all() for at in decision.next_moments(now)[:1])
        return min(LOOK_SECONDS, max(0.05, (min(moments, default=now + 60_000) - now) / 1000))
