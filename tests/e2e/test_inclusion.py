"""The inclusion test in a browser: written and signed at the dashboard, one sheet of A4, one page for everybody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import expect

from collector.agency import LANGUAGES
from collector.inclusion import ANSWER_CHARACTERS, MOST_STEPS, QUESTIONS, STEP_CHARACTERS, WAY_CHARACTERS
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import joined, room
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


def longest(number: int) -> dict[str, str]:
    """A text of so many characters in each language, in words."""
    return {code: ("Aan het loket op de Markt, elke dag tot zeventien uur; wachten tien minuten. " * 9)[:number].strip()
            for code in LANGUAGES}  # fmt: skip


async def test_the_fullest_test_there_can_be_is_one_sheet_and_a_calm_page(visit: Visit, product: Running) -> None:
    for _ in range(12):
        await product.send(outcome="no", another_way="help")
    test = {
        "revision": 0,
        "answers": {name: longest(ANSWER_CHARACTERS) for name in QUESTIONS},
        "steps": [{"step": longest(STEP_CHARACTERS), "way": longest(WAY_CHARACTERS)} for _ in range(MOST_STEPS)],
    }
    path = "/api/placements/page/inclusion"
    assert (await product.client.put(path, json=test, headers=product.bearer())).status_code == 200
    verdict = {
        "revision": 1,
        "verdict": "with",
        "note": longest(240),
        "name": "E" * 60,
        "organisation": "Een raad van gebruikers",
    }
    assert (await product.client.post(f"{path}/verdict", json=verdict, headers=product.bearer())).status_code == 201
    await product.client.put(f"{path}/published", json={"published": True}, headers=product.bearer())
    visitor = await visit(
        f"{product.url}/inclusion/page?lang=nl", viewport={"width": 320, "height": 700}, color_scheme="dark"
    )
    assert await visitor.axe() == [] and await visitor.sideways() <= 0
    for language in LANGUAGES:
        await visitor.page.goto(f"{product.url}/inclusion/page?lang={language}")
        await expect(visitor.page.locator("dl.questions > div")).to_have_count(12)
        pdf = await visitor.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1, language
    await visitor.page.set_viewport_size({"width": 1280, "height": 900})
    assert await visitor.axe() == []


async def test_it_is_written_by_one_and_signed_by_another(visit: Visit, product: Running) -> None:
    for _ in range(6):
        await product.send(reason="sign_in", another_way="no")
    ann = await room(visit, product, "#inclusion", secret=await joined(product, "Ann Peeters", "Digital team"))
    page, tests = ann.page, ann.page.locator("#inclusion")
    await tests.get_by_role("link", name="page").click()
    await expect(tests.locator(".facts")).to_contain_text("6 of 6 (100 %)")
    assert await ann.axe() == []
    for place, name in enumerate(QUESTIONS):
        for code in ("nl", "fr"):
            await page.locator(f"#i-{name}-{code}").fill(f"Antwoord {place} {code}")
    for code in ("nl", "fr"):
        await page.locator(f"#i-step-0-{code}").fill(f"Aanvragen {code}")
    await expect(tests.locator(".saving")).to_have_text("Not saved yet")
    await tests.get_by_role("button", name="Save").click()
    await expect(tests.locator(".saving")).to_have_text("Saved")
    missing = tests.locator(".signing")
    await expect(missing).to_contain_text("1 thing is missing")
    await missing.get_by_role("link").click()
    for code in ("nl", "fr"):
        await page.locator(f"#i-way-0-{code}").fill(f"Aan het loket {code}")
    await tests.get_by_role("button", name="Save").click()
    await expect(missing).to_contain_text("Somebody from outside has signed")  # she cannot sign herself

    bob = await room(visit, product, "#inclusion/page", secret=await joined(product, "Bob Maes", "Legal office"))
    signing = bob.page.locator("#inclusion .signing")
    await signing.get_by_label("Shuts people out").check()
    for code in ("nl", "fr"):
        await bob.page.locator(f"#i-note-{code}").fill(f"Zes mensen {code}")
    await signing.get_by_label("I sign: Bob Maes, Legal office").check()
    assert await bob.axe() == []
    await signing.get_by_role("button", name="Sign").click()
    await expect(bob.page.locator("#inclusion .state")).to_have_text("Shuts people out")
    await expect(signing).to_be_hidden()
    await expect(tests.locator(".state")).to_have_text("Shuts people out")  # it comes to Ann by itself
    await tests.get_by_role("button", name="Publish").click()
    await expect(tests.get_by_role("link", name="The public page")).to_be_visible()
    await page.set_viewport_size({"width": 320, "height": 700})
    assert await ann.sideways() <= 0 and await ann.axe() == []


async def test_who_may_only_read_reads(visit: Visit, product: Running) -> None:
    visitor: Any = await room(visit, product, "#inclusion/page", role="viewer", lang="de")
    await expect(visitor.page.locator("#inclusion dl.facts").first).to_be_visible()
    await expect(visitor.page.locator("#inclusion :is(input, textarea)")).to_have_count(0)
    assert await visitor.axe() == []
