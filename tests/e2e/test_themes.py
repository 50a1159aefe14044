"""Themes, their answers and the conversation, by hand in the dashboard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from collector.submission import Permissions
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import in_every_language, room, rows, say, stored, themed
from tests.start import Running
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = '<img src=x onerror="alert(1)"> aanmelden lukt niet'


async def test_a_voice_is_sorted_by_keyboard_into_a_theme_that_is_named_then_and_the_theme_is_answered(
    visit: Visit, product: Running
) -> None:
    (_, told) = await say(product, HOSTILE, "Aanmelden lukt ook mij niet.")
    visitor = await room(visit, product)
    window = visitor.page
    keys = window.keyboard
    await keys.press("x")
    await keys.press("j")
    await expect(rows(visitor).nth(1)).to_be_focused()
    await keys.press("x")
    await expect(window.locator("#stream .pick:checked")).to_have_count(2)
    await keys.press("t")
    dialog = window.locator("#sorter")
    await expect(dialog).to_be_visible()
    assert await visitor.axe() == []
    await keys.type("Aanmelden")
    await keys.press("Enter")
    await dialog.get_by_label("Français").or_(dialog.locator("[lang=fr]")).first.fill("Se connecter")
    await dialog.get_by_role("button", name="Make the theme").click()
    await expect(window.locator("#sorter-list [aria-selected=true]")).to_have_count(1)
    found = await stored(product)
    assert [len(one["themes"]) for one in found] == [1, 1]
    theme = found[0]["themes"][0]
    await keys.press("Escape")

    await window.goto(f"{product.url}/dashboard?lang=en#theme={theme}")
    await window.reload()
    await expect(rows(visitor)).to_have_count(2)
    assert await visitor.axe() == []
    pane = window.locator("#pane")
    await pane.get_by_text("Answer this theme").first.click()
    await pane.get_by_text("Not changed, because").click()
    await pane.get_by_role("button", name="Publish").click()
    await expect(pane.get_by_role("button", name="Yes, publish")).to_have_count(0)  # the reason is missing
    for language, reason in (("nl", "De wet laat het niet toe."), ("fr", "La loi ne le permet pas.")):
        await pane.locator(f"textarea[lang={language}]").first.fill(reason)
    await pane.get_by_label("Office that signs").fill("Mobility office")
    assert await visitor.axe() == []
    await pane.get_by_role("button", name="Publish").click()
    await pane.get_by_role("button", name="Yes, publish").click()
    await expect(pane.get_by_text("De wet laat het niet toe.").or_(pane.get_by_text("La loi")).first).to_be_visible()
    receipt = (await product.receipt(told["receipt"])).json()
    assert receipt["themes"][0]["response"]["reason"]["fr"] == "La loi ne le permet pas."


async def town_of(product: Running) -> Town:
    """The town with a school street that is open."""
    town = Town(product.app.parts.store, product.app.parts.now())
    await town.street()
    return town


async def test_several_voices_are_chosen_with_the_mouse_sorted_at_once_and_taken_back(
    visit: Visit, product: Running
) -> None:
    told = await say(product, *(f"Stem {number}." for number in range(5)))
    theme = await themed(product, "Wachten")
    visitor = await room(visit, product)
    window = visitor.page
    top = await rows(visitor).first.bounding_box()
    await rows(visitor).nth(1).hover()
    await rows(visitor).nth(1).locator(".pick").click()
    await rows(visitor).nth(3).hover()
    await rows(visitor).nth(3).locator(".pick").click(modifiers=["Shift"])
    batch = window.locator("#batch")
    await expect(batch).to_contain_text("3 voices chosen")
    assert await rows(visitor).first.bounding_box() == top
    await expect(window.locator("#reader .words")).to_have_count(0)  # choosing opens nothing
    await batch.get_by_role("button", name="Sort into a theme").click()
    await window.keyboard.type("wacht")
    await window.keyboard.press("Enter")
    await expect(window.locator("#sorter [aria-selected=true]")).to_have_count(1)
    await window.keyboard.press("Escape")
    await expect(batch).to_be_hidden()
    await expect(rows(visitor).nth(2).locator(".context")).to_contain_text("Wachten")
    assert [one["themes"] for one in await stored(product)] == [[], [theme], [theme], [theme], []]
    await expect(window.locator("#undo")).to_contain_text("3 voices sorted into “Wachten”")
    await window.keyboard.press("z")
    await expect(window.locator("#undo")).to_contain_text("Undone")
    assert all(one["themes"] == [] for one in await stored(product))
    await expect(rows(visitor)).to_have_count(len(told))


async def test_what_is_set_aside_at_once_comes_back_with_the_status_it_had(visit: Visit, product: Running) -> None:
    await say(product, "Een.", "Twee.")
    visitor = await room(visit, product, "#theme=none")
    window = visitor.page
    await rows(visitor).first.focus()
    for key in ("x", "j", "x"):
        await window.keyboard.press(key)
    await window.locator("#batch").get_by_role("button", name="Set aside").click()
    await window.locator("#chooser").get_by_role("button", name="It was a try-out".lower()).click()
    await expect(window.locator("#undo")).to_contain_text("2 voices: Set aside")
    assert {one["status"] for one in await stored(product)} == {"aside"}
    await expect(rows(visitor)).to_have_count(2)  # nothing jumps away
    await window.locator("#undo").get_by_role("button", name="Undo").click()
    await expect(window.locator("#undo")).to_contain_text("Undone")
    assert {one["status"] for one in await stored(product)} == {"new"}


async def test_a_decision_shows_its_themes_beside_its_voices_and_each_leads_to_its_own(
    visit: Visit, product: Running
) -> None:
    town = await town_of(product)
    unsorted = await town.voices(
        "school-street", 2, "Nog niet gesorteerd.", effect="harder", version=2, section="who", paragraph=2
    )
    await say(product, "Van elders.")
    visitor = await room(visit, product, "#decision=school-street", lang="nl")
    window = visitor.page
    await expect(window.locator("#title")).to_have_text("Een schoolstraat in de Lindelaan?")
    await expect(window.locator("#counter")).to_contain_text("44 met woorden")
    pane = window.locator("#themes")
    await expect(pane.locator(".themes .name")).to_have_text(
        [
            "Blijft de bus rijden?",
            "De hele dag in plaats van een half uur",
            "Leveren voor de winkels",
            "Wie slecht te been is",
        ]
    )
    await expect(pane.locator(".themes li").nth(2)).to_contain_text("Niemand had dit verwacht")
    await expect(pane.get_by_role("link", name="Naar deze beslissing")).to_have_attribute("href", "#desk/school-street")
    await pane.get_by_role("link", name="2 stemmen in geen enkel thema").click()
    # the same words stand together, and the first for all of them
    await expect(window.locator("#counter")).to_contain_text("2 met woorden")
    await pane.get_by_role("link", name="Wie slecht te been is").click()
    await expect(rows(visitor)).to_have_count(1)
    await expect(window.locator("#counter")).to_contain_text("6 met woorden")
    await expect(window.locator("#themes .response")).to_contain_text("Veranderd")
    await expect(window.locator("#themes .response")).to_contain_text("Deze ene tekst beantwoordt 2 thema's.")
    await window.locator("#themes").get_by_role("link", name="6 ernstig en niet gelezen").click()
    await expect(rows(visitor)).to_have_count(1)
    await rows(visitor).first.click()
    about = window.locator("#reader .about")
    await expect(about).to_contain_text("Een schoolstraat in de Lindelaan?")
    await expect(about).to_contain_text("ontwerp")
    await window.evaluate(f"location.hash = '#decision=school-street&open={unsorted[0]}'")
    # as people call it, and not by its key
    await expect(about).to_contain_text("ontwerp · Wie mag door, alinea 2, versie 2")


async def test_words_are_shown_in_public_only_when_their_author_allowed_it(visit: Visit, product: Running) -> None:
    town = await town_of(product)
    (shy,) = await town.voices("school-street", 1, "Dit mag niemand anders lezen.", effect="harder")
    (open_,) = await town.voices(
        "school-street", 1, "Dit mag u tonen.", effect="harder", permissions=Permissions(quote=True)
    )
    theme = await themed(product, "Vroeg op", shy, open_, decision="school-street")
    visitor = await room(visit, product, f"#theme={theme}&open={shy}")
    window = visitor.page
    await expect(window.locator("#reader .belongs")).to_contain_text("Vroeg op")
    await expect(window.get_by_label("Show in public")).to_have_count(0)
    await expect(window.locator("#reader")).to_contain_text("did not allow us to show the words")
    await window.keyboard.press("k")
    await expect(window.locator("#reader .words")).to_have_text("Dit mag u tonen.")
    await window.get_by_label("Show in public").check()
    await expect(window.locator("#undo")).to_contain_text("stand in public")
    public = (await product.client.get("/api/decisions/school-street")).json()
    (shown,) = [found for found in public["themes"] if found["id"] == theme]
    assert [quote["text"] for quote in shown["quotes"]] == ["Dit mag u tonen."]
    await window.locator("#undo").get_by_role("button", name="Undo").click()
    await expect(window.get_by_label("Show in public")).not_to_be_checked()
    public = (await product.client.get("/api/decisions/school-street")).json()
    assert [found["quotes"] for found in public["themes"] if found["id"] == theme] == [[]]


async def test_a_theme_is_renamed_merged_and_can_become_a_decision(visit: Visit, product: Running) -> None:
    (one, other) = await say(product, "Het loket sluit te vroeg.", "Om vier uur is het dicht.")
    first = await themed(product, "Loket", one["id"])
    second = await themed(product, "Uren", other["id"])
    visitor = await room(visit, product, f"#theme={second}")
    window = visitor.page
    pane = window.locator("#themes")
    await pane.locator(".care summary").click()
    await expect(pane.get_by_role("link", name="This must be decided")).to_have_attribute(
        "href", f"#desk/new?theme={second}"
    )
    await pane.get_by_label("Name, in Dutch").fill("Openingsuren")
    await pane.get_by_role("button", name="Keep the name").click()
    await expect(pane.locator(".also[lang=nl]")).to_have_text("Openingsuren")
    named = {theme["id"]: theme["name"] for theme in (await _themes(product))}
    assert named[second]["nl"] == "Openingsuren" and named[second]["en"] == "Uren"
    await pane.get_by_label("Merge into").select_option(str(first))
    await pane.get_by_role("button", name="Merge", exact=True).click()
    await expect(window).to_have_url(f"{product.url}/dashboard?lang=en#theme={first}")
    await expect(rows(visitor)).to_have_count(2)
    assert [theme["id"] for theme in await _themes(product)] == [first]
    await window.goto(f"{product.url}/dashboard?lang=en#theme={second}")
    await window.reload()
    await expect(window.locator("#themes")).to_contain_text("not there any more")


async def test_what_is_late_is_told_to_the_team_first(visit: Visit, product: Running) -> None:
    town = Town(product.app.parts.store, product.app.parts.now())
    ids = await town.voices(None, 2, "Al lang geleden.", days=100, outcome="no")
    theme = await themed(product, "Oud zeer", *ids)
    await say(product, "Van vandaag.")
    visitor = await room(visit, product)
    late = visitor.page.locator("#late")
    await expect(late).to_contain_text("1 answer is late")
    await late.get_by_role("link", name="Oud zeer").click()
    await expect(rows(visitor)).to_have_count(2)
    await expect(visitor.page.locator("#themes .late")).to_contain_text("Late: an answer was owed by")
    response = {"themes": [theme], "outcome": "changed", "reason": {"nl": "Ja.", "fr": "Oui."}, "office": "Loket"}
    sent = await product.client.post("/api/responses", json=response | {"publish": True}, headers=product.bearer())
    assert sent.status_code == 201
    await expect(late).to_be_hidden()


async def test_themes_and_their_answers_fit_320_pixels_in_every_language(visit: Visit, product: Running) -> None:
    town = await town_of(product)
    theme = await town.theme("school-street", {"nl": HOSTILE, "fr": HOSTILE, "de": HOSTILE, "en": HOSTILE}, [])
    visitor = await room(visit, product, "#decision=school-street", viewport={"width": 320, "height": 700})
    window = visitor.page
    async for lang in in_every_language(visitor):
        assert await visitor.sideways() <= 0, lang
        await window.evaluate("location.hash = '#decision=school-street&show=figures'")
        await expect(window.locator("#themes .themes")).to_contain_text(HOSTILE)
        assert await visitor.sideways() <= 0, lang
        assert await visitor.axe(dark=lang == "fr") == [], lang
        await window.evaluate(f"location.hash = '#theme={theme}&show=figures'")
        await window.locator(".theme-stands button").click()
        await expect(window.locator("form.answering textarea").first).to_be_visible()
        await window.locator(".care summary").click()
        assert await visitor.sideways() <= 0, lang
        assert await visitor.axe(dark=lang == "fr") == [], lang
        await expect(window.locator("main img")).to_have_count(0)


async def test_a_viewer_sees_themes_and_moves_nothing(visit: Visit, product: Running) -> None:
    (told,) = await say(product, "Kijken mag.")
    theme = await themed(product, "Kijken", told["id"])
    visitor = await room(visit, product, f"#theme={theme}", role="viewer")
    window = visitor.page
    await expect(window.locator("#themes h2")).to_have_text("Kijken")
    await expect(window.locator("#themes button, #stream .pick, #themes .care")).to_have_count(0)
    for key in ("x", "t"):
        await window.keyboard.press(key)
    await expect(window.locator("#sorter")).to_be_hidden()
    await expect(window.locator("#batch")).to_be_hidden()


async def _themes(product: Running) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await product.client.get("/api/themes?all=1", headers=product.bearer())).json()[
        "items"
    ]
    return found
