"""The whole story: expected, published, reacted to, asked back, answered, changed and shown, felt heard. The citizen in a
browser all the way, in each of the four languages."""

from __future__ import annotations

import pytest

from collector.agency import LANGUAGES
from collector.decision import Expected
from collector.section import Section
from tests.e2e.conftest import Host, Visit
from tests.e2e.test_widget import SEND, stored
from tests.e2e.test_widget_decision import HARDER, NAMES, SECTIONS, all_of, heating, line, look
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Welk loket gebruikte zij vroeger?"
REPLY = "Het loket in de Marktstraat, en dat sluit."
BEFORE, AFTER = all_of("De aanvraag gebeurt online."), all_of("De aanvraag gebeurt online of aan het loket.")
SENT = {"nl": "Versturen", "fr": "Envoyer", "de": "Senden", "en": "Send"}
HEARD = {"nl": "Ik voel mij gehoord", "fr": "Je me sens entendu", "de": "Ich fühle mich gehört", "en": "I feel heard"}
TRAIL = {
    "nl": "Uw woorden veranderden",
    "fr": "Vos mots ont changé",
    "de": "Ihre Worte",
    "en": "Your words changed",
}


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_from_what_was_expected_to_feeling_heard(visit: Visit, host: Host, product: Running, lang: str) -> None:
    town = await heating(product, host, expected=[Expected("paper", all_of("Ouderen willen papier houden."))])
    citizen = await look(visit, host, product, lang=lang)
    await line(citizen).click()
    await citizen.page.get_by_role("button", name=HARDER[lang]).first.click()
    await citizen.page.get_by_role("textbox").fill("Mijn moeder heeft geen computer.")
    await citizen.page.get_by_role("button", name=SEND[lang]).click()
    code = await citizen.page.locator(".code").inner_text()
    (one,) = await stored(product)
    voice = int(str(one["id"]))

    asked = {"text": QUESTION, "kind": "question"}
    told = await product.client.post(f"/api/submissions/{voice}/messages", json=asked, headers=product.bearer())
    assert told.status_code == 201
    receipt = await visit(f"{product.url}/r?lang={lang}#{code}")
    window = receipt.page
    await window.get_by_text(QUESTION).wait_for()
    assert await window.get_by_role("link", name=NAMES[lang]).count() == 1
    assert await receipt.axe() == []
    await window.locator("#message").fill(REPLY)
    await window.get_by_role("button", name=SENT[lang], exact=True).click()
    await window.locator(".messages").get_by_text(REPLY).wait_for()
    thread = (await product.client.get(f"/api/submissions/{voice}", headers=product.bearer())).json()
    assert [message["text"] for message in thread["messages"]] == [QUESTION, REPLY]
    assert [message["kind"] for message in thread["messages"]] == ["question", "reply"]
    assert thread["message_due"] is not None

    theme = await town.theme("heating", all_of("Wie geen computer heeft"), [voice])
    await town.version("heating", [Section("art-1", AFTER), SECTIONS[1]])
    decision = town.store.decisions.by_key("heating")
    await town.store.sections.link(
        decision, section="art-1", version=2, before=BEFORE, after=AFTER, themes=[theme], now=town.now, by="Ann"
    )
    await town.answer(
        [theme], "changed", all_of("Aan het loket kan het ook."), did_not_know=all_of("Dat het loket sluit.")
    )

    again = await visit(f"{product.url}/r?lang={lang}#{code}")
    window = again.page
    await window.get_by_text(f"Aan het loket kan het ook. ({lang})").wait_for()
    await window.get_by_text(TRAIL[lang]).first.wait_for()
    assert "aan het loket" in await window.locator(".trail ins").first.inner_text()
    assert await again.axe() == [] and await again.sideways() <= 0
    await window.get_by_role("button", name=HEARD[lang]).click()
    await window.locator(".felt [role=status]").wait_for()
    felt = (await product.client.get(f"/api/submissions/{voice}", headers=product.bearer())).json()
    assert felt["felt"] == "heard"

    public = await visit(f"{product.url}/d/heating?lang={lang}")
    await public.page.get_by_text(f"Wie geen computer heeft ({lang})").first.wait_for()
    assert await public.page.get_by_text("Mijn moeder heeft geen computer.").count() == 0  # nobody allowed it
    assert (await product.receipt(code, "DELETE")).status_code == 200
    gone = await product.client.get(f"/api/submissions/{voice}", headers=product.bearer())
    assert REPLY not in gone.text and "computer" not in gone.text.replace("Wie geen computer heeft", "")
