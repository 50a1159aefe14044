"""Starts the real product for a test: a real file, a real server on a free port, in the loop of the test."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect

from collector.app import Collector, create_app
from collector.commands.server import Server
from collector.config import Config
from collector.contact_point import ContactPoint
from collector.live.notifier import Notifier
from collector.web.server import server_config

SECRET = b"a secret for the tests, long enough to be one"
ORIGIN = "https://www.town.example"
DESK = ContactPoint("desk", "The desk", phone="+32 2 555 01 23", counter="Market 1", hours="9:00-12:00")
_keys = itertools.count(1)


@dataclass
class Running:
    """A running collector with an agency, a placement `page` and one token of each role."""

    url: str
    app: Collector
    client: httpx2.AsyncClient
    server: Server
    tokens: dict[str, str] = field(default_factory=dict)

    def bearer(self, role: str = "editor") -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens[role]}"}

    async def send(self, **said: Any) -> httpx2.Response:
        """POSTs a submission; `placement` and a fresh `key` unless said."""
        body = {"placement": "page", "key": f"key-{next(_keys):08}", **said}
        return await self.client.post("/api/submissions", json=body)

    async def receipt(self, code: str, method: str = "GET", **json: Any) -> httpx2.Response:
        headers = {"authorization": f"Receipt {code}"}
        return await self.client.request(method, "/api/receipt", headers=headers, json=json or None)

    def live(self, query: str = "", role: str = "editor", **options: Any) -> connect:
        """A websocket client on `/api/live`."""
        address = self.url.replace("http", "ws") + "/api/live" + query
        options.setdefault("additional_headers", self.bearer(role))
        return connect(address, proxy=None, **options)


@asynccontextmanager
async def running(
    folder: Path, *, notifier: Notifier | None = None, populate: bool = True, **settings: Any
) -> AsyncIterator[Running]:
    """`settings` are fields of Config. The rate limit is off unless asked for."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    config = Config(store=f"sqlite:///{folder}/t.db", port=port, secret=SECRET, rate_limit=False)
    config = replace(config, **settings)
    app = create_app(config, notifier)
    server = Server(server_config(app), app)
    task = asyncio.create_task(server._serve([listening]))
    while not server.started:
        await asyncio.sleep(0.005)
        if task.done():
            listening.close()
            raise app.failure or RuntimeError("the server did not start")
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=20) as client:
            run = Running(url, app, client, server)
            if populate:
                await fill(run)
            yield run
    finally:
        server.should_exit = True
        await task


async def fill(run: Running) -> None:
    """What a test starts from, unless the file already has it."""
    store, now = run.app.parts.store, run.app.parts.now()
    if not store.agencies.all():
        agency = await store.agencies.create("town", "The town", now=now)
        await store.agencies.add_contact_point(agency, DESK, now=now)
        await store.agencies.create_placement(agency, "page", origins=[ORIGIN], now=now)
        await store.agencies.create_placement(agency, "gateway", origins=[ORIGIN], gateway=True, now=now)
    agency = store.agencies.by_key("town")
    for role in ("viewer", "editor", "admin"):
        _, run.tokens[role] = await store.tokens.create(agency.id, role, name=f"Team {role}", now=now)
    last = await store.changes.last()
    while run.app.parts.feed.last < last:
        await asyncio.sleep(0.005)


async def changes(socket_: ClientConnection, number: int, seconds: float = 5.0) -> list[dict[str, Any]]:
    """The next `number` items that come over a live socket, beats and the hello left out."""
    items: list[dict[str, Any]] = []
    async with asyncio.timeout(seconds):
        while len(items) < number:
            frame = json.loads(await socket_.recv())
            if frame["type"] == "changes":
                items += frame["items"]
    return items
