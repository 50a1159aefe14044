"""From POST to visible in a real browser's page, while others post and others look."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx2
from playwright.async_api import async_playwright

from bench.machine import Server
from tests.e2e.conftest import ARGUMENTS, find_browser

_WATCH = """() => {
  window.seen = [];
  let last = "";
  new MutationObserver(() => {
    const texts = [...document.querySelectorAll("button")].map((button) => button.textContent.trim());
    const text = texts.find((said) => /^\\d+ new/.test(said)) ?? "";
    if (text !== last) { last = text; requestAnimationFrame(() => window.seen.push([Date.now(), parseInt(text) || 0])); }
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


async def delays(at: Server, number: int, pause: float) -> list[float]:
    """Milliseconds for each of `number` posts with words, one every `pause` seconds, until the page counts it as new."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_browser(), args=ARGUMENTS, chromium_sandbox=False
        )
        context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        page = await context.new_page()
        # an empty room lets its first voice in by itself; the ones after it wait, and are counted
        async with httpx2.AsyncClient(base_url=at.url, trust_env=False) as client:
            await client.post(
                "/api/submissions", json={"placement": "page", "key": "the-first-voice", "text": "De eerste"}
            )
        await page.goto(at.url + "/sign-in?lang=en")
        await page.get_by_label("Your token").fill(at.token)
        await page.get_by_label("Your token").press("Enter")
        await page.wait_for_url("**/dashboard*")
        await page.goto(at.url + "/dashboard?lang=en")
        await page.wait_for_timeout(1500)
        await page.evaluate(_WATCH)
        sent = []
        async with httpx2.AsyncClient(base_url=at.url, trust_env=False) as client:
            for count in range(number):
                body = {
                    "placement": "page",
                    "key": f"visible-{count:06}-{time.time_ns()}",
                    "text": f"Zichtbaar {count}",
                }
                sent.append(time.time() * 1000)
                assert (await client.post("/api/submissions", json=body)).status_code == 201
                await asyncio.sleep(pause)
        await page.wait_for_timeout(1500)
        seen: list[list[float]] = await page.evaluate("window.seen")
        await browser.close()
    return matched(sent, seen)


def matched(sent: list[float], seen: list[Any]) -> list[float]:
    """The first moment at which the page counted at least as many as were sent by then."""
    found = []
    for place, moment in enumerate(sent, 1):
        later = [at for at, count in seen if count >= place]
        if later:
            found.append(min(later) - moment)
    return found
