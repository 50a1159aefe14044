"""Counts stand in a small table of their own, written in the transaction of what they count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from collector.errors import Refusal
from collector.store.agencies import Agencies
from collector.store.engine import Engine, Transaction

DIMENSIONS = ("outcome", "effect", "reason", "rating", "language", "channel", "placement")


class Day(msgspec.Struct):
    day: str
    presses: int
    words: int


class Counts(msgspec.Struct):
    """`presses`: all that were sent; `words`: those among them with words. `by`: presses per value of a dimension."""

    presses: int
    words: int
    by: dict[str, dict[str, int]]
    words_by: dict[str, dict[str, int]]
    days: list[Day]


def combination(
    agency_id: int,
    placement_id: int,
    day: str,
    language: str | None,
    channel: str,
    outcome: str | None,
    effect: str | None,
    reason: str | None,
    rating: int | None,
) -> tuple[object, ...]:
    """The key of one row of `counts`. What was not said is an empty text, or 0 for the rating."""
    return (
        agency_id, placement_id, day, language or "", channel, outcome or "", effect or "", reason or "", rating or 0,
    )  # fmt: skip


def combination_of(row: Mapping[str, Any], day: str) -> tuple[object, ...]:
    """The same, from a row of `submissions`."""
    return combination(
        row["agency_id"], row["placement_id"], day, row["language"], row["channel"], row["outcome"], row["effect"],
        row["reason"], row["rating"],
    )  # fmt: skip


async def move(
    tx: Transaction, before: tuple[object, ...], had: int, after: tuple[object, ...] | None, has: int
) -> None:
    """Takes a submission (`had` words 1 or 0) out of one row and puts it into another; None puts it nowhere."""
    rows = [(*before, -1, -had)]
    if after is not None:
        rows.append((*after, 1, has))
    await tx.run_many("counts.add_many", rows)


class CountsTable:
    """Called by the dashboard's endpoint."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies

    async def list(
        self,
        agency_id: int,
        *,
        placement: str | None = None,
        language: str | None = None,
        channel: str | None = None,
        day_from: str | None = None,
        day_to: str | None = None,
    ) -> Counts:
        """Sums over what is selected; days are `YYYY-MM-DD` where the agency is, both included."""
        parameters: dict[str, Any] = {"agency_id": agency_id}
        fragments = []
        named = {"language": language, "channel": channel, "from": day_from, "to": day_to}
        for name, value in named.items():
            if value is not None:
                fragments.append(name)
                parameters[name] = value
        total = Counts(0, 0, {name: {} for name in DIMENSIONS}, {name: {} for name in DIMENSIONS}, [])
        if placement is not None:
            try:
                found = self._agencies.placement(placement)
            except Refusal:
                return total
            fragments.append("placement")
            parameters["placement_id"] = found.id
        days: dict[str, Day] = {}
        for row in await self._engine.fetch("counts.list", fragments, **parameters):
            presses, words = row["presses"], row["words"]
            total.presses += presses
            total.words += words
            day = days.setdefault(row["day"], Day(row["day"], 0, 0))
            day.presses += presses
            day.words += words
            for name in DIMENSIONS:
                value = self._agencies.placement_by_id(row["placement_id"]).key if name == "placement" else row[name]
                if value:
                    for sums, number in ((total.by[name], presses), (total.words_by[name], words)):
                        sums[str(value)] = sums.get(str(value), 0) + number
        total.days = [days[name] for name in sorted(days)]
        return total
