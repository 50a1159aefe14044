"""Lets the calendar do its part: a phase opens, intake closes and a question ends at its time, also when nobody looks."""

from __future__ import annotations

from collections.abc import Callable

from collector.live.routine import Watch
from collector.store.store import Store

LOOK_SECONDS = 1.0  # also when nothing is due: a clock that was set, a date that moved; what is due is told within two


class Calendar(Watch):
    """`now` gives Unix milliseconds. What is due when it starts is done at once."""

    trouble = "the calendar could not be kept"

    def __init__(self, store: Store, now: Callable[[], int]) -> None:
        super().__init__(LOOK_SECONDS)
        self._store = store
        self._now = now

    async def _look(self) -> None:
        await self._store.decisions.tick(self._now())
        await self._store.asks.tick(self._now())

    def _until_next(self) -> float:
        """Until the next moment at which something opens or closes, at most `LOOK_SECONDS`."""
        now = self._now()
        moments = [at for decision in self._store.decisions.all() for at in decision.next_moments(now)[:1]]
        if (ends := self._store.asks.next_end()) is not None:
            moments.append(ends)
        return min(self._look_seconds, max(0.05, (min(moments, default=now + 60_000) - now) / 1000))
