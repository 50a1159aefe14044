"""A placement is one embedding of the widget: where it may stand, what it asks and in which languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET, Meta, UnsetType

from collector.agency import LANGUAGES, checked_name
from collector.errors import Refusal
from collector.text.clean import is_web

Question = Literal["outcome", "found", "effect", "reason"]
QUESTIONS: tuple[str, ...] = get_args(Question)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\Z")


NOTICE_CHARACTERS = 300
ORIGINS = 50  # of one placement
Origins = Annotated[list[Annotated[str, Meta(max_length=300)]], Meta(max_length=ORIGINS)]


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


class Placing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/placements`. `name`: how the team calls it; empty: its key."""

    key: Annotated[str, Meta(max_length=100)]
    origins: Origins
    name: str = ""
    languages: tuple[str, ...] = LANGUAGES
    question: Question = "outcome"
    gateway: bool = False


class Replacing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PATCH /api/placements/{key}`: what is named changes; its key never does, since it stands in pages."""

    revision: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)]
    name: str | UnsetType = UNSET
    origins: Origins | UnsetType = UNSET
    languages: list[str] | UnsetType = UNSET
    question: Question | UnsetType = UNSET
    gateway: bool | UnsetType = UNSET
    clips: dict[str, str] | UnsetType = UNSET


def replaced(placement: Placement, replacing: Replacing) -> Placement:
    """The placement as it is afterwards. Refusal `invalid` naming the field that cannot be."""
    changed: dict[str, object] = {}
    if replacing.name is not UNSET:
        changed["name"] = checked_name(replacing.name)
    if replacing.origins is not UNSET:
        changed["origins"] = checked_origins(replacing.origins)
    if replacing.languages is not UNSET:
        changed["languages"] = checked_languages(replacing.languages)
    if replacing.clips is not UNSET:
        changed["clips"] = checked_clips(replacing.clips)
    for name in ("question", "gateway"):
        if getattr(replacing, name) is not UNSET:
            changed[name] = getattr(replacing, name)
    return msgspec.structs.replace(placement, **changed)


def checked_origins(values: Iterable[str]) -> tuple[str, ...]:
    """Each as browsers write it, once; none where only the plain page is linked to. Refusal `invalid`."""
    origins = tuple(dict.fromkeys(checked_origin(value) for value in values if value.strip()))
    if len(origins) > ORIGINS:
        raise Refusal("invalid", fields=("origin",))
    return origins


def checked_languages(values: Iterable[str]) -> tuple[str, ...]:
    """In their order, each once: the first is spoken to whoever has none of them. Refusal `invalid`."""
    languages = tuple(dict.fromkeys(values))
    if not languages or not set(languages) <= set(LANGUAGES):
        raise Refusal("invalid", fields=("languages",))
    return languages


def checked_clips(clips: dict[str, str]) -> dict[str, str]:
    """Refusal `invalid` for a language that is not ours, or an address that is not https."""
    if any(language not in LANGUAGES or not is_web(url) or len(url) > 500 for language, url in clips.items()):
        raise Refusal("invalid", fields=("clips",))
    return clips


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
