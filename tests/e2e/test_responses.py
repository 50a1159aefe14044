"""The official answer: written in every required language, seen on the receipt, changed in public, and two editors on one."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.dashboard import SECOND, joined, room, say, themed
from tests.start import Running
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "<script>alert(1)</script> & <b>niet vet</b>"


async def begun(visitor: Visitor) -> Locator:
    """The form of an answer, opened."""
    await visitor.page.locator(".theme-stands button").click()
    form = visitor.page.locator("form.answering")
    await expect(form.get_by_label("Changed", exact=True)).to_be_focused()
    return form


async def written(form: Locator, nl: str, fr: str, office: str = "Dienst mobiliteit") -> None:
    await form.get_by_label("Why, in Dutch").fill(nl)
    await form.get_by_label("Why, in French").fill(fr)
    await form.get_by_label("Office that signs").fill(office)


async def published(form: Locator) -> None:
    await form.get_by_role("button", name="Publish", exact=True).click()
    await form.get_by_role("button", name="Yes, publish").click()
    await expect(form).to_have_count(0)


async def responses(product: Running) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await product.client.get("/api/responses", headers=product.bearer())).json()["items"]
    return found


async def test_an_answer_reaches_the_receipt_page_of_a_voice_and_is_changed_in_public(
    visit: Visit, product: Running
) -> None:
    (told,) = await say(product, "De bus kan er niet meer door.")
    theme = await themed(product, "De bus", told["id"])
    visitor = await room(visit, product, f"#theme={theme}")
    form = await begun(visitor)
    await form.get_by_label("Will change by a day").check()
    await written(form, f"De bus krijgt een eigen baan. {HOSTILE}", "Le bus aura sa propre voie.")
    await form.get_by_role("button", name="Publish", exact=True).click()
    await expect(form.get_by_role("alert")).to_have_text("Choose a day.")
    await expect(form.get_by_label("By which day")).to_be_focused()
    await form.get_by_label("By which day").fill("2027-03-12")
    await form.locator(".learnt > summary").click()
    await form.get_by_label("What we did not know, in Dutch").fill("Dat de bus hier keert.")
    await form.get_by_role("button", name="Publish", exact=True).click()
    await expect(form.get_by_label("What we did not know, in French")).to_be_focused()
    await form.get_by_label("What we did not know, in French").fill("Que le bus fait demi-tour ici.")
    await published(form)
    shown = visitor.page.locator("#themes .response")
    await expect(shown).to_contain_text("Will change by 12 March 2027")
    await expect(shown).to_contain_text(HOSTILE)
    await expect(shown).to_contain_text("Dienst mobiliteit")

    receipt = await visit(f"{product.url}/r?lang=nl#{told['receipt']}")
    await expect(receipt.page.get_by_text("De bus krijgt een eigen baan.")).to_be_visible()
    await expect(receipt.page.get_by_text("Dat de bus hier keert.")).to_be_visible()

    await visitor.page.get_by_role("button", name="Change it in public").click()
    form = visitor.page.locator("form.answering")
    await expect(form).to_contain_text("This stands on the receipts")
    await expect(form.get_by_label("Why, in French")).to_have_value("Le bus aura sa propre voie.")
    await expect(form.get_by_role("button", name="Keep as a draft")).to_have_count(0)
    await form.get_by_label("Why, in Dutch").fill("De bus rijdt om.")
    await form.get_by_role("button", name="Change it in public").click()
    await form.get_by_role("button", name="Yes, publish").click()
    await expect(shown).to_contain_text("De bus rijdt om.")
    again = (await product.receipt(told["receipt"])).json()
    assert again["themes"][0]["response"]["reason"]["nl"] == "De bus rijdt om."
    assert len(await responses(product)) == 1


async def test_one_text_answers_several_themes_and_says_so(visit: Visit, product: Running) -> None:
    ids = [told["id"] for told in await say(product, "Een.", "Twee.", "Drie.")]
    themes = [await themed(product, f"Thema {place}", one) for place, one in enumerate(ids)]
    visitor = await room(visit, product, f"#theme={themes[0]}")
    form = await begun(visitor)
    await form.get_by_label("Not changed, because …").check()
    await written(form, "Daarom.", "Voilà.")
    await form.get_by_role("checkbox", name="Thema 1").check()
    await form.get_by_role("checkbox", name="Thema 2").check()
    await expect(form.locator(".several")).to_have_text("This one text answers 3 themes.")
    await form.get_by_role("button", name="Publish", exact=True).click()
    await expect(form.locator(".reach")).to_contain_text("It stands at once on 3 receipts")
    await form.get_by_role("button", name="Yes, publish").click()
    await expect(visitor.page.locator("#themes .response")).to_contain_text("This one text answers 3 themes.")
    assert [response["themes"] for response in await responses(product)] == [sorted(themes)]


async def test_a_draft_is_nobodys_to_see_but_the_teams_and_is_gone_on_with(visit: Visit, product: Running) -> None:
    (told,) = await say(product, "Wanneer gaat het loket open?")
    theme = await themed(product, "Loket", told["id"])
    ann = await joined(product, "Ann Peeters", "Dienst mobiliteit")
    visitor = await room(visit, product, f"#theme={theme}", secret=ann)
    await expect(visitor.page.locator("#who")).to_have_text("Ann Peeters · Dienst mobiliteit · may read and sort")
    form = await begun(visitor)
    await expect(form.get_by_label("Office that signs")).to_have_value("Dienst mobiliteit")
    await form.get_by_label("Changed", exact=True).check()
    await form.get_by_label("Why, in Dutch").fill("Om negen uur.")
    await form.get_by_role("button", name="Keep as a draft").click()
    await expect(visitor.page.locator(".theme-stands")).to_contain_text("draft by Ann Peeters")
    assert (await product.receipt(told["receipt"])).json()["themes"][0]["response"] is None
    await visitor.page.reload()
    await visitor.page.get_by_role("button", name="Go on writing").click()
    form = visitor.page.locator("form.answering")
    await expect(form.get_by_label("Why, in Dutch")).to_have_value("Om negen uur.")
    await form.get_by_label("Why, in French").fill("À neuf heures.")
    await published(form)
    (only,) = await responses(product)
    assert only["published_at"] is not None


@pytest.mark.parametrize("keeps", ["mine", "theirs"])
async def test_the_second_of_two_editors_sees_the_conflict_and_loses_nothing(
    visit: Visit, product: Running, keeps: str
) -> None:
    (told,) = await say(product, "Wie beslist hierover?")
    theme = await themed(product, "Wie", told["id"])
    draft = {"themes": [theme], "outcome": "changed", "reason": {"nl": "Begin."}, "office": "Loket"}
    made = await product.client.post("/api/responses", json=draft, headers=product.bearer())
    assert made.status_code == 201
    first = await room(visit, product, f"#theme={theme}", secret=await joined(product, "Ann Peeters", "Mobiliteit"))
    second = await room(visit, product, f"#theme={theme}", secret=await joined(product, "Bert Maes", "Juridisch"))
    forms = []
    for editor in (first, second):
        await editor.page.get_by_role("button", name="Go on writing").click()
        forms.append(editor.page.locator("form.answering"))
    await written(forms[0], "De tekst van Ann.", "Le texte d'Ann.")
    await written(forms[1], "De tekst van Bert.", "Le texte de Bert.")
    await forms[0].get_by_role("button", name="Keep as a draft").click()
    await expect(forms[0]).to_have_count(0)
    await forms[1].get_by_role("button", name="Keep as a draft").click()
    conflict = second.page.locator(".conflict")
    await expect(conflict).to_contain_text("Ann Peeters, Mobiliteit wrote this meanwhile")
    await expect(conflict).to_contain_text("De tekst van Ann.")
    await expect(conflict).to_be_focused()
    await expect(forms[1].get_by_label("Why, in Dutch")).to_have_value("De tekst van Bert.")
    assert await second.axe() == []
    await conflict.get_by_role("button", name=f"Go on with {'my' if keeps == 'mine' else 'this'} text").click()
    expected = "Bert" if keeps == "mine" else "Ann"
    await expect(forms[1].get_by_label("Why, in Dutch")).to_have_value(f"De tekst van {expected}.")
    await forms[1].get_by_role("button", name="Keep as a draft").click()
    await expect(forms[1]).to_have_count(0)
    (only,) = await responses(product)
    assert only["reason"]["nl"] == f"De tekst van {expected}."
    second.problems[:] = [problem for problem in second.problems if "412" not in problem]


async def test_who_begins_an_answer_that_a_colleague_has_begun_meanwhile_sees_hers_first(
    visit: Visit, product: Running
) -> None:
    (told,) = await say(product, "Tegelijk.")
    theme = await themed(product, "Tegelijk", told["id"])
    visitor = await room(visit, product, f"#theme={theme}")
    form = await begun(visitor)
    await form.get_by_label("Changed", exact=True).check()
    await written(form, "Mijn tekst.", "Mon texte.")
    other = {"themes": [theme], "outcome": "not_changed", "reason": {"nl": "Haar tekst."}, "office": "Loket"}
    made = await product.client.post("/api/responses", json=other, headers=product.bearer("admin"))
    assert made.status_code == 201
    await form.get_by_role("button", name="Publish", exact=True).click()
    await form.get_by_role("button", name="Yes, publish").click()
    await expect(visitor.page.locator(".conflict")).to_contain_text("Haar tekst.")
    await expect(form.get_by_label("Why, in Dutch")).to_have_value("Mijn tekst.")
    assert [response["published_at"] for response in await responses(product)] == [None]


async def test_what_is_half_written_stays_while_one_looks_elsewhere_and_while_people_speak(
    visit: Visit, product: Running
) -> None:
    town = Town(product.app.parts.store, product.app.parts.now())
    await town.street()
    theme = await themed(product, "Half", decision="school-street")
    visitor = await room(visit, product, f"#theme={theme}")
    form = await begun(visitor)
    await form.get_by_label("Why, in Dutch").fill("Half ges")
    await say(product, "Iemand spreekt.", decision="school-street", effect="helps", outcome=None)
    await expect(visitor.page.locator("#views")).to_contain_text("A school street in Linden Lane?", timeout=SECOND)
    await visitor.page.wait_for_timeout(1_500)
    await expect(form.get_by_label("Why, in Dutch")).to_be_focused()
    await visitor.page.keyboard.type("chreven")
    await visitor.page.evaluate("location.hash = '#decision=school-street'")
    await expect(visitor.page.locator("#themes .themes")).to_contain_text("Half")
    await visitor.page.evaluate(f"location.hash = '#theme={theme}'")
    await expect(form.get_by_label("Why, in Dutch")).to_have_value("Half geschreven")
