"""The team's ways in, as plain forms."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2

from collector.member import INVITATION_SECONDS, Inviting
from tests.start import Running, running
from tests.town import Town

PASSWORD = "vier losse woorden samen"
WHO = Inviting("ann@town.example", "Ann Peeters", "Mobility office", "editor")


async def invite(town: Town, who: Inviting = WHO) -> str:
    _, secret = await town.store.members.invite(town.agency.id, who, now=town.now, by=None)
    return secret


async def join(run: Running, invitation: str, password: str = PASSWORD) -> httpx2.Response:
    return await run.client.post("/join?lang=en", data={"invitation": invitation, "password": password})


async def sign_in(run: Running, **fields: str) -> httpx2.Response:
    run.client.cookies.clear()
    return await run.client.post("/sign-in?lang=en", data=fields)


async def test_who_takes_an_invitation_is_in_and_comes_back_with_the_password(run: Running, town: Town) -> None:
    came = await join(run, await invite(town))
    assert came.status_code == 303 and came.headers["location"] == "/dashboard?lang=en"
    assert "HttpOnly" in came.headers["set-cookie"]
    back = await sign_in(run, email=" Ann@Town.Example ", password=PASSWORD)
    assert back.status_code == 303
    assert (await run.client.get("/api/members")).json()["items"][0]["name"] == "Ann Peeters"


async def test_the_whole_link_may_be_pasted(run: Running, town: Town) -> None:
    assert (await join(run, f"  {run.url}/join#{await invite(town)} ")).status_code == 303


async def test_an_invitation_works_once_and_for_a_week_and_all_else_is_refused_in_the_same_words(
    run: Running, town: Town
) -> None:
    secret = await invite(town)
    await join(run, secret)
    old = await invite(town, Inviting("bo@town.example", "Bo", "Office", "viewer"))
    run.app.parts.now = lambda: town.now + (INVITATION_SECONDS + 1) * 1000
    said = set()
    for invitation in (secret, old, "nobody-has-this", "", "x" * 5_000):
        refused = await join(run, invitation)
        assert refused.status_code == 401 and "set-cookie" not in refused.headers
        said.add(re.sub(r"\s+", " ", refused.text))
    assert len(said) == 1 and "does not work any more" in said.pop()


async def test_a_short_password_keeps_the_invitation_and_says_how_long(run: Running, town: Town) -> None:
    secret = await invite(town)
    refused = await join(run, secret, "veertien teken")
    assert refused.status_code == 422
    assert f'value="{secret}"' in refused.text and "at least fifteen characters" in refused.text
    assert "veertien teken" not in refused.text
    assert (await join(run, secret, "vijftien tekens")).status_code == 303


async def test_a_password_has_no_other_rules(run: Running, town: Town) -> None:
    password = "  ümlaut, spatie's & 💶💶💶 \"  "
    await join(run, await invite(town), password)
    assert (await sign_in(run, email="ann@town.example", password=password)).status_code == 303
    assert (await sign_in(run, email="ann@town.example", password=password.strip())).status_code == 401


async def test_nobody_learns_who_works_here(run: Running, town: Town) -> None:
    await join(run, await invite(town))
    await invite(town, Inviting("bo@town.example", "Bo", "Office", "viewer"))
    said = set()
    for email, password in (("ann@town.example", "wrong"), ("bo@town.example", PASSWORD), ("no@town.example", "x")):
        refused = await sign_in(run, email=email, password=password)
        assert refused.status_code == 401
        assert f'value="{email}"' in refused.text
        said.add(refused.text.replace(email, ""))
    assert len(said) == 1 and "The e-mail address or the password is not right." in said.pop()


async def test_a_withdrawn_member_is_out_at_once(run: Running, town: Town) -> None:
    await join(run, await invite(town))
    member = (await town.store.members.list(town.agency.id))[0]
    await town.store.members.revoke(town.agency.id, member.id, now=town.now, by=None)
    assert (await run.client.get("/api/work")).status_code == 401
    assert (await sign_in(run, email="ann@town.example", password=PASSWORD)).status_code == 401


async def test_guessing_is_stopped_and_stops_the_right_password_too(tmp_path: Path) -> None:
    async with running(tmp_path, rate_limit=True) as run:
        town = Town(run.app.parts.store, run.app.parts.now())
        secret = await invite(town)
        codes = [(await sign_in(run, token=f"guess-{number}")).status_code for number in range(25)]
        assert codes[:20] == [401] * 20 and codes[20:] == [429] * 5
        slow = await join(run, secret)
        assert slow.status_code == 429 and int(slow.headers["retry-after"]) > 0
        assert f'value="{secret}"' in slow.text, "the invitation is not lost while one waits"


async def test_another_site_cannot_sign_somebody_in(run: Running, town: Town) -> None:
    secret = await invite(town)
    for path, data in (("/join", {"invitation": secret, "password": PASSWORD}), ("/sign-in", {"token": "x"})):
        headers = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
        refused = await run.client.post(path, data=data, headers=headers)
        assert refused.status_code == 403 and "set-cookie" not in refused.headers
    assert (await join(run, secret)).status_code == 303


async def test_what_is_sent_to_a_form_never_breaks_it(run: Running) -> None:
    for path in ("/join", "/sign-in"):
        for body in (b"", b"email=%ff%fe&password=%00", b"invitation=%00%00&password=" + b"a" * 20, b"a=b&" * 100):
            headers = {"content-type": "application/x-www-form-urlencoded"}
            answer = await run.client.post(path, content=body, headers=headers)
            assert 400 <= answer.status_code < 500, body
        assert (await run.client.post(path, json={})).status_code == 415
