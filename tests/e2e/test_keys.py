"""Working through voices by keyboard as fast as one types."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import room, rows, say, stored
from tests.start import Running
from tests.store.arrivals import arrival

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_is_typed_after_a_key_are_words_and_no_keys_and_escape_leaves_one_thing_at_a_time(
    visit: Visit, product: Running
) -> None:
    await say(product, "Eerst.", "Dan.", "Ten slotte.")
    visitor = await room(visit, product)
    window, keyboard = visitor.page, visitor.page.keyboard
    await expect(rows(visitor)).to_have_count(3)
    await keyboard.press("j")
    # from the list: the voice opens, and not one letter acts on it while its field comes
    await keyboard.press("b")
    await keyboard.type("We read: when?")
    field = window.locator("#compose-text")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("We read: when?")
    assert {one["id"] for one in await stored(product) if one["status"] not in ("new", "read")} == set()
    await keyboard.press("Escape")
    await expect(field).to_be_hidden()
    await expect(window.locator("#pane .facts")).to_be_visible()
    await keyboard.press("b")
    await expect(field).to_have_value("We read: when?")
    await keyboard.press("Escape")
    await keyboard.press("w")
    await expect(window.locator("form.weigh")).to_be_visible()
    await keyboard.press("Escape")
    await expect(window.locator("form.weigh")).to_be_hidden()
    await keyboard.press("Escape")
    await expect(window.locator("#pane .facts")).to_have_count(0)
    # what it is, of all that are chosen
    await keyboard.press("x")
    await keyboard.press("j")
    await keyboard.press("x")
    await expect(window.locator("#stream input.pick:checked")).to_have_count(2)
    await keyboard.press("1")
    await expect(window.locator("#undo")).to_contain_text("2 voices noted as: Fault")
    await expect(window.locator("#stream input.pick:checked")).to_have_count(0)
    assert [one["kind"] for one in await stored(product)].count("fault") == 2
    await expect(rows(visitor).first.locator(".context")).to_contain_text("Fault")
    await keyboard.press("z")
    await expect(window.locator("#undo")).to_contain_text("Undone")
    assert {one["kind"] for one in await stored(product)} == {None}
    await keyboard.press("x")
    await expect(window.locator("#batch")).to_be_visible()
    await keyboard.press("Escape")
    await expect(window.locator("#batch")).to_be_hidden()
    # what is searched for: the first find has the keyboard, and it says how many
    await keyboard.press("/")
    await keyboard.type("slotte")
    await keyboard.press("Enter")
    await expect(rows(visitor)).to_have_count(1)
    await expect(rows(visitor).first).to_be_focused()
    await expect(window.locator("#counter")).to_have_text("1 with words")


async def test_the_next_key_goes_on_where_the_list_ended(visit: Visit, product: Running) -> None:
    store = product.app.parts.store
    page, now = store.agencies.placement("page"), product.app.parts.now()
    for number in range(104):
        await store.submissions.receive(arrival(page, f"many-{number:05}", f"Stem {number}.", at=now - number * 1000))
    visitor = await room(visit, product)
    await expect(rows(visitor)).to_have_count(100)
    await rows(visitor).nth(99).focus()
    await visitor.page.keyboard.press("j")
    await expect(rows(visitor).nth(100)).to_be_focused()
    await expect(rows(visitor)).to_have_count(104)
