"""The quiet alarm: a few grave voices, each for itself, whatever the volume around them.

Three in seven days are enough, since grave is rare and a pattern in it is not. They must be independent: nearly the same
words count once, and so does what comes to one placement within a minute, so that nobody alone can raise it in one go.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.text.sketch import nearly_same, sketch

About = Literal["placement", "decision", "theme"]
APART_MS = 60_000
DAY_MS = 86_400_000


class Alarm(msgspec.Struct):
    """`subject`: the key of the placement or decision, or the id of the theme. `voices`: ids of those that raised it, within
    `days`. `seen_by`, `done`: who has seen it, and what is done."""

    id: int
    about: About
    subject: str
    voices: list[int]
    days: int
    raised_at: int
    seen_at: int | None
    seen_by: str | None
    done: str | None


class Seen(msgspec.Struct, forbid_unknown_fields=True):
    """The body of `POST /api/alarms/{id}/seen`: what is done about it."""

    done: Annotated[str, Meta(min_length=1, max_length=1_000)]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many independent grave voices within how many days raise it."""

    voices: Annotated[int, Meta(ge=2, le=100)]
    days: Annotated[int, Meta(ge=1, le=90)]


class Voice(msgspec.Struct, frozen=True):
    """A grave voice. `received_at` in Unix milliseconds."""

    id: int
    placement_id: int
    received_at: int
    text: str


def independent(voices: Iterable[Voice]) -> list[Voice]:
    """Those that stand for themselves, the oldest first: of nearly the same words one, and at one placement one within a
    minute."""
    found: list[Voice] = []
    sketches: list[list[int]] = []
    for voice in sorted(voices, key=lambda one: (one.received_at, one.id)):
        said = sketch(voice.text)
        beside = any(
            one.placement_id == voice.placement_id and voice.received_at - one.received_at < APART_MS for one in found
        )
        if not said or beside or any(nearly_same(said, other) for other in sketches):
            continue
        found.append(voice)
        sketches.append(said)
    return found
