"""A question of an office in the widget, on other people's pages, in a real browser."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from collector.ask import Asking
from collector.store.asks import Asked
from tests.e2e.conftest import Host, Visit, Visitor
from tests.e2e.test_desk import desk, go
from tests.e2e.test_widget import SEND, stored, until
from tests.e2e.test_widget_decision import all_of, heating, line, listeners, look
from tests.start import Running
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def ask(found: Town, text: str) -> Asked:
    asking = Asking(all_of(text), 7)
    return await found.store.asks.ask(
        found.agency.id, "heating", asking, office="Energy desk", now=found.now, by="Ann Peeters, Energy desk"
    )


async def test_it_waits_in_the_widget_takes_words_by_keyboard_and_gives_a_receipt_of_its_own(
    visit: Visit, host: Host, product: Running
) -> None:
    found = await heating(product, host)
    asked = await ask(found, "Wie helpt u met de aanvraag?")
    host.headers["content-security-policy"] = (
        f"default-src 'none'; script-src 'nonce-abc'; connect-src {product.url}; style-src 'none'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    visitor = await look(visit, host, product, bypass_csp=False)
    window = visitor.page
    await line(visitor).wait_for()
    assert "Er is een vraag voor u" in await line(visitor).inner_text()
    await line(visitor).press("Enter")
    field = window.get_by_role("textbox", name="Wie helpt u met de aanvraag? (nl)")
    await field.wait_for()
    assert "Energy desk vraagt u dit" in await window.locator(".asked .hint").inner_text()
    await field.press_sequentially("Mijn dochter, 0470 12 34 56.")
    await window.locator("tijdens-feedback").evaluate("(one) => one.setAttribute('lang', 'fr')")
    field = window.get_by_role("textbox", name="Wie helpt u met de aanvraag? (fr)")
    await field.wait_for()
    assert await field.input_value() == "Mijn dochter, 0470 12 34 56."
    await field.press("Tab")
    await window.keyboard.press("Enter")
    code = window.locator(".asked .code")
    await code.wait_for()
    (one,) = await stored(product)
    assert (one["ask"], one["decision"], one["text"], one["effect"]) == (
        asked.id, "heating", "Mijn dochter, [phone].", None,
    )  # fmt: skip
    assert (await product.receipt(await code.inner_text())).json()["ask"] == asked.id
    # the question about the decision itself still stands there
    assert await window.locator(".answers").count() == 1


async def test_it_comes_while_one_looks_and_goes_without_taking_what_was_typed(
    visit: Visit, host: Host, product: Running
) -> None:
    found = await heating(product, host)
    visitor = await look(visit, host, product, viewport={"width": 320, "height": 700})
    window = visitor.page
    await line(visitor).click()
    await until(lambda: listeners(product, 1))
    loaded = await window.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert not any(name.endswith("/ask.js") for name in loaded)
    first = await ask(found, "Wie helpt u?")
    await window.get_by_text("Zonet: er is een vraag voor u.").wait_for()
    field = window.get_by_role("textbox", name="Wie helpt u? (nl)")
    await field.wait_for()
    assert await visitor.axe() == []
    assert await window.evaluate("document.documentElement.scrollWidth") <= 320
    await found.store.asks.withdraw(found.agency.id, first.id, now=found.now, by="Ann")
    await field.wait_for(state="detached")
    second = await ask(found, "En wie helpt uw buren?")
    field = window.get_by_role("textbox", name="En wie helpt uw buren? (nl)")
    await field.fill("Niemand.")
    await found.store.asks.withdraw(found.agency.id, second.id, now=found.now, by="Ann")
    await window.get_by_text("Zonet: een vraag is ingetrokken.").wait_for()
    await window.locator(".asked").get_by_role("button", name=SEND["nl"]).click()
    await window.get_by_role("alert").get_by_text("Niemand wacht nog op antwoorden").wait_for()
    assert await field.input_value() == "Niemand."
    assert await stored(product) == []
    # a browser says each refusal on its console
    await until(lambda: said(visitor))
    assert all("409" in problem for problem in visitor.problems)
    visitor.problems.clear()


async def said(visitor: Visitor) -> bool:
    return bool(visitor.problems)


async def test_an_official_asks_sees_answers_come_and_says_what_was_heard(visit: Visit, product: Running) -> None:
    found = Town(product.app.parts.store, product.app.parts.now())
    await found.publish("street", found.file())
    await found.voices("street", 4, "Mijn winkel ligt daar.", days=1, effect="harder")
    visitor = await desk(visit, product, "#desk/street/ask")
    window = visitor.page
    await expect(window.locator("#ask-reach")).to_have_attribute("aria-busy", "false")
    await expect(window.locator("#ask-reach")).to_contain_text("4 people hold a receipt")
    await expect(window.locator("#ask-reach .expect")).to_contain_text("Count on 0 to")
    await window.locator("#f-ask-nl").fill("Wanneer levert men bij u?")
    await window.locator("#ask-send").press("Enter")
    await expect(window.locator("#f-ask-fr")).to_be_focused()
    await expect(window.get_by_role("alert")).to_contain_text("still missing in French")
    # what is written waits there while one is elsewhere
    await go(window, "#desk/street")
    await go(window, "#desk/street/ask")
    await expect(window.locator("#f-ask-nl")).to_have_value("Wanneer levert men bij u?")
    await window.locator("#f-ask-fr").fill("Quand vous livre-t-on ?")
    await window.locator("#f-days-14").check()
    await window.locator("#ask-send").press("Enter")
    await expect(window.locator("#ask-waits")).to_contain_text("on 4 receipts")
    await expect(window.locator("#ask-waits")).to_be_focused()
    await expect(window.locator(".ask-form")).to_be_hidden()
    (asked,) = (await product.client.get("/api/decisions/street/asks", headers=product.bearer())).json()["items"]
    assert asked["until"] == found.day(14)
    await product.send(ask=asked["id"], text="<i>Om zes uur</i>", language="nl")
    await expect(window.locator(".answers .words")).to_have_text("<i>Om zes uur</i>")
    await expect(window.locator("#answers-title")).to_have_text("1 answer")
    assert await visitor.axe(dark=True) == []
    await window.get_by_role("link", name="All answers among the voices").click()
    await expect(window.locator("#stream > article")).to_have_count(1)
    await expect(window.locator("#stream .asked")).to_have_text("Answer to a question")
    await window.locator("#stream > article a.opens").click()
    await expect(window.locator("#pane .facts")).to_contain_text("Wanneer levert men bij u?")
    await go(window, "#desk/street/ask")
    await window.locator("#ask-waits summary").press("Enter")
    await window.locator("#ask-back").press("Enter")
    await expect(window.locator("#ask-waits")).to_be_hidden()
    await window.locator(f"#heard-{asked['id']} summary").press("Enter")
    for code, text in (("nl", "Leveren mag tot half negen."), ("fr", "On livre jusqu'à huit heures et demie.")):
        await window.locator(f"#f-heard-{asked['id']}-{code}").fill(text)
    await window.locator(f"#heard-send-{asked['id']}").press("Enter")
    await expect(window.locator(".said-heard")).to_contain_text("Leveren mag tot half negen.")
    public = (await product.client.get("/api/decisions/street")).json()["asks"]
    assert public[0]["heard"]["nl"] == "Leveren mag tot half negen."
