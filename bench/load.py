"""A load generator: N connections, each sends the next request when the last one is answered, or at a steady rate.

Run as its own process, bounded in time: `python -m bench.load URL CONNECTIONS SECONDS [RATE [bare|mixed]]`. Prints one JSON
line.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import time
from urllib.parse import urlsplit

TEXT = (
    "De aanvraag lukte niet: na het aanmelden kwam ik telkens terug op de eerste pagina, en aan de telefoon "
    "was het drie kwartier wachten. Mijn buurman heeft hetzelfde. {}"
)


OUTCOMES, LANGUAGES = ("yes", "hard", "no"), ("nl", "fr", "de", "en")


def request(host: str, prefix: str, number: int, kind: str = "") -> bytes:
    """One POST with words, a fresh key and a page; `bare`: a press and nothing else; `mixed`: of all answers and languages."""
    outcome, language = "no", "nl"
    if kind == "mixed":
        outcome, language = OUTCOMES[number % 3], LANGUAGES[number % 4]
    pressed = {"placement": "page", "key": f"{prefix}-{number:010}", "outcome": outcome, "language": language}
    body = json.dumps(
        pressed
        if kind == "bare"
        else {
            **pressed,
            "text": TEXT.format(number),
            "another_way": "help",
            "impact": ["time"],
            "page": f"https://www.town.example/page/{number % 200}?x=1",
        }
    ).encode()
    head = f"POST /api/submissions HTTP/1.1\r\nhost: {host}\r\ncontent-type: text/plain\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Client(asyncio.Protocol):
    """One connection. Answers are small and have a content-length, so their end is easy to find."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._buffer = b""
        self._sent_at = 0.0
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        if self._load.rate is None:
            self.send()

    def send(self) -> None:
        self._sent_at = time.perf_counter()
        self.transport.write(self._load.next())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            self._load.answered(int(head[9:12]), time.perf_counter() - self._sent_at, self)
            self._buffer = self._buffer[end + 4 + length :]

    def connection_lost(self, exc: Exception | None) -> None:
        self._load.lost += 1


class Load:
    """`rate`: requests a second over all connections; None for as fast as they are answered."""

    def __init__(self, url: str, connections: int, seconds: float, rate: float | None, kind: str = "") -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._prefix = secrets.token_hex(5)
        self._connections = connections
        self._seconds = seconds
        self._idle: list[Client] = []
        self._number = 0
        self._stop = False
        self._warm = 0.0
        self._kind = kind
        self.rate = rate
        self.statuses: dict[int, int] = {}
        self.times: list[float] = []
        self.lost = 0

    def next(self) -> bytes:
        self._number += 1
        return request(self._host, self._prefix, self._number, self._kind)

    def answered(self, status: int, seconds: float, client: Client) -> None:
        if time.perf_counter() >= self._warm:
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.times.append(seconds)
        if self._stop:
            return
        if self.rate is None:
            client.send()
        else:
            self._idle.append(client)

    async def run(self) -> dict[str, object]:
        loop = asyncio.get_running_loop()
        self._warm = time.perf_counter() + min(1.0, self._seconds / 4)
        made = [
            await loop.create_connection(lambda: Client(self), self._host, self._port) for _ in range(self._connections)
        ]
        self._idle = [protocol for _, protocol in made]
        if self.rate is None:
            await asyncio.sleep(self._seconds)
        else:
            start, sent = time.perf_counter(), 0
            while (now := time.perf_counter()) - start < self._seconds:
                due = int((now - start) * self.rate)
                while sent < due and self._idle:
                    self._idle.pop().send()
                    sent += 1
                await asyncio.sleep(0.001)
        self._stop = True
        measured = time.perf_counter() - self._warm
        await asyncio.sleep(0.3)
        for transport, _ in made:
            transport.close()
        times = sorted(self.times) or [0.0]
        return {
            "rate": len(self.times) / measured,
            "number": len(self.times),
            "sent": self._number,
            "p50": times[len(times) // 2],
            "p99": times[int(len(times) * 0.99)],
            "statuses": self.statuses,
        }


def main() -> None:
    url, connections, seconds, *rest = sys.argv[1:]
    load = Load(url, int(connections), float(seconds), float(rest[0]) if rest else None, *rest[1:])
    import uvloop

    sys.stdout.write(json.dumps(uvloop.run(load.run())) + "\n")


if __name__ == "__main__":
    main()
