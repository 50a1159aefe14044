"""The feed reads each new change once for the whole process, and hands it on in batches.

The store is the log; the bell only says "look again". The newest changes stay in memory, so that whoever keeps up
never touches the store; whoever is late reads from the store by his cursor. There is no gap between the two: a batch
from memory is given only to a cursor that memory reaches back to.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol, Self

from collector.change import CORRECTED, ERASED, EXPIRED, Change
from collector.live.notifier import Notifier
from collector.live.routine import Routine
from collector.submission import Submission

WINDOW = 1_000  # changes kept in memory
READ = 1_000  # changes read from the store at once
TICK_SECONDS = 0.05  # under load changes gather this long; a lone one is not delayed
LOOK_SECONDS = 1.0  # without a bell it looks this often, so that an act is told within two seconds all the same

log = logging.getLogger("collector.live")


class Log(Protocol):
    """What the feed reads: the store's changes."""

    async def last(self) -> int: ...

    async def after(self, cursor: int, limit: int) -> list[Change]: ...


class Feed(Routine):
    """One a process. `watch` names who is called with each new batch, on the loop, in the order of the log. While nobody
    is there (`wanted`) it only notes how far the log has come."""

    def __init__(
        self,
        changes: Log,
        notifier: Notifier,
        *,
        window: int = WINDOW,
        read: int = READ,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._changes = changes
        self._notifier = notifier
        self._recent: deque[Change] = deque()
        self._window = window
        self._read = read
        self._look_seconds = look_seconds
        self._watchers: list[Callable[[list[Change]], None]] = []
        self._read_at = 0.0
        self.reaches_back_to = 0
        self.wanted: Callable[[], bool] = lambda: True
        self.refresh: Callable[[list[Change]], Awaitable[None]] | None = None
        self.last = 0
        self.failures = 0

    async def __aenter__(self) -> Self:
        self.last = self.reaches_back_to = await self._changes.last()
        return await super().__aenter__()

    def watch(self, grown: Callable[[list[Change]], None]) -> None:
        self._watchers.append(grown)

    async def after(self, cursor: int) -> list[Change]:
        """The next changes after `cursor` up to `last`, oldest first; empty when there are none yet."""
        if cursor >= self.last:
            return []
        if cursor >= self.reaches_back_to:
            return [change for change in self._recent if change.cursor > cursor]
        batch = await self._changes.after(cursor, self._read)
        return [change for change in batch if change.cursor <= self.last]

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._notifier.wait(self._look_seconds)
            pause = self._read_at + TICK_SECONDS - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            self._read_at = loop.time()
            try:
                await self._read_new()
            except Exception as error:  # whatever it is, the next ring tries again
                self.failures += 1
                log.warning("the feed could not read the log, trying again", extra={"code": type(error).__name__})

    async def _read_new(self) -> None:
        if not self.wanted():
            last = await self._changes.last()
            if not self.wanted():  # nobody came meanwhile: no await from here on
                self.last = self.reaches_back_to = last
                self._recent.clear()
                return
        while batch := await self._changes.after(self.last, self._read):
            for change in batch:
                if change.change in (ERASED, EXPIRED, CORRECTED) and change.submission is not None:
                    self._replace(change.submission)
                self._recent.append(change)
            while len(self._recent) > self._window:
                self.reaches_back_to = self._recent.popleft().cursor
            if self.refresh is not None:  # what is kept in memory is new before anybody is told to look again
                await self.refresh(batch)
            self.last = batch[-1].cursor
            for grown in self._watchers:
                grown(batch)
            if len(batch) < self._read:
                return

    def _replace(self, submission: Submission) -> None:
        """What was erased or corrected is so in memory as well, wherever an older change still shows it."""
        for change in self._recent:
            if change.id == submission.id and change.submission is not None:
                change.submission = submission
