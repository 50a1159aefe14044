"""Many unfolded widgets in one process: `python -m bench.listen HOST PORT DECISION LISTENERS ACTS` listens to official acts
as server-sent events. Prints `open` when all listen, and then, for each act that has reached all, when the last one had it
(Unix seconds)."""

from __future__ import annotations

import asyncio
import sys
import time


class Listener(asyncio.Protocol):
    def __init__(self, listen: Listen) -> None:
        self._listen = listen
        self._rest = b""
        self._open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self._listen.hello)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        if not self._open and b": here" in data:
            self._open = True
            self._listen.opened += 1
        for _ in range(data.count(b"event: act")):
            self._listen.told()
        self._rest = data[-9:] if not data.endswith(b"\n\n") else b""

    def connection_lost(self, exc: Exception | None) -> None:
        self._listen.lost += 1


class Listen:
    def __init__(self, host: str, decision: str, number: int) -> None:
        self.hello = f"GET /api/decisions/{decision}/acts HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        self.opened = self.lost = self.acts = self._heard = 0
        self._number = number

    def told(self) -> None:
        self._heard += 1
        if self._heard % self._number == 0:
            self.acts += 1
            sys.stdout.write(f"{time.time()}\n")
            sys.stdout.flush()

    async def run(self, host: str, port: int, acts: int) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(self._number):
            await loop.create_connection(lambda: Listener(self), host, port)
        while self.opened + self.lost < self._number:
            await asyncio.sleep(0.01)
        sys.stdout.write("open\n" if not self.lost else f"{self.lost} lost\n")
        sys.stdout.flush()
        while self.acts < acts and not self.lost:
            await asyncio.sleep(0.01)


def main() -> None:
    host, port, decision, number, acts = sys.argv[1:]
    import uvloop

    uvloop.run(Listen(host, decision, int(number)).run(host, int(port), int(acts)))


if __name__ == "__main__":
    main()
