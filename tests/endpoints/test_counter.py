"""What a member takes down for somebody, and what she types in from paper."""

from __future__ import annotations

import re
from typing import Any

import httpx2

from tests.start import Running

NUMBER = re.compile(r"<strong>(\d{3}/\d{4}/\d{5})</strong>")
CODE = re.compile(r'<p class="code">([^<]+)</p>')


async def take_down(run: Running, key: str = "desk-0001", role: str = "editor", **said: Any) -> httpx2.Response:
    body = {"placement": "page", "key": key, "channel": "counter", "outcome": "no", **said}
    return await run.client.post("/api/counter", json=body, headers=run.bearer(role))


async def sheet(run: Running, query: str = "") -> tuple[str, str]:
    """(number, code) of a freshly printed sheet."""
    page = (await run.client.get(f"/paper/page?lang=nl{query}", headers={"accept": "text/html"})).text
    number, code = NUMBER.search(page), CODE.search(page)
    assert number and code
    return number[1], code[1]


async def type_in(run: Running, number: str, **said: Any) -> httpx2.Response:
    body = {"placement": "page", "number": number, "outcome": "no", **said}
    return await run.client.post("/api/sheets", json=body, headers=run.bearer())


async def test_who_speaks_at_the_counter_gets_a_receipt_that_opens(run: Running) -> None:
    taken = await take_down(run, text="Het loket was dicht. Bel mij op +32 470 12 34 56.", another_way="no")
    assert taken.status_code == 201
    document = (await run.receipt(taken.json()["receipt"])).json()
    assert (document["channel"], document["another_way"]) == ("counter", "no")
    assert document["masked"] == ["phone"] and "470" not in document["text"]


async def test_pressing_twice_stores_once(run: Running) -> None:
    first, second = await take_down(run, text="Eén keer."), await take_down(run, text="Eén keer.")
    assert first.json()["receipt"] == second.json()["receipt"] and second.json()["repeated"]
    assert (await take_down(run, text="Iets anders.")).status_code == 409


async def test_only_who_may_sort_takes_down_and_nobody_names_the_web(run: Running) -> None:
    assert (await take_down(run, role="viewer", text="x")).status_code == 403
    assert (await take_down(run, channel="web", text="x")).status_code == 422
    assert (await take_down(run, channel="paper", text="x")).status_code == 422
    body = {"placement": "page", "key": "desk-0002", "channel": "counter", "outcome": "no"}
    assert (await run.client.post("/api/counter", json=body)).status_code == 401


async def test_whoever_types_a_sheet_in_does_not_get_its_code_and_the_strip_opens_it(run: Running) -> None:
    number, code = await sheet(run)
    assert (await run.receipt(code)).status_code == 404
    typed = await type_in(run, number, text="Te weinig bankjes.", permissions={"quote": True, "invite": False})
    assert typed.status_code == 201
    assert code not in typed.text and "receipt" not in typed.json()
    document = (await run.receipt(code)).json()
    assert (document["channel"], document["text"], document["permissions"]["quote"]) == (
        "paper", "Te weinig bankjes.", True,
    )  # fmt: skip


async def test_a_sheet_typed_in_twice_is_said_and_stands_there_once(run: Running) -> None:
    number, _ = await sheet(run)
    assert (await type_in(run, number, text="Eén blad.")).json()["repeated"] is False
    assert (await type_in(run, f"+++{number}+++", text="Eén blad.")).json()["repeated"] is True
    assert (await type_in(run, number, text="Een ander blad?")).status_code == 409
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    refused = await type_in(run, wrong, text="x")
    assert refused.status_code == 422 and "number" in refused.json()["fields"]


async def test_the_number_on_the_sheet_gives_nobody_the_code(run: Running) -> None:
    number, code = await sheet(run)
    plain = number.replace("/", "")
    for key in (plain, f"sheet-{plain}"):
        sent = await run.send(key=key, outcome="no", text="Ik raad de code.")
        assert sent.json()["receipt"] != code


async def test_each_printed_sheet_has_a_number_and_a_code_of_its_own_and_only_the_strip_has_the_code(
    run: Running,
) -> None:
    for language in ("nl", "fr", "de", "en"):
        page = (await run.client.get(f"/paper/page?lang={language}&copies=20", headers={"accept": "text/html"})).text
        assert len(set(NUMBER.findall(page))) == len(set(CODE.findall(page))) == 20
        for leaf in page.split("<article")[1:]:
            body, strip = leaf.split('<footer class="strip">')
            found = CODE.search(strip)
            assert found and found[1] not in body
        assert "paper." not in re.sub(r"/assets/pages/paper\.(css|js)", "", page)
    for odd in ("copies=-1", "copies=abc", "copies=99999", "decision=none"):
        answer = await run.client.get(f"/paper/page?{odd}", headers={"accept": "text/html"})
        assert answer.status_code in (200, 404, 422) and len(NUMBER.findall(answer.text)) <= 50
