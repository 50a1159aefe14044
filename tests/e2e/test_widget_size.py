"""What the widget asks of a small screen and of a slow line."""

from __future__ import annotations

import asyncio

import brotli
import pytest
from playwright.async_api import Response

from bench.people import LIMITS, measure
from bench.start import DRAFT, TEXT, UNFOLDED, second
from collector import WIDGET_VERSION
from collector.decision import Planned
from collector.section import Section
from tests.e2e.conftest import Host, Visit
from tests.e2e.test_widget import SEND, page
from tests.e2e.test_widget_decision import HARDER, line
from tests.start import Running
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_screen_fits_a_narrow_phone_in_every_language(visit: Visit, product: Running) -> None:
    visitor = await visit(f"{product.url}/d", bypass_csp=True)
    screens = await measure(product, visitor.page)
    assert len(screens) == 20
    over = [screen for screen in screens if not _fits(screen.name, screen.height, screen.words, screen.stops)]
    assert over == []


def _fits(name: str, *measured: int) -> bool:
    return all(found <= limit for found, limit in zip(measured, LIMITS[name], strict=True))


@pytest.mark.parametrize(("about", "language"), [("service", "nl"), ("decision", "fr"), ("decision", "de")])
async def test_what_a_citizen_downloads_until_her_words_are_stored_stays_small(
    visit: Visit, host: Host, product: Running, about: str, language: str
) -> None:
    """Every answer that her browser gets, from the page to the words, the page itself left out; in the longest languages."""
    town = Town(product.app.parts.store, product.app.parts.now())
    await town.store.agencies.create_placement(town.agency, "small", origins=[host.url], now=town.now)
    if about == "decision":
        drafting = [Planned("drafting", town.day(-30))]
        file = town.file(title=TEXT, open=TEXT, gain=TEXT, until="2090-03-14", placements=["small"], phases=drafting)
        await town.publish("desk", file)
        await town.version("desk", [Section(**section) for section in DRAFT])
    host.html = "<!doctype html><title>leeg</title>"
    visitor = await visit(host.url, allowed=[product.url])
    window, answers, sent = visitor.page, list[Response](), asyncio.Event()

    def note(response: Response) -> None:
        if response.request.method == "PATCH":
            sent.set()
        elif response.request.method == "GET" and not sent.is_set():
            answers.append(response)

    window.on("response", lambda r: note(r) if r.url.startswith(product.url) and not r.url.endswith("/acts") else None)
    host.html = page(product, lang=language, placement="small")
    await window.reload()
    if about == "decision":
        await line(visitor).click()
    await window.get_by_role("button", name=HARDER[language] if about == "decision" else "Nee").click()
    await window.get_by_role("textbox").fill("Op zaterdag werk ik niet.")
    await window.get_by_role("button", name=SEND[language]).click()
    await sent.wait()
    sizes = {
        answer.url.split("/", 3)[3]: len(brotli.compress(await answer.body(), quality=11))
        for answer in answers
        if answer.status == 200
    }
    counted = ("tijdens.js", *second(language), *(UNFOLDED if about == "decision" else ()))
    assert {url for url in sizes if url.startswith("widget/")} == {
        f"widget/{WIDGET_VERSION}/{name}" for name in counted
    }
    assert sizes[f"widget/{WIDGET_VERSION}/tijdens.js"] <= 3_000
    assert sum(sizes.values()) <= 10_000, sizes
