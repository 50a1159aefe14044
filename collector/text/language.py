"""Languages: the tag a text carries, and which of ours a reader gets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,6}\Z")
HEADER_CHARACTERS = 400


@lru_cache(maxsize=512)
def language_tag(value: str) -> str | None:
    """The tag as BCP 47 writes it (RFC 5646, section 2.1.1): `NL-be` → `nl-BE`, `zh-hant` → `zh-Hant`. None for none."""
    if len(value) > 35 or not _TAG.match(value):
        return None
    first, *rest = value.split("-")
    shown = [first.lower()]
    for part in rest:
        if len(part) == 2 and part.isalpha() and len(shown[-1]) > 1:
            shown.append(part.upper())
        elif len(part) == 4 and part.isalpha() and len(shown[-1]) > 1:
            shown.append(part.title())
        else:
            shown.append(part.lower())
    return "-".join(shown)


@lru_cache(maxsize=512)
def _wanted(header: str) -> tuple[str, ...]:
    """The languages of an Accept-Language header (RFC 9110, section 12.5.4), the most wanted first."""
    found = []
    for place, part in enumerate(header[:HEADER_CHARACTERS].split(",")):
        tag, _, quality = part.strip().partition(";")
        weight = 1.0
        if quality.strip().startswith("q="):
            try:
                weight = float(quality.strip()[2:])
            except ValueError:
                weight = 0.0
        if 0.0 < weight <= 1.0 and tag.strip():
            found.append((-weight, place, tag.strip().split("-")[0].lower()))
    return tuple(tag for _, _, tag in sorted(found))


def reader_language(*candidates: str | None, offered: Sequence[str]) -> str:
    """The first of `offered` that a candidate asks for. A candidate is a tag or an Accept-Language header; None and
    nonsense ask for nothing. English when nobody asks for one of ours, else the first offered."""
    for candidate in candidates:
        if candidate:
            for tag in _wanted(candidate[:HEADER_CHARACTERS]):
                if tag in offered:
                    return tag
    return "en" if "en" in offered else offered[0]
