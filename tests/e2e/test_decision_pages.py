"""The public pages of decisions, the papers and the team's ways in, for everybody who may come: by keyboard, without
JavaScript, narrow, dark, in forced colours, on paper; and with whatever somebody may have written on them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from collector.agency import LANGUAGES
from collector.decision import Expected, Fixed, Planned
from collector.member import Inviting
from collector.section import Section
from collector.store.steps import Anyway
from collector.submission import TEXT_CHARACTERS
from tests.e2e.conftest import Visit, Visitor
from tests.e2e.dashboard import SECOND, session
from tests.start import Running, running
from tests.town import Town, said

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSWORD = "vier losse woorden samen"
NARROW = {"width": 320, "height": 640}
PAGES = (
    "/d", "/d/school-street", "/d/school-street?version=2", "/d/allowance-online", "/d/library-hours", "/privacy/town",
    "/privacy/town/register", "/privacy/town/agreement", "/join", "/sign-in", "/brief/school-street",
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> &amp; {{7*7}} \u202edlrow\u202c \u2067a\u2069 "
    + "Donaudampfschifffahrtsgesellschaftskapitän" * 4
    + " 👩🏽‍🦽‍➡️🏳️‍🌈 مرحبا"
)
SHOWN = "<script>alert(1)</script><img src=x onerror=alert(2)> &amp; {{7*7}} dlrow a Donau"


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def product(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """One town for all of this file. Figures are of a full hour, so its decisions were opened hours ago."""
    async with running(tmp_path_factory.mktemp("pages")) as started:
        town = town_of(started)
        await town.street()
        await town.allowance()
        await town.library()
        yield started


def town_of(run: Running) -> Town:
    return Town(run.app.parts.store, run.app.parts.now())


async def signed_in(run: Running, path: str) -> dict[str, Any]:
    """What a browser brings along that is signed in, when the page is the team's."""
    if not path.startswith("/brief"):
        return {}
    cookie = {"name": "tijdens", "value": await session(run), "url": run.url}
    run.client.cookies.clear()
    return {"cookies": [cookie]}


NUMBERED = """() => {
  window.all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.type !== "hidden" && e.tabIndex >= 0 && !e.disabled);
  return all.length;
}"""
REACHED = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return [all.indexOf(e), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    box.width >= 24 && box.height >= 20 && box.bottom > 0 && box.top < innerHeight];
}"""


async def walk(window: Page) -> None:
    """Presses Tab through the whole page: everything that can be used is reached, in order, in sight and with a ring."""
    for place in range(await window.evaluate(NUMBERED)):
        await window.keyboard.press("Tab")
        reached = await window.evaluate(REACHED)
        assert reached == [place, True, True], await window.evaluate("document.activeElement.outerHTML")


async def contrasts(visitor: Visitor) -> list[str]:
    """What axe finds of colours alone; it was loaded before."""
    found = await visitor.page.evaluate("axe.run(document, {runOnly: ['color-contrast']})")
    return [node["html"][:120] for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_there_for_everybody(visit: Visit, product: Running, path: str) -> None:
    signed = await signed_in(product, path)
    visitor = await visit(f"{product.url}{path}", viewport=NARROW, reduced_motion="reduce", **signed)
    window = visitor.page
    assert await visitor.axe() == [] and await visitor.sideways() <= 0
    await walk(window)
    await window.emulate_media(color_scheme="dark")
    assert await contrasts(visitor) == []
    await window.emulate_media(color_scheme="light", forced_colors="active")
    assert await contrasts(visitor) == []
    for thing in await window.locator("main button, main .button, main input:visible").all():
        assert await thing.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)") >= 1
    await window.emulate_media(media="print", forced_colors="none")
    for gone in ("header nav", "footer", ".noprint"):
        for thing in await window.locator(gone).all():
            assert not await thing.is_visible(), gone
    assert await window.locator("h1").is_visible()


@pytest.mark.parametrize(
    "path", ["/d", "/d/school-street", "/privacy/town", "/join", "/sign-in", "/f/page?decision=school-street"]
)
async def test_it_fits_a_narrow_phone_in_every_language(visit: Visit, product: Running, path: str) -> None:
    mark = "&" if "?" in path else "?"
    visitor = await visit(f"{product.url}{path}{mark}lang={LANGUAGES[0]}", viewport=NARROW)
    for language in LANGUAGES:
        if language != LANGUAGES[0]:
            await visitor.page.goto(f"{product.url}{path}{mark}lang={language}")
        assert await visitor.page.locator("html").get_attribute("lang") == language
        assert await visitor.sideways() <= 0, language
        assert not re.search(r"\{\w+\}", await visitor.page.locator("main").inner_text())


async def test_without_javascript_one_goes_from_the_list_to_a_paragraph_and_reacts(
    visit: Visit, product: Running
) -> None:
    visitor = await visit(product.url + "/d?lang=nl", java_script_enabled=False)
    window = visitor.page
    await window.get_by_role("link", name="Een schoolstraat in de Lindelaan?").click()
    await window.get_by_role("link", name="Versie 2", exact=True).first.click()
    await expect(window.locator("#section-who")).to_contain_text("Hulpdiensten mogen altijd door.")
    await window.get_by_role("link", name="Reageer hierop: Wie mag door, alinea 2").click()
    quoted = window.locator(".quoted")
    await expect(quoted).to_contain_text("Hulpdiensten mogen altijd door.")
    await expect(quoted).not_to_contain_text("Leveringen")
    await window.get_by_role("button", name="Het maakt voor mij geen verschil").click()
    await window.get_by_role("textbox").fill("En de thuisverpleging?")
    await window.get_by_role("button", name="Mijn woorden versturen").click()
    code = await window.locator("p.code").inner_text()
    told = (await product.receipt(code)).json()
    assert (told["version"], told["section"], told["paragraph"]) == (2, "who", 2)
    assert told["part"]["text"]["fr"] == "Les secours passent toujours."
    await window.get_by_role("button", name="ontvangstbewijs").click()
    await expect(window.locator(".reacted")).to_contain_text("Wie mag door, alinea 2 · Versie 2")
    await expect(window.locator(".reacted")).to_contain_text("Hulpdiensten mogen altijd door.")


async def pages_of(visitor: Visitor) -> int:
    """How many pages of paper it takes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", await visitor.page.pdf(prefer_css_page_size=True)))


async def test_the_brief_is_one_page_of_paper_however_much_was_said(visit: Visit, product: Running) -> None:
    town = town_of(product)
    much = "Elke ochtend wacht ik op iemand die mijn verband verzorgt, en zij raakt er niet door. " * 60
    everything = said(much[:1_500], much[:1_500])
    expected = [Expected(f"e{n}", said(much[:290], much[:290])) for n in range(12)]
    await town.publish("everything", town.file(title=said(much[:290], much[:290]), open=everything, expected=expected))
    for number in range(12):
        voices = await town.voices(
            "everything", 1, f"{number} {much}"[:TEXT_CHARACTERS], effect="harder", another_way="no"
        )
        await town.theme("everything", said(f"{number} {much[:280]}", f"{number} {much[:280]}"), voices)
    visitor = await visit(f"{product.url}/brief/everything?lang=nl", **await signed_in(product, "/brief"))
    assert await visitor.page.locator(".gravest").count() == 5
    assert await visitor.page.locator(".gravest blockquote").first.inner_text() == f"0 {much}"[:TEXT_CHARACTERS].strip()
    assert await pages_of(visitor) == 1
    await visitor.page.emulate_media(media="print")
    for part in ("h1", ".figure", ".gravest:nth-of-type(5)", ".waits", ".cut"):
        assert await visitor.page.locator(part).first.is_visible(), part
    await visitor.page.emulate_media(media="null")
    for language in LANGUAGES:
        await visitor.page.goto(f"{product.url}/brief/school-street?lang={language}")
        assert await pages_of(visitor) == 1, language
        await expect(visitor.page.locator(".cut")).to_be_hidden()


async def test_on_paper_what_changed_says_so_without_colour_and_the_page_says_where_it_is_from(
    visit: Visit, product: Running
) -> None:
    visitor = await visit(product.url + "/d/school-street?lang=nl")
    await visitor.page.emulate_media(media="print")
    lines = "e => getComputedStyle(e).textDecorationLine"
    assert await visitor.page.locator("#section-who ins").first.evaluate(lines) == "underline"
    assert await visitor.page.locator("#section-who del").first.evaluate(lines) == "line-through"
    await expect(visitor.page.locator(".printed").last).to_contain_text(f"{product.url}/d/school-street")
    assert await pages_of(visitor) >= 2


async def test_an_official_act_is_told_on_an_open_page_within_two_seconds_and_shown_when_one_asks(
    visit: Visit, product: Running
) -> None:
    town = town_of(product)
    await town.publish("bench", town.file())
    visitor = await visit(product.url + "/d/bench?lang=nl")
    window = visitor.page
    news = window.locator("#news")
    await expect(news).to_be_empty()
    async with window.expect_response("**/acts"):
        await window.reload()
    body = {"step": "decided", "revision": 2, "text": said("Er komen bomen.", "Il y aura des arbres.")}
    answer = await product.client.post("/api/decisions/bench/steps", json=body, headers=product.bearer())
    assert answer.status_code == 200, answer.text
    await expect(news).to_contain_text("Het team heeft iets veranderd.", timeout=2 * SECOND)
    assert "Er komen bomen." not in await window.locator("main").inner_text(), "nothing moves while one reads"
    await news.get_by_role("button").focus()
    await window.keyboard.press("Enter")
    await expect(window.locator("#decided + .body")).to_contain_text("Er komen bomen.")


async def test_whatever_somebody_writes_is_shown_as_words(visit: Visit, product: Running) -> None:
    town = town_of(product)
    long = f"{HOSTILE} {'x' * (TEXT_CHARACTERS - len(HOSTILE) - 1)}"
    both, line = said(long, long, long, long), said(*[HOSTILE[:300]] * 4)
    words = {"title": line, "stance_note": line, "subject": line, "open": both, "gain": both, "summary": both}
    file = town.file(
        **words, owner=HOSTILE[:290], stance="changed", fixed=[Fixed(both, both)], expected=[Expected("e1", line)],
        phases=[Planned("drafting", town.day(-20), town.day(12), line)],
    )  # fmt: skip
    await town.publish("hostile", file, days=20)
    first = Section("s", both, line)
    await town.version("hostile", [first, Section("gone", both, line)], days=18)
    await town.version("hostile", [Section("s", said(*[f"{long} nieuw"] * 4), line)], line, days=17)
    given = {"permissions": {"quote": True}, "page": f"https://a.example/{HOSTILE}", "decision": "hostile"}
    sent = [(await product.send(text=long, effect="harder", **given)).json() for _ in range(2)]
    voices = [one["id"] for one in sent]
    theme = await town.theme("hostile", line, voices, quoted=1)
    await town.answer([theme], "handed", both, did_not_know=both, handed_to=HOSTILE[:290])
    await town.store.sections.link(
        town.store.decisions.by_key("hostile"), section="s", version=2, before=said(HOSTILE, HOSTILE),
        after=said(f"{'x' * 50} nieuw", f"{'x' * 50} nieuw"), themes=[theme], now=town.now, by="Ann",
    )  # fmt: skip
    await product.send(text=long, effect="helps", **given)
    await town_of(product).step("hostile", "decided", text=both, anyway=Anyway(both, line))

    visitor = await visit(product.url + "/d/hostile?lang=nl", viewport=NARROW, **await signed_in(product, "/brief"))
    window = visitor.page
    for path in ("/d/hostile?lang=nl", "/d/hostile?version=1&lang=fr", "/d?lang=en", "/brief/hostile?lang=de",
                 "/f/page?decision=hostile&section=s&lang=nl"):  # fmt: skip
        await window.goto(product.url + path)
        assert await visitor.sideways() <= 0, path
        main = window.locator("main")
        assert SHOWN in await main.inner_text(), path
        assert await main.locator("script, img").count() == 0
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", await window.content()), path
    await window.goto(product.url + "/d/hostile?lang=nl")
    quote = window.locator("blockquote.words").first
    assert (await quote.inner_text()).endswith("x" * 100)
    for part in ("h1", "#decided + .body", ".label", ".stance", ".fixed", "#section-s", ".trail", ".telling.unsettled"):
        await expect(window.locator(part).first).to_contain_text("<script>alert(1)</script>")
    feed = (await product.client.get("/d/hostile.atom?lang=nl")).text
    assert "<script" not in feed and "&lt;script&gt;" in feed


async def invited(run: Running, address: str) -> str:
    town = town_of(run)
    who = Inviting(address, "Ann Peeters", "Mobility office", "editor")
    _, secret = await town.store.members.invite(town.agency.id, who, now=town.now, by=None)
    return secret


async def test_a_colleague_joins_and_comes_back_by_keyboard_alone(visit: Visit, product: Running) -> None:
    secret = await invited(product, "ann@town.example")
    joining = await visit(f"{product.url}/join?lang=nl#{secret}")
    window, keys = joining.page, joining.page.keyboard
    await expect(window.locator("#password")).to_be_focused()
    assert secret not in window.url and await joining.axe() == []
    await keys.type("te kort")
    await keys.press("Enter")
    assert await window.locator("#password").evaluate("e => e.validity.tooShort"), "the browser says it before we do"
    await keys.press("Control+a")
    await keys.type(PASSWORD)
    await keys.press("Enter")
    await window.wait_for_url("**/dashboard*")

    coming = await visit(product.url + "/sign-in?lang=nl")
    window, keys = coming.page, coming.page.keyboard
    while await window.evaluate("document.activeElement.id") != "email":
        await keys.press("Tab")
    await keys.type("ann@town.example")
    await keys.press("Tab")
    await keys.type("niet dit wachtwoord")
    await keys.press("Enter")
    alert = window.get_by_role("alert")
    await expect(alert).to_have_text("Het e-mailadres of het wachtwoord klopt niet.")
    password = window.locator("#password")
    await expect(password).to_have_attribute("aria-describedby", "problem")
    await expect(window.locator("#email")).to_have_value("ann@town.example")
    await expect(password).to_have_value("")
    assert await coming.axe() == []
    coming.problems[:] = [problem for problem in coming.problems if "401" not in problem]
    await password.focus()
    await keys.type(PASSWORD)
    await keys.press("Tab")
    await keys.press("Space")
    await expect(password).to_have_attribute("type", "text")
    await password.press("Enter")
    await window.wait_for_url("**/dashboard*")


async def test_a_link_signs_in_once_and_only_when_it_is_pressed_and_a_token_as_often_as_one_likes(
    visit: Visit, product: Running
) -> None:
    town = town_of(product)
    number, token = await town.store.tokens.create(town.agency.id, "viewer", name="Team", now=town.now)
    link = await town.store.tokens.create_link(number, now=town.now)
    for scripts in (False, True):
        preview = await visit(f"{product.url}/sign-in?link={link}&lang=nl", java_script_enabled=scripts)
        await expect(preview.page.get_by_text("Deze link meldt u één keer aan.")).to_be_visible()
    await preview.page.keyboard.press("Tab")
    await preview.page.get_by_role("button", name="Aanmelden").press("Enter")
    await preview.page.wait_for_url("**/dashboard*")
    again = await visit(f"{product.url}/sign-in?link={link}&lang=nl", java_script_enabled=False)
    await again.page.get_by_role("button", name="Aanmelden").click()
    await expect(again.page.get_by_role("alert")).to_be_visible()
    await expect(again.page.locator("#email")).to_be_visible()
    await again.page.locator("#token").fill(token)
    await again.page.locator("#token").press("Enter")
    await again.page.wait_for_url("**/dashboard*")
    again.problems[:] = [problem for problem in again.problems if "401" not in problem]


async def test_without_javascript_an_invitation_is_pasted_whole(visit: Visit, product: Running) -> None:
    secret = await invited(product, "els@town.example")
    visitor = await visit(product.url + "/join?lang=fr", java_script_enabled=False, viewport=NARROW)
    await visitor.page.locator("#invitation").fill(f"{product.url}/join#{secret}")
    await visitor.page.locator("#password").fill(PASSWORD)
    await visitor.page.locator("#password").press("Enter")
    await visitor.page.wait_for_url("**/dashboard*")
