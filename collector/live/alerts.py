"""Looks what has come into saved views, and sends colleagues what is written to them.

Both are routines of their own, so a mail server that fails holds up no look, and neither touches a submission.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, Self

import msgspec

from collector.live.mail import PATIENCE_MS, PAUSES_SECONDS, Mail
from collector.live.routine import Watch
from collector.store.letters import Letter
from collector.store.store import Store

LOOK_SECONDS = 5.0


class Mailing(msgspec.Struct, frozen=True):
    """A letter in words. `off`: the address that ends such letters with one press (RFC 8058), None where there is none."""

    subject: str
    text: str
    off: str | None


class Writer(Protocol):
    """Who puts a letter into words."""

    def written(self, letter: Letter) -> Mailing: ...


class AlertWatch(Watch):
    """`now` gives Unix milliseconds."""

    trouble = "no look for alerts was possible"

    def __init__(self, store: Store, now: Callable[[], int], *, look_seconds: float = LOOK_SECONDS) -> None:
        super().__init__(look_seconds)
        self._store = store
        self._now = now

    async def _look(self) -> None:
        await self._store.alerts.follow(self._now())


class LetterPost(Watch):
    """`epoch`: of the store, so that the name of a letter is never given twice."""

    trouble = "a letter to a colleague could not be sent"

    def __init__(
        self,
        store: Store,
        mail: Mail,
        writer: Writer,
        epoch: str,
        now: Callable[[], int],
        *,
        look_seconds: float = LOOK_SECONDS,
        pauses: tuple[float, ...] = PAUSES_SECONDS,
    ) -> None:
        super().__init__(look_seconds, pauses)
        self._store = store
        self._mail = mail
        self._writer = writer
        self._epoch = epoch
        self._now = now

    async def __aenter__(self) -> Self:
        self._store.alerts.offered = True
        return await super().__aenter__()

    async def _look(self) -> None:
        for letter_id in await self._store.letters.due(self._now()):
            await self._send(letter_id)

    async def _send(self, letter_id: int) -> None:
        """First it is claimed, then the server takes it, then it is gone. Stopped in between, it is sent once more after a
        while, under the same name, by which a mailbox can tell."""
        letters = self._store.letters
        letter = await letters.claim(letter_id, self._now())
        if letter is None:
            return
        mailing = self._writer.written(letter)
        try:
            outcome = await self._mail.send(
                letter.email, letter.language, mailing.subject, mailing.text,
                name=f"letter-{self._epoch}-{letter.id}", off=mailing.off,
            )  # fmt: skip
        except Exception:
            await letters.later(letter_id, self._now())
            raise
        if outcome == "later":
            await letters.later(letter_id, self._now() + PATIENCE_MS)
        else:
            await letters.done(letter_id, sent=outcome == "sent")
