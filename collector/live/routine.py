"""A routine runs beside everything else, from when it is entered until it is left."""

from __future__ import annotations

import asyncio
import logging
from typing import Self

ASK_SECONDS = 0.5


class Routine:
    """What it does stands in `_run`, which goes on until it is cancelled."""

    _task: asyncio.Task[None] | None = None

    async def _run(self) -> None: ...

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        # asked until it is done: what it waits for may have swallowed the first request
        while self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task], timeout=ASK_SECONDS)


class Watch(Routine):
    """Looks again and again. What fails is tried again, and nobody else notices: it is logged by its kind alone, since what a
    mail server or a database says may hold an address or words.

    `pauses`: seconds to wait after failures in a row, the last one again and again; none: the next look is when it always is.
    """

    trouble: str

    def __init__(self, look_seconds: float, pauses: tuple[float, ...] = ()) -> None:
        self._look_seconds = look_seconds
        self._pauses = pauses
        self._failures = 0

    async def _look(self) -> None: ...

    def _until_next(self) -> float:
        """Seconds until the next look."""
        return self._look_seconds

    async def _run(self) -> None:
        log = logging.getLogger(type(self).__module__)
        while True:
            try:
                await self._look()
                self._failures = 0
                seconds = self._until_next()
            except Exception as error:
                waits = self._pauses or (self._until_next(),)
                seconds = waits[min(self._failures, len(waits) - 1)]
                self._failures += 1
                log.warning(f"{self.trouble}, trying again", extra={"code": kind_of(error), "seconds": seconds})
            await asyncio.sleep(seconds)


def kind_of(error: Exception) -> str:
    """The kind alone, with the number a mail server gave."""
    code = getattr(error, "code", None)
    name = type(error).__name__
    return f"{name} {code}" if isinstance(code, int) else name
