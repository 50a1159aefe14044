"""The room for everybody: by keyboard, with axe, narrow, enlarged, in both themes and with forced colours."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.dashboard import in_every_language, room, rows, say
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = (
    "Een heel lang woord: " + "Arbeidsongeschiktheidsverzekeringsmaatschappij" * 3 + ". " + "Nog een zin erbij. " * 40
)


async def filled(product: Running) -> None:
    """Voices of every kind."""
    await say(
        product, "Ik verlies mijn recht.", impact=["right", "time"], another_way="no", page="https://www.town.example/a"
    )
    await say(product, LONG, "لم أستطع تسجيل الدخول.", language="ar")
    await say(product, "C'était simple.", language="fr", outcome="yes")
    await product.send(outcome="hard", language="nl")


async def states(visitor: Visitor, *, dark: bool) -> list[str]:
    """Names of the states of the room, the page brought into each in turn; what axe finds is in the result."""
    window, found = visitor.page, []
    found += await visitor.axe(dark=dark)
    await window.locator("#stream > article").first.click()
    await expect(window.locator("#reader .history")).to_be_visible()
    found += await visitor.axe(dark=dark)
    await window.keyboard.press("?")
    await expect(window.get_by_role("dialog")).to_be_visible()
    found += await visitor.axe(dark=dark)
    await window.keyboard.press("Escape")
    await window.goto(window.url.split("#")[0] + "#q=nergens")
    await expect(window.locator("#empty")).to_be_visible()
    return found + await visitor.axe(dark=dark)


@pytest.mark.parametrize("width", [1440, 900, 320])
async def test_axe_finds_nothing_in_any_state(product: Running, visit: Visit, width: int) -> None:
    await filled(product)
    visitor = await room(visit, product, viewport={"width": width, "height": 900})
    await expect(visitor.page.locator("#figures table").first).to_be_attached()
    assert await states(visitor, dark=width == 1440) == []


async def test_axe_finds_nothing_on_an_empty_room(product: Running, visit: Visit) -> None:
    visitor = await room(visit, product)
    await expect(visitor.page.locator("#empty")).to_be_visible()
    assert await visitor.axe() == []


async def test_at_320_pixels_nothing_is_moved_sideways_in_any_language(product: Running, visit: Visit) -> None:
    await filled(product)
    visitor = await room(visit, product, viewport={"width": 320, "height": 256})  # 1280 × 1024 at 400 %
    window = visitor.page
    async for lang in in_every_language(visitor):
        await expect(window.locator("#figures table").first).to_be_attached()
        assert await visitor.sideways() <= 0, lang
        await window.locator("#unfold").click()
        assert await visitor.sideways() <= 0, lang
        await rows(visitor).first.click()
        await expect(window.locator("#reader .history")).to_be_visible()
        assert await visitor.sideways() <= 0, lang


async def test_the_keyboard_alone_is_enough(product: Running, visit: Visit) -> None:
    await say(product, "Drie.", "Twee.", "Een.")
    visitor = await room(visit, product)
    window, keys = visitor.page, visitor.page.keyboard
    await keys.press("Tab")
    await expect(window.locator("#skip")).to_be_focused()
    await keys.press("Enter")
    await expect(window.locator("#main")).to_be_focused()
    await keys.press("j")
    await expect(rows(visitor).nth(0)).to_be_focused()
    await keys.press("j")
    await expect(rows(visitor).nth(1)).to_be_focused()
    await keys.press("k")
    await expect(rows(visitor).nth(0)).to_be_focused()
    await keys.press("PageDown")
    await keys.press("Enter")
    await expect(window.locator("#reader .words")).to_have_text("Twee.")
    await expect(window.locator("#pane")).to_be_focused()
    await keys.press("j")
    await expect(window.locator("#reader .words")).to_have_text("Drie.")
    await keys.press("Escape")
    await expect(rows(visitor).nth(2)).to_be_focused()
    await expect(window.locator("#reader .words")).to_have_count(0)
    await keys.press("/")
    await expect(window.locator("#q")).to_be_focused()
    await keys.type("twee j.")
    await keys.press("Enter")
    await expect(window.locator("#title")).to_have_text("Search: twee j.")
    await keys.press("Escape")
    await keys.press("?")
    await expect(window.get_by_role("dialog")).to_contain_text("The next voice")
    await window.get_by_label("Use keys of a single character").uncheck()
    await keys.press("Escape")
    await expect(window.get_by_role("dialog")).to_be_hidden()
    await keys.press("?")
    await expect(window.get_by_role("dialog")).to_be_hidden()


async def test_every_stop_of_the_tab_key_is_seen_and_reached_once(product: Running, visit: Visit) -> None:
    await say(product, *(f"Stem {number}." for number in range(5)))
    visitor = await room(visit, product)
    await expect(visitor.page.locator("#figures .distribution").first).to_be_visible()
    stops: list[str] = []
    for _ in range(60):
        await visitor.page.keyboard.press("Tab")
        stop = await visitor.page.evaluate(
            "() => { const n = document.activeElement; if (n === document.body) return 'out';"
            "const style = getComputedStyle(n); const box = n.getBoundingClientRect();"
            "const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width;"
            "if (!seen) return 'unseen ' + n.outerHTML;"
            "const before = (window.stops ??= new Set()).has(n); window.stops.add(n);"
            "return (before ? 'again ' : '') + (n.id || n.href || n.textContent) }"
        )
        if stop == "out":
            break
        stops.append(stop)
    assert [stop for stop in stops if stop.startswith("unseen")] == []
    assert [stop for stop in stops if stop.startswith("again")] == []
    assert {"skip", "mark", "q", "main", "keys"} & set(stops) == {"skip", "mark", "q", "keys"}
    articles = await visitor.page.evaluate(
        "[...document.querySelectorAll('article')].filter(n => n.tabIndex === 0).length"
    )
    assert articles == 1


async def test_a_new_view_takes_the_focus_from_nobody(product: Running, visit: Visit) -> None:
    await say(product, "Een.", outcome="yes")
    visitor = await room(visit, product)
    await visitor.page.locator("#views").get_by_role("link", name="Managed").focus()
    await say(product, "Deux.", "Drei.", language="fr")
    await expect(visitor.page.locator("#views").get_by_role("link", name="French")).to_be_visible()
    await expect(visitor.page.locator("#views").get_by_role("link", name="Managed")).to_be_focused()


async def test_every_target_is_large_enough_for_a_finger(product: Running, visit: Visit) -> None:
    await filled(product)
    visitor = await room(visit, product, viewport={"width": 320, "height": 800})
    await visitor.page.locator("#unfold").click()
    small = await visitor.page.evaluate(
        "[...document.querySelectorAll('a, button, summary, input')]"
        ".filter(n => n.checkVisibility() && !n.closest('.opens, .skip, dialog, svg'))"
        ".map(n => [n.outerHTML.slice(0, 80), n.getBoundingClientRect()])"
        ".filter(([, box]) => box.width && (box.height < 24 || box.width < 24))"
        ".map(([html, box]) => `${html} ${box.width}×${box.height}`)"
    )
    assert small == []


async def test_the_feed_is_a_feed_for_those_who_hear_it(product: Running, visit: Visit) -> None:
    await say(product, "Twee.", "Een.")
    visitor = await room(visit, product)
    feed = visitor.page.get_by_role("feed", name="All words")
    await expect(feed.get_by_role("article", name="Een.")).to_have_attribute("aria-posinset", "1")
    await expect(feed.get_by_role("article", name="Twee.")).to_have_attribute("aria-setsize", "2")
    await say(product, "Nieuw.")
    await expect(visitor.page.locator("#announce")).to_have_text("1 new voice waits at the top")
    await expect(visitor.page.get_by_role("status").filter(has_text="Live")).to_have_count(1)


async def test_with_forced_colours_and_less_motion_it_is_all_there(product: Running, visit: Visit) -> None:
    await filled(product)
    visitor = await room(visit, product, forced_colors="active", reduced_motion="reduce")
    await rows(visitor).first.click()
    await expect(rows(visitor).first).to_have_attribute("aria-current", "true")
    assert await rows(visitor).first.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    moving = await visitor.page.evaluate(
        "[...document.querySelectorAll('*')].filter(n => parseFloat(getComputedStyle(n).transitionDuration) > 0).length"
    )
    assert moving == 0


async def test_on_paper_stands_the_one_voice_and_nothing_around_it(product: Running, visit: Visit) -> None:
    await filled(product)
    visitor = await room(visit, product)
    await rows(visitor).last.click()
    await expect(visitor.page.locator("#reader .words")).to_have_text("Ik verlies mijn recht.")
    await visitor.page.emulate_media(media="print")
    for part in ("#main", "#search", "#views", "#reader button", "#overview"):
        await expect(visitor.page.locator(part).first).to_be_hidden()
    await expect(visitor.page.locator("#reader .words")).to_be_visible()
    await expect(visitor.page.locator("#reader .history")).to_be_visible()
