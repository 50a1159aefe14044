from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest
from websockets.asyncio.client import connect

from tests.patience import PATIENCE

from .conftest import UPGRADE, Serve, ShortHttp, Talk

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


async def _answer(send: Any, body: bytes = b"ok") -> None:
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _app(scope: Any, receive: Any, send: Any) -> None:
    """`/` says ok without looking at a body, `/slow` after a while, `/big` says 20 MB in pieces; a websocket echoes, or
    pours without end on `/pour`."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        if scope["path"] == "/pour":
            while True:
                await send({"type": "websocket.send", "text": "x" * 60_000})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"]})
    elif scope["path"] == "/big":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(320):
            await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    else:
        if scope["path"] == "/slow":
            await asyncio.sleep(0.3)
        await _answer(send)


def _deaf(port: int, request: bytes) -> socket.socket:
    """A peer that asks and never reads."""
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.connect(("127.0.0.1", port))
    peer.sendall(request)
    return peer


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([b""], id="a silent socket"),
        pytest.param([b"GET / HTTP/1.1\r\nHost: a\r\nX-Half: "], id="half a head"),
        pytest.param([b"X-%d: a\r\n" % n if n else GET[:-2] for n in range(200)], id="a head that drips"),
        pytest.param([GET, b"GET / HT"], id="half a second head"),
        pytest.param([b"\r\n"] * 200, id="blank lines for ever"),
        pytest.param(
            [b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\nx", b"x"], id="a body after its answer"
        ),
    ],
)
async def test_what_never_ends_is_closed(serve: Serve, talk: Talk, parts: list[bytes]) -> None:
    async with serve(_app) as site:
        await talk(site.port, *parts, pause=0.05)


async def test_blank_lines_do_not_keep_an_idle_connection_open(serve: Serve, talk: Talk) -> None:
    async with serve(_app, timeout_keep_alive=0.3) as site:
        assert (await talk(site.port, GET, *[b"\r\n"] * 200, pause=0.05)).startswith(b"HTTP/1.1 200 ")


async def test_endless_headers_are_cut_off(serve: Serve, talk: Talk) -> None:
    line = b"X-A: " + b"a" * 4000 + b"\r\n"
    async with serve(_app) as site:
        said = await talk(site.port, b"GET / HTTP/1.1\r\nHost: a\r\n", *[line] * 9, pause=0.002)
        assert said.startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(("size", "status"), [(31_000, b"200"), (33_000, b"431")])
@pytest.mark.parametrize("before", [b"", GET], ids=["first request", "second request"])
async def test_a_head_in_one_piece_is_measured_too(
    serve: Serve, talk: Talk, size: int, status: bytes, before: bytes
) -> None:
    head = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-A: " + b"a" * size + b"\r\n\r\n"
    async with serve(_app) as site:
        said = await talk(site.port, before + head)
        assert said.split(b"HTTP/1.1 ")[-1].startswith(status)


async def test_a_long_body_is_not_taken_for_a_head(serve: Serve, talk: Talk) -> None:
    request = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 60000\r\n\r\n" + b"x" * 60_000
    async with serve(_app) as site:
        assert (await talk(site.port, request)).startswith(b"HTTP/1.1 200 ")


async def test_a_connection_that_is_used_again_after_a_pause_is_kept(serve: Serve, talk: Talk) -> None:
    async with serve(_app) as site:
        said = await talk(site.port, GET, GET, GET[:-2] + b"Connection: close\r\n\r\n", pause=0.3)
        assert said.count(b"HTTP/1.1 200 ") == 3


async def test_who_waits_for_us_is_not_late(serve: Serve, talk: Talk) -> None:
    slow = GET.replace(b"/ ", b"/slow ", 1)
    async with serve(_app) as site:
        last = slow[:-2] + b"Connection: close\r\n\r\n"
        said = await talk(site.port, slow + slow + last[:20], last[20:], pause=0.01)
        assert said.count(b"HTTP/1.1 200 ") == 3


async def test_garbage_is_400(serve: Serve, talk: Talk) -> None:
    async with serve(_app) as site:
        assert (await talk(site.port, b"\x16\x03\x01 hello\r\n\r\n")).startswith(b"HTTP/1.1 400 ")


async def test_a_reader_of_a_big_answer_who_stops_reading_is_gone(serve: Serve) -> None:
    async with serve(_app) as site:
        with _deaf(site.port, GET.replace(b"/ ", b"/big ", 1)):
            await asyncio.sleep(0.1)
            assert site.connections == 1
            await site.left(0)


async def test_a_slow_reader_of_a_big_answer_gets_all_of_it(serve: Serve) -> None:
    async with serve(_app) as site:
        request = b"GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        with _deaf(site.port, request) as peer:
            peer.setblocking(False)
            loop, size = asyncio.get_running_loop(), 0
            begun = loop.time()
            while chunk := await loop.sock_recv(peer, 1_000_000):
                size += len(chunk)
                await asyncio.sleep(0 if loop.time() - begun > 0.7 else 0.02)
            assert size > 320 * 65_536


async def test_a_websocket_that_never_reads_is_gone_and_the_others_notice_nothing(serve: Serve) -> None:
    async with serve(_app) as site, connect(f"ws://127.0.0.1:{site.port}/live") as healthy:
        with _deaf(site.port, UPGRADE.replace(b"/live", b"/pour")):
            await asyncio.sleep(0.1)
            assert site.connections == 2
            async with asyncio.timeout(3 * PATIENCE):
                while site.connections == 2:
                    await healthy.send("there?")
                    assert await asyncio.wait_for(healthy.recv(), PATIENCE) == "there?"
            await healthy.send("still there?")
            assert await healthy.recv() == "still there?"


async def test_a_websocket_that_never_reads_does_not_hold_up_the_end(serve: Serve) -> None:
    loop = asyncio.get_running_loop()
    async with serve(_app) as site:
        peer = _deaf(site.port, UPGRADE.replace(b"/live", b"/pour"))
        await asyncio.sleep(0.1)
        begun = loop.time()
    peer.close()
    assert loop.time() - begun < 15  # it may take twenty seconds before what is left is cut


async def test_a_websocket_is_told_to_come_back_when_the_server_ends(serve: Serve) -> None:
    async with serve(_app) as site:
        client = await connect(f"ws://127.0.0.1:{site.port}/live")
    await client.wait_closed()
    assert client.close_code == 1012


async def test_a_quiet_websocket_stays_open(serve: Serve) -> None:
    async with serve(_app) as site, connect(f"ws://127.0.0.1:{site.port}/live") as client:
        await asyncio.sleep(0.5)
        await client.send("a")
        assert await client.recv() == "a"


async def test_a_message_that_is_too_long_ends_the_websocket(serve: Serve) -> None:
    async with serve(_app) as site, connect(f"ws://127.0.0.1:{site.port}/live") as client:
        await client.send("x" * 65_537)
        await client.wait_closed()
        assert client.close_code == 1009


async def test_the_deadline_of_a_head_is_ten_seconds() -> None:
    (parent,) = ShortHttp.__bases__
    assert (parent.head_seconds, parent.head_bytes, parent.flush_seconds) == (10, 32_768, 10)  # type: ignore[attr-defined]
