from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory as Deflate
from websockets.frames import Frame, Opcode

from collector.web.raw_socket import EXTENSION, PACKED_FROM, RawSocket, SharedFrame, text_frame
from tests.patience import PATIENCE

from .conftest import UPGRADE, Serve


class Room:
    """An app that hands out the RawSocket of its one websocket and sends by ASGI what the test puts into `say`."""

    def __init__(self) -> None:
        self.raw: asyncio.Future[RawSocket] = asyncio.get_running_loop().create_future()
        self.say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.before_accept: bool | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        raw: RawSocket = scope["extensions"][EXTENSION]
        await receive()
        self.before_accept = raw.send(text_frame(b"too early"))
        await send({"type": "websocket.accept"})
        self.raw.set_result(raw)
        listening = asyncio.create_task(self._until_it_ends(receive))
        while not listening.done():
            saying = asyncio.create_task(self.say.get())
            await asyncio.wait({saying, listening}, return_when=asyncio.FIRST_COMPLETED)
            if saying.done():
                await send(saying.result())
            else:
                saying.cancel()

    async def _until_it_ends(self, receive: Any) -> None:
        while (await receive())["type"] != "websocket.disconnect":
            pass


@given(st.binary(max_size=300) | st.integers(65_500, 65_600).map(bytes) | st.integers(120, 130).map(bytes))
def test_a_frame_is_what_the_websockets_library_would_send(payload: bytes) -> None:
    assert text_frame(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False)


VOICES = b'{"type":"changes","items":[' + b'{"change":"submission.received","text":"Het lukte niet."},' * 200 + b"]}"


@pytest.mark.parametrize(
    ("offered", "packs"),
    [
        ([Deflate(client_max_window_bits=True)], True),  # what browsers offer
        ([Deflate()], True),
        ([Deflate(server_max_window_bits=10)], False),
        ([], False),
    ],
)
async def test_a_shared_frame_is_compressed_once_for_those_who_unpack_it(
    serve: Serve, offered: list[Deflate], packs: bool
) -> None:
    room = Room()
    frame = SharedFrame.of(VOICES)
    async with (
        serve(room) as site,
        connect(f"ws://127.0.0.1:{site.port}/", compression=None, extensions=offered or None) as client,
    ):
        raw = await room.raw
        for _ in range(3):  # each message for itself: the second one needs nothing of the first
            assert raw.send(frame)
            assert raw.send(text_frame(VOICES))
            assert raw.send(SharedFrame.of(b"beat"))
            await room.say.put({"type": "websocket.send", "text": VOICES.decode()})
            said = [await client.recv(), await client.recv(), await client.recv(), await client.recv()]
            assert said == [VOICES.decode(), VOICES.decode(), "beat", VOICES.decode()]
        await client.send("x" * 2_000)
        each = raw.written // 3 - len(text_frame(VOICES)) - len(text_frame(b"beat"))
        assert each == len(frame.packed if packs else text_frame(VOICES))
        assert len(frame.packed) < len(VOICES) // 10
        assert frame.packed is frame.packed


def test_what_is_short_is_not_compressed() -> None:
    assert SharedFrame.of(b"x" * (PACKED_FROM - 1)).packed == text_frame(b"x" * (PACKED_FROM - 1))
    assert len(SharedFrame.of(b"x" * PACKED_FROM).packed) < PACKED_FROM // 4


@pytest.mark.parametrize("size", [10, 125, 126, 200, 65_535, 65_536, 70_000])
async def test_raw_frames_arrive_whole_and_in_order_among_the_others(serve: Serve, size: int) -> None:
    room = Room()
    async with serve(room) as site, connect(f"ws://127.0.0.1:{site.port}/", max_size=None) as client:
        raw = await room.raw
        for n in range(20):
            assert raw.send(text_frame(b"%d raw " % n + b"x" * size))
            room.say.put_nowait({"type": "websocket.send", "text": f"{n} asgi"})
            pong = await client.ping()
            assert await client.recv() == f"{n} raw " + "x" * size
            assert await client.recv() == f"{n} asgi"
            await asyncio.wait_for(pong, PATIENCE)
        assert room.before_accept is False


async def test_a_small_frame_does_not_wait_for_the_next(serve: Serve) -> None:
    room = Room()
    loop = asyncio.get_running_loop()
    async with serve(room) as site, connect(f"ws://127.0.0.1:{site.port}/") as client:
        raw = await room.raw
        medians: list[float] = []
        while not medians or (
            medians[-1] >= 0.02 and len(medians) < 10
        ):  # the machine may do something else in between
            seconds = []
            for _ in range(9):
                await (await client.ping())
                begun = loop.time()
                raw.send(text_frame(b"one"))
                await client.recv()
                seconds.append(loop.time() - begun)
            medians.append(sorted(seconds)[4])
        assert medians[-1] < 0.02, medians


async def test_a_long_run_of_frames_keeps_its_order(serve: Serve) -> None:
    room = Room()
    async with serve(room, ws_ping_interval=0.01) as site, connect(f"ws://127.0.0.1:{site.port}/") as client:
        raw = await room.raw
        for n in range(2000):
            raw.send(text_frame(b"%d" % n + b" " * 300))
            if n % 50 == 0:
                await asyncio.sleep(0.001)
        assert [int(await client.recv()) for _ in range(2000)] == list(range(2000))


async def test_nothing_is_written_after_the_close(serve: Serve) -> None:
    room = Room()
    async with serve(room) as site, connect(f"ws://127.0.0.1:{site.port}/") as client:
        raw = await room.raw
        assert raw.send(text_frame(b"last"))
        room.say.put_nowait({"type": "websocket.close", "code": 4401, "reason": "sign in again"})
        await asyncio.sleep(0.01)
        assert not raw.send(text_frame(b"too late"))
        assert [message async for message in _until_closed(client)] == ["last"]
        assert (client.close_code, client.close_reason) == (4401, "sign in again")


async def _until_closed(client: Any) -> AsyncIterator[str]:
    try:
        while True:
            yield await client.recv()
    except ConnectionClosed:
        return


async def test_a_socket_whose_client_has_left_says_so(serve: Serve) -> None:
    room = Room()
    async with serve(room) as site:
        client = await connect(f"ws://127.0.0.1:{site.port}/")
        raw = await room.raw
        await client.close()
        assert not raw.send(text_frame(b"gone"))
        assert raw.buffered == 0


async def test_nothing_is_written_after_the_server_has_said_goodbye(serve: Serve) -> None:
    room = Room()
    async with serve(room) as site:
        client = await connect(f"ws://127.0.0.1:{site.port}/")
        raw = await room.raw
    assert not raw.send(text_frame(b"gone"))
    await client.wait_closed()
    assert client.close_code == 1012


@contextmanager
def _slow_peer(port: int) -> Iterator[socket.socket]:
    """A websocket with a small receive buffer, which reads nothing by itself."""
    with socket.socket() as peer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        peer.connect(("127.0.0.1", port))
        peer.sendall(UPGRADE)
        peer.setblocking(False)
        yield peer


async def test_what_a_stalled_peer_does_not_take_shows_and_ends_it(serve: Serve) -> None:
    room = Room()
    async with serve(room) as site:
        with _slow_peer(site.port):
            raw = await room.raw
            handed = 0
            while raw.buffered < 200_000:
                assert raw.send(text_frame(b"x" * 10_000))
                handed += 10_000
                await asyncio.sleep(0)
            assert handed < 1_500_000  # the kernel does not hide a stall behind megabytes
            async with asyncio.timeout(3 * PATIENCE):
                while raw.send(text_frame(b"more")):
                    await asyncio.sleep(0.02)


async def test_a_slow_peer_that_goes_on_reading_is_kept(serve: Serve) -> None:
    room = Room()
    loop = asyncio.get_running_loop()
    async with serve(room) as site:
        with _slow_peer(site.port) as peer:
            raw = await room.raw
            begun = loop.time()
            while loop.time() - begun < 0.8:  # four times as long as a stalled one is kept
                while raw.buffered < 300_000:
                    assert raw.send(text_frame(b"x" * 50_000))
                assert await loop.sock_recv(peer, 65_536)
                await asyncio.sleep(0.01)
