"""The conversation with one who spoke: asked back, answered, told, invited to talk; and by when the next word is owed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.dashboard import SECOND, joined, room, rows, say, stored
from tests.start import Running
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def answers(product: Running, told: dict[str, Any], text: str) -> None:
    """The citizen writes on her receipt."""
    headers = {"authorization": f"Receipt {told['receipt']}"}
    said = await product.client.post("/api/receipt/messages", json={"text": text}, headers=headers)
    assert said.status_code == 201, said.text


async def writes(visitor: Visitor, door: str, label: str, text: str) -> Locator:
    await visitor.page.get_by_role("button", name=door).click()
    form = visitor.page.locator("form.compose")
    await form.get_by_label(label).fill(text)
    return form


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


async def test_who_spoke_last_waits_for_us_in_a_view_of_its_own_until_we_answer(visit: Visit, product: Running) -> None:
    told, other = await say(product, "Het formulier werkte niet.", "Alles ging goed.")
    visitor = await room(visit, product, "#waiting=1")
    window = visitor.page
    await expect(rows(visitor)).to_have_count(0)
    await answers(product, told, "Ik probeer het al drie dagen.")
    await expect(rows(visitor)).to_have_count(1, timeout=3 * SECOND)
    line = window.locator("#views").get_by_role("link", name="Waits for our answer")
    await expect(line.locator(".figure")).to_have_text("1", timeout=5 * SECOND)
    await rows(visitor).first.click()
    thread = window.locator("#reader .thread")
    await expect(thread).to_contain_text("Its author adds")
    await expect(thread.locator(".owed")).to_contain_text("Waits for an answer, at the latest")
    form = await writes(visitor, "Tell", "Your note", "We herstellen het vandaag.")
    await form.get_by_role("button", name="Send", exact=True).click()
    await expect(thread.locator(".owed")).to_have_count(0)
    await expect(line.locator(".figure")).to_have_text("0", timeout=5 * SECOND)
    await expect(rows(visitor)).to_have_count(1)  # what is being read stays
    await window.reload()
    await expect(window.locator("#empty")).to_be_visible()
    assert {one["id"] for one in await stored(product, "?waiting=1")} == set()
    assert other["id"]


async def test_one_who_allowed_it_is_invited_to_talk_with_a_day_and_a_place(visit: Visit, product: Running) -> None:
    (told,) = await say(product, "Ik wil hierover praten.", permissions={"quote": False, "invite": True})
    (shy,) = await say(product, "Ik liever niet.")
    ann = await joined(product, "Ann Peeters", "Dienst mobiliteit")
    visitor = await room(visit, product, f"#open={told['id']}", secret=ann)
    window = visitor.page
    form = await writes(visitor, "Invite to talk", "Your invitation", "Komt u koffie drinken?")
    await form.get_by_role("button", name="Send", exact=True).click()
    await expect(form.get_by_role("alert")).to_contain_text("Give a day, a time, and a place")
    day = Town(product.app.parts.store, product.app.parts.now()).day(7)
    await form.get_by_label("Day").fill(day)
    await form.get_by_role("textbox", name="Time").fill("14:30")
    await form.get_by_label("Place").fill("Markt 1, tweede verdieping")
    await form.get_by_label("Number to ring").fill("+32 2 555 01 23")
    await form.get_by_label("In sign language, address").fill("https://video.town.example/")
    assert await visitor.axe() == []
    await form.get_by_role("button", name="Send", exact=True).click()
    thread = window.locator("#reader .thread")
    await expect(thread).to_contain_text("Invitation by Ann Peeters, Dienst mobiliteit ·")
    await expect(thread.locator(".invitation")).to_contain_text("14:30")
    receipt = (await product.receipt(told["receipt"])).json()
    (message,) = receipt["messages"]
    assert message["kind"] == "invitation" and message["invitation"]["place"] == "Markt 1, tweede verdieping"
    await window.evaluate(f"location.hash = '#open={shy['id']}'")
    await expect(window.locator("#reader .above > .words")).to_have_text("Ik liever niet.")
    await expect(window.get_by_role("button", name="Invite to talk")).to_be_disabled()


async def test_a_half_written_question_stays_while_the_voice_changes_around_it(visit: Visit, product: Running) -> None:
    (told,) = await say(product, "Foutt.")
    visitor = await room(visit, product, f"#open={told['id']}")
    form = await writes(visitor, "Ask back", "Your question", "Welke ")
    await expect(visitor.page.locator("#reader .history")).to_contain_text("Read by", timeout=5 * SECOND)
    await product.receipt(told["receipt"], "PATCH", text="Juist.")
    await expect(visitor.page.locator("#reader .above > .words")).to_have_text("Juist.", timeout=2 * SECOND)
    await expect(form.get_by_label("Your question")).to_be_focused()
    await visitor.page.keyboard.type("browser?")
    await expect(form.get_by_label("Your question")).to_have_value("Welke browser?")


async def test_the_status_is_set_said_and_undone(visit: Visit, product: Running) -> None:
    (told,) = await say(product, "Zet mij opzij.")
    visitor = await room(visit, product, f"#open={told['id']}")
    window = visitor.page
    await expect(window.locator("#reader .history")).to_contain_text("Read by", timeout=5 * SECOND)
    reader, chooser, undo = (window.locator(name) for name in ("#reader", "#chooser", "#undo"))
    await reader.get_by_role("button", name="Answered").click()
    await expect(undo).to_contain_text("1 voice: Answered")
    assert (await stored(product))[0]["status"] == "answered"
    await expect(reader.get_by_role("button", name="Set aside")).to_have_count(0)  # what was answered is not unusable
    await reader.get_by_role("button", name="Open again").click()
    await expect(undo).to_contain_text("1 voice: Read")
    await window.keyboard.press("d")
    await expect(chooser.get_by_role("heading")).to_have_text("Why is it set aside?")
    await window.keyboard.press("Escape")
    await expect(chooser).to_be_hidden()
    assert (await stored(product))[0]["status"] == "read"
    await window.keyboard.press("d")
    await window.keyboard.press("3")
    await expect(undo).to_contain_text("1 voice: Set aside: the same words came twice")
    await expect(reader.locator(".stands")).to_have_text("Set aside: the same words came twice")
    receipt = (await product.receipt(told["receipt"])).json()
    assert (receipt["status"], receipt["aside"]) == ("aside", "twice")
    await window.keyboard.press("z")
    await expect(undo).to_contain_text("Undone")
    assert (await stored(product))[0]["status"] == "read"
    await window.keyboard.press("p")
    await chooser.get_by_role("button", name="The desk").click()
    await expect(reader.locator(".stands")).to_have_text("With The desk")
    await expect(window.locator("#views")).to_contain_text("With The desk")
    receipt = (await product.receipt(told["receipt"])).json()
    assert (receipt["status"], receipt["office"]) == ("with", "The desk")


async def test_how_the_answer_felt_stands_beside_the_conversation(visit: Visit, product: Running) -> None:
    (told,) = await say(product, "Wordt dit beter?")
    theme = {"name": {"nl": "Beter", "fr": "Mieux"}, "submissions": [told["id"]]}
    made = (await product.client.post("/api/themes", json=theme, headers=product.bearer())).json()
    response = {"themes": [made["id"]], "outcome": "changed", "reason": {"nl": "Ja.", "fr": "Oui."}, "office": "Loket"}
    sent = await product.client.post("/api/responses", json=response | {"publish": True}, headers=product.bearer())
    assert sent.status_code == 201
    headers = {"authorization": f"Receipt {told['receipt']}"}
    felt = await product.client.put("/api/receipt/felt", json={"felt": "not_really"}, headers=headers)
    assert felt.status_code == 200, felt.text
    visitor = await room(visit, product, f"#open={told['id']}")
    await expect(visitor.page.locator("#reader .felt")).to_have_text("Does not really feel heard")
    await product.client.put("/api/receipt/felt", json={"felt": "heard"}, headers=headers)
    await expect(visitor.page.locator("#reader .felt")).to_have_text("Feels heard", timeout=2 * SECOND)
