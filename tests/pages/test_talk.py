"""`/talk/{agency}`: whom one can reach and who is there now, as a browser without JavaScript shows it."""

from __future__ import annotations

import re
from functools import partial
from html import unescape

import pytest

from collector.agency import LANGUAGES
from collector.contact_point import TERMS, ContactPoint
from collector.timetable import read_timetable
from tests.endpoints.test_contact_points import moment
from tests.start import Running
from tests.town import Town

HTML = {"accept": "text/html"}
ENERGY = ContactPoint(
    "energy", "Energy desk", phone="+32 2 555 01 30", chat="https://chat.town.example/energy", counter="Market 3",
    subjects=({"nl": "Energie", "fr": "Énergie"},), timetable=read_timetable(["mo-fr 09:00-12:00 13:00-16:00"]),
    checked_on="2026-11-03",
)  # fmt: skip
NORTH = ContactPoint("north", "Desk north", phone="+32 2 555 01 31", postcodes=("1000-1299",), languages=("fr",))
CASES = ContactPoint("cases", "Case desk", phone="+32 2 555 01 32", task="case", terms=TERMS["case"])
OMBUDSMAN = ContactPoint("ombudsman", "Ombudsman", post="Street 1", task="ombudsman", terms=TERMS["ombudsman"])


async def fill(run: Running) -> None:
    agencies = run.app.parts.store.agencies
    for point in (ENERGY, NORTH, CASES, OMBUDSMAN):
        await agencies.add_contact_point(agencies.by_key("town"), point, now=run.app.parts.now())


async def see(run: Running, query: str = "", lang: str = "en") -> str:
    answer = await run.client.get(f"/talk/town?lang={lang}{query}", headers=HTML)
    assert answer.status_code == 200
    return answer.text


async def ask(run: Running, lang: str = "en", **said: str) -> str:
    answer = await run.client.post(f"/talk/town?lang={lang}", data=said, headers=HTML)
    return answer.text


def names(page: str) -> list[str]:
    found: list[str] = re.findall(r"<h3>([^<]+)</h3>", page)
    return found


async def test_it_says_who_is_there_until_when_and_when_they_are_back(run: Running) -> None:
    await fill(run)
    for clock, told in (("11:00", "Open now, until 12:00"), ("12:30", "Closed now. Opens today at 13:00"),
                        ("17:00", "Closed now. Opens tomorrow at 9:00")):  # fmt: skip
        at = moment("2026-11-25", clock)
        run.app.parts.now = partial(int, at)
        assert told in await see(run)
    run.app.parts.now = lambda: moment("2026-12-24", "17:00")
    page = await see(run)
    assert "Closed now. Opens on Monday 28 December at 9:00" in page, "Christmas is free"
    assert "Monday to Friday" in page and "9:00–12:00 and 13:00–16:00" in page and "Checked on 3 November" in page


async def test_without_speaking_comes_first(run: Running) -> None:
    await fill(run)
    page = await see(run)
    energy = page[page.index("Energy desk") :]
    assert energy.index("chat.town.example") < energy.index("Market 3") < energy.index("+32 2 555 01 30")


async def test_subject_language_and_postcode_lead_and_the_postcode_stands_in_no_address(run: Running) -> None:
    run.app.parts.now = lambda: moment("2026-11-25", "11:00")  # who is there now stands first, so the hour is said
    await fill(run)
    assert names(await ask(run, subject="1"))[0] == "Energy desk"
    assert names(await ask(run, postcode="1210"))[0] == "Desk north"
    assert "Desk north" not in await ask(run, postcode="9000")
    assert names(await ask(run, language="nl"))[:2] == ["Energy desk", "The desk"]
    page = await see(run, "&postcode=1210")
    assert "Desk north" in page and 'value="1210"' not in page, "an address never carries a postcode"
    assert 'method="post"' in page
    wrong = await run.client.post("/talk/town?lang=en", data={"postcode": "near"}, headers=HTML)
    assert wrong.status_code == 422 and "four digits" in wrong.text and 'value="near"' in wrong.text


async def test_who_answers_on_a_decision_stands_first(run: Running, town: Town) -> None:
    await fill(run)
    await town.street()
    page = await see(run, "&decision=school-street")
    assert names(page)[0] == "The desk" and "Answers questions about this decision." in page
    assert "Answers questions about this decision." not in await see(run, "&decision=nothing")


async def test_ones_own_case_has_its_desks_with_their_rules_and_nothing_is_passed_on(run: Running) -> None:
    assert "own-title" not in await see(run), "without such a desk there is no such part"
    await fill(run)
    page = await see(run)
    own = page[page.index("own-title") :]
    assert names(own) == ["Case desk", "Ombudsman"]
    assert "within 10 working days it confirms" in own and "within 30 days" in own
    assert "Says within 5 working days whether it can look into your question." in own
    assert "unless you do it yourself" in own and "Case desk" not in page[: page.index("own-title")]


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_forms_receipts_and_lists_lead_there_in_each_language(run: Running, lang: str) -> None:
    await fill(run)
    said = run.app.parts.words.get(lang, "pages.contact.more")
    assert "9:00–12:00" in (await run.client.get(f"/f/page?lang={lang}", headers=HTML)).text, (
        "a timetable is said there too"
    )
    assert said in (await run.client.get(f"/f/page?lang={lang}", headers=HTML)).text
    assert (
        f"/talk/town?placement=page&amp;lang={lang}"
        in (await run.client.get(f"/f/page?lang={lang}", headers=HTML)).text
    )
    assert f"/talk/town?lang={lang}" in (await run.client.get(f"/d?lang={lang}", headers=HTML)).text
    code = (await run.send(outcome="no", text="Iets.")).json()["receipt"]
    receipt = (await run.client.post(f"/r?lang={lang}", data={"code": code}, headers=HTML)).text
    assert f"/talk/town?placement=page&amp;lang={lang}" in receipt
    page = await see(run, lang=lang)
    assert run.app.parts.words.get(lang, "pages.talk.own") in unescape(page) and "{" not in page
