"""Whether the lot of the morning story falls as its rule says: 10,000 draws from a store, χ² over every single voice."""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
import time
from collections import Counter
from math import sqrt
from pathlib import Path

from bench.machine import middle
from bench.result import Result
from collector.contact_point import ContactPoint
from collector.placement import Placement
from collector.store.store import Store
from collector.store.submissions import Arrival
from collector.submission import Sent

DRAWS = 10_000
SEEDS = (11, 12, 13)
READER = 1
# (language, channel, which placement, how many)
SPOKE = (
    ("nl", "web", 0, 140), ("fr", "web", 0, 60), ("nl-BE", "form", 1, 12), ("de", "paper", 1, 4), ("ar", "counter", 1, 3),
    (None, "phone", 0, 1),
)  # fmt: skip


def fairness() -> list[Result]:
    """χ² ÷ the value that one fair lot in a thousand passes. The chances are worked out here once more, voice by voice, so
    that the rule's own code cannot agree with itself."""
    folder = Path(tempfile.mkdtemp(prefix="tijdens-bench-"))
    try:
        squares, freedom, far = asyncio.run(_measured(folder))
    finally:
        shutil.rmtree(folder)
    limit = _one_in_a_thousand(freedom)
    name = "χ² of 10,000 morning stories drawn ÷ the limit that one fair lot in a thousand passes"
    note = f"{freedom + 1} voices in {len(SPOKE)} ways of speaking; against an equal lot it is {far / limit:.1f}"
    return [
        Result(name, middle(squares) / limit, 1.0, False, middle(squares), limit, [s / limit for s in squares], note)
    ]


async def _measured(folder: Path) -> tuple[list[float], int, float]:
    store = await Store.open(f"sqlite:///{folder}/bench.db")
    try:
        agency_id, spoke = await _town(store)
        expected = _chances(spoke)
        squares, fallen = [], Counter[int]()
        for seed in SEEDS:
            lots = random.Random(seed)
            fallen = Counter()
            for _ in range(DRAWS):
                voice = await store.stories.choose(agency_id, "square", READER, lots.random())
                assert voice is not None
                fallen[voice] += 1
            squares.append(sum((fallen[id_] - DRAWS * p) ** 2 / (DRAWS * p) for id_, p in expected.items()))
        equal = DRAWS / len(expected)
        return squares, len(expected) - 1, sum((fallen[id_] - equal) ** 2 / equal for id_ in expected)
    finally:
        await store.close()


async def _town(store: Store) -> tuple[int, dict[int, tuple[str, str, int]]]:
    """(the agency, the way of speaking of each voice)."""
    now = time.time_ns() // 1_000_000
    agency = await store.agencies.create("town", "The town", now=now)
    await store.agencies.add_contact_point(agency, ContactPoint("desk", "The desk", phone="+32 2 1"), now=now)
    places: list[Placement] = [
        await store.agencies.create_placement(agency, key, origins=["https://www.town.example"], now=now)
        for key in ("page", "desk")
    ]
    spoke: dict[int, tuple[str, str, int]] = {}
    for language, channel, place, number in SPOKE:
        for _ in range(number):
            key = f"voice-{len(spoke):05}"
            said = Sent(places[place].key, key)
            one = Arrival(
                places[place], said, "Een stem.", None, language, channel, (), now, None, key.encode(), key.encode(),
                decision="square",
            )  # fmt: skip
            id_ = (await store.submissions.receive(one)).id
            spoke[id_] = ((language or "").split("-")[0], channel, place)
    return agency.id, spoke


def _chances(spoke: dict[int, tuple[str, str, int]]) -> dict[int, float]:
    weights = {}
    for id_, way in spoke.items():
        weight = 1.0
        for dimension in range(3):
            alike = sum(other[dimension] == way[dimension] for other in spoke.values())
            ways = len({other[dimension] for other in spoke.values()})
            weight *= max(1.0, sqrt(len(spoke) / ways / alike))
        weights[id_] = min(4.0, weight)
    return {id_: weight / sum(weights.values()) for id_, weight in weights.items()}


def _one_in_a_thousand(freedom: int) -> float:
    """The 0.999 quantile of χ² (Wilson and Hilferty, 1931)."""
    return freedom * (1 - 2 / (9 * freedom) + 3.0902 * sqrt(2 / (9 * freedom))) ** 3
