"""The picture: how many said what, where, how and when, within a choice of voices and days. Counts and nothing else: whoever
makes a share or a mean of them says of how many, and how widely they are spread."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from collector.day import Day

Dimension = Literal["placement", "decision", "language", "channel", "outcome", "effect", "reason", "rating", "severity"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
DAYS = 90  # of these, when nobody says of which
MOST_DAYS = 3_700  # ten years, and a week


class Slice(msgspec.Struct):
    """One value of a dimension. `presses`: all that were sent; `words`: those among them with words, `grave` ones among these;
    `bursts`: how many came within minutes in nearly the same words, told for `placement`, `decision`, `language`, `channel`
    and days."""

    value: str
    presses: int
    words: int
    grave: int
    bursts: int = 0


class Course(msgspec.Struct):
    """One value of a dimension over the `days` of a picture, one number for each of these."""

    value: str
    presses: list[int]
    words: list[int]


class Picture(msgspec.Struct):
    """Of the days `from` to `to`, both included, where the agency is. `by`: each dimension by its values, `severity` (0 to 6,
    health to nothing) only of those with words; what was not said is left out. `days`: those on which something came.
    `over`: the values of the dimension that was asked for, day by day."""

    day_from: Day = msgspec.field(name="from")
    day_to: Day = msgspec.field(name="to")
    presses: int
    words: int
    grave: int
    bursts: int
    by: dict[str, list[Slice]]
    days: list[Slice]
    over: list[Course]
