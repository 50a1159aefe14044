"""One request is one request for everybody on the way: what could be read as two is 400, and the connection ends."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Serve, Talk

HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"
SECOND = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(HEAD + b"Content-Length: 3\r\nContent-Length: 40\r\n\r\nabc" + SECOND, id="two lengths"),
        pytest.param(HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND, id="length, chunks"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n" + SECOND, id="chunks, length"),
        pytest.param(HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SECOND, id="another encoding"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SECOND, id="chunked is not last"),
        pytest.param(HEAD + b"Content-Length: +3\r\n\r\nabc" + SECOND, id="a length with a sign"),
        pytest.param(HEAD + b"Content-Length: 3,3\r\n\r\nabc" + SECOND, id="two lengths in one"),
        pytest.param(HEAD + b"Content-Length : 3\r\n\r\nabc" + SECOND, id="space before the colon"),
        pytest.param(HEAD + b"X: a\x00b\r\n\r\n" + SECOND, id="a NUL"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" + SECOND, id="a chunk of less than nothing"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n" + SECOND, id="a chunk with 0x"),
        pytest.param(HEAD + b" folded: x\r\n\r\n" + SECOND, id="a folded line"),
    ],
)  # fmt: skip
async def test_what_could_be_read_as_two_requests_is_400(serve: Serve, talk: Talk, request_: bytes) -> None:
    asked: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope["path"])
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    async with serve(app) as site:
        said = await talk(site.port, request_)
    assert b"HTTP/1.1 400 " in said
    assert "/smuggled" not in asked
