"""Every public page: axe, 320 px, four languages, light and dark, and the receipt from end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from collector.agency import LANGUAGES
from collector.commands.sample import fill
from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND
from tests.start import Running, running

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = ("/f/page", "/r", "/d", "/privacy/town", "/sign-in", "/docs")


# of each tag two operations stay: a hundred of the same form would only take axe a minute
_TWO_OF_EACH = """() => { for (const heading of document.querySelectorAll("main h2")) {
  let number = 0;
  for (let next = heading.nextElementSibling; next?.matches("section");) {
    const section = next;
    next = section.nextElementSibling;
    if (++number > 2) section.remove();
  } } }"""


@pytest.mark.parametrize("path", PAGES)
async def test_axe_finds_nothing_and_it_fits_in_320_pixels(visit: Visit, product: Running, path: str) -> None:
    visitor = await visit(product.url + path, viewport={"width": 320, "height": 700})
    assert await visitor.sideways() <= 0
    if path == "/docs":
        await visitor.page.evaluate(_TWO_OF_EACH)
    assert await visitor.axe(dark=True) == []
    assert "default-src 'none'" in (await product.client.get(path)).headers["content-security-policy"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_language_is_named_in_the_page_and_its_words_are_there(
    visit: Visit, product: Running, language: str
) -> None:
    visitor = await visit(product.url + "/d")
    for path in PAGES:
        await visitor.page.goto(f"{product.url}{path}?lang={language}")
        assert await visitor.page.locator("html").get_attribute("lang") == language
        assert "{" not in await visitor.page.locator("main").inner_text() or path == "/docs"


async def test_four_hundred_percent_zoom_loses_nothing(visit: Visit, product: Running) -> None:
    visitor = await visit(product.url + "/f/page", viewport={"width": 320, "height": 256}, device_scale_factor=4)
    assert await visitor.sideways() <= 0
    await visitor.page.get_by_role("button", name="Nee").click()
    assert await visitor.sideways() <= 0


async def test_the_receipt_opens_from_the_fragment_shows_a_step_by_itself_and_erases(
    visit: Visit, product: Running
) -> None:
    told = (await product.send(outcome="no", text="Ik kon niet aanmelden.", language="nl")).json()
    visitor = await visit(f"{product.url}/r")
    window = visitor.page
    await window.goto(f"{product.url}/r#content")  # where the link over the menu leads
    await window.goto(f"{product.url}/r#{told['receipt']}")  # from the same page, as who pastes the address does
    await window.get_by_text("Ik kon niet aanmelden.").first.wait_for()
    assert told["receipt"] not in window.url
    assert await visitor.axe() == []
    await window.emulate_media(media="print")
    assert await window.locator("blockquote").is_visible() and await window.locator(".keep .code").is_visible()
    assert await window.locator("button:visible, summary:visible").count() == 0
    await window.emulate_media(media="null")
    patch = {"status": "read", "revision": 1}
    await product.client.patch(f"/api/submissions/{told['id']}", json=patch, headers=product.bearer())
    await window.get_by_text("Gelezen door Team editor").wait_for(timeout=8 * SECOND)
    await window.get_by_text("zojuist").first.wait_for()
    await window.locator("summary", has_text="Wissen").click()
    await window.get_by_role("button", name="Ja, alles wissen").click()
    await window.get_by_text("Gewist op").wait_for()
    assert "Ik kon niet aanmelden." not in await window.content()
    listed = (await product.client.get("/api/submissions", headers=product.bearer())).json()
    assert listed["items"] == []


async def test_a_mistyped_code_is_told_by_its_group_and_what_was_typed_stays(visit: Visit, product: Running) -> None:
    code: str = (await product.send(outcome="no")).json()["receipt"]
    wrong = code[:7] + ("0" if code[7] != "0" else "1") + code[8:]
    visitor = await visit(product.url + "/r", java_script_enabled=False)
    await visitor.page.get_by_label("Uw code").fill(wrong)
    await visitor.page.get_by_role("button", name="Tonen").click()
    assert "Kijk deze groep na: 2." in await visitor.page.get_by_role("alert").inner_text()
    assert await visitor.page.get_by_label("Uw code").input_value() == wrong
    visitor.problems.clear()


async def test_a_filled_honeypot_stores_nothing_and_says_why(visit: Visit, product: Running) -> None:
    visitor = await visit(product.url + "/f/page?lang=nl", java_script_enabled=False)
    await visitor.page.locator("input[name=website]").fill("http://spam.example", force=True)
    await visitor.page.get_by_role("button", name="Nee").click()
    assert "robots" in await visitor.page.locator("main").inner_text()
    assert (await product.client.get("/api/counts", headers=product.bearer())).json()["presses"] == 0
    assert 'tijdens_refusals_total{reason="robot"}' in (await product.client.get("/metrics")).text
    visitor.problems.clear()


async def test_signing_in_leads_to_the_dashboard(visit: Visit, product: Running) -> None:
    visitor = await visit(product.url + "/sign-in?lang=nl")
    await visitor.page.get_by_label("Uw token").fill("verkeerd")
    await visitor.page.get_by_label("Uw token").press("Enter")
    await visitor.page.get_by_role("alert").wait_for()
    visitor.problems.clear()
    await visitor.page.get_by_label("Uw token").fill(product.tokens["editor"])
    await visitor.page.get_by_label("Uw token").press("Enter")
    await visitor.page.wait_for_url("**/dashboard*")


async def test_stored_scripts_stay_text_on_every_page(visit: Visit, product: Running) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}\"'><svg onload=alert(3)>"
    told = (await product.send(text=hostile, page="https://a.example/<script>alert(4)</script>")).json()
    visitor = await visit(f"{product.url}/r#{told['receipt']}")
    await visitor.page.locator("blockquote").wait_for()
    assert await visitor.page.locator("blockquote").inner_text() == hostile
    await visitor.page.wait_for_timeout(300)


async def test_the_demo_shows_both_sides_and_one_press_left_stands_right_in_the_same_second(
    visit: Visit, tmp_path: Path
) -> None:
    saved = tmp_path / "try"
    saved.mkdir()
    (saved / "mine.html").write_text(
        "<html lang=nl><title>Mijn</title><main><h1>Mijn pagina</h1><script>alert(1)</script></main>"
    )
    async with running(tmp_path / "demo", populate=False, demo=True, try_folder=saved) as run:
        parts = run.app.parts
        await fill(parts.store, parts.keys, run.url, parts.now())
        token, _ = await parts.store.tokens.create(1, "editor", name="Sample team", now=parts.now())
        await parts.store.set_meta("demo_token", str(token))
        visitor = await visit(run.url + "/demo?lang=nl", viewport={"width": 1440, "height": 1000})
        left = visitor.page.frame_locator("iframe").first
        right = visitor.page.frame_locator("iframe").nth(1)
        await right.get_by_role("article").first.wait_for()
        await left.get_by_role("button", name="Verwarmingstoelage").click()
        await left.get_by_role("button", name="Het zou het voor mij moeilijker maken").click()
        own = left.locator("form", has_text="Wat moeten wij weten")  # beside it waits a question of the office
        await own.get_by_role("textbox").fill("Een stem uit de telefoon links.")
        await own.get_by_role("button", name="Mijn woorden versturen").click()
        await (
            right.get_by_text("1 nieuwe")
            .first.or_(right.get_by_text("Een stem uit de telefoon links."))
            .first.wait_for(timeout=2 * SECOND)
        )
        for show in ("date", "mean", "tijdens"):
            page = await visit(f"{run.url}/demo?show={show}&lang=nl")
            assert await page.axe() == [], show
            if show != "tijdens":
                await page.context.close()
        first = page.page.locator(".voices li").first
        assert "drie maanden" in await first.inner_text()
        tried = await visit(run.url + "/try/mine.html")
        await tried.page.get_by_role("button", name="Verwarmingstoelage").wait_for()
        assert all("Content Security Policy" in problem for problem in tried.problems)
        tried.problems.clear()
        assert (await run.client.get("/try/..%2fsecret.html")).status_code == 404
        for window in (visitor, page, tried):
            await window.context.close()
