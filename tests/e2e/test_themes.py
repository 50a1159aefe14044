"""Themes, their answers and the conversation, by hand in the dashboard."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import room, rows, say, stored
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = '<img src=x onerror="alert(1)"> aanmelden lukt niet'


async def test_a_voice_is_sorted_by_keyboard_into_a_theme_that_is_named_then_and_the_theme_is_answered(
    visit: Visit, product: Running
) -> None:
    (_, told) = await say(product, HOSTILE, "Aanmelden lukt ook mij niet.")
    visitor = await room(visit, product)
    window = visitor.page
    keys = window.keyboard
    await keys.press("x")
    await keys.press("j")
    await expect(rows(visitor).nth(1)).to_be_focused()
    await keys.press("x")
    await expect(window.locator("#stream .pick:checked")).to_have_count(2)
    await keys.press("t")
    dialog = window.locator("#sorter")
    await expect(dialog).to_be_visible()
    assert await visitor.axe() == []
    await keys.type("Aanmelden")
    await keys.press("Enter")
    await dialog.get_by_label("Français").or_(dialog.locator("[lang=fr]")).first.fill("Se connecter")
    await dialog.get_by_role("button", name="Make the theme").click()
    await expect(window.locator("#sorter-list [aria-selected=true]")).to_have_count(1)
    found = await stored(product)
    assert [len(one["themes"]) for one in found] == [1, 1]
    theme = found[0]["themes"][0]
    await keys.press("Escape")

    await window.goto(f"{product.url}/dashboard?lang=en#theme={theme}")
    await window.reload()
    await expect(rows(visitor)).to_have_count(2)
    assert await visitor.axe() == []
    pane = window.locator("#pane")
    await pane.get_by_text("Answer this theme").first.click()
    await pane.get_by_text("Not changed, because").click()
    await pane.get_by_role("button", name="Publish").click()
    await expect(pane.get_by_role("button", name="Yes, publish")).to_have_count(0)  # the reason is missing
    for language, reason in (("nl", "De wet laat het niet toe."), ("fr", "La loi ne le permet pas.")):
        await pane.locator(f"textarea[lang={language}]").first.fill(reason)
    await pane.get_by_label("Office that signs").fill("Mobility office")
    assert await visitor.axe() == []
    await pane.get_by_role("button", name="Publish").click()
    await pane.get_by_role("button", name="Yes, publish").click()
    await expect(pane.get_by_text("De wet laat het niet toe.").or_(pane.get_by_text("La loi")).first).to_be_visible()
    receipt = (await product.receipt(told["receipt"])).json()
    assert receipt["themes"][0]["response"]["reason"]["fr"] == "La loi ne le permet pas."


async def test_a_question_goes_to_the_receipt_and_its_answer_comes_back(visit: Visit, product: Running) -> None:
    (told,) = await say(product, "Het formulier werkte niet.")
    visitor = await room(visit, product, f"#open={told['id']}")
    window = visitor.page
    pane = window.locator("#pane")
    await pane.get_by_role("button", name="Ask back").click()
    await pane.get_by_label("Your question").fill("Welke browser gebruikt u?")
    assert await visitor.axe() == []
    await pane.get_by_role("button", name="Send", exact=True).click()
    await expect(pane.locator(".thread").get_by_text("Welke browser gebruikt u?")).to_be_visible()
    headers = {"authorization": f"Receipt {told['receipt']}"}
    answer = {"text": "Die van mijn <b>gsm</b>."}
    said = await product.client.post("/api/receipt/messages", json=answer, headers=headers)
    assert said.status_code == 201 and said.json()["messages"][0]["text"] == "Welke browser gebruikt u?"
    await expect(pane.get_by_text("Die van mijn <b>gsm</b>.")).to_be_visible()
