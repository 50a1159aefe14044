"""One sentence on our own pages, set from the room in seconds and taken away with one press."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, in_every_language, room, say
from tests.patience import PATIENCE
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

KNOWN = "We weten het: betalen lukt niet <b>sinds 22.40 uur</b>."


async def notice(product: Running, placement: str = "page") -> dict[str, Any] | None:
    found: dict[str, Any] | None = (await product.client.get(f"/api/placements/{placement}")).json()["notice"]
    return found


async def test_a_notice_is_set_by_keyboard_in_ten_seconds_stands_on_the_form_and_is_taken_away(
    visit: Visit, product: Running
) -> None:
    await say(product, "Ik kan niet betalen.")
    visitor = await room(visit, product, "#placement=page")
    colleague = await room(visit, product, role="viewer")
    window, keys = visitor.page, visitor.page.keyboard
    started = perf_counter()
    await window.get_by_role("button", name="Notice on the page").click()
    dialog = window.locator("#notice")
    await expect(dialog.get_by_label("Where")).to_have_value("page")
    await expect(dialog.get_by_label("Notice, in Dutch")).to_be_focused()
    await dialog.get_by_role("button", name="Put it on the page").click()
    await expect(dialog.get_by_role("alert")).to_have_text("Write a sentence in at least one language.")
    assert await visitor.axe() == []
    await keys.type(KNOWN)
    await dialog.get_by_label("An hour").check()
    await keys.press("Enter")
    await expect(dialog).to_be_hidden()
    assert perf_counter() - started < 10 * PATIENCE
    line = window.locator("#notices")
    await expect(line.locator("q")).to_have_text(KNOWN)
    await expect(line).to_contain_text("On page it says now, until")
    found = await notice(product)
    now = product.app.parts.now()
    assert found is not None and found["text"] == {"nl": KNOWN} and 3_500_000 < found["until"] - now <= 3_600_000
    assert await notice(product, "gateway") is None

    form = await visit(f"{product.url}/f/page?lang=nl")
    await expect(form.page.locator(".notice")).to_have_text(KNOWN)
    theirs = colleague.page.locator("#notices")
    await expect(theirs.locator("q")).to_have_text(KNOWN, timeout=3 * SECOND)
    await expect(theirs.get_by_role("button")).to_have_count(0)
    await expect(colleague.page.locator("#notice-door")).to_be_hidden()

    await line.get_by_role("button", name="Take away").click()
    await expect(line).to_be_hidden()
    assert await notice(product) is None
    await expect(theirs).to_be_hidden(timeout=3 * SECOND)
    await window.locator("#undo").get_by_role("button", name="Undo").click()
    await expect(line.locator("q")).to_have_text(KNOWN)


async def test_a_notice_whose_time_is_over_stands_nowhere(visit: Visit, product: Running) -> None:
    await say(product, "Iets.")
    body = {"text": {"nl": "Voorbij."}, "until": product.app.parts.now() - 1}
    sent = await product.client.put("/api/placements/page/notice", json=body, headers=product.bearer())
    assert sent.status_code == 204
    visitor = await room(visit, product)
    await expect(visitor.page.locator("#notices")).to_be_hidden()
    assert await notice(product) is None


async def test_the_dialog_fits_320_pixels_in_every_language(visit: Visit, product: Running) -> None:
    await say(product, "Iets.")
    visitor = await room(visit, product, viewport={"width": 320, "height": 568})
    async for lang in in_every_language(visitor):
        # by keyboard: figures that arrive meanwhile move what a mouse would press
        await visitor.page.locator("#unfold").press("Enter")
        await visitor.page.locator("#notice-door button").press("Enter")
        await expect(visitor.page.locator("#notice")).to_be_visible()
        assert await visitor.sideways() <= 0, lang
        assert await visitor.axe(dark=lang == "de") == [], lang
