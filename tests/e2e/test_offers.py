"""Two agencies side by side: one asks, the other takes it on, and the citizen's receipt shows both."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import room, say
from tests.endpoints.test_roles import neighbour
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

WORDS = "De brug over de vaart is te smal."


async def test_a_voice_goes_from_one_agency_to_the_other_before_both_and_its_author(
    visit: Visit, product: Running
) -> None:
    village, header = await neighbour(product)
    store, now = product.app.parts.store, product.app.parts.now()
    await store.agencies.create_placement(village, "square", origins=["https://village.example"], now=now)
    sent = (await say(product, WORDS, impact=["right"]))[0]
    product.tokens["village"] = header["authorization"].removeprefix("Bearer ")
    other = await room(visit, product, role="village")
    asked = other.page.locator("#offers")
    await expect(asked).to_be_hidden()

    town = await room(visit, product, f"#open={sent['id']}")
    pane = town.page.locator("#reader")
    await pane.get_by_role("button", name="Ask another agency").press("Enter")
    await expect(pane.get_by_label("Which agency")).to_be_focused()
    await pane.get_by_label("Why they").fill("Deze brug is van u.")
    await pane.get_by_role("button", name="Ask", exact=True).press("Enter")
    await expect(pane.locator(".offering")).to_contain_text("The village is asked to take it on.")

    await expect(asked).to_contain_text("The town asks you to take a grave voice on")
    await expect(asked).to_contain_text("Deze brug is van u.")
    assert WORDS not in await other.page.locator("body").inner_text()
    assert await other.axe() == []
    await asked.get_by_role("button", name="Take it on: The town").press("Enter")
    await expect(asked.get_by_label("Under which placement")).to_be_focused()
    await asked.get_by_role("button", name="Take it on", exact=True).press("Enter")
    read = other.page.locator("#reader")
    await expect(read).to_contain_text(WORDS)
    await expect(read.locator(".offering")).to_contain_text("Taken on from The town")
    await expect(asked).to_be_hidden()
    await expect(pane.locator(".offering")).to_contain_text("The village took it on too.")

    citizen = await visit(f"{product.url}/r?lang=en#{sent['receipt']}")
    await expect(citizen.page.locator(".taken")).to_be_visible()
    await expect(citizen.page.locator("main")).to_contain_text("The village took your words on too.")
    await citizen.page.locator(".taken").get_by_label("Add something").fill("Dank u.")
    await citizen.page.locator(".taken").get_by_role("button", name="Send").click()
    await expect(citizen.page.locator(".taken .messages")).to_contain_text("Dank u.")
    assert await citizen.axe() == []
    await expect(read).to_contain_text("Dank u.")
    assert "Dank u." not in await pane.inner_text()
