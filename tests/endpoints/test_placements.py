"""The documents that the widget asks for."""

from __future__ import annotations

import pytest

from collector.agency import LANGUAGES
from collector.section import Section
from tests.start import Running
from tests.town import Town, said


async def test_a_page_may_read_that_its_placement_is_not_there(run: Running) -> None:
    for origin in ("https://nobody-listed.example", run.url):
        answer = await run.client.get("/api/placements/typo", headers={"origin": origin, "accept-language": "fr"})
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/placement")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["content-language"] == "fr"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_one_language_only_its_words_travel(run: Running, town: Town, language: str) -> None:
    await town.street()
    await town.library()
    whole = (await run.client.get("/api/placements/page")).json()
    found = (await run.client.get(f"/api/placements/page?language={language}-BE")).json()
    assert found["texts"] == {language: {**whole["texts"][language]}}
    assert {len(line["title"]) for line in found["decisions"]} == {1}
    assert all(line["said"] for line in found["decisions"])
    assert all("said" not in line and line["is_open"] for line in whole["decisions"])
    assert found.pop("call") == {"name": "The desk", "phone": "+32 2 555 01 23"}
    assert found | {"texts": 0, "decisions": 0} == {name: whole[name] for name in found} | {"texts": 0, "decisions": 0}
    kept_back = {"contact_points", "name", "agency", "languages", "privacy_url", "talk_url", "help_url", "widget"}
    assert set(whole) - set(found) == kept_back


async def test_a_language_that_the_placement_does_not_have_is_answered_in_its_first(run: Running, town: Town) -> None:
    await town.store.agencies.create_placement(
        town.agency, "french", origins=[run.url], languages=("fr", "nl"), now=town.now
    )
    for asked in ("ar", "und", "de"):
        found = (await run.client.get(f"/api/placements/french?language={asked}")).json()
        assert list(found["texts"]) == ["fr"]
    assert list((await run.client.get("/api/placements/french?language=nl")).json()["texts"]) == ["nl"]


async def test_the_notice_comes_in_ones_language_or_not_at_all(run: Running) -> None:
    body = {"text": {"nl": "We weten het."}}
    await run.client.put("/api/placements/page/notice", json=body, headers=run.bearer())
    assert (await run.client.get("/api/placements/page?language=nl")).json()["notice"]["text"] == body["text"]
    assert (await run.client.get("/api/placements/page?language=fr")).json()["notice"] is None


async def test_an_outline_is_in_one_language_and_may_be_read_from_any_page(run: Running, town: Town) -> None:
    await town.street()
    whole = (await run.client.get("/api/decisions/school-street")).json()
    answer = await run.client.get("/api/decisions/school-street/outline?language=fr")
    found = answer.json()
    assert answer.headers["access-control-allow-origin"] == "*"
    assert found["title"] == {"fr": whole["title"]["fr"]} and found["open"] == {"fr": whole["open"]["fr"]}
    assert found["words"]["effect"]["question"] == "Qu'est-ce que cela changerait pour vous ?"
    assert (found["text"], found["late"], found["version"]) == (True, False, 2)
    assert len(answer.content) < 3_000
    assert (await run.client.get("/api/decisions/nothing/outline?language=fr")).status_code == 404
    assert (await run.client.get("/api/decisions/school-street/outline?language=xx")).json()["words"]["all"] == (
        "Read everything, and the story so far"
    )


async def test_a_version_of_the_text_comes_in_one_language_and_says_how_many_paragraphs_one_can_react_to(
    run: Running, town: Town
) -> None:
    await town.publish("plein", town.file())
    await town.version(
        "plein",
        [
            Section("a", said("Een", "Un"), said("Eerst", "D'abord")),
            Section("b", said("Twee\n \n\nEn", "Deux\n\nEt", "Zwei\n\n\nUnd")),
            Section("c", said("Drie\n\nEn", "Trois, et")),
        ],
    )
    found = (await run.client.get("/api/decisions/plein/versions/1?language=de")).json()["sections"]
    assert found == [
        {"key": "a", "text": {"nl": "Een"}, "title": {"nl": "Eerst"}, "paragraphs": 1},
        {"key": "b", "text": {"de": "Zwei\n\nUnd"}, "title": {}, "paragraphs": 2},
        {"key": "c", "text": {"nl": "Drie\n\nEn"}, "title": {}, "paragraphs": 1},
    ]
    whole = (await run.client.get("/api/decisions/plein/versions/1")).json()["sections"]
    assert whole[0]["text"] == {"nl": "Een", "fr": "Un"}
    assert whole[1] == {
        "key": "b",
        "text": {"nl": "Twee\n\nEn", "fr": "Deux\n\nEt", "de": "Zwei\n\nUnd"},
        "title": {},
        "paragraphs": 2,
    }
