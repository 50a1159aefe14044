"""Contact points as a team keeps them: written by those who manage, checked by whoever looked, never the last one gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx2

from collector.contact_point import ContactPoint
from collector.day import day_of
from tests.endpoints.test_members import invited
from tests.start import Running
from tests.town import Town

CASES: dict[str, Any] = {
    "name": "Case desk",
    "phone": "+32 2 555 01 24",
    "counter": "Market 2",
    "task": "case",
    "terms": {"confirms": 10, "answers": 30},
    "timetable": {"hours": [{"days": [1, 2, 3, 4, 5], "opens": "09:00", "closes": "12:00"}]},
    "subjects": [{"nl": "Energie", "fr": "Énergie"}],
    "postcodes": ["1000-1299"],
    "placements": ["page"],
}
DAY_MS = 86_400_000


def moment(day: str, clock: str) -> int:
    return int(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("Europe/Brussels")).timestamp() * 1000)


async def create(run: Running, **said: Any) -> httpx2.Response:
    return await run.client.post("/api/contact-points", json={**CASES, **said}, headers=run.bearer("admin"))


async def listed(run: Running) -> dict[str, Any]:
    answer = await run.client.get("/api/contact-points", headers=run.bearer("viewer"))
    found: dict[str, Any] = answer.json()
    return found


async def test_who_manages_writes_one_and_every_page_shows_it_at_once(run: Running) -> None:
    run.app.parts.now = lambda: moment("2026-11-25", "10:00")
    made = (await create(run)).json()
    assert (made["point"]["key"], made["point"]["checked_on"], made["stale"]) == ("case-desk", "2026-11-25", False)
    assert made["standing"] == {"open": True, "until": moment("2026-11-25", "12:00"), "opens": None}
    assert [one["point"]["key"] for one in (await listed(run))["items"]] == ["desk", "case-desk"]
    document = (await run.client.get("/api/placements/page")).json()
    assert [point["key"] for point in document["contact_points"]] == ["desk", "case-desk"]
    assert "owner" not in document["contact_points"][1]
    gateway = (await run.client.get("/api/placements/gateway")).json()
    assert [point["key"] for point in gateway["contact_points"]] == ["desk"], "for another page"
    again = (await create(run)).json()
    assert again["point"]["key"] == "case-desk-2"


async def test_only_what_is_named_changes_and_an_older_revision_is_refused(run: Running) -> None:
    made = (await create(run)).json()
    address, admin = "/api/contact-points/case-desk", run.bearer("admin")
    changed = await run.client.patch(address, json={"revision": made["revision"], "counter": None}, headers=admin)
    assert changed.status_code == 200
    point = changed.json()["point"]
    assert point["counter"] is None and point["phone"] == CASES["phone"] and point["terms"] == CASES["terms"]
    stale = await run.client.patch(address, json={"revision": made["revision"], "name": "X"}, headers=admin)
    assert stale.status_code == 412
    wrong = await run.client.patch(address, json={"revision": 2, "phone": "ring us"}, headers=admin)
    assert wrong.status_code == 422 and wrong.json()["fields"].keys() == {"phone"}
    assert (
        await create(run, timetable={"hours": [{"days": [1], "opens": "12:00", "closes": "09:00"}]})
    ).status_code == 422
    assert (await create(run, owner=999)).json()["fields"].keys() == {"owner"}


async def test_it_is_stale_after_its_days_and_fresh_again_once_somebody_looked(run: Running) -> None:
    await create(run)
    start = run.app.parts.now()
    editor, admin = run.bearer("editor"), run.bearer("admin")
    me = (await run.client.get("/api/me", headers=editor)).json()
    assert me["contact_points_stale"] == 1, "nobody ever looked at the desk"
    run.app.parts.now = lambda: start + 200 * DAY_MS
    assert [one["stale"] for one in (await listed(run))["items"]] == [True, True]
    checked = await run.client.post("/api/contact-points/case-desk/check", headers=editor)
    assert checked.json()["point"]["checked_on"] == day_of(start + 200 * DAY_MS, "Europe/Brussels")
    assert not checked.json()["stale"]
    set_ = await run.client.put("/api/contact-points/stale-days", json={"days": 400}, headers=admin)
    assert set_.status_code == 204
    found = await listed(run)
    assert found["stale_days"] == 400 and [one["stale"] for one in found["items"]] == [True, False]
    page = (await run.client.get("/talk/town?lang=en", headers={"accept": "text/html"})).text
    assert page.count("Checked on") == 1 and "stale" not in page


async def test_the_last_way_without_hearing_stays_and_so_does_who_answers_on_a_decision(
    run: Running, town: Town
) -> None:
    admin = run.bearer("admin")
    gone = await run.client.delete("/api/contact-points/desk", headers=admin)
    assert gone.status_code == 409
    only_phone = await run.client.patch(
        "/api/contact-points/desk", json={"revision": 1, "counter": None}, headers=admin
    )
    assert only_phone.status_code == 409 and run.app.parts.store.agencies.live(
        run.app.parts.store.agencies.placement("page")
    )
    await create(run)
    await town.street()
    assert (await run.client.delete("/api/contact-points/desk", headers=admin)).status_code == 409, (
        "a decision names it"
    )
    assert (await run.client.delete("/api/contact-points/case-desk", headers=admin)).status_code == 204
    assert (await run.client.delete("/api/contact-points/case-desk", headers=admin)).status_code == 404
    assert (await create(run)).json()["point"]["key"] == "case-desk-2", "a key that went does not come back as another"


async def test_its_owner_is_a_colleague_and_is_named_to_colleagues_alone(run: Running) -> None:
    await invited(run)
    member = (await run.client.get("/api/members", headers=run.bearer("admin"))).json()["items"][0]
    made = (await create(run, owner=member["id"])).json()
    assert made["owner"] == {"id": member["id"], "name": "Ann Peeters"}
    assert "Ann Peeters" not in (await run.client.get("/talk/town", headers={"accept": "text/html"})).text
    await run.client.delete(f"/api/members/{member['id']}", headers=run.bearer("admin"))
    assert [one["owner"] for one in (await listed(run))["items"]] == [None, None]


async def test_what_is_kept_survives_the_process(run: Running) -> None:
    await create(run)
    store = run.app.parts.store
    before = store.agencies.contact_points(1)
    await store.agencies.load()
    assert store.agencies.contact_points(1) == before
    assert isinstance(before[1], ContactPoint) and before[1].subjects == ({"nl": "Energie", "fr": "Énergie"},)
