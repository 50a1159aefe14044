"""The set-up, by whoever manages: what is changed counts at once, is seen in the real widget, and told to two who change it."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.conftest import Host, Visit
from tests.e2e.dashboard import room, stored
from tests.start import DESK, Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOLD = """for (const name of ["tijdens-failed", "tijdens-submitted"])
  addEventListener(name, () => { window.told = name; }, true);"""
BLOCKING = "default-src 'none'; script-src {url}; style-src 'unsafe-inline'"


async def test_who_manages_sets_up_the_agency_and_keeps_what_a_colleague_changed_meanwhile(
    visit: Visit, product: Running
) -> None:
    visitor = await room(visit, product, "#setup", role="admin")
    place = visitor.page.locator("#setup")
    await expect(place.get_by_label("Nederlands").first).to_have_value("The town")
    await place.get_by_label("Français").first.fill("La ville")
    theirs = {"revision": 1, "privacy_contact": "dpo@town.example"}
    assert (await product.client.patch("/api/agency", json=theirs, headers=product.bearer("admin"))).status_code == 200
    await expect(place.get_by_label("Whom to ask about personal data")).to_have_value("dpo@town.example")
    await expect(place.get_by_label("Français").first).to_have_value("La ville")
    await place.get_by_label("How many days words are kept").fill("365")
    await place.get_by_role("button", name="Save").click()
    await expect(place.get_by_text("Words older than 365 days will be erased")).to_be_visible()
    found = (await product.client.get("/api/agency", headers=product.bearer("admin"))).json()
    assert (found["revision"], found["retention_days"]) == (2, 730)
    assert await visitor.axe(dark=True) == []
    await place.get_by_role("button", name="Save").click()
    await expect(place.get_by_text("Saved", exact=True)).to_be_visible()
    found = (await product.client.get("/api/agency", headers=product.bearer("admin"))).json()
    assert (found["names"], found["retention_days"]) == ({"nl": "The town", "fr": "La ville"}, 365)
    assert found["privacy_contact"] == "dpo@town.example"


async def test_a_placement_is_made_seen_as_people_see_it_and_found_where_it_is_blocked(
    visit: Visit, product: Running, host: Host, browser: Browser
) -> None:
    visitor = await room(visit, product, "#setup", role="admin")
    window, place = visitor.page, visitor.page.locator("#setup")
    await place.get_by_role("link", name="A new placement").click()
    await place.get_by_label("Key").fill("Not a key")
    await place.get_by_label("Websites it may stand on").fill(host.url)
    await place.get_by_role("button", name="Make the placement").click()
    await expect(place.get_by_label("Key")).to_be_focused()
    await expect(place.get_by_role("alert").filter(has_text="lower-case letters")).to_be_visible()
    visitor.problems[:] = [problem for problem in visitor.problems if "422" not in problem]
    await place.get_by_label("Key").fill("tax")
    await place.get_by_role("button", name="Make the placement").click()
    widget = place.frame_locator("iframe").locator("tijdens-feedback")
    await expect(widget.get_by_role("heading", name="Did you manage to do what you came for?")).to_be_attached()
    await place.get_by_label("Question", exact=True).select_option("found")
    await place.get_by_role("button", name="Save").click()
    await expect(widget.get_by_text("Did you find what you were looking for?")).to_be_visible()
    await place.get_by_label("Language", exact=True).select_option("fr")
    await expect(widget.get_by_text("Avez-vous trouvé ce que vous cherchiez ?")).to_be_visible()
    await expect(place.locator(".frame")).to_have_attribute("aria-busy", "false")
    await widget.get_by_text("Oui", exact=True).click(force=True)
    await expect(place.locator(".met li")).to_contain_text("nothing seen")
    assert await visitor.axe(dark=True) == []
    assert await stored(product) == []  # a preview cannot be pressed

    snippet = await place.locator(".ways pre").first.inner_text()
    host.headers = {"content-security-policy": BLOCKING.format(url=product.url)}
    host.html = f'<!doctype html><html lang="nl"><title>Host</title><main>{snippet}</main></html>'
    context = await browser.new_context()  # what its own policy blocks is what we want to be told
    guest = await context.new_page()
    await guest.add_init_script(TOLD)
    await guest.goto(host.url)
    await guest.wait_for_function("window.told === 'tijdens-failed'")
    await window.reload()
    await expect(place.locator(".met .blocked")).to_contain_text("content policy lacks connect-src")
    host.headers = {}
    await guest.reload()
    await guest.get_by_role("button", name="Ja", exact=True).click()
    await guest.wait_for_function("window.told === 'tijdens-submitted'")
    await window.reload()
    await expect(place.locator(".met .works")).to_contain_text("1 answer arrived")
    await context.close()


async def test_who_comes_first_to_a_new_agency_is_led_to_what_it_lacks(visit: Visit, product: Running) -> None:
    store, now = product.app.parts.store, product.app.parts.now()
    village = await store.agencies.create("village", "The village", now=now)
    token, _ = await store.tokens.create(village.id, "admin", name="Mia", now=now)
    visitor = await room(visit, product, secret=await store.tokens.open_session(token, now=now))
    empty = visitor.page.locator("#empty")
    await expect(empty.get_by_role("link")).to_have_text(["A new placement", "Contact points"])
    assert await visitor.axe(dark=True) == []
    await empty.get_by_role("link", name="A new placement").click()
    place = visitor.page.locator("#setup")
    await place.get_by_label("Key").fill("village-page")
    await place.get_by_role("button", name="Make the placement").click()
    await expect(place.get_by_text("Not live yet: the contact points lack one without internet")).to_be_visible()
    await expect(place.frame_locator("iframe").get_by_role("link")).to_be_attached()  # until then a page has its link
    await expect(place.locator(".frame")).to_have_attribute("aria-busy", "false")
    await store.agencies.add_contact_point(village, DESK, now=now)
    await expect(place.get_by_text("Not live yet: the contact points lack one without internet")).to_be_hidden()
    await expect(place.frame_locator("iframe").get_by_role("button", name="Yes")).to_be_attached()
