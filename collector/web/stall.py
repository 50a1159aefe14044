"""Tells a slow peer from one that takes nothing at all."""

from __future__ import annotations

import asyncio
import fcntl
import struct
import termios
from collections.abc import Callable

LOOKS = 5  # in a row that find nothing taken: the end comes at most a fifth of the time late


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
        self._looks = 0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        self.end()
        self._taken = self._measured()
        self._looks = 0
        self._look_again()

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look_again(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._seconds / LOOKS, self._look)

    def _look(self) -> None:
        taken = self._measured()
        self._looks = 0 if taken > self._taken else self._looks + 1
        self._taken = max(taken, self._taken)
        if self._looks < LOOKS:
            self._look_again()
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
