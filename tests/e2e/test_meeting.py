"""A meeting in a browser: one voice at a time by keyboard, only of those who allowed it, and gone when it is taken back."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from collector.submission import Permissions
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, room
from tests.start import Running
from tests.store.arrivals import KEYS, arrival
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")
LONG = "Ik stond om acht uur aan het loket en kreeg te horen dat het alleen nog online kan. " * 10


async def spoken(town: Town, name: str, text: str, days: int, quote: bool = True, **said: object) -> None:
    one = arrival(town.page, f"voice-{name}", text, at=town.ago(days), permissions=Permissions(quote=quote), **said)
    id_ = (await town.store.submissions.receive(one)).id
    await town.store.submissions.mark(town.agency.id, id_, "read", revision=1, by="Ann", now=town.now)


async def test_one_voice_at_a_time_by_keyboard_as_large_as_it_fits(product: Running, visit: Visit) -> None:
    town = Town(product.app.parts.store, product.app.parts.now())
    await spoken(town, "mild-0001", "Het duurde lang.", 5, impact=["time"])
    await spoken(town, "secret-01", "Dit blijft onder ons.", 4, quote=False, impact=["health"])
    await spoken(town, "grave-001", "Zonder dit papier krijg ik geen insuline.", 3, impact=["health"])
    await spoken(town, "long-0001", LONG, 2, impact=["right"])
    visitor = await room(visit, product, "#meeting", viewport={"width": 1280, "height": 720})
    window = visitor.page
    await expect(window.locator("#meeting .number")).to_have_text("3 voices")
    screen, words, count = window.locator("#screen"), window.locator("#screen-words"), window.locator("#screen .count")
    await window.get_by_role("button", name="Begin").click()
    await expect(words).to_have_text("Zonder dit papier krijg ik geen insuline.")
    await expect(count).to_have_text("1 of 3")
    await expect(words).to_be_focused()
    fits = "([...document.querySelectorAll('#screen .stage')].every(n => n.scrollHeight <= n.clientHeight))"
    size = "parseFloat(getComputedStyle(document.querySelector('#screen-words')).fontSize)"
    assert await window.evaluate(fits) and await window.evaluate(size) > 60
    await window.keyboard.press("ArrowRight")
    await expect(count).to_have_text("2 of 3")
    assert await window.evaluate(fits) and 20 < await window.evaluate(size) < 60
    await window.keyboard.press("Space")
    await expect(words).to_have_text("Het duurde lang.")
    await window.keyboard.press("b")
    await expect(words).to_be_hidden()
    await window.keyboard.press("b")
    await expect(words).to_be_visible()
    assert not await visitor.axe()
    await window.keyboard.press("PageDown")
    await expect(words).to_have_text("These were all of them.")
    for _ in range(3):
        await window.keyboard.press("ArrowLeft")
    await expect(count).to_have_text("1 of 3")
    await product.receipt(KEYS.code("page", "voice-grave-001"), "DELETE")
    await expect(words).to_have_text("Whoever wrote this has taken the words back.", timeout=5 * SECOND)
    await window.keyboard.press("ArrowRight")
    await expect(count).to_have_text("2 of 3")
    await window.keyboard.press("Escape")
    await expect(screen).to_be_hidden()
    await expect(words).to_be_empty()
    log = (await product.client.get("/api/audit?kind=read", headers=product.bearer("admin"))).json()["items"]
    assert sum(entry["number"] for entry in log if entry["act"] == "words.shown") == 3
