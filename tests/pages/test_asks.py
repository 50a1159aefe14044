"""A question of an office on the pages of citizens, without JavaScript."""

from __future__ import annotations

import re

import pytest

from collector.agency import LANGUAGES
from tests.endpoints.test_asks import BOTH, HEARD, ask, asked
from tests.pages.test_receipt import HTML, act
from tests.start import Running
from tests.town import Town

TITLE = {"nl": "Een vraag aan u", "fr": "Une question pour vous", "de": "Eine Frage an Sie", "en": "A question to you"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_of_the_decision_leads_to_the_question_and_the_form_takes_the_answer(
    run: Running, town: Town, language: str
) -> None:
    ask_id, _ = await asked(run, town)
    page = (await run.client.get(f"/d/square?lang={language}", headers=HTML)).text
    assert TITLE[language] in page and f"/f/page?decision=square&amp;lang={language}#ask" in page
    form = (await run.client.get(f"/f/page?decision=square&lang={language}", headers=HTML)).text
    assert BOTH.get(language, BOTH["nl"]) in form
    found = re.search(r'name="key" value="([\w-]+)"><input type="hidden" name="ask" value="(\d+)"', form)
    assert found and found[2] == str(ask_id)
    fields = {"step": "answer", "key": found[1], "ask": found[2], "decision": "square", "text": "Om zes uur."}
    thanks = (await run.client.post(f"/f/page?lang={language}", data=fields, headers=HTML)).text
    code = re.search(r'<p class="code">([0-9A-Z-]+)</p>', thanks)
    assert code and (await run.receipt(code[1])).json()["ask"] == ask_id


async def test_what_cannot_be_stored_stays_in_the_field(run: Running, town: Town) -> None:
    ask_id, code = await asked(run, town)
    fields = {"step": "answer", "key": "short", "ask": str(ask_id), "decision": "square", "text": "Mijn antwoord."}
    assert ">Mijn antwoord.</textarea>" in (await run.client.post("/f/page?lang=nl", data=fields, headers=HTML)).text
    await run.client.delete(f"/api/asks/{ask_id}", headers=run.bearer())
    late = (await run.client.post("/f/page?lang=nl", data=fields | {"key": "long-enough"}, headers=HTML)).text
    assert ">Mijn antwoord.</textarea>" in late and "Deze vraag is voorbij" in late
    given = {"code": code, "step": "answer", "ask": str(ask_id), "answer": "Mijn antwoord."}
    late = (await run.client.post("/r?lang=nl", data=given, headers=HTML)).text
    assert ">Mijn antwoord.</textarea>" in late and "Deze vraag is voorbij" in late


async def test_the_receipt_asks_shows_what_was_answered_and_says_what_was_heard(run: Running, town: Town) -> None:
    ask_id, code = await asked(run, town)
    page = await act(run, code)
    assert BOTH["nl"] in page and "Team editor vraagt u dit" in page and 'name="answer"' in page
    page = await act(run, code, "answer", ask=str(ask_id), answer="Om <b>zes</b> uur.")
    assert "Om &lt;b&gt;zes&lt;/b&gt; uur." in page and 'name="answer"' not in page
    own = re.search(r'name="code" value="([0-9A-Z-]{23})"><button class="quiet" type="submit">Het ontvangst', page)
    assert own and "U antwoordde op deze vraag" in await act(run, own[1])
    ended = (await run.client.delete(f"/api/asks/{ask_id}", headers=run.bearer())).json()
    body = {"heard": HEARD, "revision": ended["revision"]}
    await run.client.put(f"/api/asks/{ask_id}/heard", json=body, headers=run.bearer())
    assert HEARD["nl"] in await act(run, code)
    answered = await act(run, own[1])
    assert HEARD["nl"] in answered and 'name="felt" value="heard"' in answered
    story = (await run.client.get("/d/square?lang=nl", headers=HTML)).text
    assert HEARD["nl"] in story and BOTH["nl"] in story
    feed = (await run.client.get("/d/square.atom?lang=nl")).text
    assert "Wat er op de vraag te horen was" in feed


async def test_a_second_question_reaches_who_answered_on_a_page_but_not_the_answer_from_a_receipt(
    run: Running, town: Town
) -> None:
    first, code = await asked(run, town)
    by_page = (await run.send(ask=first, text="Op de pagina.")).json()["receipt"]
    await act(run, code, "answer", ask=str(first), answer="Van mijn bewijs.")
    by_receipt = (await run.receipt(code)).json()["asks"][0]["answer_receipt"]
    await run.client.delete(f"/api/asks/{first}", headers=run.bearer())
    second = (await ask(run)).json()["id"]

    async def waiting(of: str) -> list[int]:
        return [one["ask"]["id"] for one in (await run.receipt(of)).json()["asks"] if one["ask"]["is_open"]]

    assert await waiting(code) == await waiting(by_page) == [second]
    assert await waiting(by_receipt) == []
