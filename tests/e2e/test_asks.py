"""A question of an office in the widget, on other people's pages, in a real browser."""

from __future__ import annotations

import pytest

from collector.ask import Asking
from collector.store.asks import Asked
from tests.e2e.conftest import Host, Visit, Visitor
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
    given = {"now": found.now, "by": "Ann"}
    await found.store.asks.withdraw(found.agency.id, first.id, **given)
    await field.wait_for(state="detached")
    second = await ask(found, "En wie helpt uw buren?")
    field = window.get_by_role("textbox", name="En wie helpt uw buren? (nl)")
    await field.fill("Niemand.")
    await found.store.asks.withdraw(found.agency.id, second.id, **given)
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
