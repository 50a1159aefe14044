"""Many dashboards in one process: `python -m bench.watch HOST PORT TOKEN SUBSCRIBERS SECONDS [STALLED [QUERY …]]`.

Raw sockets that take compressed frames, as browsers do, and note when each subscriber had which one whole. A frame that
all get is looked into once: a reader that searched each copy would be slower than what it measures. `STALLED` of them never
read. Each takes the next `QUERY`, over and over. Prints one JSON line."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
import zlib
from collections import Counter

_AT = re.compile(rb'"received_at":(\d+)')
_HEAD = 10  # bytes of a frame's head at most; a server does not mask
_NAME = 256  # with so many bytes, and its length, a frame is known again: they hold its cursor
_COMPRESSED = 0x40

Name = tuple[bytes, int]


class Watcher(asyncio.Protocol):
    """Enough of a websocket client. Of the peer's frames, each with one item, it counts the items alone."""

    def __init__(self, watch: Watch, reads: bool, query: str) -> None:
        self._watch = watch
        self._query = query
        self._reads = reads
        self._rest = b""  # the beginning of a frame that has not told its name yet
        self._name: Name = (b"", 0)
        self._compressed = 0
        self._left = 0  # bytes of the frame that are still to come
        self._parts: list[bytes] | None = None  # of a frame that nobody has looked into
        self._open = False
        self.items = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.write(self._watch.hello(self._query))

    def data_received(self, data: bytes) -> None:
        if not self._open:
            if not data.startswith(b"HTTP/1.1 101 "):
                self.transport.close()
                return
            self._open = True
            self._watch.opened += 1
            if not self._reads:
                self.transport.pause_reading()
                return
            data = data.partition(b"\r\n\r\n")[2]
        if self._watch.peer:
            self.items += data.count(b'"text"')
            return
        now = time.time() * 1000
        while data:
            if not self._left:
                data = self._begin(self._rest + data)
                continue
            taken, data = data[: self._left], data[self._left :]
            self._left -= len(taken)
            if self._parts is not None:
                self._parts.append(taken)
            if not self._left:
                self._end(now)

    def _begin(self, data: bytes) -> bytes:
        """Reads the head of a frame. What is left of `data`: nothing when the frame cannot be named yet."""
        self._rest = b""
        size = data[1] if len(data) > 1 else 127
        start = {126: 4, 127: _HEAD}.get(size, 2)
        length = size if start == 2 else int.from_bytes(data[2:start], "big")
        if len(data) < start or len(data) - start < min(length, _NAME):
            self._rest = data
            return b""
        self._name = (data[start : start + _NAME], length)
        self._left = length
        self._compressed = data[0] & _COMPRESSED
        self._parts = None if self._name in self._watch.frames else []
        return data[start:]

    def _end(self, now: float) -> None:
        watch = self._watch
        if self._parts is not None:
            payload = b"".join(self._parts)
            if self._compressed:
                payload = zlib.decompressobj(-15).decompress(payload + b"\0\0\xff\xff")
            watch.frames[self._name] = [int(moment) for moment in _AT.findall(payload)]
        if items := len(watch.frames[self._name]):
            self.items += items
            watch.had[int(now), self._name] += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self._watch.lost += 1


class Watch:
    def __init__(self, host: str, port: int, token: str, peer: bool) -> None:
        self.peer = peer
        self._host = f"{host}:{port}"
        self._right = "" if peer else f"Authorization: Bearer {token}\r\n"
        self.opened = self.lost = 0
        self.frames: dict[Name, list[int]] = {}  # when what stands in it was received
        self.had: Counter[tuple[int, Name]] = Counter()  # in which millisecond how many had a frame whole

    def hello(self, query: str) -> bytes:
        path = "/" if self.peer else f"/api/live?{query}"
        return (
            f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{self._right}"
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()

    async def run(
        self, host: str, port: int, number: int, seconds: float, stalled: int, queries: list[str]
    ) -> dict[str, object]:
        loop = asyncio.get_running_loop()
        watchers = []
        for place in range(number):
            _, watcher = await loop.create_connection(
                lambda p=place: Watcher(self, p >= stalled, queries[p % len(queries)]), host, port
            )
            watchers.append(watcher)
        while self.opened + self.lost < number:
            await asyncio.sleep(0.01)
        sys.stdout.write("open\n")
        sys.stdout.flush()
        await asyncio.sleep(seconds)
        busy = time.process_time()
        waits: Counter[int] = Counter()
        for (now, name), times in self.had.items():
            for moment in self.frames[name]:
                waits[now - moment] += times
        good = [watcher.items for watcher in watchers[stalled:]]
        return {
            "items": sum(good),
            "fewest": min(good, default=0),
            "most": max(good, default=0),
            "p50": _at(waits, 0.5),
            "p99": _at(waits, 0.99),
            "lost": self.lost,
            "busy": busy,  # seconds of its core, beginning included
        }


def _at(waits: Counter[int], share: float) -> int:
    """The wait in milliseconds that so many are under; 0 when there are none."""
    place = int(waits.total() * share)
    for wait in sorted(waits):
        place -= waits[wait]
        if place < 0:
            return wait
    return 0


def main() -> None:
    host, port, token, number, seconds, *rest = sys.argv[1:]
    watch = Watch(host, int(port), token, peer=token == "-")
    import uvloop

    stalled, queries = int(rest[0]) if rest else 0, rest[1:] or [""]
    result = uvloop.run(watch.run(host, int(port), int(number), float(seconds), stalled, queries))
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
