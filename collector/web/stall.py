"""Tells a slow peer from one that takes nothing at all."""

from __future__ import annotations

import asyncio
import fcntl
import struct
import termios
from collections.abc import Callable


class Stall:
    """Aborts a connection to which nothing has got through for `seconds` while its buffer was full.

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
        self._taken = self._measured()
        self._timer = asyncio.get_running_loop().call_later(self._seconds, self._look)

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        if self._measured() > self._taken:
            self.begin()
        else:
            self._transport.abort()

    def _measured(self) -> int:
        """Bytes that the peer has acknowledged, but for a constant."""
        return self._written() - self._transport.get_write_buffer_size() - self._in_kernel()

    def _in_kernel(self) -> int:
        """Bytes that the kernel still keeps for the peer. It asks for more only when a third of what may be megabytes
        has gone, which a slow line does not manage in a few seconds; so its own count is needed."""
        try:
            descriptor = self._transport.get_extra_info("socket").fileno()
            return int(struct.unpack("i", fcntl.ioctl(descriptor, termios.TIOCOUTQ, b"\0" * 4))[0])
        except (AttributeError, OSError, ValueError):
            return 0
