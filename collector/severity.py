"""How much it weighs, from what its author said of it. It orders reading, not importance; volume plays no part in it.

Safety or health, then a right, then no other way, then money, then *not said*, then time. Whoever skipped the questions is
not punished for it: *not said* stands above *time*. Whoever was not asked, since all went well, stands last.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

HEALTH, RIGHT, NO_OTHER_WAY, MONEY, NOT_SAID, TIME, NOTHING = range(7)
GRAVE = NO_OTHER_WAY  # this much or more, that is: this number or less
# what a reader may find it to weigh: it was read, so there is no "not said"
Weight = Literal["health", "right", "no_other_way", "money", "time", "nothing"]
WEIGHTS: dict[Weight, int] = {
    "health": HEALTH, "right": RIGHT, "no_other_way": NO_OTHER_WAY, "money": MONEY, "time": TIME, "nothing": NOTHING,
}  # fmt: skip
WELL = ("yes", "helps", "none")  # answers after which neither question is asked


def severity(answer: str | None, another_way: str | None, impact: Collection[str] | None) -> int:
    """0 (health) to 6 (nothing). `answer`: the outcome or effect that was pressed. The store computes the same in the
    column `severity`."""
    said = impact or ()
    if "health" in said:
        return HEALTH
    if "right" in said:
        return RIGHT
    if another_way == "no":
        return NO_OTHER_WAY
    if "money" in said:
        return MONEY
    if impact is None and another_way is None and answer not in WELL:
        return NOT_SAID
    return TIME if "time" in said else NOTHING


def weight_name(weight: int) -> Weight:
    """The reverse of `WEIGHTS`. KeyError for what no reader finds."""
    return {number: name for name, number in WEIGHTS.items()}[weight]
