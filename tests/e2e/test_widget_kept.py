"""What somebody asks to keep on her device while the network is away."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Host, Visit, Visitor
from tests.e2e.test_widget import SEND, on_host, stored, until
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEEP = "Bewaar dit op mijn toestel tot ik weer online ben"
WORDS = "In de tunnel <b>geschreven</b>."
ARRIVED = "Aangekomen. Het staat niet meer op uw toestel."


async def kept(visitor: Visitor) -> int:
    return int(await visitor.page.evaluate("localStorage.length"))


async def cut(visit: Visit, host: Host, product: Running) -> Visitor:
    """Somebody who wrote her words when the network went, and pressed."""
    visitor = await on_host(visit, host, product)
    await visitor.page.get_by_role("button", name="Nee").click()
    await visitor.page.get_by_role("textbox").fill(WORDS)
    await visitor.context.set_offline(True)
    await visitor.page.get_by_role("radio").nth(1).check()
    await visitor.page.get_by_role("button", name=SEND["nl"]).click()
    return visitor


async def quiet(visitor: Visitor) -> None:
    """What a browser says of a network that is away is no problem of ours."""
    assert all("ERR_INTERNET_DISCONNECTED" in problem for problem in visitor.problems), visitor.problems
    visitor.problems.clear()


async def test_it_is_kept_only_when_asked_goes_once_when_the_page_is_opened_again_and_then_is_gone(
    visit: Visit, host: Host, product: Running
) -> None:
    visitor = await cut(visit, host, product)
    window = visitor.page
    wish = window.get_by_label(KEEP)
    await wish.wait_for()
    assert not await wish.is_checked() and await kept(visitor) == 0
    await wish.check()
    assert await kept(visitor) == 1
    await wish.uncheck()
    assert await kept(visitor) == 0
    await wish.check()
    assert await visitor.axe() == []
    await window.goto("about:blank")
    assert [one["text"] for one in await stored(product)] == [None]

    await visitor.context.set_offline(False)
    await window.goto(f"{host.url}/andere")
    await window.get_by_text(ARRIVED).wait_for()
    (one,) = await stored(product)
    assert (one["text"], one["another_way"], one["outcome"]) == (WORDS, "help", "no")
    code = await window.locator(".code").inner_text()
    assert (await product.receipt(code)).json()["id"] == one["id"]
    assert await kept(visitor) == 0
    assert await window.locator("blockquote").inner_text() == WORDS
    assert await visitor.axe() == [] and await visitor.sideways() <= 0
    await window.reload()
    await window.get_by_role("button", name="Nee").wait_for()
    assert await window.get_by_text(ARRIVED).count() == 0
    assert len(await stored(product)) == 1
    await quiet(visitor)


async def test_on_an_open_page_it_goes_when_the_network_is_back_and_leaves_nothing_behind(
    visit: Visit, host: Host, product: Running
) -> None:
    visitor = await cut(visit, host, product)
    await visitor.page.get_by_label(KEEP).check()
    await visitor.context.set_offline(False)
    await visitor.page.locator(".code").wait_for()
    assert await kept(visitor) == 0
    assert [one["text"] for one in await stored(product)] == [WORDS]
    await quiet(visitor)


async def test_an_answer_that_never_left_is_kept_with_its_own_key(visit: Visit, host: Host, product: Running) -> None:
    visitor = await on_host(visit, host, product)
    window = visitor.page
    async with window.expect_response("**/messages/nl.json"):
        await window.get_by_role("button", name="Nee").hover()
    await visitor.context.set_offline(True)
    await window.get_by_role("button", name="Nee").click()
    await window.get_by_label(KEEP).check()
    await window.goto("about:blank")
    assert await stored(product) == []
    await visitor.context.set_offline(False)
    await window.goto(f"{host.url}/andere")
    await window.get_by_text(ARRIVED).wait_for()
    (one,) = await stored(product)
    assert (one["outcome"], one["page"]) == ("no", f"{host.url}/dienst")
    assert await kept(visitor) == 0
    await quiet(visitor)


async def test_what_waits_can_be_let_go_and_what_is_refused_says_so(visit: Visit, host: Host, product: Running) -> None:
    visitor = await cut(visit, host, product)
    window = visitor.page
    await window.get_by_label(KEEP).check()
    await window.goto("about:blank")
    await visitor.context.set_offline(False)
    away = True

    async def gate(route: object) -> None:
        await (route.abort() if away else route.continue_())  # type: ignore[attr-defined]

    await window.route("**/api/receipt", gate)
    await window.goto(host.url)
    await window.get_by_text(WORDS).wait_for()
    assert await kept(visitor) == 1
    await window.get_by_role("button", name="Niet versturen, van mijn toestel wissen").click()
    await window.get_by_text("Gewist van uw toestel.").wait_for()
    assert await kept(visitor) == 0
    away = False
    await window.evaluate("dispatchEvent(new Event('online'))")
    await window.wait_for_timeout(300)
    assert [one["text"] for one in await stored(product)] == [None]
    visitor.problems.clear()

    visitor = await cut(visit, host, product)
    window = visitor.page
    await window.get_by_label(KEEP).check()
    await window.goto("about:blank")
    await visitor.context.set_offline(False)
    await window.route("**/api/receipt", lambda route: route.fulfill(status=404, body='{"detail": "Er is geen."}',
                                                                    headers={"access-control-allow-origin": "*"}))  # fmt: skip
    await window.goto(host.url)
    await window.get_by_text("Dit kon niet verstuurd worden.").wait_for()
    assert await window.get_by_text(WORDS).is_visible() and await kept(visitor) == 1
    visitor.problems.clear()


async def test_another_placement_on_the_same_host_leaves_it_alone(visit: Visit, host: Host, product: Running) -> None:
    visitor = await cut(visit, host, product)
    window = visitor.page
    await window.get_by_label(KEEP).check()
    await window.goto("about:blank")
    await visitor.context.set_offline(False)
    html = host.html
    host.html = html.replace('placement="host"', 'placement="found"')
    await window.goto(host.url)
    await window.get_by_role("button", name="Deels").wait_for()
    assert await kept(visitor) == 1
    host.html = html
    await window.goto(host.url)

    async def gone() -> bool:
        return await kept(visitor) == 0

    await until(gone)
    await quiet(visitor)
