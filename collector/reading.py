"""In which order voices are read that nobody has read yet: by severity, then by age.

Two of every ten places are kept for those who said nothing of what it cost them, so that skipping a question is never a
way to the end of the row. Volume plays no part: a thousand mild voices move no grave one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from collector.severity import NOT_SAID
from collector.submission import Submission

Because = Literal["health", "right", "no_other_way", "money", "not_said", "time"]
TEN = 10
KEPT = (8, 9)  # the places of every ten, counted from 0, that are kept for what was not said
DAY_MS = 86_400_000


class Next(msgspec.Struct):
    """One voice to read, and why it stands where it stands: all that was said to weigh, the gravest first, and for how
    many full days it has waited."""

    submission: Submission
    because: list[Because]
    days: int


def because(submission: Submission) -> list[Because]:
    """What makes it weigh, the gravest first; nothing when it does not."""
    impact = submission.impact or []
    said: dict[Because, bool] = {
        "health": "health" in impact,
        "right": "right" in impact,
        "no_other_way": submission.another_way == "no",
        "money": "money" in impact,
        "not_said": submission.severity == NOT_SAID,
        "time": "time" in impact,
    }
    return [name for name, holds in said.items() if holds]


def woven(
    weighed: Iterable[Submission], not_said: Iterable[Submission], limit: int, *, before: int = 0
) -> list[Submission]:
    """At most `limit` of both, each in its own order, after `before` that were read off already. The kept places are drawn
    from `not_said`; at all others it stands above time, as its severity says. Where one row has no more, the other goes
    on."""
    first, second = iter(weighed), iter(not_said)
    one, other = next(first, None), next(second, None)
    found: list[Submission] = []
    while len(found) < limit:
        if other is not None and ((before + len(found)) % TEN in KEPT or one is None or one.severity > NOT_SAID):
            found.append(other)
            other = next(second, None)
        elif one is not None:
            found.append(one)
            one = next(first, None)
        else:
            break
    return found
