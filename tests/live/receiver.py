"""A receiver of hooks on this machine, as a team would run one: a real HTTP server that keeps what it was sent."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
from standardwebhooks.webhooks import Webhook

from tests.patience import PATIENCE


@dataclass
class Got:
    headers: dict[str, str]
    body: bytes
    path: str

    @property
    def event(self) -> Any:
        return msgspec.json.decode(self.body)

    def verified(self, secret: str) -> Any:
        """What the convention's own library makes of it; it raises for a signature, an id or a moment that is not right."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Receiver:
    """`answers`: what it says, one after the other, and then `status` for ever. `slow`: seconds before each answer."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    status: int = 204
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    slow: float = 0.0
    connections: int = 0
    server_name: str | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def types(self) -> list[str]:
        return [one.event["type"] for one in self.got]

    @property
    def cursors(self) -> list[int]:
        return [one.event["data"]["cursor"] for one in self.got]

    async def wait(self, number: int) -> None:
        """Until so many messages have come."""
        async with asyncio.timeout(5.0 * PATIENCE):
            while len(self.got) < number:
                await asyncio.sleep(0.005)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {
                    name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
                }
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                self.got.append(Got(headers, body, head[0].split()[1]))
                await asyncio.sleep(self.slow)
                status, more, said = self.answers.pop(0) if self.answers else (self.status, {}, b"")
                lines = [
                    f"HTTP/1.1 {status} x",
                    f"content-length: {len(said)}",
                    *(f"{k}: {v}" for k, v in more.items()),
                ]
                writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + said)
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def receiver(trusted: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """`trusted`: the certificate it shows, when it speaks TLS."""
    found = Receiver()
    serving: set[asyncio.Task[None]] = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        try:
            await found.serve(reader, writer)
        finally:
            serving.discard(task)

    server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=trusted)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
        for task in list(serving):
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
        await server.wait_closed()
