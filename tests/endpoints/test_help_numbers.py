"""Help numbers always stand on the pages where one speaks; health or safety puts them first."""

from __future__ import annotations

import re

import pytest

from collector.agency import LANGUAGES
from tests.pages.test_form import hidden
from tests.pages.test_talk import see
from tests.start import ORIGIN, Running

HTML = {"accept": "text/html"}


async def test_they_are_there_for_programs_in_the_readers_language_from_any_page(run: Running) -> None:
    answer = await run.client.get("/api/help-numbers?language=de", headers={"origin": ORIGIN})
    found = answer.json()
    assert [one["number"] for one in found["items"]] == ["112", "108"] and found["language"] == "de"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (await run.client.get("/api/help-numbers?language=es")).status_code == 422
    document = (await run.client.get("/api/placements/page")).json()
    assert document["help_url"] == f"{run.url}/api/help-numbers"


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_they_stand_at_the_end_and_first_when_it_is_about_health(run: Running, lang: str) -> None:
    title = run.app.parts.words.get(lang, "pages.help.title")
    page = await see(run, lang=lang)
    assert page.index(title) > page.index('id="found"')
    urgent = await see(run, "&health=1", lang=lang)
    assert urgent.index(title) < urgent.index('id="found"') and urgent.count(title) == 1
    assert 'href="tel:112"' in page and "lang=nl" in urgent and "health=1" in urgent


@pytest.mark.parametrize(("impact", "first"), [(["health"], True), (["money"], False), (None, False)])
async def test_a_receipt_with_health_shows_them_first(run: Running, impact: list[str] | None, first: bool) -> None:
    sent = (await run.send(outcome="no", text="Iets.", impact=impact)).json()
    code, id = sent["receipt"], sent["id"]
    page = (await run.client.post("/r?lang=nl", data={"code": code}, headers=HTML)).text
    assert (page.index("Kan het niet wachten?") < page.index('id="receipt"')) is first
    assert bool((await run.receipt(code)).json()["help_numbers"]) is first
    # an answer is what one comes for: below it they still stand
    for revision, status in enumerate(("read", "answered"), 1):
        body = {"status": status, "revision": revision}
        set_ = await run.client.patch(f"/api/submissions/{id}", json=body, headers=run.bearer("editor"))
        assert set_.status_code == 200, set_.text
    page = (await run.client.post("/r?lang=nl", data={"code": code}, headers=HTML)).text
    assert page.index("Kan het niet wachten?") > page.index('id="receipt"')
    gone = (await run.receipt(code, "DELETE")).json()
    assert gone["help_numbers"] == []


async def test_the_plain_form_thanks_with_them_first_when_it_is_about_health(run: Running) -> None:
    page = (await run.client.get("/f/page?lang=nl", headers=HTML)).text
    assert page.count("Kan het niet wachten?") == 1
    more = (await run.client.post("/f/page?lang=nl", data={**hidden(page), "outcome": "no"}, headers=HTML)).text
    said = {**hidden(more), "text": "Ik viel op de trap.", "impact": "health"}
    thanks = (await run.client.post("/f/page?lang=nl", data=said, headers=HTML)).text
    assert thanks.index("Kan het niet wachten?") < thanks.index('class="receipt"')
    numbers = re.findall(r'href="tel:(\d+)"', thanks)
    assert numbers[:3] == ["112", "1813", "106"]
