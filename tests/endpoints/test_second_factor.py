"""The second factor: set up on a page, asked for at the door, used once, and not to be guessed."""

from __future__ import annotations

import html
import re
from base64 import b32decode
from typing import Any

import httpx2

from collector.second_factor import STEP_SECONDS, code_at
from tests.endpoints.test_members import PASSWORD, invited, join
from tests.start import Running

ANN = {"email": "ann@town.example", "password": PASSWORD}


async def came_in(run: Running, **said: str) -> dict[str, str]:
    """The header of a member who has just joined; the client has no cookie of its own."""
    joined = await join(run, await invited(run, **said))
    run.client.cookies.clear()
    return {"cookie": joined.headers["set-cookie"].split(";")[0], "origin": run.url}


def code(run: Running, secret: bytes, steps: int = 0) -> str:
    return code_at(secret, run.app.parts.now() // 1000 // STEP_SECONDS + steps)


async def page(run: Running, headers: dict[str, str], **form: str) -> httpx2.Response:
    if form:
        return await run.client.post("/second-factor?lang=en", data=form, headers=headers)
    return await run.client.get("/second-factor?lang=en", headers=headers)


async def set_up(run: Running, headers: dict[str, str]) -> tuple[bytes, list[str]]:
    """(the key of the phone, the recovery codes)."""
    shown = (await page(run, headers)).text
    spoken = re.search(r'class="spoken">([^<]+)<', shown)
    assert spoken is not None and "<svg" in shown
    typed = spoken[1].replace(" ", "")
    secret = b32decode(typed + "=" * (-len(typed) % 8))
    done = await page(run, headers, step="on", code=code(run, secret))
    assert done.status_code == 200
    return secret, re.findall(r"<li><code>([^<]+)</code>", done.text)


async def sign_in(run: Running, **said: Any) -> httpx2.Response:
    answer = await run.client.post("/api/session", json=said)
    run.client.cookies.clear()
    return answer


def later(run: Running, seconds: int) -> None:
    now = run.app.parts.now() + seconds * 1000
    run.app.parts.now = lambda: now


async def test_a_password_alone_no_longer_opens_and_a_code_opens_once(run: Running) -> None:
    ann = await came_in(run)
    wrong = await page(run, ann, step="on", code="000000")
    assert wrong.status_code in (401, 404)
    secret, recovery = await set_up(run, ann)
    assert len(recovery) == 10
    later(run, 60)
    asked = await sign_in(run, **ANN)
    assert asked.status_code == 401 and asked.json()["type"] == "/problems/second_factor"
    half = asked.json()["half"]
    first = code(run, secret)
    assert (await sign_in(run, half=half, code="12 34 56")).json()["type"] == "/problems/second_factor"
    assert (await sign_in(run, half=half, code=f"{first[:3]} {first[3:]}")).status_code == 204
    assert (await sign_in(run, half=half, code=first)).json()["type"] == "/problems/sign_in"  # the half is spent
    again = (await sign_in(run, **ANN)).json()["half"]
    assert (await sign_in(run, half=again, code=first)).status_code == 401  # and so is the code
    assert (await sign_in(run, half=again, code=code(run, secret, 1))).status_code == 204


async def test_a_recovery_code_works_once_and_new_ones_end_the_old(run: Running) -> None:
    ann = await came_in(run)
    secret, recovery = await set_up(run, ann)
    for typed, status in ((recovery[0].lower().replace("-", " "), 204), (recovery[0], 401), (recovery[1], 204)):
        half = (await sign_in(run, **ANN)).json()["half"]
        assert (await sign_in(run, half=half, code=typed)).status_code == status
    mine = (await run.client.get("/api/second-factor", headers=ann)).json()
    assert (mine["possible"], mine["codes_left"]) == (True, 8)
    later(run, 60)
    fresh = await page(run, ann, step="codes", code=code(run, secret))
    assert len(re.findall(r"<li><code>", fresh.text)) == 10
    half = (await sign_in(run, **ANN)).json()["half"]
    assert (await sign_in(run, half=half, code=recovery[2])).status_code == 401


async def test_after_five_wrong_codes_even_the_right_one_waits_wherever_it_comes_from(run: Running) -> None:
    ann = await came_in(run)
    secret, recovery = await set_up(run, ann)
    later(run, 60)
    half = (await sign_in(run, **ANN)).json()["half"]
    for _ in range(5):
        assert (await sign_in(run, half=half, code="000001")).status_code == 401
    for typed in (code(run, secret), recovery[0]):
        waits = await sign_in(run, half=half, code=typed)
        assert waits.status_code == 429 and 800 < int(waits.headers["retry-after"]) <= 900
    later(run, 901)
    half = (await sign_in(run, **ANN)).json()["half"]
    assert (await sign_in(run, half=half, code=code(run, secret))).status_code == 204


async def test_nothing_from_which_a_code_could_be_made_lies_in_the_store(run: Running) -> None:
    ann = await came_in(run)
    secret, recovery = await set_up(run, ann)
    rows = await run.app.parts.store.engine.fetch("second_factors.state", agency_id=1, id=1)
    assert rows[0]["totp_salt"] != secret
    left = rows[0]["totp_salt"] + b"".join(str(row).encode() for row in rows)
    assert secret not in left and not any(one.encode() in left for one in recovery)


async def test_an_agency_can_require_it_and_then_nothing_else_opens_before(run: Running) -> None:
    ann = await came_in(run)
    els = await came_in(run, email="els@town.example", name="Els Janssens", role="admin")
    put = run.client.put
    assert (await put("/api/second-factor", json={"required": True}, headers=els)).status_code == 409
    await set_up(run, els)
    assert (await put("/api/second-factor", json={"required": True}, headers=ann)).status_code == 403
    assert (await put("/api/second-factor", json={"required": True}, headers=els)).status_code == 204
    refused = await run.client.get("/api/me", headers=ann)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/second_factor_needed")
    assert (await run.client.get("/brief/school-street", headers=ann)).status_code == 403
    assert "Your agency asks this" in html.unescape((await page(run, ann)).text)
    secret, _ = await set_up(run, ann)
    assert (await run.client.get("/api/me", headers=ann)).status_code == 200
    later(run, 60)
    assert (await page(run, ann, step="off", code=code(run, secret))).status_code == 409
    assert (await run.client.get("/api/me", headers=run.bearer())).status_code == 200  # a token has no phone


async def test_an_admin_takes_a_colleagues_away_and_the_log_says_so(run: Running) -> None:
    ann = await came_in(run)
    await set_up(run, ann)
    member = (await run.client.get("/api/members", headers=run.bearer("admin"))).json()["items"][0]
    assert member["second_factor"] is True
    path = f"/api/members/{member['id']}/second-factor"
    assert (await run.client.delete(path, headers=run.bearer("editor"))).status_code == 403
    assert (await run.client.delete(path, headers=run.bearer("admin"))).status_code == 204
    assert (await run.client.delete(path, headers=run.bearer("admin"))).status_code == 404
    assert (await sign_in(run, **ANN)).status_code == 204
    noted = (await run.client.get("/api/audit?kind=did", headers=run.bearer("admin"))).json()["items"]
    assert [(one["who"], one["detail"]) for one in noted if one["detail"]] == [
        ("Team admin", "second factor off"), ("Ann Peeters, Mobility office", "second factor on"),
    ]  # fmt: skip


async def test_without_javascript_the_form_asks_for_the_code_in_a_second_step(run: Running) -> None:
    ann = await came_in(run)
    secret, _ = await set_up(run, ann)
    later(run, 60)
    origin = {"origin": run.url}
    asked = await run.client.post("/sign-in?lang=en", data=ANN, headers=origin)
    assert asked.status_code == 200 and "Now the code of your phone" in asked.text and PASSWORD not in asked.text
    half = re.search(r'name="half" value="([^"]+)"', asked.text)
    assert half is not None
    wrong = await run.client.post("/sign-in?lang=en", data={"half": half[1], "code": "000000"}, headers=origin)
    assert "That code is not right" in wrong.text and half[1] in wrong.text
    right = await run.client.post("/sign-in", data={"half": half[1], "code": code(run, secret)}, headers=origin)
    assert (right.status_code, right.headers["location"].split("?")[0]) == (303, "/dashboard")
