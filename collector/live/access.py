"""Ends what has an end: tokens whose time is over, sessions in which nobody is. Their open sockets end with them."""

from __future__ import annotations

from collections.abc import Callable

from collector.live.routine import Watch
from collector.store.store import Store

LOOK_SECONDS = 2.0  # a right that is over ends open sockets within five seconds


class AccessWatch(Watch):
    """`now` gives Unix milliseconds."""

    trouble = "what is over could not be ended"

    def __init__(self, store: Store, now: Callable[[], int], *, look_seconds: float = LOOK_SECONDS) -> None:
        super().__init__(look_seconds)
        self._store = store
        self._now = now

    async def _look(self) -> None:
        await self._store.tokens.expire(now=self._now())
        await self._store.sessions.expire(now=self._now())
