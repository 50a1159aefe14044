"""The settings of an agency, its placements, and where they are really met."""

from __future__ import annotations

from typing import Any

import pytest

from collector.live.retention import DAY_MS, Retention
from collector.sighting import KEPT_DAYS, STRANGERS
from tests.start import ORIGIN, Running, running

ELSEWHERE = "https://elsewhere.example"


async def asked(run: Running, path: str, role: str = "admin") -> dict[str, Any]:
    answer = await run.client.get(path, headers=run.bearer(role))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def changed(run: Running, path: str, **body: Any) -> Any:
    return await run.client.patch(path, json=body, headers=run.bearer("admin"))


async def met(run: Running) -> dict[str, dict[str, Any]]:
    """What is told of each origin of the placement `page`."""
    return {one["origin"]: one for one in (await asked(run, "/api/placements/page/met"))["origins"]}


async def visited(run: Running, origin: str, placement: str = "page") -> None:
    await run.client.get(f"/api/placements/{placement}?language=nl", headers={"origin": origin})


async def sent(run: Running, origin: str, key: str, **said: Any) -> int:
    body = {"placement": "page", "key": key, **said}
    return (await run.client.post("/api/submissions", json=body, headers={"origin": origin})).status_code


async def test_what_is_changed_is_what_citizens_read_in_their_language(run: Running) -> None:
    before = await asked(run, "/api/agency")
    assert (before["name"], before["names"], before["revision"]) == ("The town", {}, 1)
    answer = await changed(
        run, "/api/agency", revision=1, names={"nl": "De stad ", "fr": "La ville", "de": ""}, time_zone="Europe/Paris",
        privacy_contact="dpo@town.example", retention_days=365, required_languages=["fr", "nl"],
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["name"], told["names"]) == ("La ville", {"nl": "De stad", "fr": "La ville"})
    assert (told["time_zone"], told["retention_days"], told["required_languages"]) == (
        "Europe/Paris",
        365,
        ["fr", "nl"],
    )
    assert told["revision"] == 2 and told == await asked(run, "/api/agency")
    for language, name in (("nl", "De stad"), ("fr", "La ville"), ("en", "La ville")):
        page = (await run.client.get(f"/privacy/town?lang={language}")).text
        assert name in page and "The town" not in page and "dpo@town.example" in page and "365" in page
    assert "dpo@town.example" in (await run.client.get("/privacy/town/register")).text
    assert (await run.client.get("/api/placements/page")).json()["agency"]["names"]["nl"] == "De stad"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("names", {}), ("names", {"nl": " "}), ("names", {"xx": "Town"}), ("names", {"nl": "x" * 201}),
        ("required_languages", []), ("required_languages", ["nl", "tr"]), ("time_zone", "Brussels"), ("time_zone", "../etc"),
        ("retention_days", 29), ("retention_days", 1_096), ("privacy_contact", "x" * 301),
    ],
)  # fmt: skip
async def test_a_setting_that_cannot_be_is_named(run: Running, field: str, value: object) -> None:
    answer = await changed(run, "/api/agency", revision=1, **{field: value})
    assert answer.status_code == 422 and list(answer.json()["fields"]) == [field]
    assert (await asked(run, "/api/agency"))["revision"] == 1


async def test_of_two_who_change_something_the_later_is_shown_what_stands_and_the_audit_log_names_both(
    run: Running,
) -> None:
    assert (await changed(run, "/api/agency", revision=1, time_zone="Europe/Paris")).status_code == 200
    late = await changed(run, "/api/agency", revision=1, time_zone="Europe/Berlin")
    assert (late.status_code, late.json()["current"]["time_zone"]) == (412, "Europe/Paris")
    assert (await changed(run, "/api/placements/page", revision=1, name="Passports")).status_code == 200
    late = await changed(run, "/api/placements/page", revision=1, question="found")
    assert (late.status_code, late.json()["current"]["name"]) == (412, "Passports")
    assert late.json()["current"]["question"] == "outcome"
    found = (await asked(run, "/api/audit?kind=did"))["items"]
    assert [(one["act"], one["detail"]) for one in found[:2]] == [
        ("placement.changed", "name"), ("agency.changed", "time_zone"),
    ]  # fmt: skip


async def test_the_clocks_are_told_with_where_they_come_from(run: Running) -> None:
    clocks = {one["kind"]: one for one in (await asked(run, "/api/agency"))["clocks"]}
    assert (clocks["theme.answer"]["days"], clocks["theme.answer"]["working"]) == (60, False)
    assert (clocks["grave.read"]["days"], clocks["grave.read"]["working"]) == (1, True)
    assert all(one["source"] for one in clocks.values())


async def test_a_placement_is_made_and_stands_at_once_with_what_to_paste(run: Running) -> None:
    body = {"key": "tax", "origins": ["HTTPS://Tax.example/", "https://tax.example"], "languages": ["fr", "nl"]}
    answer = await run.client.post("/api/placements", json=body, headers=run.bearer("admin"))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["name"], made["origins"], made["languages"]) == ("tax", ["https://tax.example"], ["fr", "nl"])
    pinned, link = made["snippet"]["pinned"], made["snippet"]["link"]
    address = pinned.split('src="')[1].split('"')[0]
    assert (await run.client.get(address)).status_code == 200
    assert 'integrity="sha384-' in pinned and 'placement="tax"' in pinned and f"{run.url}/f/tax" in link
    assert "script-src 'self'" in made["snippet"]["own_policy"] and "integrity" not in made["snippet"]["own"]
    assert (await run.client.get("/f/tax")).status_code == 200
    again = await run.client.post("/api/placements", json=body, headers=run.bearer("admin"))
    assert again.status_code == 409
    assert [one["key"] for one in (await asked(run, "/api/placements"))["items"]] == ["page", "gateway", "tax"]


@pytest.mark.parametrize(
    ("field", "named", "value"),
    [
        ("origins", "origin", ["town.example"]), ("origins", "origin", ["https://a.example/x"]),
        ("languages", "languages", []), ("languages", "languages", ["tr"]), ("question", "question", "rating"),
        ("name", "name", ""), ("clips", "clips", {"nl": "http://clip.example"}), ("gateway", "gateway", "yes"),
    ],
)  # fmt: skip
async def test_a_placement_that_cannot_be_is_refused_with_its_field(
    run: Running, field: str, named: str, value: object
) -> None:
    answer = await changed(run, "/api/placements/page", revision=1, **{field: value})
    assert answer.status_code == 422 and list(answer.json()["fields"]) == [named], answer.text
    if field in ("clips", "name"):
        return
    body = {"key": "made", "origins": [ORIGIN], field: value}
    answer = await run.client.post("/api/placements", json=body, headers=run.bearer("admin"))
    assert answer.status_code == 422 and list(answer.json()["fields"]) == [named], answer.text


async def test_a_key_is_told_what_it_takes(run: Running) -> None:
    body = {"key": "Tax page", "origins": [ORIGIN]}
    answer = await run.client.post("/api/placements", json=body, headers=run.bearer("admin"))
    assert list(answer.json()["fields"]) == ["placement"]


async def test_an_origin_that_is_added_may_send_and_one_that_is_taken_away_may_not(run: Running) -> None:
    assert await sent(run, ELSEWHERE, "key-00000001", outcome="no") == 403
    assert (await changed(run, "/api/placements/page", revision=1, origins=[ORIGIN, ELSEWHERE])).status_code == 200
    assert await sent(run, ELSEWHERE, "key-00000002", outcome="no") == 201
    assert (await changed(run, "/api/placements/page", revision=2, origins=[ORIGIN])).status_code == 200
    assert await sent(run, ELSEWHERE, "key-00000003", outcome="no") == 403


async def test_where_a_placement_is_met_is_told_by_origin_with_what_became_of_the_answers(run: Running) -> None:
    assert (await met(run))[ORIGIN]["state"] == "silent"
    address = (await asked(run, "/api/placements"))["items"][0]["snippet"]["pinned"].split('src="')[1].split('"')[0]
    await run.client.get(address, headers={"origin": ORIGIN})
    assert (await met(run))[ORIGIN] | {"last_on": 0} == {
        "origin": ORIGIN, "listed": True, "state": "blocked", "shown": 0, "sent": 0, "scripts": 1, "closed": 0, "unknown": 0,
        "refused": {}, "last_on": 0,
    }  # fmt: skip
    await visited(run, ORIGIN)
    await visited(run, ORIGIN)
    await visited(run, ORIGIN, "typo")
    assert await sent(run, ORIGIN, "key-00000001") == 422
    found = (await met(run))[ORIGIN]
    assert (found["state"], found["shown"], found["unknown"]) == ("refused", 2, 1)
    assert await sent(run, ORIGIN, "key-00000002", text="Het formulier bleef hangen.") == 201
    await visited(run, f"{ELSEWHERE}:443")
    assert await sent(run, ELSEWHERE, "key-00000003", outcome="no") == 403
    found = await met(run)
    assert (found[ORIGIN]["state"], found[ORIGIN]["sent"]) == ("works", 1)
    assert found[ORIGIN]["refused"] == {"nothing_to_say": 1}
    stranger = found[ELSEWHERE]
    assert (stranger["state"], stranger["listed"], stranger["shown"]) == ("unlisted", False, 1)
    assert stranger["refused"] == {"origin": 1}
    gateway = (await asked(run, "/api/placements/gateway/met"))["origins"]
    # one script serves all placements of a page; it asked for one of them, so nothing blocks it
    assert [(one["origin"], one["state"], one["scripts"]) for one in gateway] == [(ORIGIN, "silent", 1)]
    states = {one["key"]: one["states"] for one in (await asked(run, "/api/placements"))["items"]}
    assert states == {"page": {"works": 1, "unlisted": 1}, "gateway": {"silent": 1}}


async def test_an_agency_that_cannot_be_reached_yet_sees_that_its_question_stays_closed(tmp_path: Any) -> None:
    async with running(tmp_path, populate=False) as run:
        store, now = run.app.parts.store, run.app.parts.now()
        agency = await store.agencies.create("town", "The town", now=now)
        await store.agencies.create_placement(agency, "page", origins=[ORIGIN], now=now)
        _, run.tokens["admin"] = await store.tokens.create(agency.id, "admin", name="Town", now=now)
        await visited(run, ORIGIN)
        assert (await met(run))[ORIGIN]["state"] == "closed"


async def test_no_path_no_address_and_no_more_than_some_strangers_are_kept(run: Running) -> None:
    for number in range(STRANGERS + 5):
        await visited(run, f"https://{number}.strangers.example")
    await visited(run, "null")
    found = await met(run)
    strangers = [one for one in found if one.endswith("strangers.example")]
    assert len(strangers) == STRANGERS and found["*"]["shown"] == 6
    rows = await run.app.parts.store.engine.fetch("sightings.of_placement", placement_id=1, agency_id=1, since="2000")
    assert rows and {key for row in rows for key in dict(row)} == {"origin", "day", "what", "number"}


async def test_what_programs_ask_and_what_a_team_vouches_for_is_no_sighting(run: Running) -> None:
    await run.client.get("/api/placements/page?language=nl")
    own = {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty", "referer": f"{run.url}/preview/page"}
    await run.client.get("/api/placements/page?language=nl", headers=own)
    body = {"placement": "page", "key": "key-00000009", "outcome": "no", "channel": "phone"}
    answer = await run.client.post("/api/submissions", json=body, headers={**run.bearer(), "origin": ORIGIN})
    assert answer.status_code == 201
    assert [one["state"] for one in (await met(run)).values()] == ["silent"]
    await run.client.get("/api/placements/page?language=nl", headers={**own, "referer": f"{run.url}/demo/page"})
    assert (await met(run))[run.url]["state"] == "works"


async def test_sightings_outlive_a_restart_and_not_their_time(tmp_path: Any) -> None:
    async with running(tmp_path) as run:
        await visited(run, ORIGIN)
    async with running(tmp_path) as run:
        store = run.app.parts.store
        _, run.tokens["admin"] = await store.tokens.create(1, "admin", name="Town", now=run.app.parts.now())
        await visited(run, ORIGIN)
        assert (await met(run))[ORIGIN]["shown"] == 2
        later = run.app.parts.now() + (KEPT_DAYS + 2) * DAY_MS
        await Retention(store, run.app.parts.sources, lambda: later).once()
        assert (await met(run))[ORIGIN]["shown"] == 0


async def test_pages_are_named_from_five_answers_on(run: Running) -> None:
    for number in range(9):
        page = "https://www.town.example/passports?file=1" if number < 5 else "https://www.town.example/taxes"
        assert await sent(run, ORIGIN, f"key-1{number:07}", outcome="no", page=page) == 201
    found = (await asked(run, "/api/placements/page/met"))["pages"]
    assert found == [{"page": "https://www.town.example/passports", "voices": 5, "words": 0}]
