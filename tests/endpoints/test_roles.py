"""Who may do what, for every operation there is; and two agencies that see nothing of each other."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.routing import Route

from collector.agency import Agency
from collector.ask import Asking
from collector.contact_point import ContactPoint
from collector.store.submissions import Filter
from collector.token import ROLES
from tests.start import DESK, Running
from tests.store.arrivals import arrival
from tests.test_alarm import WORDS
from tests.town import Town, said

TEXT = {"nl": "x", "fr": "x"}
# what each operation needs to come as far as asking whose it is; the ids in the paths are the other agency's
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/api/alarms/{id}/seen"): {"done": "x"},
    ("PATCH", "/api/submissions/{id}"): {"status": "read", "revision": 1},
    ("POST", "/api/submissions/{id}/weighing"): {"weight": "time", "text": "x", "revision": 1},
    ("PUT", "/api/submissions/{id}/claim"): {"over": True},
    ("POST", "/api/submissions/{id}/offer"): {"agency": "town", "note": "x"},
    ("POST", "/api/offers/{id}"): {"take": False, "reason": "x"},
    ("POST", "/api/submissions/{id}/messages"): {"text": "x", "kind": "note"},
    ("POST", "/api/submissions/{id}/callback"): {"reached": False},
    ("PATCH", "/api/decisions/{key}"): {"revision": 1},
    ("POST", "/api/decisions/{key}/steps"): {"step": "withdraw", "revision": 1, "text": TEXT},
    ("POST", "/api/decisions/{key}/versions"): {"revision": 1, "sections": [{"key": "a", "text": TEXT}]},
    ("POST", "/api/decisions/{key}/passages"): {
        "section": "who", "version": 1, "before": {}, "after": TEXT, "themes": [],
    },
    ("POST", "/api/decisions/{key}/asks"): {"text": TEXT, "days": 7},
    ("PUT", "/api/asks/{id}/heard"): {"heard": TEXT, "revision": 1},
    ("PUT", "/api/passages/{id}"): {"before": {}, "after": TEXT, "themes": []},
    ("PATCH", "/api/themes/{id}"): {"revision": 1, "name": TEXT},
    ("POST", "/api/themes/{id}/merge"): {"into": 2},
    ("PUT", "/api/themes/{id}/submissions"): {"add": [], "remove": []},
    ("PUT", "/api/themes/{id}/quotes/{submission}"): {"quoted": True},
    ("PUT", "/api/placements/{key}/notice"): {"text": {}},
    ("PATCH", "/api/placements/{key}"): {"revision": 1},
    ("PUT", "/api/roster/{id}"): {"timetable": {"hours": [{"days": [1], "opens": "09:00", "closes": "10:00"}]}},
    ("PATCH", "/api/contact-points/{key}"): {"revision": 1, "name": "x"},
    ("PUT", "/api/decisions/{key}/morning"): {"member": 1},
    ("PUT", "/api/placements/{key}/inclusion"): {"revision": 0},
    ("POST", "/api/placements/{key}/inclusion/verdict"): {"revision": 1, "verdict": "yes"},
    ("PUT", "/api/placements/{key}/inclusion/published"): {"published": True},
    ("POST", "/api/decisions/{key}/morning"): {"step": "off"},
    ("PUT", "/api/views/{id}/alert"): {"rhythm": "daily", "way": "hook"},
    ("PATCH", "/api/hooks/{id}"): {"name": "x"},
    ("POST", "/api/hooks/{id}/replay"): {"after": 0},
}  # fmt: skip


def operations(run: Running) -> list[tuple[str, str, Any]]:
    """(method, path, what is described) of each operation that a team member may call."""
    return [
        (method, route.path, route.endpoint.operation)
        for route in run.app.router.routes
        if isinstance(route, Route) and hasattr(route.endpoint, "operation")
        for method in sorted((route.methods or set()) - {"HEAD"})
        if route.endpoint.operation.need is not None
    ]


def filled(path: str, ids: dict[str, str]) -> str:
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    return path


async def test_every_operation_asks_for_its_role_before_anything_else(run: Running) -> None:
    ids = {"id": "1", "key": "page", "submission": "1", "name": "1", "version": "1"}
    found = operations(run)
    assert len(found) > 30
    for method, path, described in found:
        # a token that works would be withdrawn, and the next request with it
        url = filled(path, {**ids, "id": "999"} if path.startswith("/api/tokens") else ids)
        nobody = await run.client.request(method, url)
        assert nobody.status_code == 401, (method, path)
        below = ROLES if described.need == "operator" else ROLES[: ROLES.index(described.need)]
        for role in below:
            refused = await run.client.request(method, url, headers=run.bearer(role))
            assert refused.status_code == 403, (method, path, role)
        if described.need == "operator":
            continue  # see test_installation
        allowed = await run.client.request(method, url, headers=run.bearer(described.need))
        assert allowed.status_code not in (401, 403, 500), (method, path, allowed.status_code)


async def neighbour(run: Running) -> tuple[Agency, dict[str, str]]:
    """Another agency in the same installation, and the header of its admin."""
    store, now = run.app.parts.store, run.app.parts.now()
    agency = await store.agencies.create("village", "The village", now=now)
    await store.agencies.add_contact_point(agency, DESK, now=now)
    _, secret = await store.tokens.create(agency.id, "admin", name="Village", now=now)
    return agency, {"authorization": f"Bearer {secret}"}


async def test_every_id_of_one_agency_is_nothing_to_another(run: Running) -> None:
    town = Town(run.app.parts.store, run.app.parts.now())
    await town.street()
    _, village = await neighbour(run)
    store = run.app.parts.store
    ids = await _ids(run, town)
    harbour = ContactPoint("harbour", "Harbour desk", counter="Leveringen 1")
    await store.agencies.add_contact_point(town.agency, harbour, now=run.app.parts.now())
    tried = 0
    for method, path, described in operations(run):
        if "{" not in path or described.need == "operator":
            continue
        noun = path.split("/")[2]
        keys = {"placements": "page", "contact-points": "harbour"}
        given = {"id": str(ids[noun]), "key": keys.get(noun, "school-street"),
                 "submission": str(ids["submissions"])}  # fmt: skip
        body = BODIES.get((method, path))
        if noun == "responses":
            body = {"themes": [ids["themes"]], "outcome": "changed", "reason": TEXT, "office": "x", "revision": 1}
        answer = await run.client.request(method, filled(path, given), json=body, headers=village)
        # a response names themes of its own before it is looked for, so there the refusal is another one
        wanted = (404, 422) if noun == "responses" else (404,)
        assert answer.status_code in wanted, (method, path, answer.status_code, answer.text)
        assert "leveringen" not in answer.text.lower()
        tried += 1
    assert tried >= 15
    after = await store.submissions.one(town.agency.id, ids["submissions"])
    assert after.status == "new" and after.revision == 1


async def _view(run: Running) -> int:
    body = {"name": "New ones", "filter": {"status": "new"}, "shared": True}
    made = await run.client.post("/api/views", json=body, headers=run.bearer("admin"))
    number: int = made.json()["id"]
    return number


async def _ids(run: Running, town: Town) -> dict[str, int]:
    """One id of each noun that has them, of the town."""
    store = run.app.parts.store
    decision = store.decisions.by_key("school-street")
    themes = await store.themes.list(town.agency.id, "school-street")
    inviting = {"email": "ann@town.example", "name": "Ann Peeters", "office": "Mobility office", "role": "editor"}
    member = await run.client.post("/api/members", json=inviting, headers=run.bearer("admin"))
    assert member.status_code == 201
    now = run.app.parts.now()
    await store.alarms.follow(now=now)
    for number, text in enumerate(WORDS[:3]):
        one = arrival(town.page, f"alarm-{number:05}", text, at=now - number * 86_400_000, impact=["health"])
        await store.submissions.receive(one)
    await store.alarms.follow(now=now)
    asking = Asking(TEXT, 7)
    asked = await store.asks.ask(town.agency.id, "school-street", asking, office="x", now=now, by="Ann")
    return {
        "asks": asked.id,
        "devices": (await store.devices.create(town.page, "Hall", now=now, by=None))[0].id,
        "alarms": (await store.alarms.open(town.agency.id))[0].id,
        "submissions": (await store.themes.submissions(town.agency.id, themes[0].id, before=None, limit=1))[0].id,
        "themes": themes[0].id,
        "responses": (await store.responses.list(town.agency.id, decision.id))[0].id,
        "passages": (await store.sections.passages(decision))[0].id,
        "members": member.json()["member"]["id"],
        "decisions": 0,
        "placements": 0,
        "contact-points": 0,
        "roster": member.json()["member"]["id"],
        "views": await _view(run),
        "offers": await _offer(run, town),
        "sessions": await _session(run),
        "hooks": await _hook(run),
        "tokens": (await store.tokens.create(town.agency.id, "viewer", name="Report", now=now))[0],
    }


async def _hook(run: Running) -> int:
    body = {"name": "Leveringen", "url": "https://hooks.example/", "topics": ["alarms"]}
    made = await run.client.post("/api/hooks", json=body, headers=run.bearer("admin"))
    number: int = made.json()["hook"]["id"]
    return number


async def _offer(run: Running, town: Town) -> int:
    """The id of what the town asks of a third agency."""
    store, now = run.app.parts.store, run.app.parts.now()
    city = await store.agencies.create("city", "The city", now=now)
    await store.agencies.add_contact_point(city, DESK, now=now)
    await store.agencies.create_placement(city, "bridge", origins=["https://city.example"], now=now)
    voice = (await store.submissions.list(town.agency.id, Filter(words=True), limit=1))[0]
    await store.offers.make(town.agency.id, voice.id, "city", "Leveringen", now=now, by="Ann, Town")
    return (await store.offers.incoming(city.id))[0].id


async def _session(run: Running) -> int:
    """The id of a session of the town."""
    store, now = run.app.parts.store, run.app.parts.now()
    right = await store.tokens.by_secret(run.tokens["viewer"], now=now)
    secret = await store.tokens.open_session(right.token_id, now=now)
    return (await store.tokens.by_session(secret, now=now)).session_id or 0


async def test_lists_counts_exports_searches_and_sockets_hold_nothing_of_another_agency(run: Running) -> None:
    town = Town(run.app.parts.store, run.app.parts.now())
    await town.street()
    _, village = await neighbour(run)
    theme = (await run.app.parts.store.themes.list(town.agency.id, "school-street"))[0].id
    for query in ("", "?placement=page", "?decision=school-street", f"?theme={theme}", "?q=winkel", "?grave=1"):
        listed = await run.client.get(f"/api/submissions{query}", headers=village)
        assert listed.json()["items"] == [], query
        exported = await run.client.get(f"/api/export.jsonl{query}", headers=village)
        assert exported.text.strip() == "", query
        read = await run.client.get(f"/api/reading{query}", headers=village)
        assert "?q" in query or read.json()["items"] == [], query
    for query in ("", "?decision=school-street", f"?theme={theme}"):
        counted = (await run.client.get(f"/api/counts{query}", headers=village)).json()
        assert (counted["presses"], counted["unread"], counted["waiting"]) == (0, 0, 0), query
    desk = (await run.client.get("/api/work", headers=village)).json()
    assert (desk["decisions"], desk["pages"], desk["overdue"], desk["placements"]) == ([], [], [], [])
    assert (await run.client.get("/api/themes?all=1", headers=village)).json()["items"] == []
    assert (await run.client.get("/api/responses", headers=village)).json()["items"] == []
    assert (await run.client.get("/api/members", headers=village)).json()["items"] == []
    points = (await run.client.get("/api/contact-points", headers=village)).json()["items"]
    assert [one["point"]["key"] for one in points] == ["desk"]
    assert (await run.client.get("/api/mornings", headers=village)).json()["items"] == []
    assert (await run.client.get("/api/placements", headers=village)).json()["items"] == []
    assert (await run.client.get("/api/agency", headers=village)).json()["key"] == "village"
    assert (await run.client.get("/api/inclusion", headers=village)).json()["items"] == []
    assert (await run.client.get("/api/reading/lane", headers=village)).json()["number"] == 0
    assert (await run.client.get("/api/rules", headers=village)).json() == {"groups": [], "outside": 0}
    assert (await run.client.get("/api/silence", headers=village)).json()["n"] == 0
    assert (await run.client.get("/api/acceptance", headers=village)).json()["items"] == []
    radar = (await run.client.get("/api/radar", headers=village)).json()
    assert (radar["points"], radar["alone"], radar["alone_levels"]) == ([], [], [0, 0, 0])
    async with run.live(additional_headers=village) as socket:
        await socket.recv()
        await run.send(text="Alleen voor de gemeente.")
        await town.theme("school-street", said("Een nieuw thema", "Un nouveau thème"), [])
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                while True:
                    assert b"changes" not in (await socket.recv(decode=False))
