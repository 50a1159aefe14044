"""The routing screen: rules one reads as sentences, tried before they are saved, put in order by keyboard."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from collector.contact_point import ContactPoint
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import room, say, stored
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_rules_are_written_tried_ordered_saved_and_taken_back_by_keyboard(visit: Visit, product: Running) -> None:
    store, now = product.app.parts.store, product.app.parts.now()
    agency = store.agencies.all()[0]
    await store.agencies.add_contact_point(agency, ContactPoint("liege", "Liège desk", counter="Quai 1"), now=now)
    await say(product, "De kade is te smal.", "De lift is stuk.")
    await say(product, "Le quai est trop étroit.", language="fr")
    visitor = await room(visit, product, "#routing")
    place = visitor.page.locator("#routing")
    await expect(place).to_have_attribute("aria-busy", "false")
    await expect(place).to_contain_text("There is no rule yet.")

    await place.get_by_role("button", name="New rule").press("Enter")
    await expect(place.locator("#routing-add")).to_be_focused()
    await place.get_by_label("Only if").select_option("language")
    await expect(place.get_by_role("checkbox", name="Dutch")).to_be_focused()
    await place.get_by_role("checkbox", name="French").press("Space")
    await place.get_by_label("Contact point").select_option("liege")
    first = place.locator(".rule").nth(0)
    await expect(first.locator(".sentence")).to_have_text("If language is French → Liège desk")
    await expect(first.locator(".caught")).to_contain_text("Would catch one of the last 3.")
    await expect(place.locator(".none")).to_contain_text("2 of the last 3 fit no rule.")
    await place.get_by_role("button", name="Done").press("Enter")

    await place.get_by_role("button", name="New rule").press("Enter")
    await place.get_by_label("Contact point").select_option("desk")
    await expect(place.locator(".rule").nth(1).locator(".caught")).to_contain_text("Would catch 2 of the last 3.")
    await place.get_by_role("button", name="Done").press("Enter")
    await expect(place.get_by_role("button", name="Change: rule 2")).to_be_focused()
    await place.get_by_role("button", name="Up: rule 2").press("Enter")
    await expect(place.locator(".rule").nth(0)).to_contain_text("Would catch 3 of the last 3.")
    await expect(place.get_by_role("button", name="Down: rule 1")).to_be_focused()
    await place.get_by_role("button", name="Down: rule 1").press("Enter")
    await expect(place.locator(".saving")).to_contain_text("3 would go another way than by the rules that hold now.")
    assert [one["contact_point"] for one in await stored(product)] == [None] * 3, "trying moves nothing"
    assert await visitor.axe() == []

    await place.get_by_role("button", name="Save these rules").press("Enter")
    await expect(visitor.page.locator("#undo")).to_contain_text("The rules are saved.")
    await say(product, "Le quai.", language="fr")
    assert (await stored(product))[0]["contact_point"] == "liege"
    await expect(place.locator(".saving")).to_be_hidden()
    await visitor.page.keyboard.press("z")
    await expect(place).to_contain_text("There is no rule yet.")
    await say(product, "Le pont.", language="fr")
    assert (await stored(product))[0]["contact_point"] is None
