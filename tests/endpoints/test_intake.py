"""What comes in, and what is refused: one table, real HTTP."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.start import ORIGIN, Running, running

GOOD: dict[str, Any] = {"placement": "page", "key": "a-good-key-1", "outcome": "no", "text": "Het lukte niet."}


def _with(**changed: Any) -> bytes:
    return json.dumps({**GOOD, **changed}).encode()


async def test_an_acknowledgement_carries_id_and_receipt_and_the_words_are_there(run: Running) -> None:
    response = await run.send(outcome="no", text="Het lukte niet.", language="nl", page="https://a.example/x?y=1#z")
    assert response.status_code == 201
    told = response.json()
    assert told["text"] == "Het lukte niet." and not told["repeated"] and told["masked"] == []
    listed = (await run.client.get("/api/submissions", headers=run.bearer())).json()["items"][0]
    assert listed["id"] == told["id"]
    assert listed["page"] == "https://a.example/x"
    assert (listed["language"], listed["channel"], listed["status"]) == ("nl", "web", "new")


async def test_the_same_key_again_is_200_with_the_first_id_and_receipt(run: Running) -> None:
    first = await run.send(key="the-same-key", outcome="yes")
    again = await run.send(key="the-same-key", outcome="yes")
    assert (first.status_code, again.status_code) == (201, 200)
    assert {name: again.json()[name] for name in ("id", "receipt")} == {
        name: first.json()[name] for name in ("id", "receipt")
    }
    other = await run.send(key="the-same-key", outcome="no")
    assert (other.status_code, other.json()["type"]) == (409, "/problems/key_used")


async def test_text_plain_is_taken_so_that_browsers_need_not_ask_first(run: Running) -> None:
    response = await run.client.post("/api/submissions", content=_with(), headers={"content-type": "text/plain"})
    assert response.status_code == 201


REFUSED: list[tuple[str, bytes, int, str]] = [
    ("not JSON", b"{", 400, "unreadable"),
    ("empty", b"", 400, "unreadable"),
    ("a byte order mark", b"\xef\xbb\xbf" + _with(), 400, "unreadable"),
    ("something behind it", _with() + b" x", 400, "unreadable"),
    ("no UTF-8", b'{"placement":"page","key":"abcdefgh","text":"a\xff"}', 400, "unreadable"),
    ("a list", b"[]", 422, "invalid"),
    ("deep JSON", b'{"placement":"page","key":"abcdefgh","text":' + b"[" * 30_000 + b"]" * 30_000 + b"}", 0, ""),
    ("NaN", b'{"placement":"page","key":"abcdefgh","rating":NaN}', 400, "unreadable"),
    ("1e999", b'{"placement":"gateway","key":"abcdefgh","rating":1e999}', 0, ""),
    ("a huge number", b'{"placement":"gateway","key":"abcdefgh","rating":' + b"9" * 10_000 + b"}", 0, ""),
    ("a text for a number", _with(rating="5"), 422, "invalid"),
    ("a rating of six", _with(rating=6), 422, "invalid"),
    ("a rating where none is asked", _with(rating=5), 422, "invalid"),
    ("another outcome", _with(outcome="maybe"), 422, "invalid"),
    ("another impact", _with(impact=["fame"]), 422, "invalid"),
    ("5,001 characters", _with(text="a" * 5_001), 422, "invalid"),
    ("a short key", _with(key="short"), 422, "invalid"),
    ("a key with a newline", _with(key="abcdefgh\n"), 422, "invalid"),
    ("no key", b'{"placement":"page","outcome":"no"}', 422, "invalid"),
    ("an unknown field", _with(name="Jan"), 422, "invalid"),
    ("a language that is none", _with(language="n l"), 422, "invalid"),
    ("nothing to say", b'{"placement":"page","key":"abcdefgh"}', 422, "nothing_to_say"),
    ("only white space", b'{"placement":"page","key":"abcdefgh","text":" \\n "}', 422, "nothing_to_say"),
    ("an unknown placement", _with(placement="nowhere"), 404, "placement"),
    ("a channel of the team", _with(channel="paper"), 403, "forbidden"),
]


@pytest.mark.parametrize(("body", "status", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
async def test_bad_input_gets_a_clear_answer_and_never_a_500(run: Running, body: bytes, status: int, code: str) -> None:
    response = await run.client.post("/api/submissions", content=body, headers={"content-type": "application/json"})
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert set(problem) >= {"type", "title", "status", "detail"}
    if status:
        assert (response.status_code, problem["type"]) == (status, f"/problems/{code}")
    assert response.status_code in (400, 413, 422) if not status else True
    if problem["type"] == "/problems/invalid":
        assert all(sentence.endswith(".") for sentence in problem["fields"].values())
    counted = (await run.client.get("/metrics")).text
    assert f'tijdens_refusals_total{{reason="{problem["type"].split("/")[-1]}"}}' in counted


async def test_a_refusal_speaks_the_readers_language(run: Running) -> None:
    in_dutch = await run.send(outcome="no", language="nl", rating=3)
    assert in_dutch.json()["title"] == "Er klopt iets niet"
    headers = {"accept-language": "fr-BE,fr;q=0.9", "content-type": "application/json"}
    in_french = await run.client.post("/api/submissions", content=b"{", headers=headers)
    assert in_french.json()["title"] == "Illisible"


@pytest.mark.parametrize(
    "said",
    [
        "zalgo " + "Z" + "\u0301" * 400,
        "bidi \u202egnirts\u202c",
        "nul \x00 in het midden",
        "👩‍👩‍👧 élève ﷽ مرحبا",
        "<script>alert(1)</script>",
        "' or 1=1; --",
        "a" * 5_000,
    ],
    ids=["zalgo", "bidi", "nul", "emoji", "script", "sql", "longest"],
)
async def test_odd_text_is_cleaned_and_kept(run: Running, said: str) -> None:
    response = await run.send(text=said)
    assert response.status_code == 201
    stored = response.json()["text"]
    assert stored and "\x00" not in stored and "\u202e" not in stored
    found = (await run.receipt(response.json()["receipt"])).json()
    assert found["text"] == stored


async def test_a_lone_surrogate_is_no_500(run: Running) -> None:
    body = b'{"placement":"page","key":"surrogate-1","text":"a\\ud800b"}'
    response = await run.client.post("/api/submissions", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (201, 400)


async def test_personal_data_is_masked_before_it_is_stored_and_the_answer_says_whom_to_call(
    run: Running, tmp_path: Path
) -> None:
    said = "Bel mij op 0470 12 34 56 of schrijf jan.peeters@voorbeeld.be, mijn nummer is 85.07.30-033.28."
    told = (await run.send(text=said, language="nl", page="https://a.example/dossier/85073003328/x")).json()
    assert told["masked"] == ["phone", "email", "national_number"]
    assert "+32 2 555 01 23" in told["masked_notice"] and "Niemand belt" in told["masked_notice"]
    for secret in ("0470", "jan.peeters", "85.07.30", "85073003328"):
        assert secret not in told["text"]
        for file in tmp_path.iterdir():
            assert not file.is_file() or secret.encode() not in file.read_bytes(), file


async def test_only_listed_origins_may_send_and_read(run: Running) -> None:
    def post(origin: str) -> Any:
        return run.client.post(
            "/api/submissions",
            content=_with(key=f"key-{abs(hash(origin))}"),
            headers={"origin": origin, "content-type": "text/plain"},
        )

    listed = await post(ORIGIN)
    assert (listed.status_code, listed.headers["access-control-allow-origin"]) == (201, ORIGIN)
    for origin in (
        "https://evil.example",
        "https://www.town.example.evil.example",
        "https://evilwww.town.example",
        "http://www.town.example",
        "https://www.town.example:8443",
        "https://WWW.town.example",
        "https://www.town.example.",
        "null",
    ):
        refused = await post(origin)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/origin"), origin
        assert "access-control-allow-origin" not in refused.headers, origin
        assert refused.headers["vary"] == "Origin"


async def test_a_preflight_is_answered_for_listed_origins_alone(run: Running) -> None:
    asked = {"access-control-request-method": "PATCH", "access-control-request-headers": "authorization"}
    listed = await run.client.options("/api/receipt", headers={"origin": ORIGIN, **asked})
    assert "PATCH" in listed.headers["access-control-allow-methods"]
    foreign = await run.client.options("/api/receipt", headers={"origin": "https://evil.example", **asked})
    assert "access-control-allow-origin" not in foreign.headers


async def test_a_placement_takes_nothing_before_somebody_can_be_reached_without_internet_and_without_hearing(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, populate=False) as run:
        agencies, now = run.app.parts.store.agencies, run.app.parts.now()
        agency = await agencies.create("town", "The town", now=now)
        await agencies.create_placement(agency, "page", origins=[ORIGIN], now=now)
        refused = await run.send(outcome="no")
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/placement_not_live")
        assert (await run.client.get("/api/placements/page")).json()["live"] is False


async def test_a_team_vouches_for_channels_and_older_times(run: Running) -> None:
    old = run.app.parts.now() - 40 * 86_400_000
    body = {**GOOD, "channel": "paper", "sent_at": old}
    response = await run.client.post("/api/submissions", json=body, headers=run.bearer("editor"))
    assert response.status_code == 201
    listed = (await run.client.get("/api/submissions", headers=run.bearer())).json()["items"][0]
    assert (listed["channel"], listed["sent_at"]) == ("paper", old)
    viewer = await run.client.post(
        "/api/submissions", json={**body, "key": "another-key"}, headers=run.bearer("viewer")
    )
    assert viewer.status_code == 403


@pytest.mark.parametrize("days", [-30, 30])
async def test_a_clock_that_is_a_month_off_is_not_believed_and_nothing_is_lost(run: Running, days: int) -> None:
    response = await run.send(outcome="no", sent_at=run.app.parts.now() + days * 86_400_000)
    assert response.status_code == 201
    listed = (await run.client.get("/api/submissions", headers=run.bearer())).json()["items"][0]
    assert listed["sent_at"] is None


async def test_a_body_of_another_kind_is_refused(run: Running) -> None:
    form = await run.client.post("/api/submissions", data={"placement": "page"})
    assert form.status_code == 415
    packed = await run.client.post("/api/submissions", content=_with(), headers={"content-encoding": "gzip"})
    assert (packed.status_code, packed.json()["type"]) == (415, "/problems/encoding")
    large = await run.client.post("/api/submissions", content=b" " * 70_000)
    assert (large.status_code, large.json()["type"]) == (413, "/problems/too_large")


async def test_a_flood_from_one_source_is_slowed_down_while_fifty_people_behind_one_address_are_not(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, rate_limit=True) as run:
        people = await asyncio.gather(*[run.send(outcome="no") for _ in range(50)])
        assert {response.status_code for response in people} == {201}
        flood = await asyncio.gather(*[run.send(outcome="no") for _ in range(300)])
        slowed = [response for response in flood if response.status_code == 429]
        assert len(slowed) >= 200
        assert "challenge" in slowed[0].json() and int(slowed[0].headers["retry-after"]) >= 1


async def test_a_full_disk_is_507_readers_go_on_and_it_recovers_by_itself(tmp_path: Path) -> None:
    async with running(tmp_path, max_pages=120) as run:
        codes = []
        for number in range(400):
            response = await run.send(text=f"{number} " + "vol " * 400)
            codes.append(response.status_code)
            if response.status_code == 507:
                break
        assert codes[-1] == 507
        assert response.json()["type"] == "/problems/full" and int(response.headers["retry-after"]) > 0
        accepted = codes.count(201)
        listed = (await run.client.get("/api/submissions?limit=500", headers=run.bearer())).json()["items"]
        assert len(listed) == accepted > 0
        await run.app.parts.store.engine.writer.grow(100_000)
        assert (await run.send(text="er is weer plaats")).status_code == 201


async def test_a_locked_database_is_503_and_it_goes_on_when_the_lock_is_gone(tmp_path: Path) -> None:
    async with running(tmp_path) as run:
        other = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
        other.execute("begin immediate")
        try:
            busy = await run.send(outcome="no", key="while-locked")
            assert (busy.status_code, busy.json()["type"]) == (503, "/problems/busy")
            assert int(busy.headers["retry-after"]) > 0
            assert (await run.client.get("/api/submissions", headers=run.bearer())).status_code == 200
        finally:
            other.execute("rollback")
            other.close()
        assert (await run.send(outcome="no", key="while-locked")).status_code == 201
