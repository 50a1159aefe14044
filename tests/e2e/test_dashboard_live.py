"""The room while people speak: what comes, what changes and what goes is seen within a second, and nothing jumps."""

from __future__ import annotations

import asyncio
from time import perf_counter

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, room, rows, say, stored
from tests.patience import PATIENCE
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_words_are_on_the_screen_within_a_second_large_and_without_a_reload(
    product: Running, visit: Visit
) -> None:
    await say(product, "Van gisteren.")
    visitor = await room(visit, product)
    started = perf_counter()
    await say(product, "Ik kon niet aanmelden met mijn kaart.")
    await expect(visitor.page.locator("#newest .words")).to_have_text(
        "Ik kon niet aanmelden met mijn kaart.", timeout=SECOND
    )
    assert perf_counter() - started < 1.5 * PATIENCE
    words = visitor.page.locator("#newest .words")
    assert await words.get_attribute("lang") == "nl" and await words.get_attribute("dir") == "auto"
    sizes = await visitor.page.evaluate(
        "[...document.querySelectorAll('body *:not(svg *)')].filter(n => n.checkVisibility() && n.textContent.trim())"
        ".map(n => parseFloat(getComputedStyle(n).fontSize))"
    )
    assert max(sizes) == await words.evaluate("n => parseFloat(getComputedStyle(n).fontSize)")


async def test_new_ones_wait_at_the_top_until_they_are_let_in(product: Running, visit: Visit) -> None:
    await say(product, "Eerste.", "Tweede.")
    visitor = await room(visit, product)
    before = await rows(visitor).first.bounding_box()
    await say(product, "Derde.", "Vierde.", "Vijfde.")
    button = visitor.page.locator("#arrivals")
    await expect(button).to_have_text("3 new", timeout=SECOND)
    await expect(rows(visitor)).to_have_count(2)
    assert await rows(visitor).first.bounding_box() == before
    await button.click()
    await expect(rows(visitor)).to_have_count(5)
    await expect(rows(visitor).first).to_contain_text("Vijfde.")
    await expect(rows(visitor).first).to_be_focused()
    await expect(button).to_be_hidden()
    await say(product, "Zesde.")
    await expect(button).to_have_text("1 new")
    await visitor.page.keyboard.press(".")
    await expect(rows(visitor).first).to_contain_text("Zesde.")


async def test_a_bare_press_only_moves_the_counter_until_it_has_words(product: Running, visit: Visit) -> None:
    await say(product, "Met woorden.")
    visitor = await room(visit, product)
    counter = visitor.page.locator("#counter")
    await expect(counter).to_have_text("1 press, 1 with words")
    press = (await product.send(outcome="hard", language="nl")).json()
    await expect(counter).to_have_text("2 presses, 1 with words", timeout=2 * SECOND)
    await expect(visitor.page.locator("#arrivals")).to_be_hidden()
    await product.receipt(press["receipt"], "PATCH", text="Nu zeg ik ook iets.")
    await expect(visitor.page.locator("#arrivals")).to_have_text("1 new", timeout=SECOND)
    await expect(visitor.page.locator("#newest .words")).to_have_text("Nu zeg ik ook iets.")
    await expect(counter).to_have_text("2 presses, 2 with words", timeout=5 * SECOND)


async def test_the_first_voice_of_all_walks_in_by_itself(product: Running, visit: Visit) -> None:
    visitor = await room(visit, product)
    await expect(visitor.page.locator("#empty")).to_contain_text("Nobody has said anything yet")
    await expect(visitor.page.locator("#empty pre")).to_contain_text("<tijdens-feedback")
    await say(product, "De allereerste.")
    await expect(rows(visitor)).to_have_count(1, timeout=SECOND)
    await expect(visitor.page.locator("#empty")).to_be_hidden()


async def test_erased_words_are_gone_everywhere_within_a_second(product: Running, visit: Visit) -> None:
    shown, _ = await say(product, "Dit moet weg.", "Dit blijft.")
    visitor = await room(visit, product)
    (late,) = await say(product, "Dit wacht en moet weg.")
    await expect(visitor.page.locator("#arrivals")).to_have_text("1 new")
    await rows(visitor).last.click()
    await expect(visitor.page.locator("#reader .words")).to_have_text("Dit moet weg.")
    for told in (shown, late):
        await product.receipt(told["receipt"], "DELETE")
    await expect(visitor.page.get_by_text("moet weg")).to_have_count(0, timeout=SECOND)
    await expect(visitor.page.locator("#reader .tombstone")).to_contain_text("erased", timeout=SECOND)
    await expect(visitor.page.locator("#arrivals")).to_be_hidden()
    assert "moet weg" not in await visitor.page.content()
    await expect(rows(visitor)).to_have_count(1)


async def test_a_correction_changes_the_words_where_they_stand(product: Running, visit: Visit) -> None:
    first, _ = await say(product, "Foutt.", "Een andere.")
    visitor = await room(visit, product)
    await rows(visitor).last.click()
    await product.receipt(first["receipt"], "PATCH", text="Juist.")
    await expect(rows(visitor).last.locator(".words")).to_have_text("Juist.", timeout=SECOND)
    await expect(visitor.page.locator("#reader .words")).to_have_text("Juist.", timeout=SECOND)
    # what stands open is marked as read meanwhile; when the correction is first, that is refused as stale
    visitor.problems[:] = [problem for problem in visitor.problems if "412" not in problem]


async def test_what_stood_open_for_a_moment_is_read_and_the_receipt_says_so(product: Running, visit: Visit) -> None:
    (told,) = await say(product, "Lees mij.")
    visitor = await room(visit, product)
    await expect(rows(visitor).first).to_have_class("voice unread")
    await rows(visitor).first.click()
    await expect(visitor.page.locator("#reader .history")).to_contain_text("Read by Team editor", timeout=5 * SECOND)
    await expect(rows(visitor).first).to_have_class("voice")
    history = (await product.receipt(told["receipt"])).json()["history"]
    assert [step["change"] for step in history] == ["submission.received", "submission.read"]
    await visitor.page.get_by_role("button", name="Keep as not read").click()
    await expect(rows(visitor).first).to_have_class("voice unread")
    await asyncio.sleep(2)
    assert (await stored(product))[0]["status"] == "new"


async def test_a_viewer_reads_and_changes_nothing(product: Running, visit: Visit) -> None:
    await say(product, "Kijken mag.")
    visitor = await room(visit, product, role="viewer")
    await rows(visitor).first.click()
    await expect(visitor.page.locator("#reader")).to_contain_text("You may read.")
    await expect(visitor.page.locator("#reader button")).to_have_text(["Print"])
    await asyncio.sleep(2)
    assert (await stored(product))[0]["status"] == "new"


async def test_the_title_counts_while_nobody_looks(product: Running, visit: Visit) -> None:
    await say(product, "Eerst.")
    visitor = await room(visit, product)
    await expect(visitor.page).to_have_title("Tijdens")
    await visitor.page.evaluate("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })")
    await say(product, "Een.", "Twee.")
    await expect(visitor.page).to_have_title("(2) Tijdens")
    await visitor.page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    await expect(visitor.page).to_have_title("Tijdens")


async def test_what_came_since_the_last_visit_is_the_first_line(product: Running, visit: Visit) -> None:
    await say(product, "Van voor het bezoek.")
    token = await product.app.parts.store.tokens.by_secret(product.tokens["editor"], now=product.app.parts.now())
    four_days = 4 * 86_400_000
    now = product.app.parts.now()
    first = (await stored(product))[0]["id"]
    await product.app.parts.store.tokens.seen(token, first, now=now - four_days)
    await say(product, "Gewoon.", "Ook gewoon.")
    await say(product, "Ik verlies mijn recht.", impact=["right"])
    visitor = await room(visit, product)
    line = visitor.page.locator("#since")
    await expect(line).to_contain_text("3 voices, 1 grave")
    await line.get_by_role("link", name="1 grave").click()
    await expect(rows(visitor)).to_have_count(1)
    await line.get_by_role("link", name="3 voices").click()
    await expect(rows(visitor)).to_have_count(3)
