"""By which lot one story a morning is drawn.

Every voice has the same chance, except that who speaks in a way that is seldom heard gets a fairer one. A way is the
language (without its region), the channel, and the placement. With `m` the usual number of voices of one way of speaking
(all voices, divided by how many such ways there are) and `n` how many spoke like her, the weight of a voice is

    w = min(MOST, product over language, channel and placement of max(1, sqrt(m / n)))

and her chance is w divided by the sum of w over all voices that wait. So

- where all spoke alike, or all ways are equally heard, each voice has exactly the same chance;
- nobody weighs less than 1 for being one of many, and nobody more than MOST: no chance is zero, none is under a quarter
  of the equal one, none over four times it;
- of two ways, a voice of the seldomer one never has the smaller chance;
- the root keeps a group of one from being drawn as often as a group of a hundred: four times seldomer is twice the weight.

What was said, how grave it is and how many say the same play no part in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt

import msgspec

MOST = 4.0


class Cell(msgspec.Struct, frozen=True):
    """Voices that came in the same language and channel, through the same placement. `heard`: all of them, those that were
    drawn before as well; `waiting`: those that can still be drawn."""

    language: str | None
    channel: str
    placement: int
    heard: int
    waiting: int


def weights(cells: Sequence[Cell]) -> list[float]:
    """What one voice of each cell weighs, 1 to MOST."""
    product = [1.0] * len(cells)
    for ways in (
        [(cell.language or "").partition("-")[0].lower() for cell in cells],
        [cell.channel for cell in cells],
        [cell.placement for cell in cells],
    ):
        heard: Counter[object] = Counter()
        for way, cell in zip(ways, cells, strict=True):
            heard[way] += cell.heard
        if not heard:
            continue
        usual = heard.total() / len(heard)
        product = [w * max(1.0, sqrt(usual / heard[way])) for w, way in zip(product, ways, strict=True)]
    return [min(MOST, w) for w in product]


def chances(cells: Sequence[Cell]) -> list[float]:
    """The chance of one voice of each cell; zero where nobody waits. All voices together are 1, or there are none."""
    own = weights(cells)
    total = sum(w * cell.waiting for w, cell in zip(own, cells, strict=True))
    return [w / total if cell.waiting else 0.0 for w, cell in zip(own, cells, strict=True)]


def drawn(cells: Sequence[Cell], lot: float) -> tuple[Cell, int] | None:
    """(a cell, the place of the voice among those of it that wait, counted from 0), None when nobody waits. `lot`: a number
    from 0 up to 1 that nobody could foresee."""
    left, last = lot, None
    for cell, chance in zip(cells, chances(cells), strict=True):
        if not cell.waiting:
            continue
        share = chance * cell.waiting
        if left < share:
            return cell, min(cell.waiting - 1, int(left / chance))
        left -= share
        last = cell
    return None if last is None else (last, last.waiting - 1)  # what rounding left over
