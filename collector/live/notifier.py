"""The doorbell. It says "look again" and carries no data; it may be lost, doubled or late."""

from __future__ import annotations

import asyncio
from typing import Protocol


class Notifier(Protocol):
    """Wakes every process that watches the store."""

    def notify(self) -> None:
        """Rings. Never waits and never fails: a bell that is lost is made up for by the feed's own clock."""

    async def wait(self, seconds: float) -> bool:
        """True when it rang since the last call, False after `seconds` of silence."""


class LocalNotifier:
    """Within one process: an event."""

    def __init__(self) -> None:
        self._bell = asyncio.Event()

    def notify(self) -> None:
        self._bell.set()

    async def wait(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return False
        self._bell.clear()
        return True


class SilentNotifier:
    """Never rings. The feed must be complete with it, only later; the tests hold it to that."""

    def notify(self) -> None:
        """Nobody hears it."""

    async def wait(self, seconds: float) -> bool:
        await asyncio.sleep(seconds)
        return False
