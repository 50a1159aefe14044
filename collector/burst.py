"""Bursts: many voices in nearly the same words, at one placement, within minutes. It may be one person, an action that many
joined, or a fault that hits everybody at once; nobody can tell from here. So it is said and counted apart, and nothing is left
out, hidden or moved.

A burst is whatever lies in a stretch of at most five minutes that holds twenty of them, and stretches that meet are one.
Texts of three words or fewer are no sign of anything: people say *it does not work* by themselves. What a clerk or a kiosk
brings in later counts by the moment at which it was said.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

LEAST = 20
WITHIN_MS = 300_000
WORDS = 4
DAYS = 30  # of these days bursts are told


class Burst(msgspec.Struct):
    """`id`: of its first voice, the `burst` of lists and counts. `voices`: in nearly the same words, `grave` ones among them,
    from `from_at` until `until_at`; `of`: all with words that came to the placement between the first and the last of these."""

    id: int
    placement: str
    from_at: int
    until_at: int
    voices: int
    grave: int
    of: int


class Bursts(msgspec.Struct):
    """`items`: the newest first. `least` voices within `minutes` are a burst; they are told for `days`."""

    items: list[Burst]
    least: int
    minutes: int
    days: int


def stretch(times: Sequence[int], place: int) -> tuple[int, int] | None:
    """(first, last moment) of all stretches that hold the voice at `place`; None when there is none. `times`: Unix
    milliseconds, in order; nineteen before and after it are enough."""
    first, last = max(0, place - LEAST + 1), min(place, len(times) - LEAST)
    starts = [one for one in range(first, last + 1) if times[one + LEAST - 1] - times[one] <= WITHIN_MS]
    return (times[starts[0]], times[starts[-1] + LEAST - 1]) if starts else None
