"""A routine runs beside everything else, from when it is entered until it is left."""

from __future__ import annotations

import asyncio
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
