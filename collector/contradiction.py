"""Where a score and what it cost say the opposite: a good score beside something grave, a bad one beside nothing at all.

Only from what its author pressed, never from a guess at the tone of the words. It is shown as such and changes nothing: not
the order, not a count. A mean would have hidden both.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from collector.severity import GRAVE, severity

Contradiction = Literal["good_score_grave_words", "bad_score_nothing_lost"]
GOOD, BAD = ("yes", "helps"), ("no", "harder")  # outcomes and effects
GOOD_FROM, BAD_TO = 4, 2  # of five


def contradiction(
    answer: str | None, rating: int | None, another_way: str | None, impact: Collection[str] | None
) -> Contradiction | None:
    """`answer`: the outcome or effect that was pressed. *None of these* and *another way* must both have been pressed before
    a bad score contradicts anything: what was not said is not nothing."""
    good = answer in GOOD or (rating is not None and rating >= GOOD_FROM)
    if good and severity(answer, another_way, impact) <= GRAVE:
        return "good_score_grave_words"
    bad = answer in BAD or (rating is not None and rating <= BAD_TO)
    if bad and another_way == "yes" and impact is not None and not impact:
        return "bad_score_nothing_lost"
    return None
