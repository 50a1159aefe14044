"""Rings the bells: whoever asked for it is told by e-mail that there is news on a receipt, and nothing more.

It follows the log by a cursor that is stored, so that nothing is missed while it was away. News is gathered for a minute,
then told once; no receipt rings more than once an hour. A mail server that fails is asked again, later and later, and
touches nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from collector.live.mail import PATIENCE_MS, PAUSES_SECONDS, Mail
from collector.live.routine import Watch
from collector.store.bells import DueBell
from collector.store.store import Store
from collector.words import Words

LOOK_SECONDS = 5.0
GATHER_MS = 60_000
EVERY_MS = 3_600_000
AT_ONCE = 20


class Bell(Watch):
    """`now` gives Unix milliseconds; `url` is how the public reaches us."""

    trouble = "the bell could not ring"

    def __init__(
        self,
        store: Store,
        mail: Mail,
        words: Words,
        url: str,
        now: Callable[[], int],
        *,
        look_seconds: float = LOOK_SECONDS,
        gather_ms: int = GATHER_MS,
        every_ms: int = EVERY_MS,
        pauses: tuple[float, ...] = PAUSES_SECONDS,
    ) -> None:
        super().__init__(look_seconds, pauses)
        self._store = store
        self._mail = mail
        self._words = words
        self._url = url
        self._now = now
        self._gather_ms = gather_ms
        self._every_ms = every_ms

    async def __aenter__(self) -> Self:
        self._store.bells.offered = True
        return await super().__aenter__()

    async def _look(self) -> None:
        await self._store.bells.follow()
        await self._ring()

    async def _ring(self) -> None:
        due = True
        while due:
            bells = await self._store.bells.due(
                self._now(), gather_ms=self._gather_ms, every_ms=self._every_ms, limit=AT_ONCE
            )
            for bell in bells:
                await self._ring_one(bell)
            due = len(bells) == AT_ONCE

    async def _ring_one(self, bell: DueBell) -> None:
        """First the server takes it, then it counts as rung: a crash in between rings twice rather than never."""

        def t(name: str, /, **values: object) -> str:
            return self._words.get(bell.language, f"bell.{name}", **values)

        address = f"{self._url}/r?lang={bell.language}"
        outcome = await self._mail.send(bell.address, bell.language, t("subject"), t("text", address=address))
        if outcome == "sent":
            await self._store.bells.rung(bell, now=self._now())
        elif outcome == "nobody":
            await self._store.bells.unreachable(bell)
        else:
            await self._store.bells.later(bell, retry_at=self._now() + PATIENCE_MS)
