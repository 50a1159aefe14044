"""A collector as a process of its own, to which something happens while people send and others watch."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from collector.endpoints.parts import now_ms
from tests.figures import figures
from tests.template import SECRET, template
from tests.test_crash import free_port, up

RETRY_SECONDS = 0.2


@dataclass
class Served:
    """`tokens`: role → secret. A process that is started again listens at the same port."""

    folder: Path
    port: int = field(default_factory=free_port)
    tokens: dict[str, str] = field(default_factory=dict)
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        env = {name: value for name, value in os.environ.items() if not name.startswith("TIJDENS_")}
        env |= {"TIJDENS_STORE": f"sqlite:///{self.folder}/t.db", "TIJDENS_SECRET": SECRET.decode(),
                "TIJDENS_RATE_LIMIT": "off", **self.env}  # fmt: skip
        self.process = _begun([sys.executable, "-m", "collector", "serve", "--port", str(self.port)], env)
        await up(self.port)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code."""
        self.process.send_signal(how)
        return await asyncio.to_thread(self.process.wait)

    def client(self, seconds: float = 30) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.url, trust_env=False, timeout=seconds, verify=False)


def _begun(line: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(line, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@asynccontextmanager
async def served(folder: Path, **env: str) -> AsyncIterator[Served]:
    """`env`: settings for the process."""
    made = await template(now_ms(), populated=True)
    await asyncio.to_thread(made.lay, folder)
    found = Served(folder, tokens=dict(made.tokens), env=env)
    await found.start()
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.process.send_signal(signal.SIGCONT)
            await found.end(signal.SIGKILL)


@dataclass
class Senders:
    """People who send, and send the same again until they are answered. `seconds`: how long one waits for an answer before
    she does. `acknowledged`: key → id; `waits`: seconds from the first try until the answer, of each."""

    place: Served
    seconds: float
    acknowledged: dict[str, int] = field(default_factory=dict)
    tries: int = 0
    waits: list[float] = field(default_factory=list)
    over: bool = False

    async def one(self, number: int) -> None:
        count = 0
        async with self.place.client(self.seconds) as client:
            while not self.over:
                key, begun = f"row-{number:03}-{count:06}", time.monotonic()
                body = {"placement": "page", "key": key, "outcome": "no", "text": f"Woorden van {key}"}
                while True:
                    self.tries += 1
                    try:
                        answer = await client.post("/api/submissions", json=body)
                    except httpx2.TransportError:
                        await asyncio.sleep(RETRY_SECONDS)
                        continue
                    if answer.status_code in (503, 507):
                        await asyncio.sleep(RETRY_SECONDS)
                        continue
                    assert answer.status_code in (200, 201), answer.text
                    self.acknowledged[key] = answer.json()["id"]
                    break
                self.waits.append(time.monotonic() - begun)
                count += 1

    @asynccontextmanager
    async def sending(self, number: int) -> AsyncIterator[Senders]:
        tasks = [asyncio.create_task(self.one(n)) for n in range(number)]
        try:
            yield self
        except BaseException:  # whoever fails is not kept waiting by people who are never answered
            for task in tasks:
                task.cancel()
            raise
        self.over = True
        await asyncio.gather(*tasks)

    async def more(self, number: int, seconds: float = 60) -> None:
        """Until so many more are acknowledged."""
        enough = len(self.acknowledged) + number
        async with asyncio.timeout(seconds):
            while len(self.acknowledged) < enough:
                await asyncio.sleep(0.01)

    def settled(self, name: str) -> None:
        """Nothing that was acknowledged is lost, and nothing is there twice; says the figures."""
        with closing(sqlite3.connect(self.place.folder / "t.db")) as store:
            stored = [row[0] for row in store.execute("select id from submissions")]
            texts = [row[0] for row in store.execute("select text from words")]
            assert store.execute("pragma integrity_check").fetchone()[0] == "ok"
        lost, doubled = set(self.acknowledged.values()) - set(stored), len(texts) - len(set(texts))
        figures(name, acknowledged=len(self.acknowledged), stored=len(stored), lost=len(lost), doubled=doubled,
                tries=self.tries, longest_pause=round(max(self.waits), 2))  # fmt: skip
        assert not lost and not doubled and len(stored) == len(texts)


@dataclass
class Watcher:
    """A dashboard: it resumes from its last cursor, as often as it must. `seen`: ids in the order in which they came."""

    place: Served
    cursor: int = 0
    seen: list[int] = field(default_factory=list)
    connected: int = 0

    async def watch(self) -> None:
        """Until it is cancelled."""
        headers = {"authorization": f"Bearer {self.place.tokens['viewer']}"}
        while True:
            address = f"{self.place.url.replace('http', 'ws')}/api/live?after={self.cursor}"
            try:
                async with connect(address, additional_headers=headers, proxy=None, open_timeout=60) as socket:
                    self.connected += 1
                    async for raw in socket:
                        frame = json.loads(raw)
                        if frame["type"] == "changes":
                            self.cursor = frame["cursor"]
                            self.seen += [one["id"] for one in frame["items"] if one["change"] == "submission.received"]
            except (OSError, ConnectionClosed, InvalidHandshake):
                await asyncio.sleep(RETRY_SECONDS)

    async def complete(self, ids: set[int], seconds: float = 60) -> None:
        """Until it has seen all of `ids`."""
        async with asyncio.timeout(seconds):
            while not ids <= set(self.seen):
                await asyncio.sleep(0.02)


@asynccontextmanager
async def watching(place: Served, number: int = 1, after: int = 0) -> AsyncIterator[list[Watcher]]:
    """So many dashboards, each connected once."""
    watchers = [Watcher(place, after) for _ in range(number)]
    tasks = [asyncio.create_task(one.watch()) for one in watchers]
    try:
        async with asyncio.timeout(60):
            while not all(one.connected for one in watchers):
                await asyncio.sleep(0.01)
        yield watchers
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
