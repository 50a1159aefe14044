"""The table for people, measured in a real browser: presses, height, words and tab stops of each screen at 320 px."""

from __future__ import annotations

import asyncio
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from bench.result import Result
from collector.agency import LANGUAGES
from tests.e2e.conftest import ARGUMENTS, find_browser
from tests.start import Running, running

# measured before anything was built, at 320 px, 16 px type and 44 px targets: (height, words, tab stops). Later a line that
# leads to a person was put on every screen: eight words more, in the same height
LIMITS = {
    "service": (259, 41, 4),
    "decision": (430, 57, 5),
    "leaving": (504, 63, 7),
    "second screen": (436, 58, 5),
    "with the cost row": (705, 88, 10),
}
_MEASURE = """() => {
  const root = document.querySelector("tijdens-feedback").shadowRoot, section = root.querySelector("section");
  const all = [...root.querySelectorAll("button, a[href], textarea, input")];
  const stops = all.filter((e) => e.checkVisibility() && !e.disabled);
  const groups = new Set(stops.filter((e) => e.type === "radio").map((e) => e.name));
  const others = stops.filter((e) => e.type !== "radio").length;
  return [Math.round(section.getBoundingClientRect().height), section.innerText, others + groups.size];
}"""


@dataclass
class Screen:
    """As measured in one language."""

    name: str
    language: str
    height: int
    words: int
    stops: int
    sentence: float


async def measure(run: Running, page: Page) -> list[Screen]:
    """Every screen in every language."""
    agencies, now = run.app.parts.store.agencies, run.app.parts.now()
    agency = agencies.by_key("town")
    for question in ("effect", "reason"):
        await agencies.create_placement(agency, question, origins=[run.url], question=question, now=now)
    found = []
    await page.set_viewport_size({"width": 320, "height": 900})
    for language in LANGUAGES:
        for name, placement in (("service", "page"), ("decision", "effect"), ("leaving", "reason")):
            await page.goto(f"{run.url}/d")
            await page.evaluate(
                """([placement, lang]) => {
                document.body.replaceChildren(Object.assign(document.createElement("tijdens-feedback"), {lang}));
                document.querySelector("tijdens-feedback").setAttribute("placement", placement);
                document.body.style.cssText = "margin:0;font:16px sans-serif;display:block";
                return import("/widget/v1/tijdens.js"); }""",
                [placement, language],
            )
            await page.locator(".answers button").first.wait_for()
            found.append(await _screen(page, name, language))
            if name == "service":
                await page.locator(".answers button").nth(2).click()
                await page.locator("textarea").wait_for()
                found.append(await _screen(page, "second screen", language))
                asked = await page.locator("p[role=status]").first.inner_text()
                await page.locator("input[type=radio]").nth(1).check()
                await page.locator("input[type=checkbox]").first.wait_for()
                # what it says at first gives way to "saved", which is shorter
                await page.locator("p[role=status]", has_text=asked).wait_for(state="detached")
                found.append(await _screen(page, "with the cost row", language))
    return found


async def _screen(page: Page, name: str, language: str) -> Screen:
    height, text, stops = await page.evaluate(_MEASURE)
    words = len(re.findall(r"\w+(?:['’-]\w+)*", text))
    sentences = [part for part in re.split(r"[.!?\n]+", text) if len(part.split()) > 1]
    mean = sum(len(part.split()) for part in sentences) / max(1, len(sentences))
    return Screen(name, language, height, words, stops, mean)


async def _measured() -> list[Screen]:
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder)) as run, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_browser(), args=ARGUMENTS, chromium_sandbox=False
            )
            page = await browser.new_page(bypass_csp=True)
            screens = await measure(run, page)
            await browser.close()
            return screens


def people() -> list[Result]:
    """Each screen against its three limits; the ratio is of the one that it comes nearest to."""
    screens = asyncio.run(_measured())
    results = []
    for name, limits in LIMITS.items():
        of = [screen for screen in screens if screen.name == name]
        found: dict[str, Any] = {"screen": name, "sentence": max(s.sentence for s in of)}
        nearest = (0.0, 0, 1)
        for what, limit in zip(("height", "words", "stops"), limits, strict=True):
            values = [getattr(screen, what) for screen in of]
            found[what] = (min(values), max(values), limit)
            nearest = max(nearest, (max(values) / limit, max(values), limit))
        ratio, ours, peer = nearest
        said = f"screen of the widget at 320 px, the limit it comes nearest to: {name}"
        results.append(Result(said, ratio, 1, False, ours, peer, screen=found))
    return results
