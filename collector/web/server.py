"""uvicorn, set up for us."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

import uvicorn

from collector.errors import Unusable
from collector.web.protocols import Http, WebSocket


def server_config(
    app: Any,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    trusted_proxies: Sequence[str] = (),
    http: type[Http] = Http,
    websocket: type[WebSocket] = WebSocket,
) -> uvicorn.Config:
    """How `app` (ASGI 3) is served. Sockets that are already bound go to `Server.serve(sockets=…)`; `host` and `port`
    are then not used. `trusted_proxies`: addresses or networks whose X-Forwarded-For and -Proto are believed; Unusable
    for one that is neither. uvicorn is given nothing to read from the environment."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        interface="asgi3",
        # a start-up that fails is a failure, not an app without lifespan
        lifespan="on",
        # httptools parses in C, about three times the requests of h11 a second
        http=http,
        ws=websocket,
        # uvloop where it is installed, asyncio elsewhere
        loop="auto",
        # clients of the live side send next to nothing; the default is 16 MiB
        ws_max_size=64 * 1024,
        # our own class of websocket agrees on it, see there
        ws_per_message_deflate=False,
        # a network that went away without a word is noticed after 40 s at most, and routers see the line in use
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        # longer than a frame may take to drain (10 s), shorter than the 30 s after which orchestrators kill
        timeout_graceful_shutdown=20,
        # longer than proxies keep an idle connection to us (Caddy: 120 s): whoever closes second never loses a request
        # that was on its way, and a lost POST would be a citizen's
        timeout_keep_alive=125,
        # no line a request: it would hold the address and the query
        access_log=False,
        # `web.log` sets logging up, once for everything
        log_config=None,
        server_header=False,
        date_header=True,
        # uvicorn believes 127.0.0.1 by default, so anybody on the host could choose his address
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=[_network(proxy) for proxy in trusted_proxies],
        # room for a burst of connections; the kernel caps it at net.core.somaxconn
        backlog=2048,
        # no limit_concurrency: it counts open dashboards too, so a full control room would turn citizens away
        limit_concurrency=None,
        workers=1,
    )


def _network(text: str) -> str:
    """uvicorn takes what it cannot read for a literal that no address ever equals, without a word."""
    try:
        return str(ipaddress.ip_network(text) if "/" in text else ipaddress.ip_address(text))
    except ValueError as error:
        raise Unusable(f"TIJDENS_TRUSTED_PROXIES names {text!r}, which is no address and no network") from error
