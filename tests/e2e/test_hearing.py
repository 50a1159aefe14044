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
    rows = hearing.locator("table.points tbody tr")
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
