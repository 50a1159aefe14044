"""Looks for patterns in what is grave, and raises the quiet alarm. It follows the log by a cursor that is stored, so that
nothing is missed while it was away."""

from __future__ import annotations

from collections.abc import Callable

from collector.live.routine import Watch
from collector.store.store import Store

LOOK_SECONDS = 5.0


class AlarmWatch(Watch):
    """`now` gives Unix milliseconds. How many voices within how many days raise it is each agency's own."""

    trouble = "no look for alarms was possible"

    def __init__(self, store: Store, now: Callable[[], int], *, look_seconds: float = LOOK_SECONDS) -> None:
        super().__init__(look_seconds)
        self._store = store
        self._now = now

    async def _look(self) -> None:
        await self._store.alarms.follow(now=self._now())
