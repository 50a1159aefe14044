"""The sample agency: three decisions in three phases, one with its trail complete; all of it says that it is a sample."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import httpx2
import pytest

from collector.agency import LANGUAGES
from collector.commands.demo import filled
from collector.commands.sample import AGENCY, TOLD, fill
from collector.commands.sample_files import DECISIONS, document, trail, voices
from collector.commands.sample_service import SERVICE, service
from collector.config import Config
from collector.decision import missing_to_publish
from collector.errors import Unusable
from collector.inclusion import missing_to_sign
from collector.receipt import Keys
from collector.store.store import Store
from collector.store.submissions import Filter
from tests.start import Running, running

KEYS = Keys(b"a secret for the tests, long enough to be one")
URL = "http://127.0.0.1:8000"
NOW = 1_795_600_000_000
EVERY_LANGUAGE = {"nl": "voorbeeld", "fr": "exemple", "de": "Beispiel", "en": "sample"}


async def test_three_decisions_stand_in_three_phases(store: Store) -> None:
    assert await fill(store, KEYS, URL, NOW)
    found = {d.key: (d.state, d.phase_at(NOW), d.is_open(NOW)) for d in store.decisions.all()}
    assert found == {
        "heating-online": ("published", "drafting", True),
        "library-sunday": ("published", "deciding", False),
        "school-street": ("decided", "implementing", False),
    }
    phases = {
        (one.decision, one.phase)
        for one in await store.submissions.list(1, Filter(), limit=500) if one.decision
    }  # fmt: skip
    assert phases == {("heating-online", "drafting"), ("library-sunday", "agenda"), ("school-street", "drafting")}


async def test_filled_twice_it_is_what_it_was(store: Store) -> None:
    await fill(store, KEYS, URL, NOW)
    last, decisions = await store.changes.last(), store.decisions.all()
    assert await fill(store, KEYS, "http://127.0.0.1:9000", NOW + 86_400_000)
    assert await store.changes.last() == last and store.decisions.all() == decisions


async def test_cut_off_in_the_middle_it_is_told_to_its_end_by_the_next_start(store: Store) -> None:
    receive, number = store.submissions.receive, 0

    async def until_power_fails(arrival: object) -> object:
        nonlocal number
        number += 1
        if number > 150:
            raise ConnectionError
        return await receive(arrival)  # type: ignore[arg-type]

    store.submissions.receive = until_power_fails  # type: ignore[method-assign, assignment]
    with pytest.raises(ConnectionError):
        await fill(store, KEYS, URL, NOW)
    store.submissions.receive = receive  # type: ignore[method-assign]
    await fill(store, KEYS, URL, NOW + 60_000)
    said = [one for one in await store.submissions.list(1, Filter(), limit=500) if one.decision]
    expected = sum(len(voices(key).voices) + sum(p.number for p in voices(key).presses) for key in DECISIONS)
    expected += sum(len(ask.answers) for key in DECISIONS for ask in voices(key).asks)
    assert len(said) == expected
    assert {d.key: d.state for d in store.decisions.all()}["school-street"] == "decided"
    assert len(store.decisions.all()) == 3 and len(await store.responses.list(1)) == 6
    receipt = await store.receipts.open(KEYS.hash(KEYS.code(*trail())))
    assert len((await store.receipts.document(receipt, NOW)).messages) == 3


async def test_most_are_mild_three_are_pleased_and_one_lost_three_months(store: Store) -> None:
    await fill(store, KEYS, URL, NOW)
    said = await store.submissions.list(1, Filter(decision="heating-online", words=True), limit=100)
    said = [one for one in said if one.ask is None]
    assert len(said) == 24 and {one.language for one in said} == {"nl", "fr", "de", "en", "ar"}
    assert {"paper", "staff", "web"} == {one.channel for one in said}
    assert sum(one.effect == "helps" for one in said) == 3
    (hardest,) = [one for one in said if one.another_way == "no"]
    assert hardest.impact == ["money", "right"] and "drie maanden" in (hardest.text or "")
    assert said.index(hardest) > 8, "by date she stands far down"
    presses = await store.submissions.list(1, Filter(decision="heating-online", words=False), limit=200)
    assert len(presses) == 73


async def test_a_service_that_asks_to_sign_in_since_is_tested_again_and_has_barriers_that_wait(store: Store) -> None:
    await fill(store, KEYS, URL, NOW)
    agency = store.agencies.by_key(AGENCY)
    signed, reopened = await store.inclusions.published(store.agencies.placement(SERVICE))
    assert signed.verdict == "with" and "(a sample)" in signed.signer.organisation
    assert reopened is not None and [rose.name for rose in reopened.signals] == ["left"]
    waiting = await store.statements.waiting(agency, now=NOW)
    assert [(one.submission.barrier, one.late) for one in waiting] == [("report", False), ("another_form", False)]
    found = service()
    heard = await store.submissions.list(1, Filter(placement=SERVICE), limit=500)
    assert len(heard) == len(found.voices) + len(found.barriers) + sum(row.number for row in found.presses)
    assert {one.channel for one in heard} == {"web", "paper", "counter", "phone", "kiosk"}
    assert missing_to_sign(found.answers, found.steps, LANGUAGES) == [] and set(found.note) == set(LANGUAGES)


async def test_the_decided_one_kept_its_promise_and_shows_what_changed_because_of_whom(store: Store) -> None:
    await fill(store, KEYS, URL, NOW)
    decision = store.decisions.by_key("school-street")
    assert decision.course.decided is not None and decision.course.override is None
    assert (await store.decisions.unanswered(decision)).none
    public = await store.public.document(decision, NOW)
    assert len(public.versions) == 2 and len(public.passages) == 2
    shown = {theme.id: theme for theme in public.themes}
    for passage in public.passages:
        (theme,) = (shown[number] for number in passage.themes)
        assert theme.response is not None and theme.response.outcome == "changed"
        assert theme.voices is not None and theme.voices >= 5
        assert any(quote.text for quote in theme.quotes)
    work = await store.work.one(1, "school-street", NOW)
    assert len(work.unexpected) == 2, "nobody had expected care at home, nor the Wednesday"
    submission = await store.receipts.open(KEYS.hash(KEYS.code(*trail())))
    assert submission.submission_id is not None
    (found,) = await store.themes.of_submission(1, submission.submission_id, now=NOW)
    assert found.response is not None and len(found.passages) == 1
    assert found.passages[0].before["nl"] in found.passages[0].after["nl"]


def test_it_is_marked_as_a_sample_in_every_language_and_complete_in_all() -> None:
    for key in DECISIONS:
        whole = document(key, NOW, "Europe/Brussels")
        assert missing_to_publish(whole.file, LANGUAGES) == (), key
        assert "(a sample)" in whole.owner
        for language, word in EVERY_LANGUAGE.items():
            assert word in whole.summary[language], (key, language)
        texts = [
            *(section.text for text in whole.text for section in text.sections),
            *(section.title for text in whole.text for section in text.sections),
            *(theme.name for theme in whole.themes),
            *(response.reason for response in whole.responses),
            *(response.did_not_know for response in whole.responses if response.did_not_know),
            *(expected.text for expected in whole.expected),
            *(side for passage in whole.passages for side in (passage.before, passage.after)),
            *([whole.result] if whole.result else []),
        ]
        assert all(set(text) == set(LANGUAGES) for text in texts), key
        assert all("(a sample)" in response.office for response in whole.responses)


def test_no_passage_says_what_the_text_does_not() -> None:
    whole = document("school-street", NOW, "Europe/Brussels")
    for passage in whole.passages:
        for number, side in ((passage.version - 2, passage.before), (passage.version - 1, passage.after)):
            text = next(s.text for s in whole.text[number].sections if s.key == passage.section)
            for language in LANGUAGES:
                assert side[language].rstrip(".") in text[language], (passage.section, language)


def test_it_names_no_person_and_nothing_that_could_reach_one() -> None:
    for file in files("collector.sample").iterdir():
        if file.name.endswith(".yaml"):
            text = file.read_text("utf-8")
            assert "sample" in text.splitlines()[0], file.name
            text = text.replace("https://www.federaalombudsman.be", "")  # to whom the law sends one
            assert not re.search(
                r"@|https?://|\+?\d[\d ./-]{8,}\d|\b(Mr|Mrs|Mevrouw|Monsieur|Madame|Frau|Herr) [A-Z]", text
            )


async def test_a_store_of_an_older_demo_keeps_its_voices_and_gets_the_decisions(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agency = await store.agencies.create(AGENCY, "Sample town (a sample)", now=NOW - 1)
    await store.agencies.create_placement(agency, "heating-allowance", origins=[URL], name="Heating", now=NOW - 1)
    await store.close()
    config = Config(store=f"sqlite:///{tmp_path}/t.db", secret=b"x" * 40)
    await filled(config)
    assert "move ./var away" in capsys.readouterr().err
    await filled(config)
    assert capsys.readouterr().err == "", "it is said once"
    again = await Store.open(config.store)
    assert {d.key for d in again.decisions.all()} == set(DECISIONS) and len(again.agencies.all()) == 1
    await again.close()


async def test_the_store_of_somebody_else_is_left_alone(store: Store) -> None:
    await store.agencies.create("town", "The town", now=NOW)
    with pytest.raises(Unusable, match="TIJDENS_STORE"):
        await fill(store, KEYS, URL, NOW)
    assert await store.meta(TOLD) is None and store.decisions.all() == []


async def demo(run: Running) -> Running:
    parts = run.app.parts
    await fill(parts.store, parts.keys, run.url, parts.now())
    return run


async def test_the_demo_leads_to_the_decisions_the_trail_and_the_desk(tmp_path: Path) -> None:
    async with running(tmp_path, populate=False, demo=True) as run:
        await demo(run)
        code = run.app.parts.keys.code(*trail())
        for language in LANGUAGES:
            page = (await run.client.get(f"/demo?lang={language}")).text
            for key in DECISIONS:
                assert f'href="/d/{key}?lang={language}"' in page
            assert f"/r?lang={language}#{code}" in page and "#desk" in page
            assert EVERY_LANGUAGE[language].lower() in page.lower()
        shown = await run.receipt(code)
        assert shown.status_code == 200 and "verpleegster" in shown.json()["text"]
        told = shown.json()
        assert [message["kind"] for message in told["messages"]] == ["question", "reply", "note"]
        assert told["felt"] == "heard" and told["themes"][0]["response"]["outcome"] == "changed"
        assert told["themes"][0]["passages"] and "half negen" in told["messages"][1]["text"]
        page = (await run.client.post("/r?lang=nl", data={"code": code})).text
        assert page.count("Beantwoord") == 2, "where it is now, and among the facts"
        for key in DECISIONS:
            assert (await run.client.get(f"/d/{key}")).status_code == 200


async def test_the_same_voices_as_a_mean_by_date_and_as_they_are(tmp_path: Path) -> None:
    async with running(tmp_path, populate=False, demo=True) as run:
        await demo(run)

        async def shown(show: str) -> str:
            response: httpx2.Response = await run.client.get(f"/demo?show={show}&lang=en")
            return response.text

        mean = await shown("mean")
        number = re.search(r"(\d\.\d) out of 10, from (\d+) answers", mean)
        assert number is not None and 6.5 <= float(number[1]) <= 8 and int(number[2]) == 91
        assert "drie maanden" not in mean
        by_gravity, by_date = await shown("tijdens"), await shown("date")
        assert (
            "drie maanden"
            in by_gravity.partition("</li>")[0] + by_gravity.partition('class="voices"')[2].partition("</li>")[0]
        )
        assert "drie maanden" not in by_date, "by date she is not among the first"
        assert "Zaterdag werk ik" not in by_date + by_gravity, "the voices of one decision"
