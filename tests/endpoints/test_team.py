"""What a team's token may do, and what belongs to another agency."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import zipfile

import pytest

from tests.start import DESK, ORIGIN, Running


async def test_lists_page_through_everything_once(run: Running) -> None:
    sent = [(await run.send(text=f"nummer {n}")).json()["id"] for n in range(7)]
    seen: list[int] = []
    before = ""
    while True:
        page = (await run.client.get(f"/api/submissions?limit=3{before}", headers=run.bearer("viewer"))).json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    assert seen == sorted(sent, reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=9999",
        "limit=x",
        "rating=9",
        "outcome=maybe",
        "words=2",
        "before=-1",
        "colour=red",
        "q=" + "a" * 300,
    ],
)
async def test_a_filter_that_cannot_be_is_refused_with_its_name(run: Running, query: str) -> None:
    response = await run.client.get(f"/api/submissions?{query}", headers=run.bearer())
    assert (response.status_code, list(response.json()["fields"])) == (422, [query.split("=")[0]])


async def test_without_a_token_nothing_and_below_the_role_not_that(run: Running) -> None:
    for path in ("/api/submissions", "/api/submissions/1", "/api/counts", "/api/me", "/api/export.csv"):
        assert (await run.client.get(path)).status_code == 401
        assert (await run.client.get(path, headers={"authorization": "Bearer x"})).status_code == 401
    told = (await run.send(outcome="no")).json()
    patch = {"status": "read", "revision": 1}
    refused = await run.client.patch(f"/api/submissions/{told['id']}", json=patch, headers=run.bearer("viewer"))
    assert refused.status_code == 403
    stale = await run.client.patch(f"/api/submissions/{told['id']}", json=patch | {"revision": 7}, headers=run.bearer())
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale")


async def test_another_agency_gets_404_for_every_id(run: Running) -> None:
    store, now = run.app.parts.store, run.app.parts.now()
    village = await store.agencies.create("village", "The village", now=now)
    await store.agencies.add_contact_point(village, DESK, now=now)
    _, token = await store.tokens.create(village.id, "admin", name="Village", now=now)
    told = (await run.send(text="van de stad")).json()
    theirs = {"authorization": f"Bearer {token}"}
    path = f"/api/submissions/{told['id']}"
    assert (await run.client.get(path, headers=theirs)).status_code == 404
    assert (await run.client.patch(path, json={"status": "read", "revision": 1}, headers=theirs)).status_code == 404
    assert (await run.client.get("/api/submissions?q=stad", headers=theirs)).json()["items"] == []
    assert (await run.client.get("/api/counts", headers=theirs)).json()["presses"] == 0
    assert (await run.client.get("/api/export.jsonl", headers=theirs)).text == ""
    body = {"placement": "page", "key": "for-another", "channel": "paper", "text": "x"}
    assert (await run.client.post("/api/submissions", json=body, headers=theirs)).status_code == 404


async def test_exports_hold_everything_and_no_formula(run: Running) -> None:
    dangerous = ['=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)", 'gewoon, met "komma"\nen regel']
    for text in dangerous:
        await run.send(text=text, impact=[])
    headers = run.bearer("viewer")
    table = (await run.client.get("/api/export.csv", headers=headers)).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == 5 and {row["impact"] for row in rows} == {"none"}
    assert not any(row["text"][:1] in "=+-@" for row in rows)
    lines = (await run.client.get("/api/export.jsonl", headers=headers)).text.splitlines()
    assert {json.loads(line)["text"] for line in lines} == set(dangerous)
    book = zipfile.ZipFile(io.BytesIO((await run.client.get("/api/export.xlsx", headers=headers)).content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row") == 6 and "<f>" not in sheet


async def test_a_session_by_cookie_works_for_our_own_pages_alone(run: Running) -> None:
    entered = await run.client.post("/api/session", json={"token": run.tokens["editor"]})
    cookie = entered.headers["set-cookie"]
    assert entered.status_code == 204 and "HttpOnly" in cookie and "SameSite=lax" in cookie
    told = (await run.send(outcome="no")).json()
    headers = {"cookie": cookie.split(";")[0]}
    assert (await run.client.get("/api/me", headers=headers)).json()["role"] == "editor"
    patch = {"status": "read", "revision": 1}
    for foreign in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": ORIGIN}):
        refused = await run.client.patch(f"/api/submissions/{told['id']}", json=patch, headers=headers | foreign)
        assert refused.status_code == 403
    await run.client.delete("/api/session", headers=headers)
    assert (await run.client.get("/api/me", headers=headers)).status_code == 401


async def test_a_link_signs_in_once(run: Running) -> None:
    store, now = run.app.parts.store, run.app.parts.now()
    right = await store.tokens.by_secret(run.tokens["viewer"], now=run.app.parts.now())
    link = await store.tokens.create_link(right.token_id, now=now)
    assert (await run.client.get(f"/sign-in?link={link}")).status_code == 200  # a preview does not spend it
    assert (await run.client.post("/sign-in", data={"link": link})).status_code == 303
    spent = await run.client.post("/sign-in", data={"link": link})
    assert spent.status_code == 401 and "Sign in again" in spent.text


async def test_nearly_the_same_words_are_grouped_and_counted_and_none_is_dropped(run: Running) -> None:
    for ending in ("", "!", " ...", " 123"):
        await run.send(text=f"De knop om te bewaren werkt niet op mijn telefoon{ending}")
    other = (await run.send(text="Iets heel anders over de wachttijd aan het loket")).json()["id"]
    store = run.app.parts.store
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 10)
    items = (await run.client.get("/api/submissions", headers=run.bearer())).json()["items"]
    assert len(items) == 5
    assert {item["id"]: item["alike"] for item in items}[other] == 1
    assert sorted(item["alike"] for item in items) == [1, 4, 4, 4, 4]
    one = (await run.client.get(f"/api/submissions/{items[1]['id']}", headers=run.bearer())).json()
    assert len(one["alike_ids"]) == 3


async def test_a_score_that_contradicts_what_it_cost_is_shown_as_such_and_orders_nothing(run: Running) -> None:
    sent = (
        {"outcome": "yes", "text": "Ik verloor mijn toelage.", "impact": ["right"]},
        {"outcome": "no", "text": "Het duurde even.", "impact": [], "another_way": "yes"},
        {"outcome": "no", "text": "Het lukte niet.", "impact": ["money"], "another_way": "yes"},
    )
    for one in sent:
        await run.send(**one)
    items = (await run.client.get("/api/submissions", headers=run.bearer())).json()["items"]
    assert [one["contradiction"] for one in items] == [None, "bad_score_nothing_lost", "good_score_grave_words"]
    first = (await run.client.get("/api/reading", headers=run.bearer())).json()["items"]
    shown = [one["submission"]["contradiction"] for one in first]
    assert shown == ["good_score_grave_words", None, "bad_score_nothing_lost"]


async def test_counts_never_are_a_mean_and_add_up(run: Running) -> None:
    for outcome, text in (("yes", None), ("yes", "goed"), ("no", None)):
        await run.send(outcome=outcome, **({"text": text} if text else {}), language="nl")
    counts = (await run.client.get("/api/counts?language=nl", headers=run.bearer())).json()
    assert (counts["presses"], counts["words"]) == (3, 1)
    assert counts["by"]["outcome"] == {"yes": 2, "no": 1} and counts["words_by"]["outcome"] == {"yes": 1, "no": 0}
    assert sum(day["presses"] for day in counts["days"]) == 3
    assert "mean" not in json.dumps(counts) and "average" not in json.dumps(counts)
