"""A placement is one embedding of the widget: where it may stand, what it asks and in which languages."""

from __future__ import annotations

import re
from typing import Literal, get_args
from urllib.parse import urlsplit

import msgspec

from collector.agency import LANGUAGES
from collector.errors import Refusal

Question = Literal["outcome", "found", "effect", "reason"]
QUESTIONS: tuple[str, ...] = get_args(Question)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\Z")


NOTICE_CHARACTERS = 300


class Notice(msgspec.Struct, frozen=True):
    """One sentence a language that stands above the question until `until` (Unix milliseconds, None: until changed)."""

    text: dict[str, str]
    until: int | None = None


class Placement(msgspec.Struct, frozen=True):
    """`origins`: scheme, host and port of the pages that may carry it. `gateway`: part of the single digital gateway,
    which asks a rating of 1 to 5 as well (2020/1121, article 7). `clips`: by language, the address of the same question in
    sign language."""

    id: int
    agency_id: int
    key: str
    name: str
    origins: tuple[str, ...]
    languages: tuple[str, ...] = LANGUAGES
    question: Question = "outcome"
    gateway: bool = False
    notice: Notice | None = None
    clips: dict[str, str] = {}
    revision: int = 1

    def allows(self, origin: str) -> bool:
        """Whether a page of `origin` (the value of the request header) may send. Compared whole, never by part."""
        return origin in self.origins


def checked_origin(value: str) -> str:
    """The origin as browsers write it (`https://host` or `https://host:port`), or Refusal `invalid`."""
    try:
        parts = urlsplit(value.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError):
        raise Refusal("invalid", fields=("origin",)) from None
    bad = parts.scheme not in ("http", "https") or parts.path not in ("", "/") or parts.query or parts.fragment
    bracketed = ":" in host
    labels_bad = not bracketed and not (host and all(_LABEL.match(label) for label in host.split(".")))
    if bad or parts.username is not None or parts.password is not None or labels_bad:
        raise Refusal("invalid", fields=("origin",))
    shown = f"[{host}]" if bracketed else host
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, default) else "")
