"""Whom a citizen can reach: a person or a desk, by telephone, counter, post, video or chat."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from collector.agency import LANGUAGES

WITHOUT_INTERNET = ("phone", "counter", "post")
WITHOUT_HEARING = ("counter", "post", "video", "chat")


class ContactPoint(msgspec.Struct, frozen=True):
    """One desk. `phone` is a number with its country code, `counter` and `post` are addresses, `video` and `chat` are
    web addresses (`video`: an interpreter of sign language), `hours` a line people can read."""

    key: str
    name: str
    phone: str | None = None
    counter: str | None = None
    post: str | None = None
    video: str | None = None
    chat: str | None = None
    hours: str | None = None
    languages: tuple[str, ...] = LANGUAGES

    @property
    def without_internet(self) -> bool:
        return any(getattr(self, way) for way in WITHOUT_INTERNET)

    @property
    def without_hearing(self) -> bool:
        return any(getattr(self, way) for way in WITHOUT_HEARING)


def missing_ways(contact_points: Iterable[ContactPoint]) -> tuple[str, ...]:
    """What still keeps a placement from going live: `without_internet`, `without_hearing`, both or nothing.

    The right to a way that is not digital: Belgian Constitutional Court, 126/2025."""
    points = list(contact_points)
    return tuple(
        name for name in ("without_internet", "without_hearing") if not any(getattr(point, name) for point in points)
    )
