"""Tells the hooks. Each is told of one change after the other, in the order of the log, by a task of its own: one that is slow
or broken holds up nobody, and no sender of a submission ever waits for one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import SystemRandom
from secrets import token_hex

import msgspec

from collector import __version__
from collector.hook import PAUSES_SECONDS, TEST, Answer, Outcome, signature
from collector.live.routine import Watch
from collector.receipt import Keys
from collector.store.hooks import Answered, Told
from collector.store.store import Store
from collector.web.outside import Called, Line, Outside

LOOK_SECONDS = 1.0
LINE_SECONDS = 60.0  # then its name is resolved anew
TOGETHER = 16  # hooks that are told at once

_encode = msgspec.json.Encoder().encode


class Teller:
    """Makes of a change what a hook is sent. `url`: how the public reaches us; `epoch`: of the store, so that an id that was
    given before a backup was put back is never given again."""

    def __init__(
        self, store: Store, keys: Keys, outside: Outside, url: str, epoch: str, now: Callable[[], int]
    ) -> None:
        self.store = store
        self.keys = keys
        self.outside = outside
        self.now = now
        self._url = url
        self._epoch = epoch

    async def tell(self, line: Line, told: Told) -> Answered:
        """The receiver is told of one change."""
        return await self._post(line, told, f"msg_{self._epoch}_{told.cursor}", self._event(told))

    async def try_out(self, agency_id: int, hook_id: int) -> Answer:
        """Sends what looks like all others and says that it is a test. Refusal `not_found`."""
        told = await self.store.hooks.try_out(agency_id, hook_id, self.keys, self.now())
        data: dict[str, object] = {"agency": self._agency(told), "link": f"{self._url}/dashboard#hooks"}
        event: dict[str, object] = {"type": TEST, "timestamp": _moment(told.at), "data": data}
        async with self.outside.line(told.url) as line:
            answered = await self._post(line, told, f"msg_test_{token_hex(12)}", event)
        return await self.store.hooks.tested(agency_id, hook_id, TEST, answered, self.now())

    async def _post(self, line: Line, told: Told, message_id: str, event: dict[str, object]) -> Answered:
        body, seconds = _encode(event), self.now() // 1_000
        called = await line.post(
            body,
            {
                "content-type": "application/json",
                "user-agent": f"tijdens/{__version__}",
                "webhook-id": message_id,
                "webhook-timestamp": str(seconds),
                "webhook-signature": signature(told.secrets, message_id, seconds, body),
            },
        )
        return _answered(called)

    def _agency(self, told: Told) -> str:
        return self.store.agencies.agency(told.agency_id).key

    def _event(self, told: Told) -> dict[str, object]:
        """Ids, keys and links; no words, of nobody, and no name of a colleague."""
        noun = told.change.partition(".")[0]
        data: dict[str, object] = {"agency": self._agency(told), "cursor": told.cursor, "id": told.id}
        if noun == "submission":
            data |= {"placement": told.placement, "decision": told.decision}
            data["api"] = f"{self._url}/api/submissions/{told.id}"
        elif noun == "decision":
            data |= {"decision": told.decision, "api": f"{self._url}/api/decisions/{told.decision}"}
        elif noun == "alert":
            kind, _, number = (told.detail or "").partition(" ")
            data |= {"kind": kind, "number": int(number), "api": f"{self._url}/api/views"}
        data["link"] = f"{self._url}/dashboard{_fragment(noun, told)}"
        return {"type": told.change, "timestamp": _moment(told.at), "data": data}


class HookPost(Watch):
    """`chance` gives a number from 0 up to 1; `pauses`: seconds for which a hook rests when it is we who failed, as with a full
    disk: then nothing notes what its receiver took, and it would get the same again and again."""

    trouble = "hooks could not be told"

    def __init__(
        self,
        teller: Teller,
        *,
        look_seconds: float = LOOK_SECONDS,
        pauses: Sequence[float] = PAUSES_SECONDS,
        chance: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(look_seconds)
        self._rests = pauses
        self._resting: dict[int, tuple[int, float]] = {}
        self._teller = teller
        self._chance = chance or SystemRandom().random
        self._telling: dict[int, asyncio.Task[None]] = {}
        self._free = asyncio.Semaphore(TOGETHER)

    async def _look(self) -> None:
        """Whoever is told already goes on by himself."""
        failed = [task for hook_id, task in list(self._telling.items()) if self._is_over(hook_id, task)]
        for hook_id in await self._teller.store.hooks.due(self._teller.now()):
            if hook_id not in self._telling and self._resting.get(hook_id, (0, 0.0))[1] <= time.monotonic():
                self._telling[hook_id] = asyncio.create_task(self._tell(hook_id))
        for task in failed:
            task.result()

    def _is_over(self, hook_id: int, task: asyncio.Task[None]) -> bool:
        """Whether the task of a hook has ended because of us; then it rests, longer and longer."""
        if not task.done():
            return False
        del self._telling[hook_id]
        if task.exception() is None:
            self._resting.pop(hook_id, None)
            return False
        failures = self._resting.get(hook_id, (0, 0.0))[0]
        rest = self._rests[min(failures, len(self._rests) - 1)]
        self._resting[hook_id] = failures + 1, time.monotonic() + rest
        return True

    async def _tell(self, hook_id: int) -> None:
        async with self._free:
            await self.once(hook_id)

    async def once(self, hook_id: int) -> None:
        """Tells one hook of all that waits, until there is nothing more, or it does not take it."""
        hooks, now, keys = self._teller.store.hooks, self._teller.now, self._teller.keys
        told = await hooks.next(hook_id, keys, now())
        while told is not None:
            url, until = told.url, time.monotonic() + LINE_SECONDS
            async with self._teller.outside.line(url) as line:
                while told is not None and told.url == url and time.monotonic() < until:
                    answered = await self._teller.tell(line, told)
                    if not await hooks.answered(told, answered, self._chance(), now()):
                        return
                    told = await hooks.next(hook_id, keys, now())

    async def __aexit__(self, *reason: object) -> None:
        await super().__aexit__(*reason)
        for task in self._telling.values():
            task.cancel()
        await asyncio.gather(*self._telling.values(), return_exceptions=True)


def _answered(called: Called) -> Answered:
    if called.failure is not None or called.status is None:
        return Answered(called.failure or "unreachable", None, called.ms)
    outcome: Outcome = "taken" if 200 <= called.status < 300 else "refused"
    return Answered(outcome, called.status, called.ms, called.said, called.retry_after)


def _moment(at: int) -> str:
    """RFC 3339, to the millisecond, in UTC."""
    return datetime.fromtimestamp(at / 1_000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fragment(noun: str, told: Told) -> str:
    """Where in the dashboard one looks at it."""
    if noun == "submission":
        return f"#open={told.id}"
    if noun == "decision":
        return f"#desk/{told.decision}"
    return "#reading" if noun == "alarm" else "#"
