"""Those who run the installation: they see whether agencies work, make one, and come near no word of anybody."""

from __future__ import annotations

from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from collector.store.agencies import Agencies
from tests.endpoints.test_members import PASSWORD, join
from tests.endpoints.test_roles import filled, operations
from tests.endpoints.test_second_factor import set_up
from tests.start import DESK, ORIGIN, Running
from tests.store.arrivals import arrival
from tests.town import Town

WORDS = "Mijn buurman heet Vandenbroucke."


async def came(run: Running, email: str = "eva@host.example") -> dict[str, str]:
    """The header of an operator who was invited and has joined, without a second factor yet."""
    store = run.app.parts.store
    secret = await store.installation.invite(email, "Eva Claes", "Hosting", now=run.app.parts.now())
    joined = await join(run, secret)
    run.client.cookies.clear()
    return {"cookie": joined.headers["set-cookie"].split(";")[0], "origin": run.url}


async def operator(run: Running) -> dict[str, str]:
    headers = await came(run)
    await set_up(run, headers)
    return headers


async def listed(run: Running, headers: dict[str, str]) -> dict[str, dict[str, Any]]:
    answer = await run.client.get("/api/agencies", headers=headers)
    assert answer.status_code == 200, answer.text
    return {one["key"]: one for one in answer.json()["items"]}


async def test_an_operator_may_do_what_is_for_operators_and_nothing_that_is_for_a_team(run: Running) -> None:
    town = Town(run.app.parts.store, run.app.parts.now())
    await town.street()
    await run.send(text=WORDS)
    eva = await operator(run)
    ids = {"id": "1", "key": "page", "submission": "1", "name": "1", "version": "1"}
    tried = 0
    for method, path, described in operations(run):
        answer = await run.client.request(method, filled(path, ids), headers=eva)
        if described.need == "operator":
            assert answer.status_code not in (401, 403, 500), (method, path, answer.status_code)
        else:
            assert answer.status_code == 403, (method, path, answer.status_code)
        assert "vandenbroucke" not in answer.text.lower()
        tried += 1
    assert tried > 100
    with pytest.raises(InvalidStatus) as refused:
        async with run.live(additional_headers=eva):
            pass
    assert refused.value.response.status_code == 403
    for path in ("/d/school-street/brief", "/inclusion/page", "/preview/page"):
        assert (await run.client.get(path, headers=eva)).status_code in (302, 303, 403, 404), path


async def test_nobody_of_a_team_is_an_operator_and_no_door_of_an_agency_makes_one(run: Running) -> None:
    for role in ("viewer", "editor", "admin"):
        assert (await run.client.get("/api/agencies", headers=run.bearer(role))).status_code == 403
    inviting = {"email": "max@town.example", "name": "Max", "office": "x", "role": "operator"}
    assert (await run.client.post("/api/members", json=inviting, headers=run.bearer("admin"))).status_code == 422
    asking = {"name": "Max", "role": "operator", "valid_days": None}
    assert (await run.client.post("/api/tokens", json=asking, headers=run.bearer("admin"))).status_code == 422
    await operator(run)
    inviting |= {"email": "eva@host.example", "role": "viewer"}
    assert (await run.client.post("/api/members", json=inviting, headers=run.bearer("admin"))).status_code == 409


async def test_an_operator_has_a_second_factor_before_anything_else(run: Running) -> None:
    eva = await came(run)
    answer = await run.client.get("/api/agencies", headers=eva)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/second_factor_needed")
    for path in ("/operator", "/dashboard"):
        led = await run.client.get(path, headers=eva, follow_redirects=False)
        assert (led.status_code, led.headers["location"].split("?")[0]) == (303, "/second-factor")
    await set_up(run, eva)
    led = await run.client.get("/dashboard", headers=eva, follow_redirects=False)
    assert led.headers["location"].split("?")[0] == "/operator"
    off = await run.client.post("/second-factor", data={"step": "off", "code": "000000"}, headers=eva)
    assert off.status_code >= 400


async def test_the_operators_are_no_public_body(run: Running) -> None:
    await operator(run)
    agencies: Agencies = run.app.parts.store.agencies
    assert [agency.key for agency in agencies.all()] == ["town"]
    for path in ("/privacy/-", "/talk/-", "/accessibility/-", "/d?agency=-"):
        assert (await run.client.get(path)).status_code == 404, path
    assert [one["email"] for one in (await members(run))] == []


async def members(run: Running) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await run.client.get("/api/members", headers=run.bearer("admin"))).json()["items"]
    return found


async def test_whether_an_agency_works_is_told_without_a_word_of_anybody(run: Running) -> None:
    eva = await operator(run)
    before = (await listed(run, eva))["town"]
    assert (before["live"], before["managed"], before["last_at"], before["refused"]) == (True, True, None, {})
    now = run.app.parts.now()
    body = {"placement": "page", "key": "key-00000001", "text": WORDS, "outcome": "no"}
    assert (await run.client.post("/api/submissions", json=body, headers={"origin": ORIGIN})).status_code == 201
    for number in (2, 3):
        body = {"placement": "page", "key": f"key-0000000{number}"}
        await run.client.post("/api/submissions", json=body, headers={"origin": ORIGIN})
    answer = await run.client.get("/api/agencies", headers=eva)
    told = answer.json()["items"][0]
    assert now - 1_000 <= told["last_at"] <= run.app.parts.now()
    assert (told["refused"], told["blocked"], told["placements"]) == ({"nothing_to_say": 2}, 0, 2)
    assert "vandenbroucke" not in answer.text.lower()
    page = (await run.client.get("/operator?lang=en", headers=eva)).text
    assert "All work." in page and "Vandenbroucke" not in page
    assert f"{run.app.parts.words.get('en', 'errors.nothing_to_say.title')}: 2" in page


async def test_an_agency_is_made_and_its_first_admin_invited_and_then_no_more(run: Running) -> None:
    eva = await operator(run)
    made = await run.client.post("/api/agencies", json={"key": "village", "name": "The village"}, headers=eva)
    assert made.status_code == 201, made.text
    again = await run.client.post("/api/agencies", json={"key": "village", "name": "Other"}, headers=eva)
    assert again.status_code == 409
    wrong = await run.client.post("/api/agencies", json={"key": "The village", "name": "x"}, headers=eva)
    assert list(wrong.json()["fields"]) == ["placement"]
    first = {"email": "mia@village.example", "name": "Mia Maes", "office": "Town hall"}
    assert (await run.client.post("/api/agencies/nowhere/admin", json=first, headers=eva)).status_code == 404
    assert (await run.client.post("/api/agencies/town/admin", json=first, headers=eva)).status_code == 409
    invited = await run.client.post("/api/agencies/village/admin", json=first, headers=eva)
    assert invited.status_code == 201, invited.text
    joined = await join(run, invited.json()["url"].split("#")[1])
    run.client.cookies.clear()
    mia = {"cookie": joined.headers["set-cookie"].split(";")[0], "origin": run.url}
    me = (await run.client.get("/api/me", headers=mia)).json()
    assert (me["agency"]["key"], me["role"]) == ("village", "admin")
    puppet = {"email": "puppet@host.example", "name": "Puppet", "office": "x"}
    refused = await run.client.post("/api/agencies/village/admin", json=puppet, headers=eva)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/wrong_state")
    log = (await run.client.get("/api/audit?kind=did", headers=mia)).json()["items"]
    assert [(one["who"], one["act"]) for one in log if "Eva" in one["who"]] == [
        ("Eva Claes, Hosting", "member.changed"), ("Eva Claes, Hosting", "agency.changed"),
    ]  # fmt: skip


async def test_where_anything_was_sent_no_operator_invites_any_more(run: Running) -> None:
    eva = await operator(run)
    store, now = run.app.parts.store, run.app.parts.now()
    village = await store.agencies.create("village", "The village", now=now)
    page = await store.agencies.create_placement(village, "village-page", origins=[ORIGIN], now=now)
    await store.agencies.add_contact_point(village, DESK, now=now)
    await store.submissions.receive(arrival(page, "key-00000001", WORDS, at=now))
    first = {"email": "mia@village.example", "name": "Mia", "office": "x"}
    assert (await run.client.post("/api/agencies/village/admin", json=first, headers=eva)).status_code == 409


async def test_the_page_makes_an_agency_and_shows_the_link_once_without_javascript(run: Running) -> None:
    eva = await operator(run)

    async def post(**form: str) -> tuple[int, str]:
        answer = await run.client.post("/operator?lang=en", data=form, headers=eva, follow_redirects=False)
        return answer.status_code, answer.text

    status, text = await post(step="found", key="Not a key", name="<b>Village</b>", required="nl")
    assert status == 422 and "&lt;b&gt;Village" in text and "lower-case letters" in text
    status, text = await post(step="found", key="village", name="The <i>village</i>", required="nl")
    assert status == 200 and "Nobody manages it yet." in text and "<i>village" not in text
    assert text.index("The &lt;i&gt;village") < text.index("The town")  # what needs somebody stands first
    status, text = await post(step="invite", key="village", person="Mia", office="x", email="no address")
    assert status == 422 and 'value="no address"' in text
    status, text = await post(step="invite", key="village", person="Mia", office="x", email="mia@village.example")
    assert status == 200 and f"{run.url}/join#" in text
    assert "/join#" not in (await run.client.get("/operator", headers=eva)).text
    elsewhere = await run.client.post(
        "/operator", data={"step": "found"}, headers=eva | {"origin": "https://evil.example"}
    )
    assert elsewhere.status_code == 403
    status, _ = await post(step="leave")
    assert status == 303
    led = await run.client.get("/operator", headers=eva, follow_redirects=False)
    assert led.headers["location"].startswith("/sign-in")
    assert (await run.client.get("/operator", headers=run.bearer("admin"))).status_code == 403


async def test_an_operator_who_is_withdrawn_is_out_and_comes_back_with_a_phone_of_her_own(run: Running) -> None:
    eva = await operator(run)
    store, now = run.app.parts.store, run.app.parts.now()
    await store.installation.withdraw("Eva@host.example", now=now)
    assert (await run.client.get("/api/agencies", headers=eva)).status_code == 401
    said = {"email": "eva@host.example", "password": PASSWORD}
    assert (await run.client.post("/api/session", json=said)).status_code == 401
    again = await came(run)
    assert (await run.client.get("/api/agencies", headers=again)).status_code == 403
    await set_up(run, again)
    assert (await run.client.get("/api/agencies", headers=again)).status_code == 200
