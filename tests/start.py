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
from collector.endpoints.parts import now_ms
from collector.live.notifier import Notifier
from collector.web.server import server_config
from tests.patience import PATIENCE
from tests.template import DESK, ORIGIN, SECRET, fill, template

__all__ = ["DESK", "ORIGIN", "SECRET", "Running", "changes", "running"]
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
    """`settings` are fields of Config. The rate limit is off unless asked for. A folder that has a store keeps it; any
    other gets a copy of the one that is made once, unless `populate` is False."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    config = Config(store=f"sqlite:///{folder}/t.db", port=port, secret=SECRET, rate_limit=False)
    config = replace(config, **settings)
    tokens: dict[str, str] = {}
    if populate and not await asyncio.to_thread((folder / "t.db").exists):
        made = await template(now_ms(), populated=True)
        await asyncio.to_thread(made.lay, folder)
        tokens = dict(made.tokens)
    app = create_app(config, notifier)
    server = Server(server_config(app, trusted_proxies=config.trusted_proxies), app)
    task = asyncio.create_task(server._serve([listening]))
    while not server.started:
        await asyncio.sleep(0.005)
        if task.done():
            listening.close()
            raise app.failure or RuntimeError("the server did not start")
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=20, verify=False) as client:
            if populate and not tokens:
                tokens = await fill(app.parts.store, app.parts.now())
            while app.parts.feed.last < await app.parts.store.changes.last():
                await asyncio.sleep(0.005)
            yield Running(url, app, client, server, tokens)
    finally:
        if not server.should_exit:
            server.stop()
        await task


async def changes(socket_: ClientConnection, number: int, seconds: float = 5.0 * PATIENCE) -> list[dict[str, Any]]:
    """The next `number` items that come over a live socket, beats and the hello left out."""
    items: list[dict[str, Any]] = []
    async with asyncio.timeout(seconds):
        while len(items) < number:
            frame = json.loads(await socket_.recv())
            if frame["type"] == "changes":
                items += frame["items"]
    return items
