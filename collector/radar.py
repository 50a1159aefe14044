"""The radar: how grave a theme is, and how many it reaches. Two axes, and neither says anything of the other.

A theme is as grave as its gravest voices are (`severity.py`): one voice that lost a right stands above a thousand that
lost time. Among those of one severity, the more of its voices say just that, the higher, and never as high as the next
one begins. So voices that say less move nothing down, and the order in which they came plays no part. Reach is how many
spoke of it, one voice a receipt.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from collector.severity import GRAVE, NOTHING
from collector.submission import Submission
from collector.texts import Texts

BANDS = NOTHING + 1  # one for each severity; the gravest is the highest
HALFWAY = 4  # so many voices of the gravest kind stand in the middle of their band
TOP = 0.999  # of a band: however many say it, the next one begins above
ALONE = 60  # single voices that are told one by one; all of them are counted


class Point(msgspec.Struct):
    """A theme. `severity`: of its gravest voices; `gravest`: how many say just that; `height`: where it stands, from 0 to
    7; `reach`: how many spoke of it, erased ones left out; `levels`: these by severity, the gravest first. `grave`,
    `unread`: how many of them are. `answered`: it has a published response. `burst`: how many of its
    voices came in a burst (`burst.py`); they count like all others."""

    theme: int
    name: Texts
    decision: str | None
    severity: int
    gravest: int
    height: float
    reach: int
    grave: int
    unread: int
    levels: list[int]
    answered: bool
    burst: int


class Alone(msgspec.Struct):
    """A grave voice that is in no theme: a point of its own, whose reach is one. `severity`: the band it stands in."""

    submission: Submission
    severity: int
    height: float


class Radar(msgspec.Struct):
    """`points`: the gravest first, and of these the one that reaches most. `alone`: the gravest and oldest of
    the single voices, of which there are `alone_levels` of each grave severity."""

    points: list[Point]
    alone: list[Alone]
    alone_levels: list[int]


def height(severity: int, gravest: int) -> float:
    """Where `gravest` voices of one severity stand: above all that is less grave, and below all that is graver."""
    return BANDS - 1 - severity + min(TOP, round(gravest / (gravest + HALFWAY), 3))


def point(
    theme: int,
    name: Texts,
    decision: str | None,
    levels: Mapping[int, int],
    *,
    unread: int,
    answered: bool,
    burst: int = 0,
) -> Point | None:
    """Of `levels`, severity → voices. None for a theme of nobody."""
    said = [max(0, levels.get(severity, 0)) for severity in range(BANDS)]
    severity = next((place for place, voices in enumerate(said) if voices), None)
    if severity is None:
        return None
    gravest = said[severity]
    return Point(
        theme=theme,
        name=name,
        decision=decision,
        severity=severity,
        gravest=gravest,
        height=height(severity, gravest),
        reach=sum(said),
        grave=sum(said[: GRAVE + 1]),
        unread=unread,
        levels=said,
        answered=answered,
        burst=burst,
    )


def in_order(points: list[Point]) -> list[Point]:
    """The gravest first; of equally grave ones the one that more say so of, then the one that reaches most."""
    return sorted(points, key=lambda one: (one.severity, -one.gravest, -one.reach, one.theme))
