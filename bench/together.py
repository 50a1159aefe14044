"""The listening room: fifty colleagues, two hundred views, a spreadsheet, and a million rows behind the first screen."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
import threading
import time
from pathlib import Path

import httpx2
from playwright.async_api import Browser, async_playwright, expect
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from bench.machine import Server, load, load_beside, middle, server, stored, watchers
from bench.result import ROUNDS, Result
from bench.size import indexed
from tests.e2e.conftest import ARGUMENTS, find_browser

MEMBERS = 50
VIEWS = 200
PASSWORD = "vier losse woorden samen"
CHOICES = {
    "outcome": ("", "yes", "hard", "no"),
    "language": ("", "nl", "fr", "de", "en"),
    "words": ("", "1"),
    "status": ("", "new"),
    "placement": ("", "page"),
    "channel": ("", "web"),
}


def claims(number: int = 100) -> list[Result]:
    """Fifty members look, fifty submissions come in a second; one of the members after the other claims a voice. From her
    press until the last of the fifty was told."""
    waits: list[float] = []
    with server("tijdens") as at, load_beside(at.url, 8, 60, MEMBERS):
        waits = sorted(asyncio.run(_claimed(at, number)))
    p99 = waits[int(len(waits) * 0.99)]
    note = f"of {len(waits)} claims; half of them within {middle(waits):.0f} ms"
    return [Result("p99 until the last of 50 members sees a claim (ms)", p99, 250, False, p99, 250, [], note)]


async def _claimed(at: Server, number: int) -> list[float]:
    """Milliseconds of each claim."""
    own = {"authorization": f"Bearer {at.token}"}
    async with httpx2.AsyncClient(base_url=at.url, trust_env=False, timeout=30) as client:
        ids = []
        for place in range(number):
            body = {"placement": "page", "key": f"to-be-claimed-{place:05}", "text": f"Wie neemt mij op, {place}?"}
            ids.append((await client.post("/api/submissions", json=body)).raise_for_status().json()["id"])
        cookies = [await _joined(client, own, place) for place in range(MEMBERS)]
        sockets = [await _looking(at, cookie) for cookie in cookies]
        seen: dict[int, list[float]] = {id_: [] for id_ in ids}
        readers = [asyncio.create_task(_read(socket, seen)) for socket in sockets]
        begun: dict[int, float] = {}
        for id_, cookie in zip(ids, itertools.cycle(cookies), strict=False):
            headers = {"cookie": cookie, "origin": at.url, "sec-fetch-site": "same-origin"}
            begun[id_] = time.perf_counter()
            (await client.put(f"/api/submissions/{id_}/claim", json={}, headers=headers)).raise_for_status()
            await asyncio.sleep(0.2)
        async with asyncio.timeout(30):
            while any(len(moments) < MEMBERS for moments in seen.values()):
                await asyncio.sleep(0.05)
        for task in readers:
            task.cancel()
        await asyncio.gather(*readers, *(socket.close() for socket in sockets), return_exceptions=True)
    return [(max(moments) - begun[id_]) * 1000 for id_, moments in seen.items()]


async def _joined(client: httpx2.AsyncClient, own: dict[str, str], number: int) -> str:
    """The cookie of a new member."""
    who = {"email": f"m{number}@town.example", "name": f"Lid {number}", "office": "Bench", "role": "editor"}
    url = (await client.post("/api/members", json=who, headers=own)).raise_for_status().json()["url"]
    body = {"invitation": url.split("#")[1], "password": PASSWORD}
    joined = (await client.post("/api/members/join", json=body)).raise_for_status()
    client.cookies.clear()
    return str(joined.headers["set-cookie"].split(";")[0])


async def _looking(at: Server, cookie: str) -> ClientConnection:
    url = f"{at.url.replace('http', 'ws', 1)}/api/live"
    return await connect(url, additional_headers={"cookie": cookie}, origin=Origin(at.url), compression=None)


async def _read(socket: ClientConnection, seen: dict[int, list[float]]) -> None:
    """Notes when a claim was told of."""
    async for message in socket:
        if '"submission.claimed"' not in message:
            continue
        now = time.perf_counter()
        for id_, moments in seen.items():
            if f'"id":{id_},' in message:
                moments.append(now)


def queries() -> list[str]:
    """Two hundred different views of what the load sends. Some show the same: that all is new, and of one page."""
    every = itertools.product(*CHOICES.values())
    found = ["&".join(f"{name}={value}" for name, value in zip(CHOICES, one, strict=True) if value) for one in every]
    random.Random(5).shuffle(found)
    return found[:VIEWS]


def views() -> list[Result]:
    """Five hundred submissions a second to two hundred dashboards, each with a view of its own, against all with the same."""
    ours: list[float] = []
    peer: list[float] = []
    for _ in range(ROUNDS):
        for found, chosen in ((ours, queries()), (peer, [""])):
            with server("tijdens") as at, watchers(at, VIEWS, 7, queries=chosen) as result:
                load(at.url, 16, 5, 500, mixed=True)
                found.append(float(result()["p99"]))
    runs = [a / b for a, b in zip(ours, peer, strict=True)]
    name = "p99 from POST to 200 dashboards, each with a view of its own ÷ all with one, 500 posts/s (ms)"
    return [Result(name, middle(runs), 2, False, middle(ours), middle(peer), runs)]


class Peak:
    """The most memory that a server has in a while, in MiB above what it had before."""

    def __init__(self, at: Server) -> None:
        self._at = at
        self._over = threading.Event()
        self._before = at.rss()
        self.most = 0.0
        self._watching = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.most = max(self.most, (self._at.rss() - self._before) / 1024)

    def __enter__(self) -> Peak:
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watching.join()


def taken(at: Server, kind: str) -> tuple[float, float, int]:
    """All of a store as a file: (seconds, MiB of memory, bytes)."""
    size, started = 0, time.perf_counter()
    headers = {"authorization": f"Bearer {at.token}"}
    client = httpx2.Client(base_url=at.url, trust_env=False, headers=headers, timeout=600)
    with client, Peak(at) as peak, client.stream("GET", f"/api/export.{kind}") as answer:
        answer.raise_for_status()
        for chunk in answer.iter_raw():
            size += len(chunk)
    return time.perf_counter() - started, peak.most, size


def spreadsheet(rows: int = 100_000) -> list[Result]:
    """How long a spreadsheet of a hundred thousand rows takes, and what of memory; beside it the same rows as CSV."""
    folder = stored(rows)
    seconds, plain, memory = [], [], []
    try:
        for _ in range(ROUNDS):
            with server("tijdens", folder) as at:
                indexed(at)
                spent, most, _ = taken(at, "xlsx")
                seconds.append(spent)
                memory.append(most)
                plain.append(taken(at, "csv")[0])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    name = f"{rows:,} rows as XLSX"
    note = f"as CSV {middle(plain):.1f} s"
    return [
        Result(f"{name} (s)", middle(seconds), 30, False, middle(seconds), 30, seconds, note),
        Result(f"memory for {name} (MiB)", middle(memory), 64, False, middle(memory), 64, memory),
    ]


async def _first_voice(browser: Browser, at: Server) -> float:
    """Milliseconds from asking for the dashboard to its first voice on the screen."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = await context.new_page()
    await page.request.post(f"{at.url}/api/session", data={"token": at.token})
    started = time.perf_counter()
    await page.goto(f"{at.url}/dashboard?lang=en", wait_until="commit")
    await expect(page.locator("#stream > article").first).to_be_visible(timeout=30_000)
    spent = time.perf_counter() - started
    await context.close()
    return spent * 1000


async def _painted(at: Server, number: int = 7) -> float:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_browser(), args=ARGUMENTS, chromium_sandbox=False
        )
        found = [await _first_voice(browser, at) for _ in range(number)]
        await browser.close()
    return middle(found)


def _searched(at: Server, number: int = 200) -> float:
    """Milliseconds of the slowest of twenty searches, words of every frequency."""
    words = ("deba", "kilo", "dezen", "dede", "dezenbadeba", "vorti", "mulo", "selsel", "kide", "dekiba")
    headers = {"authorization": f"Bearer {at.token}"}
    times = []
    with httpx2.Client(base_url=at.url, trust_env=False, headers=headers, timeout=60) as client:
        for word in itertools.islice(itertools.cycle(words), number):
            started = time.perf_counter()
            client.get("/api/submissions", params={"q": word, "limit": 50}).raise_for_status()
            times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[int(number * 0.95)]


def million(big: int = 1_000_000) -> list[Result]:
    """With a million rows in the store: the first voice on the screen, against a thousand rows; search; all of it as CSV."""
    large, small = stored(big), stored(1_000)
    paint: dict[Path, list[float]] = {large: [], small: []}
    search: dict[Path, list[float]] = {large: [], small: []}
    memory = 0.0
    try:
        with server("tijdens", large) as at:
            indexed(at)
        for _ in range(ROUNDS):
            for folder in (large, small):
                with server("tijdens", folder) as at:
                    indexed(at)
                    paint[folder].append(asyncio.run(_painted(at)))
                    search[folder].append(_searched(at))
        with server("tijdens", large) as at:
            indexed(at)
            _, memory, _ = taken(at, "csv")
    finally:
        for folder in (large, small):
            shutil.rmtree(folder, ignore_errors=True)
    runs = [a / b for a, b in zip(paint[large], paint[small], strict=True)]
    p95 = middle(search[large])
    rows = f"{big:,} rows"
    return [
        Result(
            f"dashboard's first voice on the screen, {rows} ÷ 1,000 (ms)",
            middle(runs),
            1.3,
            False,
            middle(paint[large]),
            middle(paint[small]),
            runs,
        ),
        Result(f"search p95 at {rows} (ms)", p95, 50, False, p95, 50, search[large]),
        Result(f"memory for {rows} as CSV (MiB)", memory, 32, False, memory, 32),
    ]
