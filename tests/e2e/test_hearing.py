"""Who is heard: the pages beside the voices, by keyboard, in a narrow window, with nothing for axe to find."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, room, say, themed
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "<img src=x onerror=alert(1)> Mijn recht is weg."


async def test_the_radar_says_the_same_as_picture_table_and_list_and_every_point_opens_the_words(
    visit: Visit, product: Running
) -> None:
    mild = await say(product, *["Traag."] * 7, impact=["time"], another_way="yes")
    grave = await say(product, "Ik kan niet zonder.", impact=["health"], another_way="no")
    await say(product, HOSTILE, impact=["right"], another_way="no")
    slow = await themed(product, "Slow", *(one["id"] for one in mild))
    few = await themed(product, "The few", grave[0]["id"])
    visitor = await room(visit, product)
    window = visitor.page
    await window.locator("#places").get_by_role("link", name="Radar").click()
    hearing = window.locator("#hearing")
    rows = hearing.locator("table.radar-points tbody tr")
    await expect(rows).to_have_count(2)
    assert [await rows.nth(n).get_attribute("data-theme") for n in (0, 1)] == [str(few), str(slow)]
    await expect(rows.first).to_contain_text("health or safety: 1 voice")
    await expect(hearing.locator(".alone li")).to_contain_text([HOSTILE])
    marks = hearing.locator("svg.radar-picture a")
    await expect(marks).to_have_count(3)
    upright = [
        float(await hearing.locator(f"svg [data-theme='{n}'] .dot").get_attribute("cy") or 0) for n in (few, slow)
    ]
    assert 0 < upright[0] < upright[1]
    assert await hearing.locator("img").count() == 0 and await visitor.axe() == []

    # what comes meanwhile is seen without a reload: mild voices move to the right, and nothing down
    more = await say(product, *["Traag."] * 20, impact=["time"], another_way="yes")
    answer = await product.client.put(
        f"/api/themes/{few}/submissions", json={"add": [one["id"] for one in more]}, headers=product.bearer()
    )
    assert answer.status_code == 200
    await expect(rows.first.locator("td.voices")).to_contain_text("21", timeout=20 * SECOND)
    await expect(hearing.locator(f"svg [data-theme='{few}'] .dot")).to_have_attribute("cy", str(upright[0]))

    # by keyboard alone: from the name of the gravest theme to its words
    await rows.first.get_by_role("link", name="The few", exact=True).focus()
    await window.keyboard.press("Enter")
    await expect(window.locator("#stream > article")).to_have_count(21)
    await window.go_back()
    await hearing.locator("svg .single").click()
    await expect(window.locator("#reader")).to_contain_text("Mijn recht is weg.")
    await window.go_back()
    await window.set_viewport_size({"width": 320, "height": 700})
    await expect(rows).to_have_count(2)
    assert await visitor.sideways() <= 0 and await visitor.axe() == []


async def test_rules_that_do_not_fit_are_read_whole_inside_and_leave_the_house_without_groups_under_five(
    visit: Visit, product: Running
) -> None:
    many = await say(product, *["Ik heb geen vast adres."] * 7, outcome=None, reason="rule", impact=["right"])
    await themed(product, "An address", *(one["id"] for one in many))
    await say(product, "Mijn man stierf op 30 december.", outcome=None, reason="rule", impact=["health"])
    visitor = await room(visit, product, "#rules")
    window, hearing = visitor.page, visitor.page.locator("#hearing")
    groups = hearing.locator(".misfit")
    await expect(groups).to_have_count(2)
    await expect(groups.first).to_contain_text("Mijn man stierf")
    await expect(groups.first).to_contain_text("stays inside")
    await expect(groups.last).to_contain_text("7 voices")
    assert await visitor.axe() == []
    await window.emulate_media(media="print")
    await expect(groups.first).not_to_be_visible()
    await expect(hearing.locator("p.outside")).to_contain_text("not a survey")
    printed = await hearing.inner_text()
    assert "at least 5 voices" in printed and "7 voices" not in printed and "geen vast adres" in printed
    assert "stierf" not in printed and "alike" not in printed
    await window.emulate_media(media="screen")
    await window.set_viewport_size({"width": 320, "height": 700})
    assert await visitor.sideways() <= 0 and await visitor.axe() == []


async def test_who_is_not_heard_has_a_number_to_ring_and_something_to_do_this_week(
    visit: Visit, product: Running
) -> None:
    headers = product.bearer()
    for number in range(42):
        said = {"outcome": None, "reason": "sign_in", "another_way": "no" if number < 3 else "yes", "language": "nl"}
        await product.send(**said)
    counter = {"placement": "page", "key": "counter-0001", "outcome": "no", "language": "fr", "channel": "counter"}
    assert (await product.client.post("/api/submissions", json=counter, headers=headers)).status_code == 201
    visitor = await room(visit, product, "#silence", color_scheme="dark")
    window, hearing = visitor.page, visitor.page.locator("#hearing")
    gaps = hearing.locator(".gaps > li")
    await expect(gaps).to_have_count(2)
    screen = gaps.filter(has_text="a screen is hard")
    await expect(screen).to_contain_text("2% (1 of 43)")
    await expect(screen).to_contain_text("This week:")
    await expect(screen.get_by_role("link")).to_have_attribute("href", "tel:080013500")
    await expect(screen).to_contain_text("Check it before you pass it on")
    await expect(hearing).to_contain_text("too few voices to tell")
    await expect(hearing).to_contain_text("No other way: 7% (3 of 42)")
    await expect(hearing.locator(".sources")).to_contain_text("Statbel")
    await expect(hearing.locator(".accepted")).to_contain_text("No channel has five voices")
    assert await visitor.axe() == []
    await window.emulate_media(media="print")
    printed = await hearing.inner_text()
    assert "fewer than 5 of 40" in printed and "of 43" not in printed and "of 42" not in printed
    await window.emulate_media(media="screen")
    await window.set_viewport_size({"width": 320, "height": 700})
    assert await visitor.sideways() <= 0 and await visitor.axe() == []
