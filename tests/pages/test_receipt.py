"""`/r` as a browser without JavaScript uses it: what one sent can be added to, corrected, withdrawn, erased and taken along."""

from __future__ import annotations

import re

import pytest

from collector.agency import LANGUAGES
from tests.start import Running
from tests.town import Town, said

HTML = {"accept": "text/html"}
PERMIT = {
    "nl": "Toestemming geven of intrekken", "fr": "Donner ou retirer votre accord",
    "de": "Zustimmung geben oder zurückziehen", "en": "Give or withdraw permission",
}  # fmt: skip


async def act(run: Running, code: str, step: str = "", language: str = "nl", **fields: str) -> str:
    """The page after a step; without one, the receipt as it stands."""
    answer = await run.client.post(f"/r?lang={language}", data={"code": code, "step": step, **fields}, headers=HTML)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_thing_one_may_do_stands_there_under_its_name(run: Running, language: str) -> None:
    code: str = (await run.send(outcome="no", text="Het lukte niet.")).json()["receipt"]
    page = await act(run, code, language=language)
    assert PERMIT[language] in page
    assert {"add", "correct", "permit", "erase", "take"} <= set(re.findall(r'name="step" value="(\w+)"', page))


async def test_correcting_the_words_leaves_what_was_permitted_and_the_other_way_round(run: Running) -> None:
    sent = {"outcome": "no", "text": "Het lukte niet.", "permissions": {"quote": True, "invite": True}}
    code: str = (await run.send(**sent)).json()["receipt"]
    assert "Het lukte nooit." in await act(run, code, "correct", text="Het lukte nooit.")
    told = (await run.receipt(code)).json()
    assert (told["text"], told["permissions"]) == ("Het lukte nooit.", {"quote": True, "invite": True})
    await act(run, code, "permit", invite="1")
    told = (await run.receipt(code)).json()
    assert (told["text"], told["permissions"]) == ("Het lukte nooit.", {"quote": False, "invite": True})
    # the same words again are no correction
    await act(run, code, "correct", text="Het lukte nooit.")
    assert (await run.receipt(code)).json()["history"] == told["history"]


async def test_who_withdraws_is_no_longer_quoted_and_the_page_says_no_more_than_that(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    words = "Er is geen schaduw op het plein."
    told = (
        await run.send(decision="square", effect="harder", text=words, language="nl", permissions={"quote": True})
    ).json()
    others = await town.voices("square", 4, "Te warm.", effect="harder")
    await town.theme("square", said("Schaduw", "Ombre"), [told["id"], *others], quoted=1)
    assert words in (await run.client.get("/d/square?lang=nl")).text
    await act(run, told["receipt"], "permit")
    page = (await run.client.get("/d/square?lang=nl")).text
    assert words not in page and "Ingetrokken door wie het schreef." in page


async def test_to_how_many_one_answer_went_is_said_as_public_figures_are(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    shade = await town.voices("square", 12, "Te warm.", effect="harder")
    few = await town.voices("square", 2, "Waar is de fontein?", effect="harder")
    first = await town.theme("square", said("Schaduw", "Ombre"), shade)
    second = await town.theme("square", said("Water", "Eau"), few)
    answer = said("Er komen bomen.", "Il y aura des arbres.")
    await town.answer([first], "changed", answer, days=0)
    await town.answer([second], "not_changed", said("Er komt geen fontein.", "Pas de fontaine."), days=0)
    told = (await run.send(decision="square", effect="harder", text="Er is geen schaduw.", language="nl")).json()
    for theme in (first, second):
        await town.store.themes.sort(town.agency.id, theme, add=[told["id"]], remove=[], now=town.now, by="Ann")
    page = await act(run, told["receipt"])
    assert page.count("Dit antwoord ging naar ongeveer") == 1, "nothing is said of fewer than five"
    assert "Dit antwoord ging naar ongeveer 10 mensen." in page, "in steps of five"
    await town.answer([first, second], "changed", answer, days=0)
    page = await act(run, told["receipt"])
    assert "Dit antwoord ging naar" not in page and "2 thema" in page


async def test_taken_along_it_is_a_file_and_erased_it_is_gone(run: Running) -> None:
    code: str = (await run.send(outcome="no", text="Het lukte niet.")).json()["receipt"]
    file = await run.client.post("/r?lang=nl", data={"code": code, "step": "take"}, headers=HTML)
    assert "attachment" in file.headers["content-disposition"] and file.json()["text"] == "Het lukte niet."
    assert "Het lukte niet." not in await act(run, code, "erase")
    assert "Gewist op" in await act(run, code)
