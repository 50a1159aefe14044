"""What to do next, by one key; and triage by keyboard in Read first."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import joined, room, rows, say, stored
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_one_key_leads_through_what_is_next_and_triage_works_where_one_reads(
    visit: Visit, product: Running
) -> None:
    sent = await say(product, "De lift is stuk.", "De kade is te smal.", impact=["time"], another_way="yes")
    grave = (await say(product, "Ik kan niet naar de dokter.", impact=["health"]))[0]
    body = {"text": "Waar was dat?", "kind": "question"}
    await product.client.post(f"/api/submissions/{sent[0]['id']}/messages", json=body, headers=product.bearer())
    reply = {"authorization": f"Receipt {sent[0]['receipt']}"}
    await product.client.post("/api/receipt/messages", json={"text": "In het station."}, headers=reply)
    visitor = await room(visit, product, secret=await joined(product, "Ann Peeters", "Mobility office"))
    window = visitor.page
    await window.keyboard.press("n")
    await expect(window).to_have_url(re.compile(f"open={grave['id']}"))
    await expect(window.locator("#undo")).to_contain_text("Next: grave and not answered")
    await expect(window.locator("#reader")).to_contain_text("Ik kan niet naar de dokter.")
    await window.keyboard.press("n")
    await expect(window).to_have_url(re.compile(f"open={sent[0]['id']}"))
    await expect(window.locator("#undo")).to_contain_text("Next: wrote back and waits")

    await window.evaluate("location.hash = '#reading'")
    page = window.locator("#readfirst")
    await expect(page.locator(".todo li")).to_have_count(2)
    await expect(page.locator(".todo li").nth(1)).to_contain_text("Wrote back and waits")
    letter = page.locator(f'article.letter[data-id="{sent[1]["id"]}"]')
    await letter.focus()
    await window.keyboard.press("p")
    chooser = window.locator("#chooser")
    await expect(chooser).to_be_visible()
    await chooser.get_by_role("button", name="The desk").press("Enter")
    await expect(window.locator("#undo")).to_contain_text("1 voice")
    await expect(letter).to_contain_text("With The desk")
    assert await visitor.axe() == []
    await window.keyboard.press("z")
    await expect(letter).to_have_class("letter unread")
    await letter.focus()
    await window.keyboard.press("b")
    await expect(window).to_have_url(re.compile(f"open={sent[1]['id']}"))
    await expect(window.locator("#reader .compose textarea:visible")).to_be_focused()


async def test_a_batch_is_passed_on_answered_and_set_aside_and_each_is_undone(visit: Visit, product: Running) -> None:
    await say(product, "Een.", "Twee.", "Drie.")
    visitor = await room(visit, product, secret=await joined(product, "Els Janssens", "Mobility office"))
    window = visitor.page
    await expect(rows(visitor)).to_have_count(3)

    async def choose() -> None:
        for box in await rows(visitor).get_by_role("checkbox").all():
            await box.check()
        await expect(window.locator("#batch .chosen")).to_contain_text("3")

    async def standing() -> list[tuple[str, str | None]]:
        return [(one["status"], one["contact_point"]) for one in await stored(product)]

    undo = window.locator("#undo")
    for key, choice, after in (
        ("p", "The desk", ("with", "desk")),
        ("r", "", ("read", None)),
        ("e", "", ("answered", None)),
        ("d", "It was a try-out", ("aside", None)),
    ):
        if key == "e":  # nothing is answered that nobody has read
            await choose()
            await window.keyboard.press("r")
            await expect(undo).to_contain_text("3 voices")
        await choose()
        await window.keyboard.press(key)
        if choice:
            await window.locator("#chooser").get_by_role("button", name=choice).click()
        await expect(window.locator("#batch")).to_be_hidden()
        await expect(undo).to_contain_text("Undo")
        assert await standing() == [after] * 3, key
        await undo.get_by_role("button", name="Undo").click()
        await expect(undo).to_contain_text("undone", ignore_case=True)
        assert {one for one, _ in await standing()} == {"read" if key in "ed" else "new"}, key
