"""Figures: each equals the words behind it, none is a mean, and each view is a link."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, room, rows, say, stored
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def spoken(product: Running) -> None:
    """Twelve presses, nine of them with words, in three languages and on two placements."""
    await say(product, "Nee een.", "Nee twee.")
    await say(product, "Met moeite.", outcome="hard", another_way="no")
    await say(product, "Oui un.", "Oui deux.", "Oui trois.", outcome="yes", language="fr")
    await say(product, "Gut.", outcome="yes", language="de")
    await say(product, "Poort een.", "Poort twee.", placement="gateway", rating=2, outcome="hard")
    for _ in range(3):
        await product.send(outcome="yes", language="nl")


async def test_every_figure_leads_to_just_so_many_words(product: Running, visit: Visit) -> None:
    await spoken(product)
    visitor = await room(visit, product)
    window = visitor.page
    await expect(window.locator("#counter")).to_have_text("12 presses, 9 with words")
    links = await window.evaluate(
        "[...document.querySelectorAll('#views a, #figures td a')].filter(n => /\\d/.test(n.textContent))"
        ".map(n => [n.hash, Number((n.querySelector('.figure') ?? n.firstChild).textContent)])"
    )
    assert len(links) > 25
    for address, number in links:
        await window.evaluate("address => { location.hash = address }", address)
        await expect(window.locator("#stream")).to_have_attribute("aria-busy", "false")
        await expect(rows(visitor)).to_have_count(number, timeout=3 * SECOND)


async def test_every_drawing_has_its_table_and_nowhere_is_a_mean(product: Running, visit: Visit) -> None:
    await spoken(product)
    visitor = await room(visit, product)
    figures = visitor.page.locator("#figures")
    await expect(figures.get_by_role("table", name=re.compile("^Did people manage"))).to_be_visible()
    for drawing in await figures.locator("svg").all():
        assert await drawing.get_attribute("aria-hidden") == "true"
        assert await drawing.evaluate("node => !!(node.closest('table') || node.parentElement.querySelector('table'))")
    await figures.locator("summary").click()
    await expect(figures.locator(".volume tbody tr")).to_have_count(1)
    assert not re.search(r"average|mean|\d\.\d", await figures.inner_text())
    await expect(figures.locator("caption").first).to_contain_text("n = 12")


async def test_a_view_is_a_link_and_the_back_button_works(product: Running, visit: Visit) -> None:
    await spoken(product)
    visitor = await room(visit, product, "#outcome=no")
    window = visitor.page
    await expect(window.locator("#title")).to_have_text("Did not manage")
    await expect(rows(visitor)).to_have_count(2)
    await window.locator("#views").get_by_role("link", name="French").click()
    await expect(window.locator("#title")).to_have_text("All words")
    await expect(rows(visitor)).to_have_count(3)
    await window.locator("#views").get_by_role("link", name="Managed", exact=False).first.click()
    await expect(window.locator("#choices")).to_contain_text("French")
    await rows(visitor).first.click()
    await expect(window.locator("#reader .words")).to_have_text("Oui trois.")
    await window.go_back()
    await expect(window.locator("#reader .words")).to_have_count(0)
    await window.go_back()
    await window.go_back()
    await expect(rows(visitor)).to_have_count(2)
    await window.reload()
    await expect(rows(visitor)).to_have_count(2)


async def test_a_view_of_what_is_not_read_keeps_what_is_being_read(product: Running, visit: Visit) -> None:
    await say(product, "Een.", "Twee.")
    visitor = await room(visit, product, "#status=new")
    await rows(visitor).first.click()
    await expect(visitor.page.locator("#reader .history")).to_contain_text("Read by", timeout=5 * SECOND)
    await expect(rows(visitor)).to_have_count(2)
    await visitor.page.reload()
    await expect(rows(visitor)).to_have_count(1)


async def test_arrivals_outside_the_view_do_not_wait_in_it(product: Running, visit: Visit) -> None:
    await spoken(product)
    visitor = await room(visit, product, "#outcome=no&language=nl")
    await expect(rows(visitor)).to_have_count(2)
    await say(product, "Oui encore.", outcome="yes", language="fr")
    await say(product, "Nee drie.")
    await expect(visitor.page.locator("#arrivals")).to_have_text("1 new", timeout=SECOND)
    await expect(visitor.page.locator("#counter")).to_have_text("3 presses, 3 with words")


async def test_search_finds_words_and_an_export_holds_the_same(product: Running, visit: Visit) -> None:
    await spoken(product)
    visitor = await room(visit, product)
    window = visitor.page
    store = product.app.parts.store
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 10)
    await window.locator("#q").fill("oui")
    await window.keyboard.press("Enter")
    await expect(rows(visitor)).to_have_count(3, timeout=3 * SECOND)
    await window.locator("#take-along summary").click()
    for kind in ("CSV", "JSON Lines", "Excel"):
        async with window.expect_download() as download:
            await window.get_by_role("link", name=kind).click()
        path = await (await download.value).path()
        if kind == "JSON Lines":
            assert len(path.read_text("utf-8").splitlines()) == 3


async def test_older_ones_come_page_by_page_and_never_more_than_five_hundred(product: Running, visit: Visit) -> None:
    for start in range(0, 620, 20):
        await say(product, *(f"Stem {number}." for number in range(start, start + 20)))
    visitor = await room(visit, product)
    await expect(rows(visitor)).to_have_count(100)
    for expected in (200, 300, 400, 500, 500):
        await visitor.page.locator("#older").press("Enter")  # rows above may still settle under a pointer
        await expect(rows(visitor)).to_have_count(expected)
    await expect(rows(visitor).last).to_contain_text(f"Stem {620 - 600}.")
    await visitor.page.locator("#older").press("Enter")  # rows above may still settle under a pointer
    await expect(visitor.page.locator("#end")).to_have_text("That is all.")
    await expect(rows(visitor).last).to_contain_text("Stem 0.")
    await say(product, "De nieuwste.")
    await visitor.page.locator("#arrivals").click()
    await expect(rows(visitor).first).to_contain_text("De nieuwste.")
    assert len(await stored(product, "?limit=500")) == 500


async def test_what_is_grave_is_found_and_marked_in_words_and_shape(product: Running, visit: Visit) -> None:
    await spoken(product)
    visitor = await room(visit, product)
    await visitor.page.locator("#views").get_by_role("link", name="Grave", exact=True).click()
    await expect(rows(visitor)).to_have_count(1)
    gravity = rows(visitor).first.locator(".gravity")
    await expect(gravity).to_have_text("Grave")
    await expect(gravity.locator("svg path")).to_have_count(1)
