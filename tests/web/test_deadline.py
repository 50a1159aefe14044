from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from collector.errors import STATUS
from collector.web import deadline
from collector.web.deadline import BodyDeadline

from .conftest import Serve, Talk

HEAD = b"POST /x HTTP/1.1\r\nHost: a\r\n"
CLOSE = b"Connection: close\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LIMIT = 1000
SECONDS = 0.5


async def _echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers with how the body came: its messages, whether there was more, and its length."""
    message = await receive()
    said = json.dumps([message["type"], message["more_body"], len(message["body"])]).encode()
    headers = [(b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": said})


async def _refuse(scope: Any, receive: Any, send: Any, code: str) -> None:
    body = json.dumps({"type": f"/problems/{code}"}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": STATUS[code], "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def app() -> BodyDeadline:
    return BodyDeadline(_echo, _refuse, seconds=SECONDS, limit=LIMIT)


def _refused(said: bytes, code: str) -> bool:
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.count(b"connection: close") == 1
    return head.startswith(b"HTTP/1.1 %d " % STATUS[code]) and json.loads(body) == {"type": f"/problems/{code}"}


def _length(said: bytes) -> int:
    """Of a body that arrived in one message."""
    assert said.startswith(b"HTTP/1.1 200 ")
    kind, more, length = json.loads(said.rpartition(b"\r\n\r\n")[2])
    assert (kind, more) == ("http.request", False)
    return int(length)


def _chunks(*chunks: bytes) -> list[bytes]:
    return [b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks]


@pytest.mark.parametrize(
    ("parts", "length"),
    [
        pytest.param([HEAD + CLOSE + b"Content-Length: 3\r\n\r\nabc"], 3, id="with its head"),
        pytest.param([HEAD + CLOSE + b"Content-Length: 3\r\n\r\n", b"abc"], 3, id="after its head"),
        pytest.param([HEAD + CLOSE + b"Content-Length: 3\r\n\r\n", b"a", b"b", b"c"], 3, id="letter by letter"),
        pytest.param([HEAD + CLOSE + b"Content-Length: 1000\r\n\r\n", b"x" * 1000], 1000, id="of the greatest length"),
        pytest.param([HEAD + CLOSE + b"Content-Length: 0\r\n\r\n"], 0, id="empty"),
        pytest.param([HEAD + CLOSE + b"\r\n"], 0, id="none"),
        pytest.param([HEAD + CLOSE + b"Content-Encoding: identity\r\nContent-Length: 1\r\n\r\na"], 1, id="identity"),
        pytest.param(
            [HEAD + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n", *_chunks(b"ab", b"c"), b"0\r\n\r\n"], 3, id="chunked"
        ),
        pytest.param(
            [HEAD + CLOSE + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n", b"abc"], 3, id="after being asked for"
        ),
    ],
)
@pytest.mark.parametrize("pause", [0, 0.02])
async def test_a_body_arrives_in_one_message(
    serve: Serve, talk: Talk, app: BodyDeadline, parts: list[bytes], length: int, pause: float
) -> None:
    async with serve(app) as site:
        said = await talk(site.port, *parts, pause=pause)
    assert _length(said.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")) == length


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([HEAD + b"Content-Length: 3\r\n\r\n"], id="none of it"),
        pytest.param([HEAD + b"Content-Length: 100\r\n\r\nabc"], id="less than it says"),
        pytest.param([HEAD + b"Content-Length: 100\r\n\r\n", *[b"x"] * 99], id="letter by letter"),
        pytest.param([CHUNKED, *_chunks(*[b"x"] * 99)], id="chunks without end"),
    ],
)
async def test_a_body_that_does_not_arrive_in_time_is_408(
    serve: Serve, talk: Talk, app: BodyDeadline, parts: list[bytes]
) -> None:
    loop = asyncio.get_running_loop()
    async with serve(app) as site:
        begun = loop.time()
        assert _refused(await talk(site.port, *parts, pause=0.02), "slow_body")
        assert SECONDS - 0.01 < loop.time() - begun < SECONDS + 0.5


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([HEAD + b"Content-Length: 1001\r\n\r\n", b"x" * 1001], id="as it says"),
        pytest.param([HEAD + b"Content-Length: 10000000000\r\n\r\n", b"x" * 3_000_000], id="ten gigabytes"),
        pytest.param([CHUNKED, *_chunks(b"x" * 1001), b"0\r\n\r\n"], id="one chunk"),
        pytest.param([CHUNKED, *_chunks(*[b"x" * 100] * 20), b"0\r\n\r\n"], id="many chunks"),
        pytest.param([CHUNKED + b"".join(_chunks(b"x" * 1001)) + b"0\r\n\r\n"], id="at once"),
    ],
)
@pytest.mark.parametrize("pause", [0, 0.002])
async def test_a_body_that_is_too_large_is_413(
    serve: Serve, talk: Talk, app: BodyDeadline, parts: list[bytes], pause: float
) -> None:
    async with serve(app) as site:
        assert _refused(await talk(site.port, *parts, pause=pause), "too_large")


async def test_a_body_without_end_is_too_large_before_its_time_is_up(
    serve: Serve, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "LINGER_SECONDS", 0.1)
    app = BodyDeadline(_echo, _refuse, seconds=60, limit=LIMIT)
    async with serve(app) as site:
        assert _refused(await talk(site.port, CHUNKED, *_chunks(*[b"x" * 100] * 20), pause=0.002), "too_large")


async def test_who_still_writes_a_body_that_is_too_large_reads_the_answer(serve: Serve, app: BodyDeadline) -> None:
    async with serve(app) as site:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(HEAD + b"Content-Length: 900000\r\n\r\n")
        for _ in range(90):
            writer.write(b"x" * 10_000)
            await asyncio.sleep(0.001)
            await writer.drain()  # raises when the connection was reset
        assert _refused(await reader.read(), "too_large")
        writer.close()


async def test_a_body_that_is_shorter_than_it_says_leaves_the_rest_as_garbage(
    serve: Serve, talk: Talk, app: BodyDeadline
) -> None:
    async with serve(app) as site:
        said = await talk(site.port, HEAD + b"Content-Length: 2\r\n\r\nabcdef\r\n\r\n")
        assert b"HTTP/1.1 400 " in said


@pytest.mark.parametrize("encoding", [b"gzip", b"br", b"identity, gzip", b"x", b""])
async def test_a_body_in_an_encoding_is_415(serve: Serve, talk: Talk, app: BodyDeadline, encoding: bytes) -> None:
    request = HEAD + b"Content-Encoding: " + encoding + b"\r\nContent-Length: 3\r\n\r\nabc"
    async with serve(app) as site:
        assert _refused(await talk(site.port, request), "encoding")


async def test_a_peer_that_leaves_in_the_middle_is_nobody_s_error(
    serve: Serve, app: BodyDeadline, caplog: pytest.LogCaptureFixture
) -> None:
    async with serve(app) as site:
        _, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(HEAD + b"Content-Length: 100\r\n\r\nabc")
        await asyncio.sleep(0.05)
        writer.close()
        await site.left(0)
        await asyncio.sleep(0.05)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_stop_while_a_body_is_awaited_stops(app: BodyDeadline) -> None:
    async def never() -> Any:
        await asyncio.Event().wait()

    scope = {"type": "http", "headers": [(b"content-length", b"3")]}
    waiting = asyncio.create_task(app(scope, never, never))  # type: ignore[arg-type]
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_other_scopes_are_left_alone() -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    guarded = BodyDeadline(app, _refuse)
    for kind in ("lifespan", "websocket"):
        await guarded({"type": kind}, None, None)  # type: ignore[arg-type]
    assert seen == ["lifespan", "websocket"]
