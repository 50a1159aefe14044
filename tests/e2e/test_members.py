"""Colleagues: an admin invites and withdraws; who is withdrawn is out within five seconds."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, in_every_language, joined, room, say
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "<img src=x onerror=alert(1)>"


async def test_an_admin_invites_by_a_link_that_is_shown_once_and_works_once(visit: Visit, product: Running) -> None:
    visitor = await room(visit, product, "#members", role="admin")
    window = visitor.page
    members = window.locator("#colleagues")
    await expect(members).to_contain_text("Nobody yet.")
    await members.get_by_role("button", name="Make the link").click()
    await expect(members.get_by_label("Name")).to_be_focused()
    await members.get_by_label("Name").fill(HOSTILE)
    await members.get_by_label("Office").fill("Dienst mobiliteit")
    await members.get_by_label("E-mail address").fill("geen adres")
    await members.get_by_role("button", name="Make the link").click()
    await expect(members.locator(".told")).to_contain_text("Give an e-mail address")
    await expect(members.get_by_label("E-mail address")).to_be_focused()
    visitor.problems[:] = [problem for problem in visitor.problems if "422" not in problem]
    await members.get_by_label("E-mail address").fill("ann@town.example")
    await members.get_by_label("What they may do").select_option("viewer")
    await members.get_by_role("button", name="Make the link").click()
    link = members.get_by_label("The link for")
    await expect(link).to_have_value(re.compile(r"/join#[A-Za-z0-9_-]{40,}$"))
    address = await link.input_value()
    await expect(members.locator("table")).to_contain_text(HOSTILE)
    await expect(members.locator("table")).to_contain_text("Invited today, not here yet")
    assert await visitor.axe() == []
    await window.evaluate("location.hash = '#'")
    await expect(window.locator("#stream")).to_be_attached()
    await window.evaluate("location.hash = '#members'")
    await expect(members.locator("table")).to_contain_text(HOSTILE)
    await expect(link).to_have_count(0)
    assert await window.locator("main img").count() == 0

    taken = {"invitation": address.split("#")[1], "password": "a long enough password"}
    answer = await product.client.post("/api/members/join", json=taken)
    assert answer.status_code == 204
    product.client.cookies.clear()
    assert (await product.client.post("/api/members/join", json=taken)).status_code == 401
    await window.reload()
    await expect(members.locator("table")).to_contain_text("Since today")


async def test_who_is_withdrawn_is_out_of_the_open_room_within_five_seconds(visit: Visit, product: Running) -> None:
    await say(product, "Iets.")
    secret = await joined(product, "Ann Peeters", "Dienst mobiliteit")
    ann = await room(visit, product, secret=secret)
    await expect(ann.page.locator("#who")).to_have_text("Ann Peeters · Dienst mobiliteit · may read and sort")
    admin = await room(visit, product, "#members", role="admin")
    row = admin.page.locator("#colleagues tr", has_text="Ann Peeters")
    await row.get_by_role("button", name="Withdraw: Ann Peeters").click()
    await row.get_by_role("button", name="Keep: Ann Peeters").click()
    await expect(row.get_by_role("button", name="Withdraw: Ann Peeters")).to_be_focused()
    await row.get_by_role("button", name="Withdraw: Ann Peeters").click()
    await row.get_by_role("button", name="Yes, withdraw: Ann Peeters").click()
    await expect(ann.page).to_have_url(re.compile("/sign-in"), timeout=5_000)
    await expect(row).to_have_count(0)
    refused = await product.client.get("/api/me", headers={"cookie": f"tijdens={secret}"})
    assert refused.status_code == 401
    ann.problems[:] = [problem for problem in ann.problems if "401" not in problem]


async def test_the_last_admin_stays_and_it_is_said_why(visit: Visit, product: Running) -> None:
    visitor = await room(visit, product, "#members", secret=await joined(product, "Els Janssens", "Directie", "admin"))
    row = visitor.page.locator("#colleagues tr", has_text="Els Janssens")
    await expect(row).to_contain_text("(you)")
    await row.get_by_role("button", name="Withdraw").click()
    await row.get_by_role("button", name="Yes, withdraw").click()
    await expect(visitor.page.locator("#colleagues .refused")).to_contain_text("the last one who manages")
    await expect(row).to_have_count(1)
    visitor.problems[:] = [problem for problem in visitor.problems if "409" not in problem]


async def test_colleagues_see_who_works_here_and_no_addresses(visit: Visit, product: Running) -> None:
    secret = await joined(product, "Ann Peeters", "Dienst mobiliteit", "viewer")
    visitor = await room(visit, product, secret=secret)
    await visitor.page.locator("#places").get_by_role("link", name="Team").click()
    members = visitor.page.locator("#colleagues")
    await expect(members.locator("tbody tr")).to_have_count(1)
    await expect(members).to_contain_text("Those who manage invite and withdraw.")
    await expect(members.locator("button, input")).to_have_count(0)
    assert "@town.example" not in await members.inner_text()
    await joined(product, "Bert Maes", "Juridisch")  # what others do is seen without a reload
    await expect(members.locator("tbody tr")).to_have_count(2, timeout=3 * SECOND)


async def test_it_fits_320_pixels_in_every_language_and_axe_finds_nothing(visit: Visit, product: Running) -> None:
    await joined(product, "Els " + "A" * 110, "B" * 120)
    visitor = await room(visit, product, "#members", role="admin", viewport={"width": 320, "height": 700})
    async for lang in in_every_language(visitor):
        await expect(visitor.page.locator("#colleagues tbody tr")).to_have_count(1)
        assert await visitor.sideways() <= 0, lang
        assert await visitor.axe(dark=lang == "de") == [], lang
        await visitor.page.set_viewport_size({"width": 1280, "height": 800})
        assert await visitor.sideways() <= 0, lang
        assert await visitor.axe() == [], lang
        await visitor.page.set_viewport_size({"width": 320, "height": 700})
