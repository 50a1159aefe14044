"""The silence map: who is not heard. It compares what people used (a language, a channel) with figures of the whole
country; it knows nothing of who they are, and compares no agency with another.

A gap is where the share heard lies *clearly* below the share in the population: where even the upper end of its 95 %
interval (Wilson 1927) is under three quarters of that share. Where the rule would see no gap if nobody at all had been
heard, there are too few voices to tell, and it says so. At most three gaps are shown, those first who are least heard for
their number.

A channel is no person: somebody for whom a screen is hard may well have come by one. It is a sign of where to look.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Literal

import msgspec

from collector.contact_point import ContactPoint
from collector.day import Day

Verdict = Literal["gap", "heard", "too_few"]

DAYS = 90  # of these days
CLEARLY = 0.75
Z = 1.96
GAPS = 3
WITHOUT_SCREEN = ("phone", "counter", "paper", "workshop")  # a kiosk is a screen too
APART = ("staff", "import")  # a clerk's own voice is no citizen's, and what was brought in came otherwise


class Figure(msgspec.Struct, frozen=True):
    """One figure of the country. `share` from 0 to 1, `of` whom: all, or those of an age; `url` is where it was read."""

    key: str
    share: float
    of: str
    year: int
    source: str
    url: str


class Helper(msgspec.Struct, frozen=True):
    """Whom to ring. `checked_on`: the day on which somebody saw it there; without a `source` it
    is the agency's own contact point."""

    language: str | None
    name: str
    phone: str
    source: str = ""
    url: str = ""
    checked_on: Day | None = None


class Country(msgspec.Struct, frozen=True):
    """What `belgium.json` holds."""

    figures: tuple[Figure, ...]
    helpers: tuple[Helper, ...]


class Measure(msgspec.Struct):
    """`heard` of `n` voices, beside a figure of the country."""

    figure: Figure
    heard: int
    n: int
    verdict: Verdict


class Gap(msgspec.Struct):
    """One who is not heard enough, and whom to ring about it. `helper` is None where nobody can be rung."""

    key: str
    heard: int
    n: int
    share: float
    helper: Helper | None


class Heard(msgspec.Struct):
    """One value of a dimension."""

    value: str
    voices: int


class Barriers(msgspec.Struct):
    """What people met at one placement: why they left, and whether there was another way, for those who said so."""

    placement: str
    voices: int
    left: int
    reasons: dict[str, int]
    asked: int
    ways: dict[str, int]


class Silence(msgspec.Struct):
    """Of the last `days`. `n`: voices of citizens that came by themselves; `apart`: those of staff and imports."""

    days: int
    n: int
    apart: int
    measures: list[Measure]
    gaps: list[Gap]
    languages: list[Heard]
    channels: list[Heard]
    barriers: list[Barriers]
    figures: list[Figure]


@cache
def country() -> Country:
    """The figures of Belgium, and whom one can ring, as they ship."""
    return msgspec.json.decode(files("collector").joinpath("belgium.json").read_bytes(), type=Country)


def upper(heard: int, n: int) -> float:
    """The upper end of the 95 % interval of a share, by Wilson; 1 for nobody."""
    if n <= 0:
        return 1.0
    share = heard / n
    return (share + Z * Z / (2 * n) + Z * sqrt((share * (1 - share) + Z * Z / (4 * n)) / n)) / (1 + Z * Z / n)


def verdict(heard: int, n: int, share: float) -> Verdict:
    """Whether `heard` of `n` is clearly below `share` (from 0 to 1)."""
    bar = CLEARLY * share
    if upper(heard, n) < bar:
        return "gap"
    return "too_few" if upper(0, n) >= bar else "heard"


def worst(measures: Iterable[Measure]) -> list[Measure]:
    """The gaps that are shown: at most three, the least heard for their number first."""
    gaps = [one for one in measures if one.verdict == "gap"]
    return sorted(gaps, key=lambda one: (one.heard / one.n / one.figure.share, -one.figure.share, one.figure.key))[
        :GAPS
    ]


def helper_for(key: str, language: str, helpers: Iterable[Helper], own: Iterable[ContactPoint]) -> Helper | None:
    """Whom to ring: an organisation that speaks the language that is missing, or `language`; else the agency's own first
    contact point that has a telephone."""
    wanted = key if key in ("nl", "fr", "de") else language
    found = next((one for one in helpers if one.language == wanted), None)
    if found is not None:
        return found
    desk = next((point for point in own if point.phone), None)
    return Helper(None, desk.name, desk.phone or "", checked_on=desk.checked_on) if desk is not None else None
