"""Calls addresses that a team gave us, on the internet and nowhere else.

A name is resolved once, every address it has must be a public one, and the call goes to exactly the address that was looked
at, with the name in its certificate and its `Host`. Nothing is redirected, no proxy of the environment is used, little is
read of the answer, and only for a while (OWASP, server-side request forgery; Standard Webhooks, operational considerations).
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import msgspec

from collector.text.clean import clean_line
from collector.text.redact import redact

if TYPE_CHECKING:
    import httpx2

PATIENCE_SECONDS = 15.0  # for one call, from the connection to the end of what is read
RESOLVING_SECONDS = 5.0
READ_BYTES = 4_096
SAID_CHARACTERS = 200

Failure = Literal["unreachable", "unknown", "inside"]
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

_PUBLIC = IPv6Network("2000::/3")  # all that the sixth version has given out so far
_CLOSED_6 = tuple(
    map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))  # Teredo and others, examples, 6to4
)
# protocols' own; relays of 6to4; an address of Azure that looks public and gives a machine its own secrets
_CLOSED_4 = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))


class Called(msgspec.Struct, frozen=True):
    """`status`: of HTTP, None when there was no answer: then `failure` says why. `said`: the first words of an answer that is
    no success, on one line, personal data masked. `retry_after`: seconds that it asks for."""

    status: int | None
    failure: Failure | None
    ms: int
    said: str = ""
    retry_after: int | None = None


def is_public(address: str) -> bool:
    """Whether an address belongs to a machine on the internet: none of this machine, of a network that is closed, of a
    group of machines, or of the older version in the clothes of the newer (mapped, translated, tunnelled)."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(known, IPv6Address) and known.ipv4_mapped is not None:
        known = known.ipv4_mapped
    if not known.is_global or known.is_multicast or known.is_reserved or known.is_private:
        return False
    if isinstance(known, IPv4Address):
        return not any(known in closed for closed in _CLOSED_4)
    return known in _PUBLIC and not any(known in closed for closed in _CLOSED_6)


def is_own(address: str) -> bool:
    """Whether it is this very machine."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


async def resolved(host: str, port: int) -> Sequence[str]:
    """Every address of a name, as the system says. OSError for one that nobody knows."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Outside:
    """One a process. `own`: this very machine may be called as well, as a demo needs it. `resolve`, `trusted`: how names are
    looked up and which certificates are believed; as the system does unless given."""

    def __init__(
        self, *, own: bool = False, resolve: Resolve = resolved, trusted: ssl.SSLContext | None = None
    ) -> None:
        self._own = own
        self._resolve = resolve
        self._trusted = trusted

    @asynccontextmanager
    async def line(self, url: str) -> AsyncIterator[Line]:
        """A line to the host of `url`, whose address is looked at once, now; it is kept open for several calls."""
        import httpx2  # here, so that a start does not wait for it

        parts = urlsplit(url)
        host = parts.hostname or ""
        failure, address = await self._looked_up(host, parts.port or (443 if parts.scheme == "https" else 80))
        if self._trusted is None:
            self._trusted = await asyncio.to_thread(ssl.create_default_context)
        client = httpx2.AsyncClient(
            verify=self._trusted, trust_env=False, follow_redirects=False, timeout=PATIENCE_SECONDS
        )
        async with client:
            yield Line(client, httpx2.URL(url), address, failure)

    async def _looked_up(self, host: str, port: int) -> tuple[Failure | None, str]:
        """(why it is not called, or the one address to call)."""
        try:
            async with asyncio.timeout(RESOLVING_SECONDS):
                found = await self._resolve(host, port)
        except (OSError, UnicodeError, TimeoutError):
            return "unknown", ""
        if not found:
            return "unknown", ""
        if not all(is_public(one) or (self._own and is_own(one)) for one in found):
            return "inside", ""
        return None, found[0]


class Line:
    """What `Outside.line` gives."""

    def __init__(self, client: httpx2.AsyncClient, url: httpx2.URL, address: str, failure: Failure | None) -> None:
        self._client = client
        self._url = url
        self._address = address
        self._failure = failure

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Called:
        """Never raises for anything that the other side does."""
        import httpx2

        if self._failure is not None:
            return Called(None, self._failure, 0)
        started = time.perf_counter()
        host = self._url.netloc.decode("ascii")
        try:
            async with (
                asyncio.timeout(PATIENCE_SECONDS),
                self._client.stream(
                    "POST", self._url.copy_with(host=self._address), content=body,
                    headers={**headers, "host": host, "accept-encoding": "identity"},
                    extensions={"sni_hostname": self._url.host},
                ) as answer,
            ):  # fmt: skip
                read = b""
                async for chunk in answer.aiter_raw(READ_BYTES):
                    read += chunk
                    if len(read) >= READ_BYTES:
                        break
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, TimeoutError):
            return Called(None, "unreachable", _ms(started))
        said = "" if answer.is_success else _said(read[:READ_BYTES])
        return Called(answer.status_code, None, _ms(started), said, _seconds(answer.headers.get("retry-after")))


def _ms(started: float) -> int:
    return int((time.perf_counter() - started) * 1_000)


def _said(read: bytes) -> str:
    return redact(clean_line(read.decode("utf-8", "replace"))).text[:SAID_CHARACTERS]


def _seconds(retry_after: str | None) -> int | None:
    """A date is not looked at: our own pauses do as well."""
    return (
        int(retry_after)
        if retry_after and retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 8
        else None
    )
