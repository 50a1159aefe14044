"""An office asks the people of a decision one question; they answer on their receipts and on the pages of the decision."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from collector.day import end_of
from tests.patience import PATIENCE
from tests.start import Running, changes
from tests.store.arrivals import KEYS
from tests.town import Town, said

BOTH = said("Wanneer leveren ze bij u?", "Quand vous livre-t-on ?")
HEARD = said(
    "Vooral voor negen uur; dat uur komt in de tekst.", "Surtout avant neuf heures : cette heure entre dans le texte."
)


async def ask(run: Running, key: str = "square", role: str = "editor", **more: Any) -> Any:
    body = {"text": BOTH, "days": 7, **more}
    return await run.client.post(f"/api/decisions/{key}/asks", json=body, headers=run.bearer(role))


async def asked(run: Running, town: Town) -> tuple[int, str]:
    """(the id of a question that waits, the code of a voice that was there before)."""
    await town.publish("square", town.file())
    voice = await run.send(decision="square", effect="harder", text="Mijn winkel ligt aan het plein.", language="nl")
    code: str = voice.json()["receipt"]
    made = await ask(run)
    assert made.status_code == 201, made.text
    return made.json()["id"], code


async def answer(run: Running, code: str, ask_id: int, text: str = "Om zes uur.") -> Any:
    headers = {"authorization": f"Receipt {code}"}
    return await run.client.put("/api/receipt/answer", json={"ask": ask_id, "text": text}, headers=headers)


async def test_it_waits_on_the_receipts_of_those_who_spoke_there_and_says_who_asks_and_until_when(
    run: Running, town: Town
) -> None:
    ask_id, code = await asked(run, town)
    (one,) = (await run.receipt(code)).json()["asks"]
    assert (one["ask"]["id"], one["ask"]["text"], one["ask"]["office"]) == (ask_id, BOTH, "Team editor")
    assert one["ask"]["closes_at"] == end_of(town.day(7), "Europe/Brussels") and one["ask"]["is_open"]
    other = (await run.send(outcome="no", text="Over iets anders.")).json()["receipt"]
    assert (await run.receipt(other)).json()["asks"] == []
    outline = (await run.client.get("/api/decisions/square/outline?language=fr")).json()
    assert outline["ask"]["text"] == {"fr": BOTH["fr"]} and "Team editor" in outline["ask"]["said"]
    line = (await run.client.get("/api/placements/page?language=nl&decision=square")).json()["decisions"][0]
    assert "Er is een vraag voor u" in line["said"]


async def test_an_answer_from_a_receipt_is_a_voice_of_its_own_which_that_receipt_alone_finds(
    run: Running, town: Town
) -> None:
    ask_id, code = await asked(run, town)
    told = (await answer(run, code, ask_id, "Om zes uur. Bel 0470 12 34 56.")).json()
    (one,) = told["asks"]
    assert one["answer"] == "Om zes uur. Bel [phone]."
    own = (await run.receipt(one["answer_receipt"])).json()
    assert (own["ask"], own["decision"]["key"], own["masked"]) == (ask_id, "square", ["phone"])
    assert own["asks"][0]["ask"]["id"] == ask_id and own["asks"][0]["answer"] is None
    listed = (await run.client.get(f"/api/submissions?ask={ask_id}", headers=run.bearer())).json()["items"]
    assert [item["text"] for item in listed] == ["Om zes uur. Bel [phone]."]
    # the same once more changes nothing; other words go to the receipt of the answer
    assert (await answer(run, code, ask_id, "Om zes uur. Bel 0470 12 34 56.")).status_code == 200
    assert (await answer(run, code, ask_id, "Toch om zeven uur.")).json()["type"] == "/problems/key_used"
    now = (await run.client.get(f"/api/asks/{ask_id}", headers=run.bearer())).json()
    assert (now["answers"], now["by_receipt"], now["unread"], now["reached"]) == (1, 1, 1, 1)
    assert ask_id in [
        int(row.split(",")[_column(text, "ask")]) for text in [await _csv(run, ask_id)] for row in text.splitlines()[1:]
    ]


async def _csv(run: Running, ask_id: int) -> str:
    return (await run.client.get(f"/api/export.csv?ask={ask_id}", headers=run.bearer())).text


def _column(text: str, name: str) -> int:
    return text.splitlines()[0].split(",").index(name)


async def test_whoever_erases_her_receipt_erases_what_she_answered_from_it(run: Running, town: Town) -> None:
    ask_id, code = await asked(run, town)
    own = (await answer(run, code, ask_id, "zeldzaamantwoord")).json()["asks"][0]["answer_receipt"]
    await run.receipt(code, "DELETE")
    assert (await run.receipt(own)).json()["erased_at"]
    assert (await run.client.get(f"/api/submissions?ask={ask_id}", headers=run.bearer())).json()["items"] == []


async def test_an_answer_that_was_erased_is_not_asked_for_again(run: Running, town: Town) -> None:
    ask_id, code = await asked(run, town)
    own = (await answer(run, code, ask_id)).json()["asks"][0]["answer_receipt"]
    await run.receipt(own, "DELETE")
    (one,) = (await run.receipt(code)).json()["asks"]
    assert one["answer_erased"] and one["answer"] is None
    assert (await answer(run, code, ask_id, "Nog eens.")).json()["type"] == "/problems/wrong_state"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"text": "Om zes uur."}, 201),
        ({}, 422),
        ({"text": "Om zes uur.", "effect": "helps"}, 422),
        ({"text": "0" * 5001}, 422),
    ],
)
async def test_anybody_may_answer_on_the_pages_with_words_and_nothing_else(
    run: Running, town: Town, sent: dict[str, Any], status: int
) -> None:
    ask_id, _ = await asked(run, town)
    answered = await run.send(ask=ask_id, **sent)
    assert answered.status_code == status
    now = (await run.client.get(f"/api/asks/{ask_id}", headers=run.bearer())).json()
    assert (now["answers"], now["by_receipt"]) == (int(status == 201), 0)


async def test_a_question_of_nobody_or_from_a_kiosk_is_refused(run: Running, town: Town) -> None:
    ask_id, _ = await asked(run, town)
    assert (await run.send(ask=999, text="Om zes uur.")).status_code == 422
    headers = run.bearer()
    body = {"placement": "page", "key": "kiosk-0001", "ask": ask_id, "text": "Om zes uur.", "channel": "kiosk"}
    kiosk = await run.client.post("/api/submissions", json=body, headers=headers)
    assert list(kiosk.json()["fields"]) == ["ask"]
    workshop = body | {"key": "workshop-1", "channel": "workshop"}
    assert (await run.client.post("/api/submissions", json=workshop, headers=headers)).status_code == 201


async def test_one_waits_at_a_time_in_every_language_that_is_owed_and_for_a_decision_that_is_public(
    run: Running, town: Town
) -> None:
    await town.publish("square", town.file())
    missing = await ask(run, text={"nl": "Wanneer?"})
    assert list(missing.json()["fields"]) == ["text.fr"]
    assert (await ask(run, role="viewer")).status_code == 403
    assert (await ask(run)).status_code == 201
    assert (await ask(run)).json()["type"] == "/problems/ask_open"
    await town.store.decisions.create(town.agency.id, "draft", town.file(), now=town.now, by="Ann")
    assert (await ask(run, "draft")).json()["type"] == "/problems/wrong_state"


async def test_taken_back_nobody_can_answer_any_more_and_another_may_be_asked(run: Running, town: Town) -> None:
    ask_id, code = await asked(run, town)
    await answer(run, code, ask_id)
    taken = await run.client.delete(f"/api/asks/{ask_id}", headers=run.bearer())
    assert taken.json()["withdrawn"] and not taken.json()["is_open"] and taken.json()["answers"] == 1
    assert (await run.send(ask=ask_id, text="Te laat.")).json()["type"] == "/problems/ask_over"
    assert (await run.client.delete(f"/api/asks/{ask_id}", headers=run.bearer())).status_code == 409
    assert (await run.client.get("/api/decisions/square")).json()["asks"] == []
    assert (await ask(run)).status_code == 201


async def test_it_ends_by_itself_when_its_last_day_is_over_and_then_the_office_says_what_it_heard(
    run: Running, town: Town
) -> None:
    ask_id, code = await asked(run, town)
    own = (await answer(run, code, ask_id)).json()["asks"][0]["answer_receipt"]
    store, ends = town.store, end_of(town.day(7), "Europe/Brussels")
    url, telling = f"/api/asks/{ask_id}/heard", {"heard": HEARD, "revision": 1}
    early = await run.client.put(url, json=telling, headers=run.bearer())
    assert early.json()["type"] == "/problems/wrong_state"
    assert await store.asks.tick(ends - 1) == 0
    assert await store.asks.tick(ends + 5_000) == 1
    closed = (await store.asks.list(town.agency.id, "square", ends))[0]
    assert (closed.ended_at, closed.withdrawn) == (ends, False)
    history = await store.changes.of_decision(town.agency.id, store.decisions.by_key("square").id)
    assert [(step.change, step.at) for step in history if "ask_closed" in step.change] == [
        ("decision.ask_closed", ends)
    ]
    assert (await answer(run, code, ask_id, "Te laat.")).json()["type"] in ("/problems/ask_over", "/problems/key_used")
    told = await run.client.put(url, json=telling | {"revision": closed.revision}, headers=run.bearer())
    assert told.status_code == 200, told.text
    for one in (code, own):
        assert (await run.receipt(one)).json()["asks"][0]["ask"]["heard"] == HEARD
    answered = (await run.receipt(own)).json()
    assert answered["answered_at"] == told.json()["heard_at"]
    stale = await run.client.put(url, json=telling, headers=run.bearer())
    assert stale.json()["type"] == "/problems/stale"
    incomplete = await run.client.put(url, json={"heard": {"nl": "x"}, "revision": 9}, headers=run.bearer())
    assert list(incomplete.json()["fields"]) == ["heard.fr"]


async def test_nothing_is_decided_while_answers_wait_for_what_the_office_heard(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    ask_id = (await ask(run)).json()["id"]
    await run.send(ask=ask_id, text="Om zes uur.")
    decision = town.store.decisions.by_key("square")
    assert (await town.store.decisions.unanswered(decision)).unsorted == 1
    ended = (await run.client.delete(f"/api/asks/{ask_id}", headers=run.bearer())).json()
    body = {"heard": HEARD, "revision": ended["revision"]}
    await run.client.put(f"/api/asks/{ask_id}/heard", json=body, headers=run.bearer())
    assert (await town.store.decisions.unanswered(decision)).unsorted == 0


async def test_a_decision_that_is_withdrawn_asks_nothing_and_one_that_goes_on_takes_its_questions_along(
    run: Running, town: Town
) -> None:
    ask_id, _ = await asked(run, town)
    await town.publish("street", town.file())
    await town.step("square", "merge", into="street")
    (moved,) = await town.store.asks.list(town.agency.id, "street", town.now)
    assert (moved.id, moved.withdrawn, moved.is_open) == (ask_id, True, False)
    second = (await ask(run, "street")).json()["id"]
    await town.step("street", "withdraw", text=said("Niet meer nodig.", "Plus nécessaire."))
    assert (await town.store.asks.one(town.agency.id, second, town.now)).withdrawn


async def test_before_it_is_sent_it_says_whom_it_may_reach_and_how_many_answers_to_expect(
    run: Running, town: Town
) -> None:
    await town.publish("square", town.file(), days=30)
    codes = [(await run.send(decision="square", effect="none", text=f"Woord {n}.")).json()["receipt"] for n in range(6)]
    await town.voices("square", 10, "Een oude stem.", days=20, effect="none")
    await town.voices("square", 5, None, days=1, effect="none")
    await run.receipt(codes[0], "DELETE")
    url = "/api/decisions/square/asks/prospect?days=7"
    found = (await run.client.get(url, headers=run.bearer("viewer"))).json()
    assert (found["receipts"], found["speaking"], found["basis"], found["lately"]) == (15, 5, "came_back", 0)
    assert 0 == found["low"] < found["high"]
    ask_id = (await ask(run)).json()["id"]
    await answer(run, codes[1], ask_id)
    again = (await run.client.get(url, headers=run.bearer("viewer"))).json()
    assert again["receipts"] == 15  # what came from a receipt is nobody new


async def test_an_answer_moves_no_public_figure_of_who_reacted(run: Running, town: Town) -> None:
    await town.publish("square", town.file(), days=30)
    await town.voices("square", 5, "Een stem.", days=1, effect="none")
    ask_id = (await ask(run)).json()["id"]
    for _ in range(5):
        await run.send(ask=ask_id, text="Om zes uur.")
    decision = town.store.decisions.by_key("square")
    figures = await town.store.figures.of(decision, town.now + 2 * 3_600_000)
    assert (figures.voices, figures.words) == (5, 5)


async def test_open_pages_and_the_room_hear_of_it_as_of_every_official_act(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    async with asyncio.timeout(10 * PATIENCE), run.client.stream("GET", "/api/decisions/square/acts") as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        ask_id = (await ask(run)).json()["id"]
        while '"act":"asked"' not in await anext(lines):
            pass
    async with run.live(f"?ask={ask_id}") as own, run.live("?ask=999") as other:
        await asyncio.gather(own.recv(), other.recv())
        await run.send(ask=ask_id, text="Om zes uur.")
        (item,) = await changes(own, 1)
        assert (item["change"], item["submission"]["ask"]) == ("submission.received", ask_id)
        with pytest.raises(TimeoutError):
            await changes(other, 1, seconds=0.5)


async def test_a_bell_rings_when_something_is_asked_and_when_it_is_said_what_was_heard(
    run: Running, town: Town
) -> None:
    await town.publish("square", town.file())
    code: str = (await run.send(decision="square", effect="none", text="Woord.")).json()["receipt"]
    store = town.store
    receipt = await store.receipts.open(KEYS.hash(code))
    await store.bells.follow()
    await store.bells.put(town.agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=town.now)
    later = run.app.parts.now() + 3_600_000

    async def rings() -> bool:
        await store.bells.follow()
        due = await store.bells.due(later, gather_ms=0, every_ms=0, limit=9)
        for bell in due:
            await store.bells.rung(bell, now=later)
        return bool(due)

    assert not await rings()
    ask_id = (await ask(run)).json()["id"]
    assert (await run.client.get("/api/decisions/square/asks/prospect", headers=run.bearer())).json()["bells"] == 1
    assert await rings()
    await run.send(ask=ask_id, text="Een ander antwoordt.")
    assert not await rings()
    ended = (await run.client.delete(f"/api/asks/{ask_id}", headers=run.bearer())).json()
    body = {"heard": HEARD, "revision": ended["revision"]}
    await run.client.put(f"/api/asks/{ask_id}/heard", json=body, headers=run.bearer())
    assert await rings()
