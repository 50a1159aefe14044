"""The morning story in a browser: the page behind its link with and without JavaScript, and what the team sees of it."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from collector.day import day_of
from collector.morning import Owning, is_time
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import joined, room
from tests.start import Running
from tests.store.test_mornings import at, rows
from tests.town import DAY_MS, Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXT = "Je dépose mon fils en chaise roulante.\n\nS'il faut marcher deux cents mètres, je n'y arrive pas. <b>Jamais</b>"


async def mailed(run: Running) -> tuple[str, str]:
    """(the secret of a story that Ann was sent, the secret of her session)."""
    parts = run.app.parts
    town = Town(parts.store, parts.now())
    session = await joined(run, "Ann Peeters", "Dienst mobiliteit")
    await joined(run, "Bert Maes", "Juridische dienst")
    morning = at(day_of(parts.now(), "Europe/Brussels"), 9)
    while not is_time(morning, "Europe/Brussels"):
        morning += DAY_MS
    await town.publish("square", town.file())
    await town.voices("square", text=TEXT, effect="harder", another_way="no", language="fr")
    ann = next(one.id for one in await parts.store.members.list(town.agency.id) if one.name == "Ann Peeters")
    await parts.store.mornings.own(town.agency.id, "square", Owning(ann), now=town.now, by=None)
    await parts.store.stories.deal(morning, lambda: 0.5, parts.keys.story)
    for story_id in await parts.store.stories.unsent(morning):
        await parts.store.stories.sent(story_id, parts.now())
    ((voice,),) = rows(town, "select submission_id from stories")
    return parts.keys.story(parts.store.decisions.by_key("square").id, voice), session


async def test_the_link_opens_the_story_and_only_the_press_says_that_it_was_read(
    visit: Visit, product: Running
) -> None:
    secret, _ = await mailed(product)
    window = {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"}
    visitor = await visit(f"{product.url}/story?lang=nl#{secret}", **window)
    page = visitor.page
    await expect(page.locator("blockquote")).to_have_text(TEXT)
    assert secret not in page.url and await visitor.axe() == [] and await visitor.sideways() <= 0
    listed = (await product.client.get("/api/submissions?words=1", headers=product.bearer())).json()["items"]
    assert listed[0]["status"] == "new"
    press = page.get_by_role("button", name="Ik heb het gelezen")
    await press.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_have_text(
        "Dank u. Op het ontvangstbewijs staat nu: gelezen door Dienst mobiliteit."
    )
    await expect(page.get_by_role("link", name="Lezen en antwoorden")).to_have_attribute("href", re.compile("#open="))
    await page.get_by_label("Geen verhalen gedurende").select_option("3")
    await page.get_by_role("button", name="Stilzetten").click()
    await expect(page.get_by_role("status").first).to_contain_text("Het volgende verhaal komt ten vroegste op")
    assert await visitor.axe() == []


async def test_without_javascript_the_link_is_pasted(visit: Visit, product: Running) -> None:
    secret, _ = await mailed(product)
    visitor = await visit(f"{product.url}/story?lang=fr#{secret}", java_script_enabled=False)
    page = visitor.page
    await page.get_by_label("Le lien de votre e-mail").fill(f"{product.url}/story?lang=fr#{secret}")
    await page.get_by_role("button", name="Montrer le récit").click()
    await expect(page.locator("blockquote")).to_have_text(TEXT)
    await page.get_by_label("Transmettre à").select_option(label="Bert Maes, Juridische dienst")
    await page.get_by_role("button", name="Transmettre").click()
    await expect(page.get_by_role("status")).to_have_text("C'est fait. Dès maintenant, Bert Maes reçoit les récits.")
    await page.get_by_role("button", name="Je l'ai lu").click()
    await expect(page.get_by_role("status")).to_contain_text("lu par Dienst mobiliteit")
    visitor.problems.clear()


async def test_the_team_names_the_owner_sees_that_it_is_off_and_turns_it_on(visit: Visit, product: Running) -> None:
    _, session = await mailed(product)
    visitor = await room(visit, product, "#desk/square", secret=session)
    panel = visitor.page.locator("#morning")
    await expect(panel).to_contain_text("Ann Peeters, Dienst mobiliteit")
    await expect(panel).to_contain_text("1 sent, 0 read")
    await panel.get_by_text("Hand over, pause or turn off").click()
    await panel.get_by_label("Hand over to").select_option(label="Bert Maes, Juridische dienst")
    await panel.get_by_role("button", name="Hand over", exact=True).click()
    await expect(panel).to_contain_text("Gets the stories")
    parts = product.app.parts
    await parts.store.stories._turn_off(1, parts.store.decisions.by_key("square").id, "unread", parts.now())
    await expect(panel).to_contain_text("Off: five stories in a row stayed unread")  # it comes by itself
    assert await visitor.axe() == []
    await visitor.page.evaluate("location.hash = '#members'")
    members = visitor.page.locator("#colleagues .mornings")
    await expect(members).to_contain_text("Off: five stories in a row stayed unread")
    await visitor.page.set_viewport_size({"width": 320, "height": 700})
    assert await visitor.axe() == [] and await visitor.sideways() <= 0
    await members.get_by_role("link").click()
    await panel.get_by_role("button", name="Turn on again").click()
    await expect(panel.get_by_role("button", name="Turn on again")).to_have_count(0)
    await expect(panel).to_contain_text("On")
    assert await visitor.axe() == [] and await visitor.sideways() <= 0
