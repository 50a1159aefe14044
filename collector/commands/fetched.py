"""An answer over HTTP, as much of it as is wanted and no longer than is bearable."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx2

BYTES = 2_000_000
SECONDS = 10.0


class Unreachable(Exception):
    """Nothing came that could be judged; its text is a sentence's end, such as "no connection"."""


@dataclass(frozen=True)
class Fetched:
    """`url` is where it ended after redirects; `whole`: nothing was cut off at BYTES."""

    url: str
    status: int
    headers: httpx2.Headers
    body: bytes
    whole: bool
    encoding: str

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def text(self) -> str:
        try:
            return self.body.decode(self.encoding, "replace")
        except LookupError:
            return self.body.decode("utf-8", "replace")

    def readable_from(self, origin: str) -> bool:
        """Whether a browser shows this to a page of `origin`."""
        return self.headers.get("access-control-allow-origin") in ("*", origin)


def client() -> httpx2.Client:
    headers = {"user-agent": "tijdens-doctor", "accept": "*/*"}
    return httpx2.Client(timeout=SECONDS, follow_redirects=True, trust_env=False, headers=headers)


def fetched(asks: httpx2.Client, method: str, url: str, **given: Any) -> Fetched:
    """At most BYTES, for at most SECONDS. Unreachable with the reason."""
    until = time.monotonic() + SECONDS
    body, whole = bytearray(), True
    try:
        with asks.stream(method, url, **given) as answer:
            for block in answer.iter_bytes():
                body += block
                if len(body) > BYTES:
                    whole = False
                    break
                if time.monotonic() > until:
                    raise Unreachable(f"it takes more than {SECONDS:g} seconds")
            encoding = answer.encoding or "utf-8"
            return Fetched(str(answer.url), answer.status_code, answer.headers, bytes(body[:BYTES]), whole, encoding)
    except httpx2.TimeoutException:
        raise Unreachable(f"it takes more than {SECONDS:g} seconds") from None
    except httpx2.TooManyRedirects:
        raise Unreachable("it redirects in a circle") from None
    except httpx2.UnsupportedProtocol:
        raise Unreachable("write the whole address, with https:// in front") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}".rstrip(": ")) from None
