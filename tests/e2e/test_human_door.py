"""The human door in a browser: whom one can reach, as citizens see it without JavaScript and as a team keeps it."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, joined, room, rows, say
from tests.endpoints.test_callback import RINGS
from tests.endpoints.test_contact_points import moment
from tests.pages.test_talk import CASES, fill
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_talk_fits_320_pixels_without_javascript_and_by_keyboard(visit: Visit, product: Running) -> None:
    await fill(product)
    product.app.parts.now = lambda: moment("2026-11-25", "11:00")
    small = {"width": 320, "height": 700}
    visitor = await visit(
        f"{product.url}/talk/town?lang=de", viewport=small, color_scheme="dark", java_script_enabled=False
    )
    page = visitor.page
    await page.get_by_label("Ihre Postleitzahl").fill("1210")
    await page.keyboard.press("Enter")
    await expect(page.locator("#found h3").first).to_have_text("Desk north")
    assert "1210" not in page.url
    await visitor.context.close()
    seen = await visit(f"{product.url}/talk/town?lang=nl", viewport=small)
    assert await seen.sideways() <= 0 and await seen.axe() == []
    await seen.page.set_viewport_size({"width": 1280, "height": 800})
    assert await seen.sideways() <= 0
    await seen.page.locator("#subject").focus()
    await seen.page.keyboard.press("ArrowDown")
    for _ in range(3):
        await seen.page.keyboard.press("Tab")
    await expect(seen.page.get_by_role("button", name="Toon wie past")).to_be_focused()
    await seen.page.keyboard.press("Enter")
    await expect(seen.page.locator("#found .standing").first).to_have_text("Nu open, tot 12:00")


async def test_a_team_writes_checks_and_withdraws_contact_points(visit: Visit, product: Running) -> None:
    visitor = await room(visit, product, "#contacts", role="admin", lang="en")
    page, contacts = visitor.page, visitor.page.locator("#contacts")
    await expect(page.locator("#places [data-place=contacts]")).to_contain_text("(1 to check)")
    await expect(contacts.locator(".lead")).to_contain_text("Nobody looked in the last 180 days")
    await contacts.get_by_role("button", name="Checked today: The desk").click()
    await expect(contacts.locator(".lead")).to_have_text("All contact points were checked lately.")
    await expect(page.locator("#places [data-place=contacts]")).to_have_text("Contact points")
    await contacts.get_by_role("button", name="New contact point").click()
    await expect(contacts.locator("#point-title")).to_be_focused()
    await contacts.get_by_label("Name", exact=True).fill("Case desk")
    await contacts.get_by_label("What for").select_option("case")
    await expect(contacts.get_by_label("Confirms within (working days)")).to_have_value("10")
    await contacts.get_by_label("Telephone").fill("ring us")
    week = contacts.locator(".week").first  # the roster has one too
    await week.get_by_label("Monday: from", exact=True).fill("09:00")
    await week.get_by_label("Monday: until", exact=True).fill("12:30")
    await week.get_by_role("button", name="Tuesday to Friday as Monday").click()
    await contacts.get_by_label("English").nth(1).fill("Energy\nHeating")
    await contacts.get_by_role("button", name="Save", exact=True).click()
    await expect(contacts.get_by_label("Telephone")).to_be_focused()
    await expect(contacts.locator(".pointing > .told").first).to_contain_text("A telephone number, such as")
    assert await visitor.axe() == []
    await contacts.get_by_label("Telephone").fill("+32 2 555 01 24")
    await contacts.get_by_role("button", name="Save", exact=True).click()
    card = contacts.locator(".point", has_text="Case desk")
    await expect(card).to_contain_text("Monday – Friday")
    await expect(card).to_contain_text("09:00–12:30")
    await expect(card).to_contain_text("Energy, Heating")
    await expect(card).to_contain_text("confirms within 10 working days · answers within 30 days")
    await contacts.get_by_role("button", name="Withdraw: The desk").click()
    await contacts.get_by_role("button", name="Yes, withdraw: The desk").click()
    await expect(contacts.locator(".refused")).to_contain_text("no way without internet or without hearing")
    await product.client.delete("/api/contact-points/case-desk", headers=product.bearer("admin"))
    await expect(card).to_have_count(0, timeout=3 * SECOND)
    await page.set_viewport_size({"width": 320, "height": 700})
    await contacts.get_by_role("button", name="Change: The desk").click()
    await expect(contacts.get_by_label("Name", exact=True)).to_have_value("The desk")
    assert await visitor.sideways() <= 0 and await visitor.axe() == []
    visitor.problems[:] = [problem for problem in visitor.problems if not re.search("422|409", problem)]


async def test_a_voice_is_handed_over_by_its_author_and_a_call_is_tried(visit: Visit, product: Running) -> None:
    agencies = product.app.parts.store.agencies
    for point in (CASES, replace(RINGS, name="Desk that rings")):
        await agencies.add_contact_point(agencies.by_key("town"), point, now=product.app.parts.now())
    code = (await say(product, "Mijn dossier ligt stil."))[0]["receipt"]
    team = await room(visit, product, lang="en")
    await rows(team).first.click()
    await team.page.get_by_role("button", name="To a desk for cases").click()
    await team.page.get_by_label("Which desk").select_option("cases")
    await team.page.get_by_role("button", name="Send", exact=True).click()
    await expect(team.page.locator(".thread")).to_contain_text("proposes to hand it over")
    citizen = await visit(f"{product.url}/r?lang=en", java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = citizen.page
    await page.get_by_label("Your code").fill(code)
    await page.keyboard.press("Enter")
    await expect(page.locator(".thread")).to_contain_text("This seems to be about your own case.")
    await page.get_by_role("button", name="Hand it to Case desk").click()
    await expect(page.locator("section.case")).to_contain_text("It is with Case desk, since")
    await expect(page.locator("section.case")).to_contain_text("by ")
    await page.get_by_text("Would you like somebody to call you?").click()
    await page.get_by_label("Your telephone number").fill("+32 470 12 34 56")
    await page.get_by_label("evening").check()
    await page.get_by_role("button", name="Call me", exact=True).click()
    await expect(page.locator(".callback")).to_contain_text("on the number that ends in 56")
    await expect(team.page.locator("#views")).to_contain_text("Handed over: Case desk", timeout=5 * SECOND)
    await expect(team.page.locator(".callback .number")).to_have_text("+32 470 12 34 56")
    await team.page.get_by_role("button", name="Tried, no answer").click()
    await expect(team.page.locator(".callback .history")).to_contain_text("tried")
    assert await team.axe() == []
    await page.goto(f"{product.url}/r?lang=en")
    await page.get_by_label("Your code").fill(code)
    await page.keyboard.press("Enter")
    await expect(page.locator(".callback")).to_contain_text("Called, no answer")
    await team.page.get_by_role("button", name="Spoke", exact=True).click()
    await expect(team.page.locator(".callback")).to_contain_text("The number is erased.")
    seen = await visit(f"{product.url}/r?lang=de#{code}", viewport={"width": 320, "height": 700}, color_scheme="dark")
    await expect(seen.page.locator("section.case")).to_contain_text("Es ist bei Case desk")
    assert await seen.sideways() <= 0 and await seen.axe() == []


async def test_those_who_manage_put_colleagues_on_the_roster(visit: Visit, product: Running) -> None:
    product.app.parts.now = lambda: moment("2026-11-25", "22:00")
    await joined(product, "Ann Peeters", "Energy desk")
    visitor = await room(visit, product, "#contacts", role="admin", lang="en")
    roster = visitor.page.locator(".roster")
    await expect(roster).to_contain_text("Nobody is on it.")
    await roster.get_by_text("Put on the roster").first.click()
    await roster.get_by_label("Monday: from", exact=True).fill("09:00")
    await roster.get_by_label("Monday: until", exact=True).fill("17:00")
    await roster.get_by_role("button", name="Put on the roster").click()
    await expect(roster.locator("li")).to_contain_text("Ann Peeters", timeout=3 * SECOND)
    await expect(roster).to_contain_text("Nobody reads now; pages say so.")
    assert await visitor.axe() == []
    citizen = await visit(f"{product.url}/f/page?lang=fr", java_script_enabled=False)
    await expect(citizen.page.locator(".help-numbers .nobody")).to_contain_text(
        "Quelqu'un est de nouveau là le lundi 30 novembre à 9:00."
    )
    await roster.get_by_role("button", name="Take off the roster: Ann Peeters").click()
    await expect(roster.locator("li")).to_have_count(0, timeout=3 * SECOND)
