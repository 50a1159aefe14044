"""Somebody meets a barrier, says so, and is answered; an admin writes the statement that everybody reads."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import room
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOSTILE = "<img src=x onerror=alert(1)> Ik kan niet verder met het toetsenbord."


async def test_a_barrier_is_reported_by_keyboard_without_javascript_and_stands_before_the_team(
    visit: Visit, product: Running
) -> None:
    citizen = await visit(
        f"{product.url}/accessibility/town?lang=nl",
        java_script_enabled=False,
        viewport={"width": 320, "height": 640},
        forced_colors="active",
    )
    page = citizen.page
    await page.get_by_role("link", name="Meld een drempel").press("Enter")
    await page.get_by_label("Over welke dienst gaat het?").select_option("page")
    await page.get_by_label("Wat werkt niet?").fill(HOSTILE)
    await page.get_by_role("button", name="Versturen").press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Dank u. Het is bij het team.")
    await expect(page.get_by_role("status")).to_contain_text("U krijgt ten laatste op")

    team = await room(visit, product, "#barriers", role="admin")
    window = team.page
    waiting = window.locator("#barriers article")
    await expect(waiting).to_contain_text(HOSTILE)
    await expect(waiting).to_contain_text("Answer by")
    assert await window.locator("main img").count() == 0
    assert await team.axe() == []
    await window.get_by_text("Write it").click()
    await window.get_by_role("button", name="Publish").click()
    await expect(window.locator(".statement .told")).to_contain_text("Which websites and apps it is about (Dutch)")
    team.problems[:] = [problem for problem in team.problems if "422" not in problem]
    form = window.locator(".statement form")
    for code, scope in (("nl", "www.stad.example"), ("fr", "www.ville.example")):
        await form.locator(f"#a11y-scope-{code}").fill(scope)
        await form.locator(f"#a11y-enforcement-{code}").fill(f"Ombud {code}")
    await form.get_by_label("Fully").check()
    await form.get_by_label("Tested last on").fill("2026-10-01")
    await form.get_by_label("Its web address").fill("https://ombud.example")
    await form.get_by_role("button", name="Publish").click()
    await expect(window.locator(".statement .told")).to_have_text("Everybody can read it now.")
    assert await team.axe() == []
    await window.set_viewport_size({"width": 320, "height": 640})
    assert await team.sideways() <= 0

    reader = await visit(f"{product.url}/accessibility/town?lang=fr", viewport={"width": 320, "height": 640})
    await expect(reader.page.get_by_role("heading", level=1)).to_contain_text("Accessibilité")
    await expect(reader.page.locator("main")).to_contain_text("www.ville.example")
    assert await reader.axe() == []
    assert await reader.sideways() <= 0
    await reader.page.goto(f"{product.url}/accessibility/town/barrier?kind=another_form&lang=de")
    assert await reader.axe() == []
    assert await reader.sideways() <= 0

    await waiting.get_by_role("link", name="Open and answer").click()
    await expect(window.locator("#reader")).to_contain_text(HOSTILE)
    await expect(window.locator("#reader")).to_contain_text("A barrier")
