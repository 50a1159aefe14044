"""The picture in a browser: each number leads to just so many, and what stands beside it is said in words."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from collector.store.submissions import Filter
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import room
from tests.start import Running
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

# each number of the page, and how many voices its link lists: asked as the stream asks
COUNTED = """async () => {
  const { parseView, question } = await import("/assets/dashboard/filter.js");
  const links = [...document.querySelectorAll("#picture .drawn :is(td, .number) a, #picture .gravity")];
  return Promise.all(links.map(async link => {
    const asked = new URLSearchParams({ ...question(parseView(link.hash).filter), limit: "200" });
    const { items } = await (await fetch(`/api/submissions?${asked}`)).json();
    return [link.hash, Number(/\\d+/.exec(link.textContent)[0]), items.length];
  }));
}"""


async def test_each_number_leads_to_just_so_many_and_a_difference_is_said_in_words(
    product: Running, visit: Visit
) -> None:
    town = Town(product.app.parts.store, product.app.parts.now())
    await town.voices(None, 40, None, days=40, outcome="yes")
    await town.street()
    store = town.store
    for one in await store.submissions.list(town.agency.id, Filter(quote=True, status="new"), limit=100):
        await store.submissions.mark(town.agency.id, one.id, "read", revision=one.revision, by="Ann", now=town.now)
    await town.voices(None, 45, "Ik kon niet aanmelden met mijn kaart.", days=1, outcome="no")
    visitor = await room(visit, product, "#picture")
    window = visitor.page
    drawn = window.locator("#picture .drawn")
    await expect(drawn).to_have_attribute("aria-busy", "false")
    await expect(window.locator("#picture .total")).to_contain_text("183 presses")
    counted = await window.evaluate(COUNTED)
    assert len(counted) > 15
    for address, number, listed in counted:
        assert number == listed, address
    look = f"#picture?from={town.day(-20)}&to={town.day(0)}&other_from={town.day(-60)}&other_to={town.day(-21)}"
    await window.evaluate("address => { location.hash = address }", look)
    managed = window.locator("section.spread-of", has=window.locator("#spread-outcome")).get_by_role("row")
    await expect(managed.filter(has_text="Did not manage")).to_contain_text("More in A, by")
    assert [row for row in await window.evaluate(COUNTED) if row[1] != row[2]] == []

    await window.get_by_role("link", name="As a report").click()
    paper = window.locator("#picture .paper")
    await expect(paper).to_have_attribute("aria-busy", "false")
    await expect(paper.locator(".total").first).to_have_text("140 answers, 85 with words")
    await expect(paper.locator("blockquote")).to_have_count(6)
    said = await paper.inner_text()
    assert "Je dépose mon fils" in said and "met mijn kaart" not in said, "only of those who allowed it"
    numbers = await paper.evaluate("node => [...node.querySelectorAll('td.number')].map(cell => cell.textContent)")
    assert all(number == "–" or int(number) % 5 == 0 for number in numbers) and "–" in numbers
    assert await paper.locator("a[href*='outcome=']").count() == 0
    await window.emulate_media(media="print")
    await expect(window.locator("#places")).to_be_hidden()
    await expect(paper.get_by_role("button", name="Print")).to_be_hidden()
    await expect(paper).to_be_visible()
