"""The servers that are measured: `python -m bench.server VARIANT FOLDER PORT`.

`tijdens`: the product. `nostore`: the same pipeline, with the store left out. `onecommit`: the same rows, one commit a
request through aiosqlite. `bare`: a Starlette app with nothing in it (so what the
others need is imported where they need it). `broadcast`: websockets' own broadcast.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

SECRET = b"a secret for measuring, long enough to be one"


async def fill(app: Any) -> str:
    """An agency, a placement, and a token that is returned."""
    from collector.contact_point import ContactPoint

    store, now = app.parts.store, app.parts.now()
    if not store.agencies.all():
        agency = await store.agencies.create("town", "The town", now=now)
        await store.agencies.add_contact_point(
            agency, ContactPoint("desk", "Desk", phone="+32 2 1", counter="x"), now=now
        )
        await store.agencies.create_placement(agency, "page", origins=["https://www.town.example"], now=now)
    _, token = await store.tokens.create(store.agencies.by_key("town").id, "admin", name="bench", now=now)
    return str(token)


def without_store(app: Any) -> None:
    """The pipeline as it is: read, clean, mask, receipt, answer; only nothing is stored."""
    from collector.store.submissions import Received

    number = 0

    async def receive(arrival: Any) -> Received:
        nonlocal number
        number += 1
        return Received(arrival.received_at * 2048 + number % 2048, arrival.received_at, repeated=False)

    app.parts.store.submissions.receive = receive


async def one_commit(app: Any, file: Path) -> Any:
    """Each request begins, writes the same rows and commits by itself, through aiosqlite, one after the other. Returns the
    connection, to be closed at the end: its thread would outlive everything else."""
    import aiosqlite

    from collector.store.engine import Queries

    connection = await aiosqlite.connect(file, isolation_level=None, cached_statements=256)
    for pragma in ("busy_timeout = 5000", "foreign_keys = on", "synchronous = full", "secure_delete = on"):
        await connection.execute(f"pragma {pragma}")
    queries, submissions = Queries("sqlite"), app.parts.store.submissions
    lock = asyncio.Lock()

    class Transaction:
        async def run_many(self, query: str, rows: Any) -> int:
            return (await connection.executemany(queries.text(query), rows)).rowcount

        async def fetch(self, query: str, **parameters: object) -> Any:
            return await connection.execute_fetchall(queries.text(query), parameters)

    async def receive(arrival: Any) -> Any:
        async with lock:
            await connection.execute("begin immediate")
            outcome = (await submissions._receive_batch(Transaction(), [arrival]))[0]
            await connection.execute("commit")
        app.parts.store.engine._after_commit()
        return outcome

    app.parts.store.submissions.receive = receive
    return connection


async def measured(variant: str, folder: Path, port: int) -> None:
    from collector.commands.server import LATER, serve
    from collector.config import Config

    config = Config(store=f"sqlite:///{folder}/bench.db", port=port, secret=SECRET, rate_limit=False, log_level="error")
    own: list[Any] = []
    said: list[asyncio.Task[None]] = []

    async def say(config: Any, token: str) -> None:
        """A service that runs is measured, not one that still loads what its first requests could do without."""
        while not all(name in sys.modules for name in LATER):
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        sys.stdout.write(f"ready {config.port} {token}\n")
        sys.stdout.flush()

    async def ready(app: Any, config: Any) -> None:
        token = await fill(app)
        if variant == "nostore":
            without_store(app)
        elif variant == "onecommit":
            own.append(await one_commit(app, folder / "bench.db"))
        said.append(asyncio.create_task(say(config, token)))

    await serve(replace(config), ready)
    for connection in own:
        await connection.close()


async def bare(port: int) -> None:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    async def alive(_: Any) -> PlainTextResponse:
        return PlainTextResponse("alive\n")

    app = Starlette(routes=[Route("/healthz/live", alive)])
    config = uvicorn.Config(app, port=port, access_log=False, log_config=None)
    await uvicorn.Server(config).serve()


async def broadcast(port: int) -> None:
    """The peer of the fan-out: one frame an item, by `websockets.broadcast`. Items arrive on a line of standard input:
    a number says how many to send and how many a second."""
    import json

    from websockets.asyncio.server import broadcast as send_all
    from websockets.asyncio.server import serve as serve_sockets

    item = json.dumps({"type": "changes", "cursor": 1, "items": [{"cursor": 1, "text": "x" * 620}]})
    async with serve_sockets(lambda socket: socket.wait_closed(), "127.0.0.1", port, compression=None) as server:
        sys.stdout.write(f"ready {port} -\n")
        sys.stdout.flush()
        loop = asyncio.get_running_loop()
        line = await loop.run_in_executor(None, sys.stdin.readline)
        seconds = float(line)
        end = loop.time() + seconds
        sent = 0
        while loop.time() < end:
            send_all(server.connections, item)
            sent += 1
            await asyncio.sleep(0)
        sys.stdout.write(f"{sent}\n")
        sys.stdout.flush()
        await asyncio.sleep(0.5)


def main() -> None:
    variant, folder, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    import uvloop

    work = {"bare": bare, "broadcast": broadcast}.get(variant)
    uvloop.run(work(port) if work else measured(variant, folder, port))


if __name__ == "__main__":
    main()
