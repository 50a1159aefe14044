"""Writes down where the widget was met, once a minute and when the collector stops."""

from __future__ import annotations

from contextlib import suppress

from collector.errors import Refusal
from collector.live.routine import Watch
from collector.store.store import Store

LOOK_SECONDS = 60.0


class SightingWatch(Watch):
    trouble = "where the widget was met could not be written down"

    def __init__(self, store: Store, *, look_seconds: float = LOOK_SECONDS) -> None:
        super().__init__(look_seconds)
        self._store = store

    async def _look(self) -> None:
        await self._store.sightings.keep()

    async def __aexit__(self, *_: object) -> None:
        await super().__aexit__()
        with suppress(Refusal):  # a full disk keeps nobody from stopping
            await self._store.sightings.keep()
