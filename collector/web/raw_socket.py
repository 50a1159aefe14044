"""Writing to many websockets at once: a frame is encoded once and handed as it is to each connection.

The live side sends the same frame to a thousand dashboards. By way of ASGI each of them would cost a coroutine, a
masking decision and an encoding; here it costs one `transport.write`, and for browsers, which all unpack what is
compressed, of a twentieth of its bytes: to copy these into the kernel a thousand times was what the fan-out cost most.
Each message is compressed for itself, so no connection keeps anything, and one is good for all.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, Self

from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.protocol import OPEN, State

EXTENSION = "tijdens.raw"  # where the websocket's scope carries its RawSocket: scope["extensions"][EXTENSION]
_FIN_TEXT = 0x81
_COMPRESSED = 0x40  # the first reserved bit
_TAIL = b"\0\0\xff\xff"
_WINDOW = 15  # bits; whoever asks for a smaller one gets frames that are not compressed
PACKED_FROM = 512  # bytes: less would hardly become fewer


def text_frame(payload: bytes) -> bytes:
    """`payload` (UTF-8) as one whole, unmasked, uncompressed text frame, as a server sends it (RFC 6455, 5.2)."""
    return _frame(_FIN_TEXT, payload)


def _frame(first: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        head = bytes((first, size))
    elif size < 65_536:
        head = bytes((first, 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, 127)) + size.to_bytes(8, "big")
    return head + payload


class SharedFrame(bytes):
    """A text frame that many get at once, such as `text_frame` makes it."""

    payload: bytes

    @classmethod
    def of(cls, payload: bytes) -> Self:
        frame = cls(text_frame(payload))
        frame.payload = payload
        return frame

    @cached_property
    def packed(self) -> bytes:
        """The same as a compressed message (RFC 7692, 7.2.1), made when the first one asks for it."""
        if len(self.payload) < PACKED_FROM:
            return self
        packer = zlib.compressobj(zlib.Z_BEST_SPEED, zlib.DEFLATED, -_WINDOW)
        data = packer.compress(self.payload) + packer.flush(zlib.Z_SYNC_FLUSH)
        return _frame(_FIN_TEXT | _COMPRESSED, data.removesuffix(_TAIL))


class HasState(Protocol):
    """What RawSocket asks of the websocket's state machine."""

    @property
    def state(self) -> State: ...

    @property
    def extensions(self) -> Sequence[Extension]: ...


class RawSocket:
    """One websocket, written to without waiting. Frames go out whole and in the order of the calls, among those that
    the endpoint sends by ASGI: neither side ever splits one.

    `written` counts the bytes handed over so far, so that whoever watches the connection can tell growth from progress.
    """

    __slots__ = ("_state", "_transport", "_unpacks", "written")

    def __init__(self, transport: asyncio.Transport, state: HasState) -> None:
        self._transport = transport
        self._state = state
        self._unpacks: bool | None = None  # known after the handshake
        self.written = 0

    def send(self, frame: bytes) -> bool:
        """Writes an encoded frame. False when there is nobody to write to: before the handshake is done, after either
        side has begun to close, or when the connection is gone."""
        if self._state.state is not OPEN or self._transport.is_closing():
            return False
        if isinstance(frame, SharedFrame) and self._agreed():
            frame = frame.packed
        self.written += len(frame)
        self._transport.write(frame)
        return True

    def _agreed(self) -> bool:
        """Whether the other side unpacks what is compressed."""
        if self._unpacks is None:
            self._unpacks = any(
                isinstance(agreed, PerMessageDeflate) and agreed.local_max_window_bits == _WINDOW
                for agreed in self._state.extensions
            )
        return self._unpacks

    @property
    def buffered(self) -> int:
        """Bytes that wait in this process for the peer to take them; what the kernel holds comes on top."""
        return self._transport.get_write_buffer_size()
