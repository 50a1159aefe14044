"""The accessibility door, as a browser without JavaScript uses it; and what the team sees of it."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import msgspec
import pytest

from collector.agency import LANGUAGES
from tests.start import Running
from tests.test_barrier import WHOLE

TEXT = {"accept": "text/html"}
DAY_MS = 86_400_000


async def report(run: Running, kind: str = "report", language: str = "nl", **fields: str) -> httpx2.Response:
    """Opens a door, fills in its form and sends it."""
    address = f"/accessibility/town/barrier?lang={language}"
    page = await run.client.get(f"{address}&kind={kind}", headers=TEXT)
    form = page.text[page.text.index("<form") : page.text.index("</form>")]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    given = {**hidden, "placement": "page", "text": "Met het toetsenbord kom ik niet bij de knop.", **fields}
    return await run.client.post(address, data=given, headers=TEXT)


def code_of(page: str) -> str:
    found = re.search(r'<p class="code">([^<]+)</p>', page)
    assert found, page
    return found[1]


async def publish(run: Running, **changed: Any) -> httpx2.Response:
    statement = {**msgspec.to_builtins(WHOLE), **changed}
    revision = (await run.client.get("/api/statement", headers=run.bearer())).json()["revision"]
    body = {"revision": revision, "statement": statement, "publish": True}
    return await run.client.put("/api/statement", json=body, headers=run.bearer("admin"))


async def barriers(run: Running) -> dict[str, Any]:
    answer = await run.client.get("/api/barriers", headers=run.bearer("viewer"))
    found: dict[str, Any] = answer.json()
    return found


async def test_a_reported_barrier_is_stored_and_its_receipt_says_by_when_it_is_answered(run: Running) -> None:
    answer = await report(run, page="https://www.town.example/form?name=x")
    assert answer.status_code == 200 and "U krijgt ten laatste op" in answer.text
    document = (await run.receipt(code_of(answer.text))).json()
    assert (document["barrier"], document["channel"], document["page"]) == (
        "report", "form", "https://www.town.example/form",
    )  # fmt: skip
    assert document["next"]["what"] == "answer" and document["next"]["by"]
    waiting = await barriers(run)
    assert [item["submission"]["id"] for item in waiting["items"]] == [document["id"]]
    assert waiting["items"][0]["due"] == document["next"]["by"] and waiting["late"] == 0


async def test_asking_for_another_form_is_a_door_of_its_own(run: Running) -> None:
    answer = await report(run, "another_form", "fr", text="La brochure en grands caractères.")
    assert (await run.receipt(code_of(answer.text))).json()["barrier"] == "another_form"
    assert (
        "Vous l&#39;avez demandé sous une autre forme"
        in (await run.client.post("/r?lang=fr", data={"code": code_of(answer.text)}, headers=TEXT)).text
    )


async def test_pressing_twice_stores_once_and_nothing_typed_is_lost_when_it_is_refused(run: Running) -> None:
    empty = await report(run, text="  ", page="www.town.example/x")
    assert empty.status_code == 422 and 'value="www.town.example/x"' in empty.text
    long = await report(run, text="a" * 5_001)
    assert long.status_code == 422 and "a" * 5_001 in long.text
    key = "the-same-key-twice"
    first, second = await report(run, key=key), await report(run, key=key)
    assert code_of(first.text) == code_of(second.text)
    assert len((await barriers(run))["items"]) == 1


async def test_a_robot_is_counted_and_stores_nothing(run: Running) -> None:
    assert (await report(run, website="https://spam.example")).status_code == 422
    assert (await barriers(run))["items"] == []


async def test_over_the_api_a_barrier_takes_words(run: Running) -> None:
    assert (await run.send(barrier="report")).status_code == 422
    assert (await run.send(barrier="report", outcome="no")).status_code == 422
    assert (await run.send(barrier="report", text="De letters zijn te klein.")).status_code == 201
    assert (await run.send(barrier="other", text="x")).status_code == 422
    listed = await run.client.get("/api/submissions?barrier=report", headers=run.bearer())
    assert [item["text"] for item in listed.json()["items"]] == ["De letters zijn te klein."]


async def test_it_waits_until_it_is_answered_and_who_is_late_is_told_first(run: Running) -> None:
    code = code_of((await report(run)).text)
    one = (await run.receipt(code)).json()
    real = run.app.parts.now
    run.app.parts.now = lambda: real() + 45 * DAY_MS
    assert (await barriers(run))["late"] == 1
    run.app.parts.now = real
    note = {"text": "De knop is gemaakt.", "kind": "note"}
    await run.client.post(f"/api/submissions/{one['id']}/messages", json=note, headers=run.bearer())
    seen = (await run.client.get(f"/api/submissions/{one['id']}", headers=run.bearer())).json()
    triage = {"status": "answered", "revision": seen["revision"]}
    await run.client.patch(f"/api/submissions/{one['id']}", json=triage, headers=run.bearer())
    assert (await barriers(run))["items"] == []
    assert (await run.receipt(code)).json()["next"]["what"] == "none"


async def test_an_erased_barrier_waits_for_nobody(run: Running) -> None:
    code = code_of((await report(run)).text)
    await run.receipt(code, "DELETE")
    assert (await barriers(run))["items"] == []
    listed = await run.client.get("/api/submissions?barrier=report", headers=run.bearer())
    assert listed.json()["items"] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_statement_says_what_the_model_of_the_law_asks(run: Running, language: str) -> None:
    before = await run.client.get(f"/accessibility/town?lang={language}", headers=TEXT)
    assert before.status_code == 200 and "EN 301 549" not in before.text
    assert (await publish(run, answer_days=10)).status_code == 200
    page = (await run.client.get(f"/accessibility/town?lang={language}", headers=TEXT)).text
    for wanted in ("EN 301 549", "2016/2102", "https://ombudsman.example", "kind=report", "kind=another_form", " 10 "):
        assert wanted in page, wanted
    assert ("www.ville.example" if language == "fr" else "www.stad.example") in page
    assert "a11y." not in page


async def test_nothing_is_published_before_the_owed_languages_are_there_and_a_draft_stays_with_the_team(
    run: Running,
) -> None:
    refused = await publish(run, scope={"nl": "www.stad.example"})
    assert refused.status_code == 422 and refused.json()["missing"] == ["scope.fr"]
    draft = {"revision": 0, "statement": {"scope": {"nl": "Geheim ontwerp"}}}
    kept = await run.client.put("/api/statement", json=draft, headers=run.bearer("admin"))
    assert kept.status_code == 200 and kept.json()["published"] is None and kept.json()["missing"]
    assert "Geheim ontwerp" not in (await run.client.get("/accessibility/town?lang=nl", headers=TEXT)).text


async def test_two_who_write_at_once_lose_nothing(run: Running) -> None:
    body = {"revision": 0, "statement": msgspec.to_builtins(WHOLE)}
    assert (await run.client.put("/api/statement", json=body, headers=run.bearer("admin"))).status_code == 200
    second = await run.client.put("/api/statement", json=body, headers=run.bearer("admin"))
    assert second.status_code == 412 and second.json()["current"]["revision"] == 1


async def test_the_receipt_names_the_body_to_turn_to(run: Running) -> None:
    await publish(run)
    code = code_of((await report(run)).text)
    page = await run.client.post("/r?lang=nl", data={"code": code}, headers=TEXT)
    assert "De ombudsman" in page.text and "https://ombudsman.example" in page.text


async def test_figures_of_the_page_show_nothing_under_five_and_stand_still_for_an_hour(run: Running) -> None:
    for place in range(4):
        await report(run, text=f"Drempel {place}")
    few = "minder dan 5"
    page = (await run.client.get("/accessibility/town?lang=nl", headers=TEXT)).text
    assert page.count(few) == 3
    await report(run, text="Nog een")
    assert (await run.client.get("/accessibility/town?lang=nl", headers=TEXT)).text.count(few) == 3
    real = run.app.parts.now
    run.app.parts.now = lambda: real() + 3_600_000
    page = (await run.client.get("/accessibility/town?lang=nl", headers=TEXT)).text
    assert page.count(few) == 2 and "<dd>5</dd>" in page
