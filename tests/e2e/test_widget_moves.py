"""The widget on a page that changes its address without being loaded."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Host, Visit
from tests.e2e.test_widget import SEND, stored
from tests.e2e.test_widget_decision import HARDER, NAMES, heating, line, look
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

OWN = "Hulp nodig met uw eigen dossier? Praat met iemand."


async def test_it_follows_the_address_and_its_attributes_and_leaves_what_is_being_typed(
    visit: Visit, host: Host, product: Running
) -> None:
    town = await heating(product, host, question="outcome", placements=[], patterns=["/energie/*"])
    await town.publish("plein", town.file(until=town.day(9)))
    visitor = await look(visit, host, product, at="/paspoort")
    window = visitor.page
    service = window.get_by_role("button", name="Met moeite")
    await service.wait_for()
    assert await line(visitor).count() == 0

    notice = {"text": {"nl": "We weten het: betalen lukt niet."}}
    await product.client.put("/api/placements/deciding/notice", json=notice, headers=product.bearer())
    await window.route("**/api/placements/deciding*", lambda route: route.continue_())  # nothing comes from the cache
    await window.evaluate("history.pushState({}, '', '/energie/toelage?x=1')")
    await line(visitor).wait_for()
    assert NAMES["nl"] in await line(visitor).inner_text()
    assert await window.get_by_role("note").inner_text() == notice["text"]["nl"]
    await service.wait_for()

    await window.evaluate("history.back()")
    await line(visitor).wait_for(state="detached")
    await window.evaluate("document.querySelector('tijdens-feedback').setAttribute('decision', 'plein')")
    await window.get_by_role("button", name="Een plein zonder auto's").wait_for()
    assert await service.count() == 0
    await window.evaluate("document.querySelector('tijdens-feedback').removeAttribute('decision')")
    await service.click()
    await window.get_by_role("textbox").fill("Ik was nog bezig")
    await window.evaluate("history.pushState({}, '', '/energie/andere')")
    await window.evaluate("document.querySelector('tijdens-feedback').lang = 'fr'")
    await window.get_by_role("button", name=SEND["fr"]).wait_for()
    assert await window.get_by_role("textbox").input_value() == "Ik was nog bezig"
    await window.get_by_role("button", name=SEND["fr"]).click()
    await window.locator(".code").wait_for()
    assert [(one["text"], one["page"]) for one in await stored(product)] == [
        ("Ik was nog bezig", f"{host.url}/paspoort")
    ]
    await window.evaluate("history.pushState({}, '', '/energie/derde')")
    await line(visitor).wait_for()
    assert NAMES["fr"] in await line(visitor).inner_text()
    assert await window.locator(".code").count() == 0


async def test_a_person_can_be_reached_while_the_line_of_a_decision_stands_alone(
    visit: Visit, host: Host, product: Running
) -> None:
    await heating(product, host, question="effect")
    visitor = await look(visit, host, product, viewport={"width": 320, "height": 700})
    window = visitor.page
    own = window.get_by_role("button", name=OWN)
    await own.click()
    await window.get_by_role("link", name="+32 2 555 01 23").wait_for()
    reached = window.locator(".contacts")
    assert await reached.locator("h3").all_inner_texts() == ["Praat met iemand", "Kan het niet wachten?"]
    assert await visitor.axe() == [] and await visitor.sideways() <= 0
    await line(visitor).click()
    await window.get_by_role("button", name=HARDER["nl"]).first.click()
    await window.get_by_role("textbox").fill("Bel mij niet.")
    assert await own.count() == 1
    await window.get_by_role("radio").nth(2).check()
    health = window.get_by_label("Mijn gezondheid of veiligheid")
    await health.check()
    await window.get_by_role("link", name="112", exact=True).wait_for()
    assert await visitor.axe() == [] and await visitor.sideways() <= 0
    await health.uncheck()
    help_now = window.locator("fieldset .contacts")
    await help_now.wait_for(state="detached")
    await health.check()
    await help_now.wait_for()
    await own.click()
    await window.get_by_text("Antwoordt op vragen over deze beslissing.").wait_for()
    assert await window.locator(".doors:visible h3").all_inner_texts() == ["Praat met iemand"]
    await own.click()
    await window.get_by_role("button", name=SEND["nl"]).click()
    await window.locator(".code").wait_for()
    assert await own.count() == 1
    await window.get_by_role("button", name="Ongedaan maken").click()
    await window.get_by_text("Ongedaan gemaakt").wait_for()
    assert await own.count() == 1


async def test_it_says_to_the_page_why_it_shows_only_the_link(visit: Visit, host: Host, product: Running) -> None:
    visitor = await look(visit, host, product, at="/", tag="")
    await visitor.page.evaluate("addEventListener('tijdens-failed', event => { document.title = event.detail.reason })")
    await visitor.page.evaluate("document.querySelector('tijdens-feedback').setAttribute('placement', 'typo')")
    await expect(visitor.page).to_have_title("/problems/placement")
    assert await visitor.page.get_by_role("link", name="Zeg het").is_visible()
    assert all("404" in problem for problem in visitor.problems)
    visitor.problems.clear()
