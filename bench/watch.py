"""Many dashboards in one process: `python -m bench.watch HOST PORT TOKEN SUBSCRIBERS SECONDS [STALLED]`.

Raw sockets that count items and note when each subscriber got an item, by the time stamp the item carries. `STALLED` of
them never read. Prints one JSON line."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time

_AT = re.compile(rb'"received_at":(\d+)')
_ITEM = b'"change":"submission.received"'


class Watcher(asyncio.Protocol):
    """Enough of a websocket client: unmasked text frames are counted by what stands in them."""

    def __init__(self, watch: Watch, reads: bool) -> None:
        self._watch = watch
        self._reads = reads
        self._rest = b""
        self._open = False
        self.items = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.write(self._watch.hello)

    def data_received(self, data: bytes) -> None:
        if not self._open:
            self._open = True
            self._watch.opened += 1
            if not self._reads:
                self.transport.pause_reading()
                return
        if self._watch.peer:
            self.items += data.count(b'"text"')
            self._watch.bytes += len(data)
            return
        now = time.time() * 1000
        data = self._rest + data
        found = data.count(_ITEM)
        if found:
            self.items += found
            newest = _AT.findall(data)
            for moment in newest:
                self._watch.waits.append(now - int(moment))
        self._rest = data[-40:] if not data.endswith(b"}") else b""
        if self._rest.count(_ITEM):
            self._rest = b""

    def connection_lost(self, exc: Exception | None) -> None:
        self._watch.lost += 1


class Watch:
    def __init__(self, host: str, port: int, token: str, peer: bool) -> None:
        self.peer = peer
        path = "/" if peer else "/api/live"
        right = "" if peer else f"Authorization: Bearer {token}\r\n"
        self.hello = (
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{right}"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()
        self.opened = self.lost = self.bytes = 0
        self.waits: list[float] = []

    async def run(self, host: str, port: int, number: int, seconds: float, stalled: int) -> dict[str, object]:
        loop = asyncio.get_running_loop()
        watchers = []
        for place in range(number):
            _, watcher = await loop.create_connection(lambda p=place: Watcher(self, p >= stalled), host, port)  # type: ignore[misc]
            watchers.append(watcher)
        while self.opened + self.lost < number:
            await asyncio.sleep(0.01)
        sys.stdout.write("open\n")
        sys.stdout.flush()
        await asyncio.sleep(seconds)
        waits = sorted(self.waits) or [0.0]
        good = [watcher.items for watcher in watchers[stalled:]]
        return {
            "items": sum(good),
            "fewest": min(good, default=0),
            "most": max(good, default=0),
            "p50": waits[len(waits) // 2],
            "p99": waits[int(len(waits) * 0.99)],
            "lost": self.lost,
        }


def main() -> None:
    host, port, token, number, seconds, *rest = sys.argv[1:]
    watch = Watch(host, int(port), token, peer=token == "-")
    import uvloop

    result = uvloop.run(watch.run(host, int(port), int(number), float(seconds), int(rest[0]) if rest else 0))
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
