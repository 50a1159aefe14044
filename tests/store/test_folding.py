"""Near-duplicates shown together: one stands for all, none is lost, and each view folds what it holds itself."""

from __future__ import annotations

import asyncio

from collector.placement import Placement
from collector.store.store import Store
from collector.store.submissions import Filter, Others
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

ALL = 2**53 - 1
SAME = "De lift aan het loket is al weken stuk en niemand zegt wanneer hij hersteld wordt"
OTHERS = ("Waarom moet ik dit formulier drie keer invullen", "Het loket sluit te vroeg voor wie werkt")


async def came(store: Store, page: Placement, key: str, text: str, at: int, **said: object) -> int:
    return (await store.submissions.receive(arrival(page, f"{key:0>8}", text, at=NOW + at, **said))).id


async def caught_up(store: Store) -> None:
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)


async def test_the_newest_stands_for_all_that_say_nearly_the_same_and_they_are_found_behind_it(store: Store) -> None:
    agency, page = await agency_with_page(store)
    other, second = await agency_with_page(store, "village", "village-page")
    same = [
        await came(store, page, f"same{n}", f"{SAME}{'!' * n}", n * 10, impact=["health"] if n == 2 else [])
        for n in range(5)
    ]
    apart = [await came(store, page, f"other{n}", text, n * 10 + 5) for n, text in enumerate(OTHERS)]
    await came(store, second, "village", SAME, 90)
    await caught_up(store)
    listed, stands = await store.submissions.folded(agency.id, Filter(words=True), below=ALL, limit=50)
    assert [one.id for one in listed] == [*reversed(apart), same[-1]]
    assert stands == {same[-1]: Others(4, 1)}
    behind = await store.submissions.list(agency.id, Filter(alike=str(same[0])), limit=50)
    assert [one.id for one in behind] == same[::-1], "whichever of them is named"
    assert [one.id for one in await store.submissions.list(agency.id, Filter(alike=str(apart[0])), limit=9)] == [
        apart[0]
    ]
    assert await store.submissions.list(other.id, Filter(alike=str(same[0])), limit=50) == []
    pages: list[int] = []
    before = None
    while found := (await store.submissions.folded(agency.id, Filter(), below=ALL, limit=1, before=before))[0]:
        pages.append(before := found[-1].id)
    assert pages == [one.id for one in listed], "page by page nothing comes twice"


async def test_a_view_is_folded_by_what_it_holds_itself(store: Store) -> None:
    """The newest of all may be outside the view: then the newest inside it stands there, and none is missing."""
    agency, page = await agency_with_page(store)
    lost = await came(store, page, "lost", f"{SAME} echt", 0, outcome="no")
    lost_later = await came(store, page, "lost2", f"{SAME} echt waar", 10, outcome="no")
    managed = await came(store, page, "managed", SAME, 20, outcome="yes")
    await caught_up(store)

    async def shown(selected: Filter, **bounds: int) -> tuple[list[int], dict[int, Others]]:
        found, stands = await store.submissions.folded(agency.id, selected, limit=9, **{"below": ALL, **bounds})
        return [one.id for one in found], stands

    assert await shown(Filter()) == ([managed], {managed: Others(2, 0)})
    assert await shown(Filter(outcome="no")) == ([lost_later], {lost_later: Others(1, 0)})
    assert await shown(Filter(q="echt")) == ([lost_later, lost], {}), "what is searched for is not folded"
    assert await shown(Filter(q="echt"), below=lost_later) == ([lost], {})
    assert await shown(Filter(), below=lost_later) == ([lost], {}), "what is not in the view hides nothing"
    assert await shown(Filter(), after=lost) == ([managed], {managed: Others(1, 0)})
    code = KEYS.code(page.key, f"{'managed':0>8}")
    await store.receipts.erase(await store.receipts.open(KEYS.hash(code)), now=NOW + 30)
    await caught_up(store)
    assert await shown(Filter()) == ([lost_later], {lost_later: Others(1, 0)}), "who erased her words stands for nobody"


async def test_of_three_words_or_fewer_each_stands_for_itself(store: Store) -> None:
    agency, page = await agency_with_page(store)
    short = [await came(store, page, f"short{n}", f"Lijn {n} kwam niet", n) for n in range(2)]
    shorter = [await came(store, page, f"shorter{n}", f"Lijn {n} reed", n + 10) for n in range(2)]
    await caught_up(store)
    listed, stands = await store.submissions.folded(agency.id, Filter(), below=ALL, limit=9)
    assert [one.id for one in listed] == [*shorter[::-1], *short[::-1]] and stands == {}
    assert {one.alike for one in listed} == {2}, "how many say it is told all the same"
