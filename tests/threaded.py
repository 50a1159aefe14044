"""The product in a thread of its own, for tools that speak to it from outside a loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.start import Running, running


@dataclass
class Threaded:
    """`token` of an editor, `code` of a receipt, `loop` in which `run` lives."""

    url: str = ""
    token: str = ""
    code: str = ""
    run: Running = field(init=False)
    loop: asyncio.AbstractEventLoop = field(init=False)


@contextmanager
def threaded(folder: Path, **settings: Any) -> Iterator[Threaded]:
    started, stop, loop = threading.Event(), asyncio.Event(), asyncio.new_event_loop()
    found = Threaded()

    async def serve() -> None:
        async with running(folder, **settings) as run:
            sent = await run.send(outcome="no", text="Het lukte niet.")
            found.run, found.loop = run, loop
            found.url, found.token, found.code = run.url, run.tokens["editor"], sent.json()["receipt"]
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    try:
        assert started.wait(20)
        yield found
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
        loop.close()
