"""One rule in two places: in the domain and in the database. It orders reading."""

from __future__ import annotations

import itertools
from typing import Any

from collector.severity import GRAVE, HEALTH, MONEY, NO_OTHER_WAY, NOT_SAID, NOTHING, RIGHT, TIME, severity
from collector.store.store import Store
from collector.store.submissions import Filter
from collector.submission import IMPACTS, Submission
from tests.store.arrivals import agency_with_page, arrival

ANSWERS: tuple[dict[str, str], ...] = (
    {},
    {"outcome": "yes"},
    {"outcome": "no"},
    {"effect": "helps"},
    {"effect": "harder"},
)
IMPACT_SETS = [None, *(list(s) for n in range(len(IMPACTS) + 1) for s in itertools.combinations(IMPACTS, n))]


def test_health_comes_before_a_right_before_no_other_way_before_money_before_time() -> None:
    assert severity("no", "yes", ["time", "health"]) == HEALTH
    assert severity("no", "no", ["right", "money"]) == RIGHT
    assert severity("no", "no", ["money", "time"]) == NO_OTHER_WAY
    assert severity("no", "help", ["money", "time"]) == MONEY
    assert severity("no", "yes", ["time"]) == TIME
    assert severity("no", "yes", []) == NOTHING
    assert HEALTH < RIGHT < NO_OTHER_WAY == GRAVE < MONEY < NOT_SAID < TIME < NOTHING


def test_skipping_the_questions_is_no_punishment_and_not_being_asked_is_no_gain() -> None:
    assert severity("no", None, None) == severity(None, None, None) == NOT_SAID < severity("no", "yes", ["time"])
    assert severity("yes", None, None) == severity("helps", None, None) == NOTHING


async def test_the_store_computes_the_same_for_every_combination(store: Store) -> None:
    agency, placement = await agency_with_page(store)
    combinations = list(itertools.product(ANSWERS, (None, "yes", "help", "no"), IMPACT_SETS))
    for place, (answer, another_way, impact) in enumerate(combinations):
        said: dict[str, Any] = {"outcome": None, **answer, "another_way": another_way, "impact": impact}
        await store.submissions.receive(arrival(placement, f"key-{place:06}", text="Woorden.", **said))
    found: list[Submission] = []
    while page := await store.submissions.list(agency.id, Filter(), limit=500, before=found[-1].id if found else None):
        found += page
    assert len(found) == len(combinations)
    for one in found:
        assert one.severity == severity(one.outcome or one.effect, one.another_way, one.impact)
    grave = await store.submissions.list(agency.id, Filter(grave=True), limit=500)
    assert {one.id for one in grave} == {one.id for one in found if one.severity <= GRAVE and one.text}
