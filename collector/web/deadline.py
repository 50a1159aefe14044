"""A body arrives whole, in time, within its size and uncompressed, or its request ends here.

uvicorn sets neither a time nor a size. The app behind gets the whole body in one message, so nothing of ours starts
before it is there.
"""

from __future__ import annotations

import asyncio
import types
from collections.abc import Awaitable, Callable, Generator, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Refuse = Callable[[Scope, Receive, Send, str], Awaitable[None]]

BODY_SECONDS = 8.0
BODY_BYTES = 64 * 1024
LINGER_SECONDS = 2.0
LINGER_BYTES = 1024 * 1024


class Refused(Exception):
    """`code`: why, as in `errors.STATUS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Gone(Exception):
    """The peer left before its body was complete."""


class BodyDeadline:
    """ASGI middleware. `refuse(scope, receive, send, code)` answers in our stead with the problem that `code` names:
    `slow_body` (not all there after `seconds`), `too_large` (more than `limit` bytes, said or found), `encoding` (a
    Content-Encoding: without decompression there are no zip bombs). The connection is closed after each of them."""

    def __init__(
        self, app: App, refuse: Refuse, *, seconds: float = BODY_SECONDS, limit: int = BODY_BYTES
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._seconds = seconds
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"]) if scope["type"] == "http" else {}
        if b"transfer-encoding" not in headers and headers.get(b"content-length", b"0") == b"0":
            await self._app(scope, receive, send)
            return
        try:
            self._check(headers)
            message: Message | None = await self._whole(receive)
        except Refused as refused:
            linger = None if refused.code == "slow_body" else receive
            await self._refuse(scope, receive, _closing(send, linger), refused.code)
            return
        except Gone:
            return

        async def received() -> Message:
            nonlocal message
            if message is None:
                return await receive()
            given, message = message, None
            return given

        await self._app(scope, received, send)

    def _check(self, headers: dict[bytes, bytes]) -> None:
        if headers.get(b"content-encoding", b"identity").strip().lower() != b"identity":
            raise Refused("encoding")
        if int(headers.get(b"content-length", b"0")) > self._limit:
            raise Refused("too_large")

    async def _whole(self, receive: Receive) -> Message:
        """The one message that all others are joined into. The first step of `receive` is taken by hand: mostly
        everything is there already, and a timer would cost more than all else here."""
        steps = receive().__await__()
        try:
            waits_for = next(steps)
        except StopIteration as arrived:
            message: Message = arrived.value
            if not message.get("more_body") and message["type"] == "http.request":
                if len(message.get("body", b"")) > self._limit:
                    raise Refused("too_large") from None
                return message
            steps = None
        body = bytearray()
        try:
            async with asyncio.timeout(self._seconds):
                if steps is not None:
                    message = await _rest(steps, waits_for)
                while True:
                    if message["type"] != "http.request":
                        raise Gone
                    body += message.get("body", b"")
                    if len(body) > self._limit:
                        raise Refused("too_large")
                    if not message.get("more_body"):
                        return {"type": "http.request", "body": bytes(body), "more_body": False}
                    message = await receive()
        except TimeoutError:
            raise Refused("slow_body") from None


@types.coroutine
def _rest(steps: Generator[Any, Any, Message], waits_for: Any) -> Generator[Any, Any, Message]:
    """Goes on with an awaitable that has taken its first step and now waits for `waits_for`."""
    while True:
        try:
            sent = yield waits_for
        except BaseException as error:  # it is cancelled: the awaitable cleans up after itself
            step = _thrown(steps, error)
        else:
            step = _sent(steps, sent)
        try:
            waits_for = step()
        except StopIteration as arrived:
            return arrived.value
