"""What lets people and programs in: tokens that are shown once, for as little as is needed."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from collector.agency import LANGUAGES
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import joined, room
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "<img src=x onerror=alert(1)>"


async def test_a_token_is_made_for_one_page_shown_once_used_and_withdrawn(visit: Visit, product: Running) -> None:
    visitor = await room(visit, product, "#access", secret=await joined(product, "Els Janssens", "Directie", "admin"))
    window = visitor.page
    access = window.locator("#access")
    await access.get_by_role("button", name="Make the token").click()
    await expect(access.get_by_label("Name", exact=True)).to_be_focused()
    await access.get_by_label("Name", exact=True).fill(HOSTILE)
    await access.get_by_label("What it may do").select_option("admin")
    await access.get_by_label("For", exact=True).select_option("placement page")
    await expect(access.get_by_label("What it may do")).to_have_value("viewer")
    await access.get_by_role("button", name="Make the token").click()
    shown = access.get_by_label("The token")
    await expect(shown).to_have_value(re.compile(r"^[A-Za-z0-9_-]{43}$"))
    secret = await shown.input_value()
    row = access.locator("tbody tr", has_text=HOSTILE)
    await expect(row).to_contain_text("never")
    await expect(row).to_contain_text("Made by Els Janssens, Directie")
    assert await visitor.axe() == []
    me = await product.client.get("/api/me", headers={"authorization": f"Bearer {secret}"})
    assert me.json()["name"] == HOSTILE
    await window.evaluate("location.hash = '#members'")
    await window.evaluate("location.hash = '#access'")
    await expect(row).to_contain_text("just now")
    await expect(shown).to_have_count(0)
    await row.get_by_role("button", name="Withdraw").click()
    await row.get_by_role("button", name="Keep").click()
    await expect(row.get_by_role("button", name="Withdraw")).to_be_focused()
    await row.get_by_role("button", name="Withdraw").click()
    await row.get_by_role("button", name="Yes, withdraw").click()
    await expect(row).to_have_count(0)
    refused = await product.client.get("/api/me", headers={"authorization": f"Bearer {secret}"})
    assert refused.status_code == 401


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_it_fits_320_pixels_and_axe_finds_nothing(visit: Visit, product: Running, lang: str) -> None:
    scheme = "dark" if lang in ("nl", "de") else "light"
    visitor = await room(
        visit, product, "#access", role="admin", lang=lang, viewport={"width": 320, "height": 700}, color_scheme=scheme
    )
    await expect(visitor.page.locator("#access tbody tr")).to_have_count(3)
    assert await visitor.sideways() <= 0 and await visitor.axe() == []
    await visitor.page.set_viewport_size({"width": 1280, "height": 800})
    assert await visitor.sideways() <= 0 and await visitor.axe() == []
