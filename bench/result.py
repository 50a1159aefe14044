"""A row of the table, and how a ratio is measured: ours and the peer in turn, the median of the rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench.machine import middle

ROUNDS = 3
SECONDS = 5.0


@dataclass
class Result:
    """`ratio` against `bar` (`at_least` or at most). `ours` and `peer` are the medians, `runs` the ratio of each round.
    `screen`: what `bench.people` measured, for the table of its own."""

    name: str
    ratio: float
    bar: float
    at_least: bool
    ours: float
    peer: float
    runs: list[float] = field(default_factory=list)
    note: str = ""
    screen: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        return self.ratio >= self.bar if self.at_least else self.ratio <= self.bar


def against(name: str, ours: Callable[[], float], peer: Callable[[], float], bar: float, *, at_least: bool) -> Result:
    """Ours and the peer in turn, the median of the ratios of the rounds."""
    first, second = [], []
    for _ in range(ROUNDS):
        first.append(ours())
        second.append(peer())
    runs = [a / b for a, b in zip(first, second, strict=True)]
    return Result(name, middle(runs), bar, at_least, middle(first), middle(second), runs)
