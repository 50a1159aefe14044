"""A routine runs beside everything else, from when it is entered until it is left."""

from __future__ import annotations

import asyncio
from typing import Self


class Routine:
    """What it does stands in `_run`, which goes on until it is cancelled."""

    _task: asyncio.Task[None] | None = None

    async def _run(self) -> None: ...

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
