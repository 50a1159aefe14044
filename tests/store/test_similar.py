"""What is like one voice and why, and the theme that this suggests."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from collector.errors import Refusal
from collector.placement import Placement
from collector.store.store import Store
from collector.theme import Naming
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

LIFT = (
    "De lift in het gemeentehuis is stuk en met mijn rolstoel geraak ik niet boven",
    "Al weken een kapotte lift, wie een rolstoel heeft moet beneden blijven wachten",
    "Zonder lift kan mijn moeder met haar rolstoel niet naar het loket op de eerste verdieping",
    "Wanneer wordt de lift hersteld? Met de rolstoel sta ik altijd voor niets aan de trap",
)
LATE = (
    "Het loket sluit om vier uur, wie werkt kan nooit op tijd zijn",
    "Wie in ploegen werkt vindt het loket altijd gesloten",
    "Openingsuren van het loket zijn niet haalbaar voor wie voltijds werkt",
)
REST = (
    "Mijn aanvraag voor de huurpremie ligt er al sinds maart",
    "De website toont steeds een foutmelding bij het betalen",
    "Vriendelijk geholpen door de mevrouw aan het onthaal, bedankt daarvoor",
    "Waarom moet ik voor elk kind hetzelfde formulier invullen",
    "Dossier 2026-4471 werd naar het verkeerde adres gestuurd",
)


async def came(store: Store, page: Placement, texts: tuple[str, ...], name: str, **said: Any) -> list[int]:
    return [(await store.submissions.receive(arrival(page, f"{name}-{n:06}", text, at=NOW + n, **said))).id
            for n, text in enumerate(texts)]  # fmt: skip


async def caught_up(store: Store) -> None:
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)


async def test_voices_about_the_same_stand_beside_one_with_the_words_they_share_and_no_others(store: Store) -> None:
    agency, page = await agency_with_page(store)
    other, second = await agency_with_page(store, "village", "village-page")
    lift, late, rest = [
        await came(store, page, texts, name) for texts, name in ((LIFT, "lift"), (LATE, "late"), (REST, "rest"))
    ]
    (village,) = await came(store, second, (LIFT[0],), "vill")
    copy = (await store.submissions.receive(arrival(page, "copy-0001", LIFT[0] + "!", at=NOW + 99))).id
    await caught_up(store)
    beside = await store.similar.beside(agency.id, lift[0])
    assert {one.submission.id for one in beside.items} == set(lift[1:]), (
        "not the copy, not the other agency, not the rest"
    )
    assert all({"lift", "rolstoel"} <= set(one.shared) for one in beside.items)
    assert beside.suggestion is None, "nothing is sorted yet"
    of_copy = await store.similar.beside(agency.id, copy)
    assert {one.submission.id for one in of_copy.items} == set(lift[1:])
    assert {one.submission.id for one in (await store.similar.beside(agency.id, late[0])).items} == set(late[1:])
    for id_ in rest:
        assert (await store.similar.beside(agency.id, id_)).items == [], "a small word or a number is no likeness"
    assert (await store.similar.beside(other.id, village)).items == []
    with pytest.raises(Refusal, match="not_found"):
        await store.similar.beside(other.id, lift[0])


async def test_a_theme_is_suggested_when_most_of_the_sorted_ones_like_it_are_in_it(store: Store) -> None:
    agency, page = await agency_with_page(store)
    lift, late, _ = [
        await came(store, page, texts, name) for texts, name in ((LIFT, "lift"), (LATE, "late"), (REST, "rest"))
    ]
    new = (await came(store, page, ("Er is nog steeds geen lift, de rolstoel raakt de trap niet op",), "newone"))[0]
    naming = {"nl": "Lift", "fr": "Ascenseur"}
    theme = await store.themes.create(agency.id, Naming(naming, None, submissions=lift[:2]), now=NOW, by="Ann")
    await caught_up(store)
    assert (await store.similar.beside(agency.id, new)).suggestion is None, "two are no pattern"
    await store.themes.sort(agency.id, theme.id, add=lift[2:], remove=[], now=NOW, by="Ann")
    suggestion = (await store.similar.beside(agency.id, new)).suggestion
    assert suggestion is not None
    assert (suggestion.theme, suggestion.nearly_same, suggestion.voices, suggestion.of) == (theme.id, 0, 4, 4)
    assert set(suggestion.shared[:2]) == {"lift", "rolstoel"}
    assert (await store.similar.beside(agency.id, late[0])).suggestion is None
    assert (await store.submissions.one(agency.id, new)).themes == [], "nothing was done"
    await store.themes.sort(agency.id, theme.id, add=[new], remove=[], now=NOW, by="Ann")
    assert (await store.similar.beside(agency.id, new)).suggestion is None, "it is in it"

    copy = (await store.submissions.receive(arrival(page, "copy-0001", LIFT[0] + "!", at=NOW + 99))).id
    await caught_up(store)
    said = (await store.similar.beside(agency.id, copy)).suggestion
    assert said is not None and (said.theme, said.nearly_same) == (theme.id, 1)


async def test_of_many_copies_one_counts_and_what_is_erased_counts_no_more(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await came(store, page, REST, "rest")
    copies = await came(store, page, tuple(LIFT[1] + "!" * n for n in range(6)), "copies")
    (new,) = await came(store, page, (LIFT[0],), "newone")
    await store.themes.create(agency.id, Naming({"nl": "x", "fr": "x"}, None, submissions=copies), now=NOW, by="Ann")
    await caught_up(store)
    beside = await store.similar.beside(agency.id, new)
    assert [one.submission.id in copies for one in beside.items] == [True], "one stands for its copies"
    assert beside.suggestion is None, "six copies are one voice, and one is no pattern"
    for number in range(6):
        code = KEYS.code(page.key, f"copies-{number:06}")
        await store.receipts.erase(await store.receipts.open(KEYS.hash(code)), now=NOW + 200)
    await caught_up(store)
    assert (await store.similar.beside(agency.id, new)).items == []
    words = '["", "nlbened", "nlkapot", "nllift", "nlrolstoel"]'
    rows = await store.engine.fetch("search.voices", agency_id=agency.id, words=words)
    assert {row["term"]: row["voices"] for row in rows} == {"": 6, "nllift": 1, "nlrolstoel": 1}, (
        "nor is one of its words left"
    )
