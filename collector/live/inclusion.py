"""Looks every hour whether the verdicts of inclusion tests still hold: what people say opens a test again."""

from __future__ import annotations

from collections.abc import Callable

from collector.live.routine import Watch
from collector.store.store import Store

LOOK_SECONDS = 3_600.0


class InclusionWatch(Watch):
    """`now` gives Unix milliseconds."""

    trouble = "inclusion tests could not be looked at"

    def __init__(self, store: Store, now: Callable[[], int], *, look_seconds: float = LOOK_SECONDS) -> None:
        super().__init__(look_seconds)
        self._store = store
        self._now = now

    async def _look(self) -> None:
        await self._store.inclusions.look(self._now())
