"""Every page once, as those need it who see little, cannot hold a mouse, enlarge four times, or hear it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from collector.commands.sample import AGENCY, fill
from collector.commands.sample_files import trail
from collector.commands.sample_service import SERVICE
from tests.e2e.conftest import Visit, Visitor
from tests.e2e.dashboard import room, session
from tests.e2e.looked import NARROW, looked
from tests.start import Running, running

pytestmark = pytest.mark.asyncio(loop_scope="session")

# in German, whose words are the longest; the pages that citizens meet without JavaScript
PUBLIC = (
    "/d",
    "/d/school-street",
    "/d/library-sunday",
    "/d/heating-online",
    f"/f/{SERVICE}",
    "/f/heating-allowance?decision=heating-online",
    "/r",
    f"/talk/{AGENCY}",
    f"/accessibility/{AGENCY}",
    f"/privacy/{AGENCY}",
    f"/inclusion/{SERVICE}",
    f"/paper/{SERVICE}",
    "/paper/heating-allowance?decision=heating-online&large=1",
    f"/poster/{SERVICE}",
    "/story",
    "/join",
    "/sign-in",
)
# address → what is there once it is drawn
FEW = f"placement={SERVICE}&outcome=no"
PLACES = {
    f"#{FEW}": "#stream > article",
    "#reading": "#readfirst .letter",
    "#counter": "#taking textarea",
    "#desk": "#workdesk tbody tr, #workdesk li",
    "#desk/heating-online": "#workdesk .waiting",
    "#desk/heating-online/file": "#workdesk #save",
    "#desk/heating-online/ask": "#workdesk .answers li",
    "#desk/library-sunday/ask": "#workdesk .reach-told[aria-busy=false] .expect",
    "#radar": "#hearing svg",
    "#rules": "#hearing h2",
    "#silence": "#hearing h2",
    "#picture?other_from=2020-01-01&other_to=2020-03-01": "#picture .distributions section",
    "#meeting": "#meeting button:enabled, #meeting .number:not(:empty)",
    "#inclusion": "#inclusion li, #inclusion tr",
    f"#inclusion/{SERVICE}": "#inclusion textarea",
    "#contacts": "#contacts article",
    "#routing": "#routing[aria-busy=false] .rule",
    "#barriers": "#barriers article",
    "#access": "#access h2",
    "#audit": "#audit h2",
    "#hooks": "#hooks [aria-busy=false] > li",
    "#members": "#colleagues li, #colleagues tr",
    "#setup": "#setup tbody tr",
    f"#setup/{SERVICE}": "#setup .met li",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sample(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """The sample agency, served, with a token of each role."""
    folder: Path = tmp_path_factory.mktemp("sample")
    async with running(folder, populate=False) as run:
        parts = run.app.parts
        await fill(parts.store, parts.keys, run.url, parts.now())
        for role in ("viewer", "editor", "admin"):
            _, run.tokens[role] = await parts.store.tokens.create(
                parts.store.agencies.by_key(AGENCY).id, role, name=f"Team {role}", now=parts.now()
            )
        yield run


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def citizen(browser: Browser, sample: Running) -> AsyncIterator[Visitor]:
    context = await browser.new_context(viewport=NARROW, locale="de-BE")
    yield Visitor(await context.new_page(), [sample.url], {})
    await context.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def colleague(browser: Browser, sample: Running) -> AsyncIterator[Visitor]:
    """In the room, which is loaded once."""
    cookie = {"name": "tijdens", "value": await session(sample, "admin"), "url": sample.url}
    state: Any = {"cookies": [cookie], "origins": []}
    context = await browser.new_context(viewport=NARROW, storage_state=state)
    visitor = Visitor(await context.new_page(), [sample.url], {})
    await visitor.page.goto(f"{sample.url}/dashboard?lang=de#{FEW}")
    await expect(visitor.page.locator("#connection")).to_have_class("connection live")
    yield visitor
    await context.close()


def german(path: str) -> str:
    return path + ("&" if "?" in path else "?") + "lang=de"


@pytest.mark.parametrize("path", PUBLIC)
async def test_a_public_page_is_for_everybody(citizen: Visitor, sample: Running, path: str) -> None:
    answer = await citizen.page.goto(sample.url + german(path))
    assert answer is not None and answer.ok
    found = await looked(citizen, path)
    assert not found, "\n".join(found)


async def test_a_receipt_is_for_everybody(citizen: Visitor, sample: Running) -> None:
    code = sample.app.parts.keys.code(*trail())
    await citizen.page.goto(f"{sample.url}/r?lang=de#{code}")
    await expect(citizen.page.locator(".history")).to_be_visible()
    found = await looked(citizen, "a receipt")
    assert not found, "\n".join(found)


async def test_a_kiosk_is_for_everybody(browser: Browser, sample: Running) -> None:
    body = {"placement": SERVICE, "name": "Halle"}
    made = await sample.client.post("/api/devices", json=body, headers=sample.bearer("admin"))
    path, key = str(made.json()["url"]).split("/f/")[1].split("#")
    context = await browser.new_context(viewport=NARROW, service_workers="block")
    visitor = Visitor(await context.new_page(), [sample.url], {})
    page = visitor.page
    await page.goto(f"{sample.url}/f/{path}&lang=de#{key}")
    await expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    found = await looked(visitor, "kiosk")
    await page.get_by_role("button", name="Sprechen Sie mit jemandem").click()
    await expect(page.locator('[data-screen="contacts"]:not([hidden])')).to_be_visible()
    found += await looked(visitor, "kiosk, contacts", axe=False)
    await page.get_by_role("button", name="Zurück").click()
    await page.get_by_role("button", name="Nein").first.click()
    await expect(page.locator('[data-screen="more"]:not([hidden])')).to_be_visible()
    found += await looked(visitor, "kiosk, more")
    await context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", PLACES)
async def test_a_place_of_the_room_is_for_everybody(colleague: Visitor, address: str) -> None:
    await colleague.page.evaluate("address => { location.hash = address }", address)
    await expect(colleague.page.locator(PLACES[address]).first).to_be_visible()
    section = PLACES[address].split()[0]
    found = await looked(colleague, address, root="body" if section == "#stream" else section)
    assert not found, "\n".join(found)


async def test_public_pages_say_the_same_without_javascript(browser: Browser, sample: Running) -> None:
    context = await browser.new_context(viewport=NARROW, java_script_enabled=False)
    page = await context.new_page()
    for path in PUBLIC:
        await page.goto(sample.url + german(path))
        said = await page.locator("main").inner_text()
        assert len(said) > 120 and "{" not in said, path
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    await context.close()


# address → what somebody who sees nothing there yet is told to do
TAUGHT = {
    "#": "Put a link to this form on your page today",
    "#reading": "What people say comes here by itself, the gravest first.",
    "#counter": "Type the sentence, Enter, a digit, Enter.",
    "#desk": "Say what is still open, and people can react while it can still change.",
    "#radar": "As soon as voices are in a theme, or a single voice is grave, you see them here.",
    "#rules": "Whoever reads a voice can say so with one key",
    "#silence": "There are too few voices to tell who is missing.",
    "#inclusion": "Twelve questions on one sheet.",
    "#contacts": "Nobody looked in the last 180 days",
    "#routing": "There is no rule yet",
    "#barriers": "link to the public page from the foot of your own pages.",
    "#members": "Somebody who manages invites by a link.",
    "#hooks": "No program is told anything yet.",
}


async def test_a_fresh_agency_is_taught_in_each_place_what_comes_there_and_what_to_do(
    visit: Visit, product: Running
) -> None:
    visitor = await room(visit, product, role="admin", lang="en")
    for address, sentence in TAUGHT.items():
        await visitor.page.evaluate("address => { location.hash = address }", address)
        await expect(visitor.page.locator("main")).to_contain_text(sentence, use_inner_text=True)
    await visitor.page.evaluate("location.hash = '#counter'")
    await visitor.page.get_by_text("Kiosks", exact=True).click()
    await expect(visitor.page.locator("#taking")).to_contain_text("opens its address once on the device.")
