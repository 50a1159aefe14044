"""At the counter with the keyboard alone; a stack of paper; and the sheet itself on one A4."""

from __future__ import annotations

import re
import time

import pytest
from playwright.async_api import expect

from collector.agency import LANGUAGES
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import room, stored
from tests.patience import PATIENCE
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOSTILE = "<img src=x onerror=alert(1)> Ik sta hier voor de derde keer."


async def test_a_sentence_a_digit_and_enter_and_the_person_holds_the_receipt(visit: Visit, product: Running) -> None:
    clerk = await room(visit, product, "#counter", lang="nl")
    window = clerk.page
    counter = window.locator("#taking")
    assert await clerk.axe() == []
    await counter.get_by_label("Wat iemand zegt").focus()
    began = time.monotonic()
    await window.keyboard.type(HOSTILE)
    await window.keyboard.press("Enter")
    await window.keyboard.press("3")
    await window.keyboard.press("Enter")
    await expect(counter.locator(".groups code")).to_have_count(4)
    assert time.monotonic() - began < 15 * PATIENCE  # for the hands; the machine must take none of it
    await expect(counter.locator("blockquote")).to_have_text(HOSTILE)
    assert await window.locator("main img").count() == 0
    await expect(counter.get_by_role("button", name="De volgende")).to_be_focused()
    assert await clerk.axe() == []
    code = "-".join(await counter.locator(".groups code").all_inner_texts())
    document = (await product.receipt(code)).json()
    assert (document["text"], document["outcome"], document["channel"]) == (HOSTILE, "no", "counter")
    await window.emulate_media(media="print")
    await expect(counter.locator(".groups")).to_be_visible()
    await expect(counter.locator(".strip")).to_be_visible()
    await expect(counter.locator("form")).to_be_hidden()
    await window.emulate_media(media="screen")

    await counter.get_by_role("button", name="De volgende").press("Enter")
    await expect(counter.get_by_label("Wat iemand zegt")).to_be_focused()
    assert code.split("-")[1] not in await window.content()

    await window.keyboard.type("Toch liever niet.")
    await window.keyboard.press("Enter")
    await window.keyboard.press("1")
    await window.keyboard.press("Enter")
    await counter.get_by_role("button", name="Toch niet: wissen").click()
    await expect(counter.get_by_label("Wat iemand zegt")).to_be_focused()
    assert [one["text"] for one in await stored(product)] == [HOSTILE]

    paper = await visit(f"{product.url}/paper/page?lang=nl")
    number = await paper.page.locator(".leaf .number strong").inner_text()
    strip = await paper.page.locator(".leaf .code").inner_text()
    assert await paper.axe() == []
    for language in LANGUAGES:
        await paper.page.goto(f"{product.url}/paper/page?lang={language}")
        pdf = await paper.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, language
    await paper.page.goto(f"{product.url}/paper/page?lang=de&large=1&copies=2")
    pdf = await paper.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 4
    await paper.page.set_viewport_size({"width": 320, "height": 640})
    assert await paper.sideways() <= 0

    await counter.get_by_label("Hoe het komt").select_option("paper")
    await counter.get_by_label("Nummer van het blad").focus()
    await window.keyboard.type(number)
    await window.keyboard.press("Enter")
    await window.keyboard.type("Van papier.")
    await window.keyboard.press("Enter")
    await window.keyboard.press("2")
    await window.keyboard.press("Enter")
    await expect(counter.get_by_role("status")).to_contain_text("is bewaard")
    await expect(counter.get_by_label("Nummer van het blad")).to_be_focused()
    assert strip not in await window.content()
    assert (await product.receipt(strip)).json()["text"] == "Van papier."
    await window.set_viewport_size({"width": 320, "height": 640})
    assert await clerk.sideways() <= 0
    assert await clerk.axe() == []
