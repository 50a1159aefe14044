"""Many voices in nearly the same words within minutes: said and counted apart, and nothing else happens to them."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from collector.burst import LEAST, Burst
from collector.placement import Placement
from collector.store.reading import Place
from collector.store.store import Store
from collector.store.submissions import Filter
from collector.theme import Naming
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

MINUTE = 60_000
SAME = "Stop deze regel voor onze straat"
OTHERS = ("De lift is stuk en ik zit in een rolstoel", "Waarom duurt het zo lang", "Ik vond het formulier niet terug")


async def caught_up(store: Store) -> None:
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)


async def came(store: Store, page: Placement, times: list[int], name: str = "same", text: str = SAME) -> list[int]:
    """One in nearly the same words at each of `times`, milliseconds before NOW."""
    ids = []
    for number, before in enumerate(times):
        one = arrival(page, f"{name}-{number:06}", f"{text}{'!' * (number % 3)}", at=NOW - before, impact=["time"])
        ids.append((await store.submissions.receive(one)).id)
    return ids


async def told(store: Store, agency_id: int) -> list[Burst]:
    await caught_up(store)
    return (await store.bursts.list(agency_id, now=NOW)).items


async def test_a_burst_is_told_with_how_many_of_how_many_and_read_apart_while_nothing_leaves_its_place(
    store: Store,
) -> None:
    agency, page = await agency_with_page(store)
    other, second = await agency_with_page(store, "village", "village-page")
    quiet = [(await store.submissions.receive(arrival(page, f"quiet-{n:05}", text, at=NOW - 30 * MINUTE))).id
             for n, text in enumerate(OTHERS)]  # fmt: skip
    ids = await came(store, page, [20 * MINUTE - place * 9_000 for place in range(LEAST + 5)])
    between = (await store.submissions.receive(arrival(page, "between-1", OTHERS[0], at=NOW - 17 * MINUTE))).id
    last = await came(store, page, [16 * MINUTE], "last")
    late = await came(store, page, [MINUTE], "late")
    await came(store, second, [20 * MINUTE - place for place in range(LEAST - 1)], "village")
    (burst,) = await told(store, agency.id)
    assert (burst.placement, burst.voices, burst.grave, burst.of) == ("page", LEAST + 6, 0, LEAST + 7)
    assert (burst.id, burst.from_at, burst.until_at) == (ids[0], NOW - 20 * MINUTE, NOW - 16 * MINUTE)
    assert await told(store, other.id) == []

    everything = await store.submissions.list(agency.id, Filter(), limit=100)
    assert {one.id for one in everything} == {*quiet, *ids, between, *last, *late}
    assert {one.id for one in everything if one.burst} == {*ids, *last}
    alone = await store.submissions.list(agency.id, Filter(burst=str(burst.id)), limit=100)
    assert [one.id for one in alone] == sorted([*ids, *last], reverse=True)
    assert await store.submissions.list(agency.id, Filter(burst="any"), limit=100) == alone
    rest = await store.submissions.list(agency.id, Filter(burst="none"), limit=100)
    assert [one.id for one in rest] == [one.id for one in everything if not one.burst]
    assert await store.submissions.list(other.id, Filter(burst=str(burst.id)), limit=100) == []

    theme = await store.themes.create(
        agency.id, Naming({"nl": "x", "fr": "x"}, None, submissions=[*ids, between]), now=NOW, by="Ann"
    )
    (point,) = (await store.radar.see(agency.id)).points
    assert (point.theme, point.reach, point.burst) == (theme.id, LEAST + 6, LEAST + 5), "they count, and are told apart"
    reading, _ = await store.readings.next(agency.id, Filter(), Place(), limit=100, now=NOW)
    assert [one.submission.id for one in reading][: len(quiet) + 1] == [*quiet, between], "not said stands above time"
    assert len(reading) == len(everything)
    with_them = await store.tallies.counts(agency.id, Filter())
    without = await store.tallies.counts(agency.id, Filter(burst="none"))
    of_it = await store.tallies.counts(agency.id, Filter(burst=str(burst.id)))
    assert with_them.presses == without.presses + of_it.presses and of_it.words == LEAST + 6


@pytest.mark.parametrize(
    ("times", "text"),
    [
        ([n * 1_000 for n in range(LEAST - 1)], SAME),
        ([n * 40_000 for n in range(LEAST * 3)], SAME),
        ([n * 1_000 for n in range(LEAST * 2)], "Het werkt niet"),
    ],
)
async def test_few_slow_or_short_ones_are_no_burst(store: Store, times: list[int], text: str) -> None:
    agency, page = await agency_with_page(store)
    await came(store, page, times, text=text)
    assert await told(store, agency.id) == []


async def test_two_agencies_are_never_compared_and_neither_are_two_placements(store: Store) -> None:
    agency, page = await agency_with_page(store)
    other, foreign = await agency_with_page(store, "village", "village-page")
    second = await store.agencies.create_placement(agency, "second", origins=["https://www.town.example"], now=NOW)
    ids = []
    for where in (page, second, foreign):
        ids += await came(store, where, [n * 1_000 for n in range(LEAST - 1)], where.key)
    assert await told(store, agency.id) == await told(store, other.id) == []
    mine = await store.submissions.one(agency.id, ids[0])
    assert mine.alike == 2 * (LEAST - 1), "those of the other agency are not among them"
    assert set(await store.submissions.alike_ids(mine)) < set(ids[: 2 * (LEAST - 1)])


async def test_the_same_voices_in_any_order_are_the_same_bursts(tmp_path: Path) -> None:
    times = [n * 10_000 for n in range(30)] + [n * 10_000 for n in range(60, 85)] + [n * 60_000 for n in range(30, 50)]
    found = []
    for seed in range(3):
        shuffled = times[:]
        random.Random(seed).shuffle(shuffled)
        store = await Store.open(f"sqlite:///{tmp_path}/{seed}.db")
        try:
            agency, page = await agency_with_page(store)
            await came(store, page, shuffled)
            bursts = await told(store, agency.id)
            found.append([(one.from_at, one.until_at, one.voices) for one in bursts])
        finally:
            await store.close()
    assert found[0] == found[1] == found[2] and len(found[0]) == 2


async def test_what_is_erased_is_counted_no_more_and_under_twenty_it_is_none(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await came(store, page, [n * 1_000 for n in range(LEAST + 1)])
    assert [one.voices for one in await told(store, agency.id)] == [LEAST + 1]
    for number in range(2):
        code = KEYS.code(page.key, f"same-{number:06}")
        await store.receipts.erase(await store.receipts.open(KEYS.hash(code)), now=NOW)
        assert [one.voices for one in await told(store, agency.id)] == ([LEAST] if number == 0 else [])
    listed = await store.submissions.list(agency.id, Filter(), limit=100)
    assert not any(one.burst for one in listed)
    assert len(await store.submissions.list(agency.id, Filter(burst="none"), limit=100)) == LEAST - 1
