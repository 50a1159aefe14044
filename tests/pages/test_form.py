"""The plain form about a decision, as a browser without JavaScript sends it."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest

from collector.submission import Permissions
from tests.start import Running
from tests.town import Town, said

TEXT = {"accept": "text/html"}


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the first form of a page."""
    form = page[page.index("<form") : page.index("</form>")]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


async def see(run: Running, query: str, language: str = "nl") -> str:
    answer = await run.client.get(f"/f/page?{query}&lang={language}", headers=TEXT)
    assert answer.status_code == 200
    return answer.text


async def press(run: Running, page: str, **answer: str) -> httpx2.Response:
    return await run.client.post("/f/page?lang=nl", data={**hidden(page), **answer}, headers=TEXT)


async def stored(run: Running, **query: Any) -> list[dict[str, Any]]:
    found = (await run.client.get("/api/submissions", params={"words": "0", **query}, headers=run.bearer())).json()
    items: list[dict[str, Any]] = found["items"]
    return items


async def test_it_says_what_is_open_and_what_is_fixed_who_decides_and_until_when(run: Running, town: Town) -> None:
    await town.street()
    page = await see(run, "decision=school-street&section=who&version=2")
    assert "Op welke uren de straat dichtgaat" in page
    assert "Er is geen geld voor een nieuwe parking." in page and "De begroting tot eind volgend jaar" in page
    assert "Het college van burgemeester en schepenen" in page and "The desk antwoordt u" in page
    assert "U kunt reageren tot en met" in page and "Waar moeten we op letten?" in page
    assert "Leveringen mogen door tot half negen." in page
    assert "Wat zou dit voor u betekenen?" in page and "Hebt u hier kunnen doen" not in page


async def test_a_press_carries_decision_phase_version_and_section(run: Running, town: Town) -> None:
    await town.street()
    page = await see(run, "decision=school-street&section=who&version=1")
    assert "Niemand mag door." in page and "Er is intussen een nieuwere versie van de tekst." in page
    await press(run, page, effect="harder")
    one = (await stored(run, decision="school-street", limit=1))[0]
    assert (one["effect"], one["version"], one["section"], one["phase"]) == ("harder", 1, "who", "drafting")
    assert one["channel"] == "form" and one["outcome"] is None


async def test_one_reacts_to_one_paragraph_and_chooses_it_on_the_form_as_well(run: Running, town: Town) -> None:
    await town.street()
    page = await see(run, "decision=school-street&section=who&version=2")
    assert "Leveringen mogen door" in page and "Hulpdiensten mogen altijd door." in page
    assert page.count("Alleen op deze alinea reageren") == 2 * 2, "named aloud with its number as well"
    page = await see(run, "decision=school-street&section=who&version=2&paragraph=2")
    assert "Leveringen mogen door" not in page and "Hulpdiensten mogen altijd door." in page
    assert "Wie mag door, alinea 2" in page and "Alleen op deze alinea" not in page
    await press(run, page, effect="none")
    one = (await stored(run, decision="school-street", limit=1))[0]
    assert (one["version"], one["section"], one["paragraph"]) == (2, "who", 2)
    for nonsense in ("0", "3", "-1", "x", "9" * 30):
        page = await see(run, f"decision=school-street&section=who&version=2&paragraph={nonsense}")
        assert "paragraph" not in hidden(page) and hidden(page)["section"] == "who"


async def test_the_team_and_its_author_see_the_words_that_a_voice_reacts_to(run: Running, town: Town) -> None:
    await town.street()
    told = (await run.send(effect="none", decision="school-street", version=2, section="who", paragraph=1)).json()
    headers = run.bearer()
    one = (await run.client.get(f"/api/submissions/{told['id']}", headers=headers)).json()
    receipt = (await run.receipt(told["receipt"])).json()
    for part in (one["part"], receipt["part"]):
        assert part["text"]["fr"].startswith("Les livraisons passent") and "secours" not in part["text"]["fr"]
        assert (part["place"], part["paragraph"], part["title"]["nl"]) == (2, 1, "Wie mag door")
    for about in ({"section": "no"}, {}, {"version": 9, "section": "who"}):
        told = (await run.send(effect="none", decision="school-street", **{"version": 2, **about})).json()
        assert (await run.client.get(f"/api/submissions/{told['id']}", headers=headers)).json()["part"] is None
    await run.receipt(told["receipt"], "DELETE")
    assert (await run.receipt(told["receipt"])).json()["part"] is None


async def test_another_paragraph_under_the_same_key_is_another_voice(run: Running, town: Town) -> None:
    await town.street()
    said_ = {"effect": "none", "decision": "school-street", "version": 2, "section": "who", "key": "the-same-key"}
    first = await run.send(**said_, paragraph=1)
    assert (await run.send(**said_, paragraph=1)).json()["id"] == first.json()["id"]
    assert (await run.send(**said_, paragraph=2)).status_code == 409
    assert (await run.send(**{**said_, "key": "another-key"}, paragraph=0)).json()["fields"].keys() == {"paragraph"}


async def test_without_a_version_it_is_the_newest_and_a_section_that_is_not_there_is_left_out(
    run: Running, town: Town
) -> None:
    await town.street()
    for query in ("decision=school-street", "decision=school-street&version=99&section=fine",
                  "decision=school-street&version=-1&section=%3Cb%3E", "decision=school-street&version=abc"):  # fmt: skip
        assert hidden(await see(run, query)).get("version") == "2"
        assert "section" not in hidden(await see(run, query))


async def test_too_late_is_said_before_one_writes_and_the_words_go_to_the_evaluation(run: Running, town: Town) -> None:
    await town.allowance()
    page = await see(run, "decision=allowance-online")
    late = page.index("Het ontwerp is gesloten. Uw woorden gaan naar de evaluatie")
    assert late < page.index('<button type="submit"')
    await press(run, page, effect="harder")
    assert (await stored(run, decision="allowance-online", limit=1))[0]["phase"] == "monitoring"


async def test_what_is_withdrawn_takes_no_words_and_says_so(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    page = await see(run, "decision=square")
    await town.step("square", "withdraw", text=said("Het gaat niet door.", "C'est abandonné."))
    shown = await see(run, "decision=square")
    assert "Deze beslissing is ingetrokken." in shown and "Het gaat niet door." in shown
    assert 'name="effect"' not in shown and "The desk" in shown
    refused = await press(run, page, effect="harder")
    assert refused.status_code == 409
    assert await stored(run, decision="square") == []


async def test_what_was_merged_leads_to_where_it_went(run: Running, town: Town) -> None:
    await town.publish("one", town.file())
    await town.publish("two", town.file(title=said("Het tweede plein", "La deuxième place")))
    await town.step("one", "merge", into="two")
    page = await see(run, "decision=one&section=who")
    assert "Het tweede plein" in page and "Dit gaat verder in een andere beslissing." in page
    await press(run, page, effect="helps")
    assert (await stored(run, decision="two"))[0]["section"] is None


@pytest.mark.parametrize("key", ["nothing", "draft", "%00", "-", "../d"])
async def test_a_decision_that_is_not_there_is_a_page_that_says_so(run: Running, town: Town, key: str) -> None:
    await town.store.decisions.create(town.agency.id, "draft", town.file(), now=town.now, by="Ann")
    answer = await run.client.get(f"/f/page?decision={key}", headers=TEXT)
    assert answer.status_code == 404 and "text/html" in answer.headers["content-type"]


async def test_a_decision_of_another_agency_is_not_shown_here(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    other = await town.store.agencies.create("other", "Other", now=town.now)
    await town.store.agencies.create_placement(other, "elsewhere", origins=["https://other.example"], now=town.now)
    assert (await run.client.get("/f/elsewhere?decision=square", headers=TEXT)).status_code == 404


async def test_decisions_that_are_open_are_offered_quietly_below_the_question(run: Running, town: Town) -> None:
    await town.street()
    await town.publish("elsewhere", town.file(title=said("Nergens gebonden", "Lié à rien")))
    page = (await run.client.get("/f/page?lang=nl", headers=TEXT)).text
    assert page.index("Hebt u hier kunnen doen") < page.index('href="/f/page?decision=school-street&amp;lang=nl"')
    assert "Nergens gebonden" not in page
    assert "Hierover wordt nu beslist" not in await see(run, "decision=school-street")


async def test_thanks_shows_one_other_voice_of_somebody_affected_differently_who_allowed_it(
    run: Running, town: Town
) -> None:
    await town.street()
    shown = (await town.voices("school-street", 1, "Eindelijk rustig oversteken.", effect="helps",
                               permissions=Permissions(quote=True)))[0]  # fmt: skip
    kept = (await town.voices("school-street", 1, "Dit is niet voor anderen.", effect="helps"))[0]
    for number in (shown, kept):
        await town.store.submissions.mark(town.agency.id, number, "read", revision=1, by="Ann", now=town.now)
    more = (await press(run, await see(run, "decision=school-street"), effect="harder")).text
    assert "Wat moeten wij weten voor we beslissen?" in more
    thanks = (await press(run, more, text="Ik kan niet zo ver stappen.")).text
    assert "Iemand voor wie het anders uitdraait, schreef:" in thanks
    assert "Eindelijk rustig oversteken." in thanks and "Dit is niet voor anderen." not in thanks
    also = (await press(run, await see(run, "decision=school-street"), effect="helps")).text
    assert "Eindelijk rustig oversteken." not in (await press(run, also, text="Goed zo.")).text


async def test_a_long_section_unfolds_and_loses_nothing(run: Running, town: Town) -> None:
    from collector.section import Section

    await town.publish("square", town.file())
    long = " ".join(f"Zin nummer {number}." for number in range(400))
    await town.version("square", [Section("a", said(long, "Court."))])
    page = await see(run, "decision=square&section=a")
    assert "<details>" in page and "Zin nummer 0." in page and "Zin nummer 399." in page
    assert " ".join(re.findall(r"Zin nummer \d+\.", page)) == long


async def test_the_receipt_proves_that_one_tried_also_from_the_plain_form_and_it_is_said_that_no_file_is_touched(
    run: Running, town: Town
) -> None:
    await town.store.agencies.create_placement(
        town.agency, "leave", origins=[], now=town.now, question="reason", name="Premie aanvragen"
    )
    page = (await run.client.get("/f/leave?lang=nl", headers=TEXT)).text
    more = (await run.client.post("/f/leave?lang=nl", data={**hidden(page), "reason": "sign_in"}, headers=TEXT)).text
    assert "Dit is niet verbonden met uw dossier." in more
    assert more.count("Hulp nodig met uw eigen dossier? Praat met iemand.") == 1
    receipt = (await run.client.post("/r?lang=nl", data={"code": hidden(more)["code"]}, headers=TEXT)).text
    assert re.search(r"\d\d:\d\d, Premie aanvragen: Ik kon niet aanmelden\.", receipt)
