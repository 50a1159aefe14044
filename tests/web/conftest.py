"""A real server in the test's own loop, with short deadlines; a raw client beside it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
import uvloop

from collector.web.protocols import Http, WebSocket
from collector.web.server import server_config
from tests.patience import PATIENCE

UPGRADE = (
    b"GET /live HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@dataclass
class Site:
    """A server that runs: its port, and how many connections it holds."""

    port: int
    server: uvicorn.Server

    @property
    def connections(self) -> int:
        return len(self.server.server_state.connections)

    async def left(self, connections: int) -> None:
        """Returns as soon as no more than that many are held; TimeoutError when that takes too long."""
        async with asyncio.timeout(3 * PATIENCE):
            while self.connections > connections:
                await asyncio.sleep(0.01)


Serve = Callable[..., AbstractAsyncContextManager[Site]]
Talk = Callable[..., Awaitable[bytes]]


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Both loops: uvloop serves where it is installed, and buffers in its own way."""
    return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


class ShortHttp(Http):
    head_seconds = 0.2
    flush_seconds = 0.2


class ShortWebSocket(WebSocket):
    flush_seconds = 0.2


@asynccontextmanager
async def _serve(app: Any, http: type[Http] = ShortHttp, **changes: Any) -> AsyncIterator[Site]:
    """`changes`: attributes of uvicorn's configuration that the test wants otherwise."""

    async def with_lifespan(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        for _ in range(2):
            message = await receive()
            await send({"type": message["type"] + ".complete"})

    config = server_config(with_lifespan, http=http, websocket=ShortWebSocket)
    for name, value in changes.items():
        setattr(config, name, value)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve([listening]))
    while not server.started:
        await asyncio.sleep(0.005)
        assert not running.done()
    try:
        yield Site(int(listening.getsockname()[1]), server)
    finally:
        server.should_exit = True
        await running


async def _talk(port: int, *parts: bytes, pause: float = 0.0, wait: float = 3.0 * PATIENCE) -> bytes:
    """Sends the parts, `pause` seconds apart, and returns all that comes until the server closes. TimeoutError when it
    has not closed after `wait` seconds; a reset counts as closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    came = b""

    async def send() -> None:
        for part in parts:
            writer.write(part)
            await asyncio.sleep(pause)

    sending = asyncio.create_task(send())
    try:
        async with asyncio.timeout(wait):
            while chunk := await reader.read(65_536):
                came += chunk
    except ConnectionResetError:
        pass
    finally:
        sending.cancel()
        writer.close()
        await asyncio.gather(sending, writer.wait_closed(), return_exceptions=True)
    return came


@pytest.fixture
def serve() -> Serve:
    return _serve


@pytest.fixture
def talk() -> Talk:
    return _talk
