from __future__ import annotations

import json
from typing import Any

import pytest
import uvicorn

from collector.errors import Unusable
from collector.web.protocols import Http, WebSocket
from collector.web.server import server_config

from .conftest import Serve, Talk


async def _who(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the scheme and the address that the peer is taken for."""
    said = json.dumps([scope["scheme"], scope["client"][0]]).encode()
    headers = [(b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": said})


@pytest.mark.parametrize(
    ("proxies", "who"),
    [
        ((), ["http", "127.0.0.1"]),
        (("192.0.2.1",), ["http", "127.0.0.1"]),
        (("127.0.0.1",), ["https", "203.0.113.9"]),
        (("127.0.0.0/8", "203.0.113.0/24"), ["https", "198.51.100.4"]),
    ],
)
async def test_only_a_trusted_proxy_says_for_whom_it_asks(
    serve: Serve, talk: Talk, proxies: tuple[str, ...], who: list[str]
) -> None:
    request = (
        b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
        b"X-Forwarded-For: 198.51.100.4, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n\r\n"
    )
    trusting = server_config(_who, trusted_proxies=proxies)
    changes = {"proxy_headers": trusting.proxy_headers, "forwarded_allow_ips": trusting.forwarded_allow_ips}
    async with serve(_who, **changes) as site:
        said = await talk(site.port, request)
    assert json.loads(said.rpartition(b"\r\n\r\n")[2]) == who
    assert b"\r\nserver:" not in said
    assert b"\r\ndate:" in said


@pytest.mark.parametrize("proxy", ["*", "caddy", "10.0.0.1/8", "10.0.0.0/33", ""])
def test_a_proxy_that_is_no_address_stops_the_start(proxy: str) -> None:
    with pytest.raises(Unusable, match="TIJDENS_TRUSTED_PROXIES"):
        server_config(_who, trusted_proxies=[proxy])


def test_nothing_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "7")
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    config = server_config(_who)
    assert (config.workers, config.forwarded_allow_ips, config.proxy_headers) == (1, [], False)


def test_our_protocols_serve() -> None:
    config = server_config(_who)
    config.load()
    assert (config.http_protocol_class, config.ws_protocol_class) == (Http, WebSocket)
    assert not config.ws_per_message_deflate
    assert config.ws_max_size == 65_536


@pytest.mark.parametrize("upgrade", [b"h2c", b"nothing-known"])
async def test_an_upgrade_that_we_do_not_know_is_answered_as_if_it_were_not_asked_for(
    serve: Serve, talk: Talk, upgrade: bytes
) -> None:
    request = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: " + upgrade + b"\r\n\r\n"
    async with serve(_who, timeout_keep_alive=0.2) as site:
        assert (await talk(site.port, request)).startswith(b"HTTP/1.1 200 ")


def test_the_version_of_uvicorn_is_the_one_that_was_read() -> None:
    assert uvicorn.__version__.startswith("0.54.")
