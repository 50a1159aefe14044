"""Sends one story every working morning to the member who owns a decision, when the operator has set up a mail server.

What it does stands in the store before it is done (see `store/stories.py`), so a standstill, a crash or a second look draws
nothing twice. A mail server that fails is asked again, later and later; that is counted, and logged without words.
"""

from __future__ import annotations

from collections.abc import Callable
from random import SystemRandom
from typing import Protocol, Self

from collector.live.mail import PATIENCE_MS, PAUSES_SECONDS, Mail
from collector.live.routine import Watch
from collector.receipt import Keys
from collector.store.store import Store
from collector.store.stories import Letter

LOOK_SECONDS = 20.0


class Letters(Protocol):
    """Who puts a letter into words: (subject, text)."""

    def story(self, letter: Letter, secret: str) -> tuple[str, str]: ...

    def recall(self, letter: Letter) -> tuple[str, str]: ...


class MorningPost(Watch):
    """`now` gives Unix milliseconds."""

    trouble = "a morning story could not be sent"

    def __init__(
        self,
        store: Store,
        mail: Mail,
        letters: Letters,
        keys: Keys,
        now: Callable[[], int],
        *,
        lot: Callable[[], float] | None = None,
        look_seconds: float = LOOK_SECONDS,
        pauses: tuple[float, ...] = PAUSES_SECONDS,
    ) -> None:
        super().__init__(look_seconds, pauses)
        self._store = store
        self._mail = mail
        self._letters = letters
        self._keys = keys
        self._now = now
        self._lot = lot or SystemRandom().random

    async def __aenter__(self) -> Self:
        self._store.mornings.offered = True
        return await super().__aenter__()

    async def _look(self) -> None:
        await self.once()

    async def once(self) -> None:
        """Draws what is to be drawn, sends what is to be sent, asks back what was withdrawn."""
        stories = self._store.stories
        await stories.deal(self._now(), self._lot, self._keys.story)
        for story_id in await stories.unsent(self._now()):
            await self._send(story_id)
        for story_id in await stories.withdrawn(self._now()):
            await self._ask_back(story_id)

    async def _send(self, story_id: int) -> None:
        stories = self._store.stories
        letter = await stories.claim(story_id, self._now())
        if letter is None:
            return
        secret = self._keys.story(letter.decision_id, letter.submission_id)
        subject, text = self._letters.story(letter, secret)
        try:
            outcome = await self._mail.send(
                letter.email, letter.tongue, subject, text, name=f"story-{letter.id}-{letter.drawn_at}"
            )
        except Exception:
            stories.failures += 1
            await stories.later(story_id, self._now())
            raise
        if outcome == "sent":
            await stories.sent(story_id, self._now())
        elif outcome == "nobody":
            await stories.unreachable(letter, self._now())
        else:
            stories.failures += 1
            await stories.later(story_id, self._now() + PATIENCE_MS)

    async def _ask_back(self, story_id: int) -> None:
        """The words of a mailed story are gone: its reader is asked to delete the mail."""
        stories = self._store.stories
        letter = await stories.claim_recall(story_id, self._now())
        if letter is None:
            return
        subject, text = self._letters.recall(letter)
        try:
            outcome = await self._mail.send(letter.email, letter.tongue, subject, text)
        except Exception:
            stories.failures += 1
            await stories.later(story_id, self._now())
            raise
        if outcome == "later":
            stories.failures += 1
            await stories.later(story_id, self._now() + PATIENCE_MS)
        else:
            await stories.recalled(story_id, self._now())
