"""Search finds the other forms of a word, in four languages; what is typed is found as it stands, and first."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from collector.errors import Refusal
from collector.store.connection import index_file
from collector.store.search import other_forms
from collector.store.store import Store
from collector.store.submissions import Filter
from tests.store.arrivals import NOW, agency_with_page, arrival

SAID = {
    "nl": (
        "Ik wacht al drie maanden op mijn vergunning voor het terras",
        "Waarom zijn er zoveel vergunningen nodig voor een straatfeest",
        "De fietsen staan in de weg van wie slecht te been is",
        "Mijn fiets werd weggehaald zonder verwittiging",
    ),
    "fr": (
        "Le guichet est fermé quand je finis de travailler",
        "La porte du bureau était fermée, personne pour répondre",
        "Ma demande de remboursement est restée sans réponse",
        "Deux demandes, aucune réponse de votre service",
    ),
    "de": (
        "Die Gebühren sind für eine Familie mit vier Kindern zu hoch",
        "Niemand konnte mir sagen, welche Gebühr ich zahlen muss",
        "Auf beiden Häusern lag Schnee und der Weg war nicht geräumt",
        "Vor unserem Haus fehlt seit Wochen der Zebrastreifen",
    ),
    "en": (
        "I applied for a parking permit in March and heard nothing",
        "Why does applying for two permits cost me two days off work",
        "The children cannot cross here after school",
        "My child waits for the bus in the dark",
    ),
}
# what is typed → which of the sixteen, as they stand above, are found as typed, and which by another form
SOUGHT = {
    "vergunning": ([0], [1]),
    "vergunningen": ([1], [0]),
    "fiets": ([3], [2]),
    "fietsen": ([2], [3]),
    "fermé": ([4], [5]),
    "fermee": ([5], []),  # without its accent it is found as it is, and is no form of the other
    "demande": ([6], [7]),
    "gebühr": ([9], [8]),
    "gebuhren": ([8], [9]),
    "haus": ([11], [10]),
    "permits": ([13], [12]),
    "applied": ([12], [13]),
    "apply": ([], [12, 13]),
    "child": ([15], []),
    "children crossing": ([], [14]),
    "parking permits": ([], [12]),
    '"vergunning"': ([0], []),
    '"parking permits"': ([], []),
    "vergunning*": ([0, 1], []),
    "voor": ([0, 1], []),
    "12": ([], []),
}


async def filled(store: Store) -> tuple[int, list[int]]:
    agency, page = await agency_with_page(store)
    ids: list[int] = []
    for language, texts in SAID.items():
        for text in texts:
            one = arrival(page, f"key-{len(ids):06}", text, at=NOW + len(ids))
            one.language = language
            ids.append((await store.submissions.receive(one)).id)
    await caught_up(store)
    return agency.id, ids


async def caught_up(store: Store) -> None:
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)


async def test_other_forms_of_a_word_are_found_in_four_languages_and_told_apart_from_what_is_typed(
    store: Store,
) -> None:
    agency_id, ids = await filled(store)

    async def places(selected: Filter) -> list[int]:
        return sorted(ids.index(one.id) for one in await store.submissions.list(agency_id, selected, limit=50))

    for typed, (exact, forms) in SOUGHT.items():
        assert await places(Filter(q=typed, found="exact")) == exact, typed
        assert await places(Filter(q=typed, found="forms")) == forms, typed
        assert await places(Filter(q=typed)) == sorted(exact + forms), typed
    assert await places(Filter(q="vergunning", found="forms", language="fr")) == []


async def test_a_form_of_one_language_finds_nothing_in_another(store: Store) -> None:
    """*Kind* is a child in two languages, and in a third how somebody was: each form finds those of its own."""
    agency, page = await agency_with_page(store)
    ids = {}
    for language, text in (
        ("nl", "Met kinderen op de fiets"),
        ("en", "The clerk was the kindest of all"),
        ("el", "kinderen"),
    ):
        one = arrival(page, f"key-{language:0>8}", text)
        one.language = language
        ids[language] = (await store.submissions.receive(one)).id
    await caught_up(store)
    found = await store.submissions.list(agency.id, Filter(q="kinderlijk kind", found="forms"), limit=9)
    assert found == []
    found = await store.submissions.list(agency.id, Filter(q="kind", found="forms"), limit=9)
    assert ids["el"] not in [one.id for one in found], "of a language that is none of ours only what is typed is found"


def test_what_is_to_be_marked_is_told_as_it_stands_in_the_words() -> None:
    texts = [("De vergunningen, een VERGUNNING", "nl"), ("Les demandes restées sans réponse", "fr")]
    assert other_forms("vergunning demande", texts) == ["demandes", "vergunning", "vergunningen"]
    assert other_forms('"vergunning" dem*', texts) == []


async def test_an_index_of_an_older_version_is_made_again_from_the_log(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/t.db")
    agency_id, ids = await filled(store)
    await store.close()
    index = sqlite3.connect(index_file(tmp_path / "t.db"))
    index.executescript(
        """drop table texts; drop table terms; update texts_place set version = 3;
        create virtual table texts using fts5 (words, facets, detail = full, tokenize = "unicode61 remove_diacritics 2");"""
    )
    index.close()
    store = await Store.open(f"sqlite:///{tmp_path}/t.db")
    try:
        await caught_up(store)
        found = await store.submissions.list(agency_id, Filter(q="vergunningen"), limit=9)
        assert [one.id for one in found] == [ids[1], ids[0]]
        assert len(await store.engine.fetch("search.voices", agency_id=agency_id, words='["", "nlvergunn"]')) == 2
        with pytest.raises(Refusal):
            await store.similar.beside(agency_id + 1, ids[0])
    finally:
        await store.close()
