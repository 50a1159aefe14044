"""What somebody of the team does next: first what is grave and not answered, then what is late by the clock, then whoever
wrote back and waits, then what is hers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from collector.day import Day
from collector.submission import Submission

Why = Literal["grave", "late", "waits", "mine"]


class Todo(msgspec.Struct):
    """One voice, and why it stands where it stands. `since`: when it came, or since when its author waits for a word (Unix
    milliseconds). `due`: the last day on which it is in time, where a clock runs; `late`: and that day is over."""

    submission: Submission
    why: Why
    since: int
    due: Day | None
    late: bool


def ordered(grave: Iterable[Todo], clocked: Iterable[Todo], mine: Iterable[Todo], limit: int) -> list[Todo]:
    """At most `limit`, each voice once, in the place of the first that fits. `clocked`: those on which a clock runs; what is
    late among them comes before what waits, the earliest day first."""
    running = sorted(clocked, key=lambda todo: (not todo.late, todo.due or "", todo.since))
    found: dict[int, Todo] = {}
    for todo in (*grave, *running, *mine):
        found.setdefault(todo.submission.id, todo)
    return list(found.values())[:limit]
