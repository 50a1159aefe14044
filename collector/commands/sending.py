"""Sends rows to a collector over HTTP: each until it is answered for good, each with a key that makes it one."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2
import msgspec

from collector.commands.plan import Plan
from collector.errors import Unusable

CONNECTIONS = 16
REACH_SECONDS = 10.0  # how long a collector that never answered is tried
PATIENCE_SECONDS = 300.0  # how long one that answered before is waited for
WAIT_SECONDS = 60.0  # at most, whatever Retry-After says
BACKOFF_SECONDS = (0.1, 5.0)
# the first three ask for it; the others are what a proxy says while a collector starts again behind it
LATER = frozenset((429, 503, 507, 408, 425, 502, 504))


class Received(msgspec.Struct):
    """What of an acknowledgement shows that it is one."""

    id: int
    receipt: str


@dataclass
class Tally:
    """What was answered. `reasons` of the refused by the code of the problem, `sentences` one example of each."""

    accepted: int = 0
    repeated: int = 0
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> int:
        return self.accepted + self.repeated + self.refused


class Sending:
    """`speed`: rows a second, None for all that goes. `say` gets a sentence now and then, for the person who waits.
    After `run`, `given_up` is a sentence when the collector did not take all, and `undelivered` the rows left behind
    on the way; both are empty when every row was answered."""

    def __init__(
        self,
        url: str,
        plan: Plan,
        keys: str,
        speed: float | None = None,
        *,
        say: Callable[[str], None] = lambda sentence: None,
        reach: float = REACH_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._url = checked_collector(url) + "/api/submissions"
        self._plan, self._keys, self._speed = plan, keys, speed
        self._say, self._reach, self._patience = say, reach, patience
        self._answered = False
        self._settled_at = self._free_at = self._next_at = time.monotonic()
        self._told: set[str] = set()
        self.tally = Tally()
        self.undelivered = 0
        self.given_up = ""

    async def run(self, found: Iterator[Mapping[str, Any]], advance: Callable[[], None]) -> None:
        """Sends every row of `found`; calls `advance` after each that is settled."""
        self._settled_at = time.monotonic()
        limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
        headers = {"user-agent": "tijdens-replay", "content-type": "application/json", "accept-language": "en"}
        numbered = enumerate(found)
        async with httpx2.AsyncClient(timeout=30, limits=limits, trust_env=False, headers=headers) as client:

            async def send_some() -> None:
                for number, row in numbered:
                    if self.given_up:
                        return
                    await self._pace()
                    if await self._deliver(client, msgspec.json.encode(self._plan.body(row, f"{self._keys}-{number}"))):
                        self._settled_at = time.monotonic()
                        advance()

            await asyncio.gather(*[send_some() for _ in range(CONNECTIONS)])

    async def _pace(self) -> None:
        if self._speed is not None:
            now = time.monotonic()
            at = self._next_at = max(self._next_at, now)
            self._next_at += 1 / self._speed
            await asyncio.sleep(at - now)

    async def _deliver(self, client: httpx2.AsyncClient, content: bytes) -> bool:
        """Whether it was answered for good; False once waiting is over."""
        began, failures = time.monotonic(), 0
        while not self.given_up:
            while (wait := self._free_at - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            try:
                response = await client.post(self._url, content=content)
            except httpx2.TransportError as error:
                first, most = BACKOFF_SECONDS
                trouble, wait = f"no connection, {type(error).__name__}", min(first * 2 ** min(failures, 10), most)
                failures += 1
                alone = self._answered and time.monotonic() - began > self._patience
            else:
                self._answered = True
                if response.status_code not in LATER:
                    return self._settle(response)
                trouble, wait, alone = f"HTTP {response.status_code}", 0.0, False
                # all senders wait: asking with the others meanwhile would only prolong it
                self._free_at = max(self._free_at, time.monotonic() + min(_retry_after(response), WAIT_SECONDS))
            if not self._goes_on(trouble):
                return False
            if alone:  # the collector answers the others, so it is this row that does not get through
                self.undelivered += 1
                return False
            await asyncio.sleep(wait)
        return False

    def _goes_on(self, trouble: str) -> bool:
        if trouble not in self._told:
            self._told.add(trouble)
            self._say(f"{self._url}: {trouble}; waiting, and sending again with the same keys")
            if trouble == "HTTP 429":
                self._say("it slows a single sender down; for a load test, start it with TIJDENS_RATE_LIMIT=off")
        limit = self._patience if self._answered else self._reach
        if not self.given_up and time.monotonic() - self._settled_at > limit:
            self.given_up = f"{self._url} took nothing for {limit:g} seconds ({trouble})"
        return not self.given_up

    def _settle(self, response: httpx2.Response) -> bool:
        status, tally = response.status_code, self.tally
        if status in (200, 201):
            try:
                msgspec.json.decode(response.content, type=Received)
            except msgspec.DecodeError:
                self.given_up = f"what answers at {self._url} is no Tijdens collector"
                return False
            if status == 201:
                tally.accepted += 1
            else:
                tally.repeated += 1
            return True
        if response.is_redirect:
            self.given_up = f"{self._url} redirects to {response.headers.get('location')}: give --to that address"
            return False
        reason, sentence = _problem(response)
        tally.refused += 1
        tally.reasons[reason] += 1
        tally.sentences.setdefault(reason, sentence)
        return True


def checked_collector(url: str) -> str:
    """The address without a slash at its end. Unusable for what is no web address."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        httpx2.URL(url)
    except (ValueError, httpx2.InvalidURL):
        fine = False
    if not fine or parts.query or parts.fragment:
        raise Unusable(f"--to {url}: write where the collector is, such as http://127.0.0.1:8000")
    return url.rstrip("/")


def _retry_after(response: httpx2.Response) -> float:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() else 1.0


def _problem(response: httpx2.Response) -> tuple[str, str]:
    """The code of a problem document and its sentence; for anything else the status."""
    try:
        problem = response.json()
        fields = problem.get("fields") or {}
        sentence = "; ".join(f"{name}: {text}" for name, text in fields.items()) or str(problem.get("detail") or "")
        return str(problem["type"]).rsplit("/", 1)[-1], sentence
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"status {response.status_code}", ""
