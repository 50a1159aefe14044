"""A body arrives whole, in time, within its size and uncompressed, or its request ends here.

uvicorn sets neither a time nor a size. The app behind gets the whole body in one message, so nothing of ours starts
before it is there.
"""

from __future__ import annotations

import asyncio
import contextlib
import types
from collections.abc import Awaitable, Callable, Generator, MutableMapping
from functools import partial
from typing import Any

from collector.errors import Refusal

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


class BodyDeadline:
    """ASGI middleware. `refuse(scope, receive, send, code)` answers in our stead with the problem that `code` names:
    `slow_body` (not all there after `seconds`), `too_large` (more than `limit` bytes, said or found), `encoding` (a
    Content-Encoding: without decompression there are no zip bombs). The connection is closed after each of them."""

    def __init__(self, app: App, refuse: Refuse, *, seconds: float = BODY_SECONDS, limit: int = BODY_BYTES) -> None:
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
            body = await self._whole(receive)
        except Refusal as refused:
            rest = None if refused.code == "slow_body" else receive
            await self._refuse(scope, receive, _closing(send, rest), refused.code)
        except ConnectionResetError:
            pass  # nobody is left to answer
        else:
            if len(body) > self._limit:
                await self._refuse(scope, receive, _closing(send, None), "too_large")
            else:
                await self._app(scope, _given(body, receive), send)

    def _check(self, headers: dict[bytes, bytes]) -> None:
        if headers.get(b"content-encoding", b"identity").strip().lower() != b"identity":
            raise Refusal("encoding")
        if int(headers.get(b"content-length", b"0")) > self._limit:
            raise Refusal("too_large")

    async def _whole(self, receive: Receive) -> bytearray:
        """The first step of `receive` is taken by hand: mostly the body is there already, and a timer would cost more
        than all else here."""
        body = bytearray()
        steps = receive().__await__()
        try:
            waits_for = next(steps)
        except StopIteration as arrived:
            if self._complete(body, arrived.value):
                return body
            upcoming = receive()
        else:
            upcoming = _rest(steps, waits_for)
        try:
            async with asyncio.timeout(self._seconds):
                while not self._complete(body, await upcoming):
                    upcoming = receive()
        except TimeoutError:
            raise Refusal("slow_body") from None
        return body

    def _complete(self, body: bytearray, message: Message) -> bool:
        """Adds the message to the body; says whether it was the last. ConnectionResetError when the peer has left."""
        if message["type"] != "http.request":
            raise ConnectionResetError
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if more and len(body) > self._limit:
            raise Refusal("too_large")
        return not more


@types.coroutine
def _rest(steps: Generator[Any, Any, Message], waits_for: Any) -> Generator[Any, Any, Message]:
    """Goes on with an awaitable that has taken its first step and now waits for `waits_for`."""
    while True:
        try:
            sent = yield waits_for
        except BaseException as error:  # too late, or cancelled: the awaitable cleans up after itself
            go_on = partial(steps.throw, error)
        else:
            go_on = partial(steps.send, sent)
        try:
            waits_for = go_on()
        except StopIteration as arrived:
            message: Message = arrived.value
            return message


def _given(body: bytearray, receive: Receive) -> Receive:
    """A `receive` that gives the whole body at once and then goes on as before."""
    message: Message | None = {"type": "http.request", "body": bytes(body), "more_body": False}

    async def given() -> Message:
        nonlocal message
        if message is None:
            return await receive()
        whole, message = message, None
        return whole

    return given


def _closing(send: Send, rest: Receive | None) -> Send:
    """A `send` after whose answer the connection closes. The rest of the body is read for a while before it does: a
    peer that is still writing would otherwise meet a reset and never read the answer."""

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), (b"connection", b"close")]
        elif rest is not None and not message.get("more_body", False):
            await send({**message, "more_body": True})
            await _drain(rest)
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await send(message)

    return closing


async def _drain(receive: Receive) -> None:
    read = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while read < LINGER_BYTES:
                message = await receive()
                read += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
