"""`/d/{decision}`, as it is sent."""

from __future__ import annotations

import re

import pytest

from collector.agency import LANGUAGES
from collector.decision import Expected
from tests.start import Running
from tests.town import Town, said

NOBODY = {
    "nl": "Dit verwachtte niemand", "fr": "Ce que personne n'attendait", "de": "Das erwartete niemand",
    "en": "What nobody expected",
}  # fmt: skip
BUS = [Expected("bus", said("De bus moet om.", "Le bus fait un détour."))]


async def expected_of(run: Running, key: str, language: str = "nl") -> str:
    """What the page says of expected beside heard, without its markup; empty where it says nothing of it."""
    page = await run.client.get(f"/d/{key}?lang={language}")
    assert page.status_code == 200
    found = re.search(r'<section class="expected".*?</section>', page.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).replace("&#39;", "'").split()) if found else ""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_nobody_expected_comes_first_however_few_said_it(run: Running, town: Town, language: str) -> None:
    await town.publish("square", town.file(until=town.day(-1), expected=BUS), days=5)
    for number, nl, fr, expected in ((30, "Omrijden", "Détour", "bus"), (6, "Geen schaduw", "Pas d'ombre", None)):
        voices = await town.voices("square", number, f"{nl}.", effect="harder")
        await town.theme("square", said(nl, fr), voices, expected=expected)
    story = await expected_of(run, "square", language)
    in_order = [NOBODY[language], *(
        ("Pas d'ombre", "Détour", "Le bus fait un détour.") if language == "fr" else
        ("Geen schaduw", "Omrijden", "De bus moet om.")
    )]  # fmt: skip
    places = [story.index(what) for what in in_order]
    assert places == sorted(places), story
    assert re.search(r"\b5\b.*\b30\b", story[places[1] : places[3]]), "each with its voices, in steps of five"


async def test_while_one_can_react_nobody_reads_what_the_team_expects(run: Running, town: Town) -> None:
    await town.street()
    assert await expected_of(run, "school-street") == ""
    told = (await run.client.get("/api/decisions/school-street")).json()
    assert told["expected"] is None
    assert {theme["expected"] for theme in told["themes"]} == {None}


async def test_where_nothing_came_unexpected_that_is_said(run: Running, town: Town) -> None:
    await town.publish("square", town.file(until=town.day(-1), expected=BUS), days=5)
    await town.theme("square", said("Omrijden", "Détour"), await town.voices("square", 6, "De bus."), expected="bus")
    assert f"{NOBODY['nl']} Niets dat een eigen thema kreeg." in await expected_of(run, "square")
