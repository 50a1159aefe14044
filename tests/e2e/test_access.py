"""What lets people and programs in: tokens that are shown once, for as little as is needed."""

from __future__ import annotations

import re
from base64 import b32decode
from typing import Any

import httpx2
import pytest
from playwright.async_api import expect

from collector.agency import LANGUAGES
from collector.provider import Provider
from collector.second_factor import STEP_SECONDS, code_at
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import joined, room, say
from tests.provider import provider
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

STYLES = "https://cdn.jsdelivr.net"
HOSTILE = "<img src=x onerror=alert(1)>"


async def test_a_token_is_made_for_one_page_shown_once_used_and_withdrawn(visit: Visit, product: Running) -> None:
    visitor = await room(visit, product, "#access", secret=await joined(product, "Els Janssens", "Directie", "admin"))
    window = visitor.page
    access = window.locator("#access")
    await access.get_by_role("button", name="Make the token").click()
    await expect(access.get_by_label("Name", exact=True)).to_be_focused()
    await access.get_by_label("Name", exact=True).fill(HOSTILE)
    await access.get_by_label("What it may do").select_option("admin")
    await access.get_by_label("For", exact=True).select_option("placement page")
    await expect(access.get_by_label("What it may do")).to_have_value("viewer")
    await access.get_by_role("button", name="Make the token").click()
    shown = access.get_by_label("The token")
    await expect(shown).to_have_value(re.compile(r"^[A-Za-z0-9_-]{43}$"))
    secret = await shown.input_value()
    row = access.locator("tbody tr", has_text=HOSTILE)
    await expect(row).to_contain_text("never")
    await expect(row).to_contain_text("Made by Els Janssens, Directie")
    assert await visitor.axe() == []
    me = await product.client.get("/api/me", headers={"authorization": f"Bearer {secret}"})
    assert me.json()["name"] == HOSTILE
    await window.evaluate("location.hash = '#members'")
    await window.evaluate("location.hash = '#access'")
    await expect(row).to_contain_text("just now")
    await expect(shown).to_have_count(0)
    await row.get_by_role("button", name="Withdraw").click()
    await row.get_by_role("button", name="Keep").click()
    await expect(row.get_by_role("button", name="Withdraw")).to_be_focused()
    await row.get_by_role("button", name="Withdraw").click()
    await row.get_by_role("button", name="Yes, withdraw").click()
    await expect(row).to_have_count(0)
    refused = await product.client.get("/api/me", headers={"authorization": f"Bearer {secret}"})
    assert refused.status_code == 401


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_it_fits_320_pixels_and_axe_finds_nothing(visit: Visit, product: Running, lang: str) -> None:
    scheme = "dark" if lang in ("nl", "de") else "light"
    visitor = await room(
        visit, product, "#access", role="admin", lang=lang, viewport={"width": 320, "height": 700}, color_scheme=scheme
    )
    await expect(visitor.page.locator("#access tbody tr")).to_have_count(3)
    assert await visitor.sideways() <= 0 and await visitor.axe() == []
    await visitor.page.set_viewport_size({"width": 1280, "height": 800})
    assert await visitor.sideways() <= 0 and await visitor.axe() == []


async def test_the_log_shows_who_opened_which_voice_and_finds_it_by_its_number(visit: Visit, product: Running) -> None:
    told = (await say(product, "Woorden van een burger."))[0]
    ann = {"cookie": f"tijdens={await joined(product, 'Ann Peeters', 'Dienst mobiliteit')}"}
    assert (await product.client.get(f"/api/submissions/{told['id']}", headers=ann)).status_code == 200
    visitor = await room(visit, product, "#audit", role="admin")
    log = visitor.page.locator("#audit")
    row = log.locator("li", has_text="words.opened")
    await expect(row).to_contain_text("Ann Peeters, Dienst mobiliteit")
    await expect(row.get_by_role("link", name="opened a voice")).to_have_attribute("href", re.compile(str(told["id"])))
    await log.get_by_label("What", exact=True).select_option("signed")
    await expect(row).to_have_count(0)
    await expect(log.locator("li", has_text="signed in")).not_to_have_count(0)
    await log.get_by_label("What", exact=True).select_option("")
    await log.get_by_label("Number of a voice").fill(str(told["id"]))
    await expect(row).to_have_count(1)
    assert "Woorden van een burger" not in await log.inner_text()
    await log.get_by_label("Number of a voice").fill("geen nummer")
    await expect(log.get_by_role("alert")).to_have_text("The number of a voice.")
    visitor.problems[:] = [problem for problem in visitor.problems if "422" not in problem]
    await log.get_by_label("Number of a voice").fill("")
    await log.get_by_label("How long this is kept").select_option("90")
    await expect(log.locator("li", has_text="changed a setting")).to_have_count(1)
    assert await visitor.axe() == []
    await visitor.page.set_viewport_size({"width": 320, "height": 700})
    assert await visitor.sideways() <= 0 and await visitor.axe() == []


async def test_who_does_not_manage_finds_neither_tokens_nor_the_log(visit: Visit, product: Running) -> None:
    visitor = await room(visit, product)
    await expect(visitor.page.locator("#places").get_by_role("link", name="Team")).to_have_count(1)
    await expect(visitor.page.locator("#places").get_by_role("link", name="Audit log")).to_have_count(0)


async def test_the_code_of_a_phone_is_set_up_asked_for_at_the_door_and_taken_away(
    visit: Visit, product: Running
) -> None:
    """Without JavaScript's help at the door; the dashboard leads to the page and shows where one is signed in."""
    visitor = await room(visit, product, "#access", secret=await joined(product, "Ann Peeters", "Dienst mobiliteit"))
    window = visitor.page
    access = window.locator("#access")
    await expect(access).to_contain_text("A password alone lets you in.")
    await expect(access.locator(".sessions li")).to_have_count(1)
    await expect(access.locator(".sessions")).to_contain_text("(here)")
    assert await visitor.axe() == []
    await access.get_by_role("link", name="Set up the code of your phone").click()
    await expect(window.locator(".qr svg")).to_be_visible()
    await window.get_by_text("No camera?").click()
    spoken = (await window.locator(".spoken").inner_text()).replace(" ", "")
    assert await visitor.axe() == []
    secret = b32decode(spoken + "=" * (-len(spoken) % 8))
    step = product.app.parts.now() // 1000 // STEP_SECONDS
    await window.get_by_label("Code").fill(code_at(secret, step))
    await window.get_by_role("button", name="Turn it on").click()
    await expect(window.locator(".recovery li")).to_have_count(10)
    recovery = await window.locator(".recovery li").first.inner_text()
    await window.set_viewport_size({"width": 320, "height": 700})
    assert await visitor.sideways() <= 0 and await visitor.axe() == []
    await window.get_by_role("link", name="I have kept them").click()
    await expect(access).to_contain_text("The code of your phone is asked for since today.")
    await access.get_by_role("button", name="Sign out everywhere").click()
    await access.get_by_role("button", name="Yes, everywhere").click()
    await expect(window).to_have_url(re.compile("/sign-in"))
    await window.get_by_label("E-mail address").fill("ann@town.example")
    await window.get_by_label("Password", exact=True).fill("a long enough password")
    await window.get_by_role("button", name="Sign in", exact=True).click()
    await expect(window.locator("main")).to_contain_text("Now the code of your phone")
    assert await visitor.sideways() <= 0 and await visitor.axe() == []
    await window.get_by_label("Code").fill(recovery)
    await window.get_by_role("button", name="Sign in").click()
    await expect(window.locator("#connection")).to_have_class("connection live")
    admin = await room(visit, product, "#members", role="admin")
    row = admin.page.locator("#colleagues tr", has_text="Ann Peeters")
    await row.get_by_role("button", name="Take the code away").click()
    await row.get_by_role("button", name="Yes, take it away").click()
    await expect(row.get_by_role("button", name="Take the code away")).to_have_count(0)
    for one in (visitor, admin):  # who is signed out somewhere is told so there, at a moment of its own
        one.problems[:] = [problem for problem in one.problems if "401" not in problem]


async def test_a_colleague_comes_in_by_a_provider_and_lands_in_the_dashboard(visit: Visit, product: Running) -> None:
    """In a real browser: our policy, its cookies and the way back over another site."""
    with provider() as issuer:
        store, keys, now = product.app.parts.store, product.app.parts.keys, product.app.parts.now()
        agency = store.agencies.by_key("town")
        given: Any = {"domains": ("town.example",), "role": "editor", "office": "Dienst mobiliteit"}
        login = Provider(0, agency.id, agency.name, "login", "Town login", issuer, "tijdens", "secret", **given)
        await store.providers.add(login, keys, now=now)
        claims = {"email": "ann@town.example", "email_verified": True, "name": "Ann Peeters"}
        async with httpx2.AsyncClient(trust_env=False) as client:
            await client.put(f"{issuer}/users/ann", json=claims)
        narrow = {"width": 320, "height": 700}
        visitor = await visit(f"{product.url}/sign-in?lang=en", allowed=[issuer, STYLES], viewport=narrow)
        window = visitor.page
        # the provider's own page asks for it; nothing of a test leaves this machine
        await visitor.context.route(f"{STYLES}/**", lambda route: route.fulfill(content_type="text/css", body=""))
        await expect(window.get_by_role("link", name="Go on with Town login")).to_be_visible()
        assert await visitor.sideways() <= 0 and await visitor.axe() == []
        assert visitor.problems == []
        await window.get_by_role("link", name="Go on with Town login").click()
        await window.locator("input[name=sub]").fill("ann")
        await window.locator("input[name=sub]").press("Enter")
        await expect(window.locator("#who")).to_have_text(re.compile("Ann Peeters · Dienst mobiliteit"))
        await expect(window.locator("#connection")).to_have_class("connection live")
