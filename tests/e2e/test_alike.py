"""What says nearly the same stands together, what is like the open voice stands beside it, and a theme is only suggested."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from collector.theme import Naming
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, room, say, stored
from tests.start import Running
from tests.store.test_similar import LATE, LIFT, REST
from tests.test_phrase import VIEW
from tests.town import Town

PARKING = VIEW["nl"]
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_one_stands_for_those_alike_and_one_key_takes_the_theme_that_is_suggested(
    visit: Visit, product: Running
) -> None:
    town = Town(product.app.parts.store, product.app.parts.now())
    store = town.store
    lift = [one["id"] for one in await say(product, *LIFT)]
    await say(product, *REST, PARKING[2], "Veel fietsen staan in de weg", *PARKING[:2])
    copies = await say(product, *(LATE[0] + "!" * n for n in range(4)))
    (new,) = await say(product, "Nog steeds geen lift, met de rolstoel geraak ik de trap niet op")
    await say(product, LATE[0] + "!!!!!", outcome="no", impact=["health"])
    naming = Naming({"nl": "De lift", "fr": "Ascenseur"}, None, submissions=lift)
    theme = await store.themes.create(town.agency.id, naming, now=town.now, by="Ann")
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 10 * SECOND // 1_000)
    visitor = await room(visit, product, lang="nl")
    window = visitor.page
    top = window.locator("#stream > article").first
    unfold = top.locator("button.unfold")
    await expect(unfold).to_have_text("en nog 4 die bijna hetzelfde zeggen")
    await expect(unfold).to_have_attribute("aria-expanded", "false")
    await top.focus()
    await window.keyboard.press("f")
    await expect(top.locator(".folded li")).to_have_count(4)
    await expect(unfold).to_have_attribute("aria-expanded", "true")
    await expect(top.locator(".folded li a").first).to_have_attribute("href", f"#open={copies[-1]['id']}")
    assert await visitor.axe(dark=True) == []
    await top.get_by_role("link", name="Alle 5 in een eigen weergave").click()
    await expect(window.locator("#title")).to_have_text("Bijna dezelfde woorden")
    await expect(window.locator("#stream > article")).to_have_count(5)
    await expect(window.locator("button.unfold")).to_have_count(0)

    await window.goto(f"{product.url}/dashboard?lang=nl#outcome=no")
    phrases = window.locator("#phrases")
    await phrases.get_by_text("Wat telkens terugkomt").click()
    await expect(phrases.locator("li")).to_have_count(1)
    await expect(phrases.locator("li")).to_contain_text("3 stemmen")
    await expect(phrases).not_to_have_attribute("aria-busy", "true")
    assert await visitor.axe(dark=True) == []
    await phrases.get_by_role("link", name="fietsenstalling aan het station").click()
    await expect(window.locator("#title")).to_contain_text("fietsenstalling aan het station")
    await expect(window.locator("#stream > article mark")).to_have_count(3)

    # what is typed comes first, then its other forms, and both are marked
    await window.goto(f"{product.url}/dashboard?lang=nl#q=fiets")
    await expect(window.locator("#stream > article mark")).to_have_text(["fiets", "fietsen"])

    await window.goto(f"{product.url}/dashboard?lang=nl#open={new['id']}")
    beside = window.locator("#reader .beside")
    await expect(beside.locator("li")).to_have_count(4)
    await expect(beside.locator("li").first.locator(".both")).to_contain_text("lift")
    suggestion = window.locator("#reader .suggestion")
    await expect(suggestion).to_contain_text("4 van de 4 gesorteerde stemmen die er het meest op lijken")
    assert (await stored(product, f"?theme={theme.id}&limit=9")) and len(
        await stored(product, f"?theme={theme.id}")
    ) == 4
    assert await visitor.axe(dark=True) == []
    await window.keyboard.press("y")
    await expect(window.locator("#reader .belongs li")).to_have_text([r"De lift×Uit het thema De lift halen"])
    await expect(suggestion).to_be_hidden()
    await expect(window.locator("#undo")).to_contain_text("De lift")
    assert len(await stored(product, f"?theme={theme.id}")) == 5
