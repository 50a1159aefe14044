"""uvicorn's two protocols, hardened (written against uvicorn 0.54).

Out of the box uvicorn holds for ever: a connection that says nothing, half a request head, a head without end, a body
that comes after its answer, and a peer that never reads. Here each of them has an end. Nothing is timed while a request
arrives whole, which is nearly always.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from asyncio.transports import BaseTransport
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

from collector.web.raw_socket import EXTENSION, RawSocket
from collector.web.stall import Stall

SEND_BUFFER = 256 * 1024


class Http(HttpToolsProtocol):
    """One HTTP connection. `head_seconds`: from the first byte of a request, or from the connection, to the end of the
    head. `head_bytes`: of request line and headers. `flush_seconds`: for a peer to take what it asked for."""

    head_seconds = 10.0
    head_bytes = 32 * 1024
    flush_seconds = 10.0

    _deadline: asyncio.TimerHandle | None = None
    _abort: asyncio.TimerHandle | None = None
    _stall: Stall
    _in_head = True
    _head = 0  # bytes of this head in chunks before the present one
    _chunk = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # asyncio leaves Nagle's delay on for sockets that it has not bound itself: 40 ms a frame
        with contextlib.suppress(AttributeError, OSError):
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stall = Stall(transport, self.flush_seconds, lambda: 0)  # responses wait while the buffer is full
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        self._stall.end()
        if self._abort is not None:
            self._abort.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.timeout_keep_alive_task is not None:
            # blank lines between requests are allowed (RFC 9112, section 2.2), but they are no sign of life
            data = data.lstrip(b"\r\n")
            if not data:
                return
        went_on = self._in_head
        self._chunk = len(data)
        super().data_received(data)
        if self._in_head and not self.transport.is_closing():
            self._head += len(data) if went_on else 0
            if self._head > self.head_bytes:
                self._answer_too_large()
            else:
                self._arm()

    def on_message_begin(self) -> None:
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._disarm()
        if self._head + self._chunk > self.head_bytes and self._measured() > self.head_bytes:
            self._answer_too_large()
            raise ValueError  # ends the parsing
        self._head = 0
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        if not self.transport.is_closing():  # it is when 431 has been said
            super().send_400_response(msg)
            self._close_hard()

    def on_response_complete(self) -> None:
        # a connection whose request goes on after the answer cannot be used again, and uvicorn would no longer time it
        unfinished = not self.pipeline and self.cycle.more_body
        super().on_response_complete()
        if unfinished:
            self.transport.close()
        if self.transport.is_closing():
            self._close_hard()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._close_hard()

    def shutdown(self) -> None:
        super().shutdown()
        if self.transport.is_closing():
            self._close_hard()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall.begin()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stall.end()

    def _arm(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.head_seconds, self._late)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        self._deadline = None
        if self.flow.read_paused:  # it is we who do not read: requests before this one are being answered
            self._arm()
        else:
            self.transport.abort()

    def _measured(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _answer_too_large(self) -> None:
        self.transport.write(STATUS_LINE[431] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()
        self._close_hard()

    def _close_hard(self) -> None:
        """`transport.close()` waits for the peer to take the rest; this is how long."""
        if self._abort is None:
            self._abort = self.loop.call_later(self.flush_seconds, self.transport.abort)


class WebSocket(WebSocketsSansIOProtocol):
    """One websocket. Its scope carries a RawSocket under `extensions`. `flush_seconds`: how long a peer may take
    nothing, and how long the rest may take after the close."""

    flush_seconds = 10.0

    _abort: asyncio.TimerHandle | None = None
    _stall: Stall
    _raw: RawSocket

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        # the kernel would take megabytes before we notice that nobody reads
        with contextlib.suppress(AttributeError, OSError):
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        # each message for itself: no dictionary of some 50 KiB is kept for a dashboard, and one frame is good for all
        self.conn.available_extensions = [
            ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
        ]
        self._raw = RawSocket(self.transport, self.conn)
        self._stall = Stall(self.transport, self.flush_seconds, lambda: self._raw.written)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stall.end()
        if self._abort is not None:
            self._abort.cancel()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall.begin()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stall.end()

    async def run_asgi(self) -> None:
        cast(dict[str, Any], self.scope["extensions"])[EXTENSION] = self._raw
        try:
            await super().run_asgi()
        finally:
            self._close_hard()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._close_hard()

    def _close_hard(self) -> None:
        """`transport.close()` waits for the peer to take the rest; this is how long."""
        if self._abort is None:
            self._abort = self.loop.call_later(self.flush_seconds, self.transport.abort)
