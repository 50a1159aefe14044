"""`GET /api/live`: the websocket on which a team sees what comes in, from a cursor on, with no gap and no double."""

from __future__ import annotations

import asyncio
from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.responses import Response
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketState

from collector.agency import LANGUAGES
from collector.audit import AGAIN_MS, STREAMED
from collector.endpoints.operation import COOKIE, PROBLEM, SECURE_COOKIE, field_of
from collector.endpoints.parts import Parts
from collector.endpoints.submissions import Selection, newest_id, selected
from collector.errors import Refusal
from collector.live.presence import Here
from collector.live.view import Subscriber
from collector.store.submissions import Filter
from collector.text.language import reader_language
from collector.token import Right, secret_in

_here = msgspec.json.Decoder(Here).decode
SOCKETS = 10_000  # at once in one process
SOCKETS_A_TOKEN = 2_000
MESSAGES = 20  # that a subscriber may say at once, and then one a second


class LiveQuery(Selection, forbid_unknown_fields=True, kw_only=True):
    """`after`: the last cursor seen; absent: from now on."""

    after: Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)] | None = None


class Waiting:
    """A connection through the server's public interface, for servers without the raw one: it queues and waits."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._frames: asyncio.Queue[str] = asyncio.Queue()
        self._task = asyncio.create_task(self._send())
        self.buffered = 0

    def send(self, frame: bytes) -> bool:
        if self._task.done():
            return False
        self.buffered += len(frame)
        self._frames.put_nowait(frame.decode())
        return True

    async def _send(self) -> None:
        while True:
            text = await self._frames.get()
            await self._websocket.send_text(text)
            self.buffered -= len(text.encode())

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def live(websocket: WebSocket) -> None:
    """Checks who asks and from where before the upgrade; then says hello, and sends changes as they come."""
    parts: Parts = websocket.state["parts"]
    try:
        right, query = await _admitted(websocket, parts)
        await parts.store.audit.note(right, STREAMED, now=parts.now(), once_ms=AGAIN_MS)
    except Refusal as refusal:
        await _deny(websocket, parts, refusal)
        return
    await websocket.accept()
    last = parts.room.last
    if query.after is not None and query.after > last:
        # a cursor of another store, or of before a restore: start from a fresh list
        await websocket.send_text(_text({"type": "resync", "cursor": last, "epoch": parts.epoch}))
    await websocket.send_text(_text({"type": "hello", "cursor": last, "epoch": parts.epoch}))
    raw = websocket.scope.get("extensions", {}).get("tijdens.raw")
    connection = raw if raw is not None else Waiting(websocket)
    start = last if query.after is None else min(query.after, last)
    subscriber = Subscriber(connection, start, right.holder, right.session_id)
    wanted = selected(right, query)
    within = Filter(placement=right.placement, decision=right.decision) if right.scoped else None
    heard = asyncio.create_task(_listen(websocket, parts, right, subscriber))
    try:
        await parts.room.join(right.agency_id, wanted, subscriber, within)
        both: set[asyncio.Future[object]] = {heard, subscriber.ended}  # type: ignore[arg-type]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        heard.cancel()
        parts.room.leave(right.agency_id, wanted, subscriber, within)
        parts.presence.leave(right, subscriber)
        if isinstance(connection, Waiting):
            await connection.close()
        code = subscriber.ended.result()
        await asyncio.gather(heard, return_exceptions=True)
        if websocket.client_state is WebSocketState.CONNECTED and code != 1001:
            await _close(websocket, code)
        if not parts.stopping:
            await parts.store.tokens.seen(right, newest_id(parts.now()), now=parts.now())


async def _listen(websocket: WebSocket, parts: Parts, right: Right, subscriber: Subscriber) -> None:
    """Hears who is here. Ends when the other side is gone, or talks more than it should."""
    loop = asyncio.get_running_loop()
    left, at = float(MESSAGES), loop.time()
    while left > 0:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        now = loop.time()
        left, at = min(float(MESSAGES), left + now - at) - 1, now
        try:
            parts.presence.say(right, subscriber, _here(message.get("text") or ""))
        except msgspec.DecodeError:
            continue  # what we do not understand says nothing


async def _close(websocket: WebSocket, code: int) -> None:
    try:
        async with asyncio.timeout(5):
            await websocket.close(code)
    except (TimeoutError, RuntimeError):
        pass  # it is gone already; the server aborts what is left


async def _admitted(websocket: WebSocket, parts: Parts) -> tuple[Right, LiveQuery]:
    """Refusal for a page of another origin, for nobody's token, for filters that cannot be, for one socket too many."""
    origin = websocket.headers.get("origin")
    secret = secret_in(websocket.headers.get("authorization", ""), "Bearer")
    host = f"{'https' if parts.secure else 'http'}://{websocket.headers.get('host', '')}"
    if origin is not None and origin not in (parts.public_url, host):
        raise Refusal("origin")
    if secret is not None:
        right = await parts.store.tokens.by_secret(secret, now=parts.now())
    else:
        cookie = websocket.cookies.get(SECURE_COOKIE if parts.secure else COOKIE)
        if not cookie:
            raise Refusal("sign_in")
        if origin is None:
            raise Refusal("origin")
        right = await parts.store.tokens.by_session(cookie, now=parts.now())
        if right.must_enrol:
            raise Refusal("second_factor_needed")
    right.need("viewer")
    if parts.room.size >= SOCKETS or parts.room.held(right.holder) >= SOCKETS_A_TOKEN:
        raise Refusal("busy")
    given = {name: value for name, value in websocket.query_params.items() if value != ""}
    try:
        query = msgspec.convert(given, LiveQuery, strict=False)
    except msgspec.ValidationError as error:
        raise Refusal("invalid", fields=(field_of(error),)) from None
    selected(right, query)
    return right, query


async def _deny(websocket: WebSocket, parts: Parts, refusal: Refusal) -> None:
    parts.metrics.refused(refusal.code)
    language = reader_language(websocket.headers.get("accept-language"), offered=LANGUAGES)
    body = msgspec.json.encode(parts.words.problem(refusal, language))
    await websocket.send_denial_response(Response(body, refusal.status, media_type=PROBLEM))


def _text(payload: dict[str, object]) -> str:
    return msgspec.json.encode(payload).decode()


routes = [WebSocketRoute("/api/live", live)]
