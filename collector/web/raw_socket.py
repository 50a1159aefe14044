"""Writing to many websockets at once: a frame is encoded once and handed as it is to each connection.

The live side sends the same frame to a thousand dashboards. By way of ASGI each of them would cost a coroutine, a
masking decision and an encoding; here it costs one `transport.write`.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from websockets.protocol import OPEN, State

EXTENSION = "tijdens.raw"  # where the websocket's scope carries its RawSocket: scope["extensions"][EXTENSION]
_FIN_TEXT = 0x81


def text_frame(payload: bytes) -> bytes:
    """`payload` (UTF-8) as one whole, unmasked, uncompressed text frame, as a server sends it (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        head = bytes((_FIN_TEXT, size))
    elif size < 65_536:
        head = bytes((_FIN_TEXT, 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((_FIN_TEXT, 127)) + size.to_bytes(8, "big")
    return head + payload


class HasState(Protocol):
    """What RawSocket asks of the websocket's state machine."""

    @property
    def state(self) -> State: ...


class RawSocket:
    """One websocket, written to without waiting. Frames go out whole and in the order of the calls, among those that
    the endpoint sends by ASGI: neither side ever splits one.

    `written` counts the bytes handed over so far, so that whoever watches the connection can tell growth from progress.
    """

    __slots__ = ("_state", "_transport", "written")

    def __init__(self, transport: asyncio.Transport, state: HasState) -> None:
        self._transport = transport
        self._state = state
        self.written = 0

    def send(self, frame: bytes) -> bool:
        """Writes an encoded frame. False when there is nobody to write to: before the handshake is done, after either
        side has begun to close, or when the connection is gone."""
        if self._state.state is not OPEN or self._transport.is_closing():
            return False
        self.written += len(frame)
        self._transport.write(frame)
        return True

    @property
    def buffered(self) -> int:
        """Bytes that wait in this process for the peer to take them; what the kernel holds comes on top."""
        return self._transport.get_write_buffer_size()
