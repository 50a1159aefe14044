"""Rings colleagues on the roster for grave words: an e-mail that says there is something to read, and nothing of what it
says. At most one per quarter of an hour each, within her own hours alone."""

from __future__ import annotations

from collections.abc import Callable

from collector.live.mail import PAUSES_SECONDS, Mail
from collector.live.routine import Watch
from collector.store.store import Store
from collector.words import Words

LOOK_SECONDS = 5.0


class Ring(Watch):
    """`now` gives Unix milliseconds; `url` is how colleagues reach the dashboard."""

    trouble = "the roster could not ring"

    def __init__(
        self,
        store: Store,
        mail: Mail,
        words: Words,
        url: str,
        now: Callable[[], int],
        *,
        look_seconds: float = LOOK_SECONDS,
        pauses: tuple[float, ...] = PAUSES_SECONDS,
    ) -> None:
        super().__init__(look_seconds, pauses)
        self._store = store
        self._mail = mail
        self._words = words
        self._url = url
        self._now = now

    async def _look(self) -> None:
        await self._store.roster.follow(self._now())
        await self._ring()

    async def _ring(self) -> None:
        """First the server takes it, then it counts as rung. An address that nobody has counts too: it is a colleague's, and
        those who manage see that she reads nothing."""
        for ring in await self._store.roster.due(self._now()):
            language = self._store.agencies.agency(ring.agency_id).required_languages[0]
            address = f"{self._url}/dashboard?lang={language}#grave=1&status=new"
            subject = self._words.get(language, "ring.subject")
            await self._mail.send(
                ring.email, language, subject, self._words.get(language, "ring.text", address=address)
            )
            await self._store.roster.rung(ring, now=self._now())
