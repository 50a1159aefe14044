"""Read first: what weighs most lies on top, and nothing that happens moves what one reads."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from collector.agency import LANGUAGES
from collector.burst import LEAST
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import joined, room, say, stored
from tests.start import Running
from tests.store.arrivals import arrival
from tests.test_alarm import WORDS

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "<img src=x onerror=alert(1)> Mijn aanvraag is geweigerd."


async def test_a_member_reads_by_keyboard_what_weighs_most_and_new_grave_voices_wait_above(
    visit: Visit, product: Running
) -> None:
    await say(product, "Het duurde lang.", impact=["time"], another_way="yes")
    await say(product, "Niets gezegd van wat het kostte.")
    await say(product, "Ik kan niet meer naar de dokter.", impact=["health"], another_way="help")
    await say(product, HOSTILE, impact=["right"], another_way="no")
    secret = await joined(product, "Ann Peeters", "Mobility office")
    visitor = await room(visit, product, "#reading", secret=secret)
    window = visitor.page
    page = window.locator("#readfirst")
    letters = page.locator("article.letter")
    await expect(letters).to_have_count(4)
    await expect(letters.nth(0).locator(".words")).to_have_text(HOSTILE)
    await expect(letters.nth(0).locator(".why")).to_have_text("First because: lost a right, no other way, came today")
    await expect(letters.nth(1)).to_contain_text("Ik kan niet meer naar de dokter.")
    await expect(letters.nth(2).locator(".why")).to_contain_text("did not say what it cost")
    await expect(page.locator(".measured")).to_contain_text("0 of 1 that came in 90 days")
    assert await window.locator("main img").count() == 0
    assert await visitor.axe() == []

    await window.keyboard.press("j")
    await expect(letters.nth(0)).to_be_focused()
    await window.keyboard.press("3")
    await expect(window.locator("#undo")).to_contain_text("Noted: Rule does not fit")
    await expect(letters.nth(0).get_by_role("button", name="Rule does not fit")).to_have_attribute(
        "aria-pressed", "true"
    )
    await expect(letters.nth(0).locator(".done")).to_contain_text("Read by Ann Peeters, Mobility office")
    await expect(page.locator(".measured")).to_contain_text("1 of 1 that came in 90 days")
    await window.keyboard.press("z")
    await expect(letters.nth(0)).to_have_class("letter unread")
    await expect(page.locator(".measured")).to_contain_text("0 of 1 that came in 90 days")
    await window.keyboard.press("r")
    await expect(letters.nth(0)).to_have_class("letter read")
    await expect(letters.nth(1)).to_be_focused()

    before = await letters.nth(1).bounding_box()
    await say(product, "Mijn moeder krijgt haar uitkering niet.", impact=["right"], another_way="no")
    await say(product, "Traag.", impact=["time"], another_way="yes")
    await expect(page.locator(".fresh")).to_have_text("1 new grave voice, 1 new")
    await expect(letters.nth(1)).to_be_focused()
    await expect(letters).to_have_count(4)
    after = await letters.nth(1).bounding_box()
    assert before and after and abs(before["x"] - after["x"]) < 1
    await window.keyboard.press(".")
    await expect(letters).to_have_count(5)
    await expect(letters.nth(0)).to_be_focused()
    await expect(letters.nth(0)).to_contain_text("Mijn moeder krijgt haar uitkering niet.")

    await window.keyboard.press("Enter")
    await expect(window.locator("#reader .words").first).to_have_text("Mijn moeder krijgt haar uitkering niet.")
    await window.keyboard.press("4")
    await expect(window.locator("#reader").get_by_role("button", name="Needs a person")).to_have_attribute(
        "aria-pressed", "true"
    )
    await window.keyboard.press("w")
    await expect(window.locator("#weigh-right")).to_be_focused()
    await expect(window.locator("#weigh-right")).to_be_checked()
    await window.get_by_role("radio", name="Health or safety").check()
    await window.get_by_label("Why do you see it so?").fill("Zonder uitkering koopt ze geen medicijnen.")
    assert await visitor.axe() == []
    await window.get_by_role("button", name="Confirm").click()
    thread = window.locator("#reader .thread")
    await expect(thread).to_contain_text("Ann Peeters, Mobility office weighed it: Health or safety")
    await expect(thread).to_contain_text("Zonder uitkering koopt ze geen medicijnen.")
    await window.keyboard.press("Escape")
    await expect(letters.nth(0)).to_be_focused()
    await expect(letters.nth(0).locator(".done")).to_contain_text("Read by Ann Peeters")
    weighed = (await stored(product, "?kind=person"))[0]
    assert (weighed["severity"], weighed["weight"]) == (1, 0)
    await window.evaluate("location.hash = '#'")
    await expect(window.locator("#views .group.kind")).to_contain_text("Needs a person")
    await expect(window.locator("#views")).to_be_visible()
    await expect(window.locator("#unfold")).to_have_text("Views")


async def test_read_first_fits_a_narrow_screen_in_every_language_and_a_viewer_only_reads(
    visit: Visit, product: Running
) -> None:
    await say(product, "Mijnaanvraagisgeweigerd" * 8, impact=["right"], another_way="no")
    await say(product, "طلبي مرفوض منذ شهرين", language="ar", impact=["health"])
    for language in LANGUAGES:
        visitor = await room(
            visit, product, "#reading", role="editor" if language == "nl" else "viewer", lang=language,
            viewport={"width": 320, "height": 640}, color_scheme="dark" if language == "de" else "light",
        )  # fmt: skip
        letters = visitor.page.locator("#readfirst article.letter")
        await expect(letters).to_have_count(2)
        await letters.nth(1).focus()
        await expect(letters.nth(1).locator(".words")).to_have_css("direction", "rtl")
        assert await visitor.sideways() <= 0, language
        assert await visitor.axe() == [], language
        await expect(letters.nth(1).locator(".kinds")).to_have_count(1 if language == "nl" else 0)
        await visitor.context.close()


async def test_a_quiet_alarm_stands_until_a_person_with_a_name_says_what_is_done(
    visit: Visit, product: Running
) -> None:
    store, now = product.app.parts.store, product.app.parts.now()
    secret = await joined(product, "Ann Peeters", "Mobility office")
    visitor = await room(visit, product, secret=secret)
    window = visitor.page
    await store.alarms.follow(now=now)
    for number, text in enumerate(WORDS[:3]):
        one = arrival(
            store.agencies.placement("page"),
            f"grave-{number:05}",
            text,
            at=now - number * 86_400_000,
            impact=["health"],
        )
        await store.submissions.receive(one)
    alarms = window.locator("#alarms")
    await expect(alarms).to_contain_text("3 voices, each for itself, reported something grave within 7 days")
    await window.evaluate("location.hash = '#reading'")
    await expect(window.locator("#readfirst #alarms")).to_be_visible()
    assert await visitor.axe() == []
    metrics = (await product.client.get("/metrics")).text
    assert "tijdens_alarms_open 1.0" in metrics
    script = await product.client.post("/api/alarms/1/seen", json={"done": "x"}, headers=product.bearer())
    assert (script.status_code, list(script.json()["fields"])) == (422, ["seen"])
    await alarms.get_by_role("button", name="I have seen it").click()
    await window.get_by_label("What is done about it?").fill("We bellen vandaag met de dienst.")
    await alarms.get_by_role("button", name="Seen").click()
    await expect(alarms).to_be_hidden()
    assert "tijdens_alarms_open 0.0" in (await product.client.get("/metrics")).text


async def test_a_burst_is_one_quiet_line_read_apart_or_left_out_and_who_manages_sets_the_alarm(
    visit: Visit, product: Running
) -> None:
    store, now = product.app.parts.store, product.app.parts.now()
    page = store.agencies.placement("page")
    for number in range(LEAST):
        text = f"Stop deze regel voor onze straat {number}"
        said = {"impact": ["right"], "another_way": "no"} if number == 0 else {"impact": ["time"]}
        await store.submissions.receive(arrival(page, f"burst-{number:05}", text, at=now - 400_000 + number, **said))
    await say(product, "Ik vond het formulier niet terug.")
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 60)
    visitor = await room(visit, product, "#reading", role="admin", viewport={"width": 320, "height": 640})
    window = visitor.page
    line = window.locator("#bursts")
    await expect(line).to_contain_text(f"{LEAST} of {LEAST} voices came within 1 minute with nearly the same words:")
    await expect(line).to_contain_text("1 of them is grave.")
    await expect(window.locator("article.letter")).to_have_count(LEAST + 1)
    await expect(window.locator("article.letter .why").first).to_contain_text("lost a right, no other way")
    await expect(window.locator("article.letter .alike").first).to_have_text(f"and {LEAST - 1} alike within minutes")
    await line.get_by_text("What this says, and what not").click()
    await expect(line).to_contain_text("None is left out, hidden or moved")
    assert await visitor.sideways() <= 0
    assert await visitor.axe() == []
    rule = window.locator("#alarm-rule")
    await expect(rule).to_contain_text("It is raised by 3 grave voices within 7 days.")
    fewer = rule.get_by_label("Grave voices, 2 to 100")
    await fewer.fill("1")
    await rule.get_by_role("button", name="Keep").click()
    await expect(rule.get_by_role("alert")).to_have_text("This must be a number from 2 to 100.")
    await expect(fewer).to_be_focused()
    await fewer.fill("2")
    await rule.get_by_label("Within how many days, 1 to 90").fill("30")
    await fewer.press("Enter")
    await expect(rule.get_by_role("status")).to_contain_text("Kept.")
    await expect(rule).to_contain_text("It is raised by 2 grave voices within 30 days.")
    agency = store.agencies.by_key("town")
    assert (agency.alarm_voices, agency.alarm_days) == (2, 30)
    await line.get_by_role("link", name="Read them").click()
    await expect(window.locator("#title")).to_have_text("Nearly the same words within minutes")
    await expect(window.locator("#stream article")).to_have_count(LEAST)
    await window.evaluate("location.hash = '#show=figures'")
    figures = window.locator("#figures")
    await expect(figures).to_contain_text(f"{LEAST} of these came in bursts")
    await figures.get_by_role("link", name="Read the figures without them").click()
    await expect(figures).to_contain_text("What came in bursts is left out here.")
    await expect(figures).to_contain_text("1 with words, of 1.")
    await expect(figures.get_by_role("link", name="Read the figures with all voices")).to_be_focused()
    assert await visitor.axe() == []
