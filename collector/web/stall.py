"""Tells a slow peer from one that takes nothing at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Stall:
    """Aborts a connection whose full buffer has not moved for `seconds`.

    `begin` when the transport's buffer passes its high-water mark, `end` when it has drained. `written` says how many
    bytes were added meanwhile without regard for that mark: they count as growth, not as standstill. A slow peer that
    goes on taking something is left alone.
    """

    def __init__(self, transport: asyncio.Transport, seconds: float, written: Callable[[], int]) -> None:
        self._transport = transport
        self._seconds = seconds
        self._written = written
        self._taken = 0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        self.end()
        self._taken = self._written() - self._transport.get_write_buffer_size()
        self._timer = asyncio.get_running_loop().call_later(self._seconds, self._look)

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        if self._written() - self._transport.get_write_buffer_size() > self._taken:
            self.begin()
        else:
            self._transport.abort()
