"""The widget on other people's pages, in a real browser."""

from __future__ import annotations

import asyncio
import json

import pytest

from collector import WIDGET_VERSION
from collector.agency import LANGUAGES
from tests.e2e.conftest import Host, Visit, Visitor
from tests.patience import PATIENCE
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

PRESS = {"nl": "Met moeite", "fr": "Avec difficulté", "de": "Mit Mühe", "en": "With difficulty"}
SEND = {"nl": "Mijn woorden versturen", "fr": "Envoyer mes mots", "de": "Meine Worte senden", "en": "Send my words"}


def page(run: Running, *, tags: str = "", lang: str = "nl", style: str = "", placement: str = "page") -> str:
    """A host page with the widget, or with the tags given."""
    tag = tags or (
        f'<tijdens-feedback placement="{placement}" collector="{run.url}">'
        f'<a href="{run.url}/f/{placement}">Zeg het ons</a></tijdens-feedback>'
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Host</title>{style}'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f'<body><main><h1>Een dienst</h1>{tag}</main><script type="module" nonce="abc" src="{run.url}/widget/v1/tijdens.js">'
        "</script></body></html>"
    )


async def on_host(visit: Visit, host: Host, product: Running, html: str = "", **options: object) -> Visitor:
    """Opens the host's page; its origin is listed by the placement."""
    agencies, now = product.app.parts.store.agencies, product.app.parts.now()
    if not agencies.known_origin(host.url):
        agency = agencies.by_key("town")
        await agencies.create_placement(agency, "host", origins=[host.url], now=now)
        await agencies.create_placement(agency, "found", origins=[host.url], question="found", now=now)
        await agencies.create_placement(agency, "reason", origins=[host.url], question="reason", now=now)
        await agencies.create_placement(agency, "effect", origins=[host.url], question="effect", now=now)
        await agencies.create_placement(agency, "rated", origins=[host.url], gateway=True, now=now)
    host.html = html or page(product, placement="host")
    return await visit(host.url + "/dienst?geheim=1#deel", allowed=[product.url], **options)


async def stored(product: Running) -> list[dict[str, object]]:
    response = await product.client.get("/api/submissions", headers=product.bearer())
    found: list[dict[str, object]] = response.json()["items"]
    return found


async def until(condition: object, seconds: float = 5.0 * PATIENCE) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # type: ignore[operator]
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_one_press_sends_and_words_give_a_receipt_in_every_language(
    visit: Visit, host: Host, product: Running, lang: str
) -> None:
    visitor = await on_host(visit, host, product, page(product, placement="host", lang=lang))
    window = visitor.page
    await window.get_by_role("button", name=PRESS[lang]).click()
    await window.get_by_role("textbox").wait_for()
    (pressed,) = await stored(product)
    assert (pressed["outcome"], pressed["text"], pressed["language"]) == ("hard", None, lang)
    assert pressed["page"] == host.url + "/dienst"
    await window.get_by_role("radio").nth(1).check()
    await window.get_by_role("checkbox").nth(2).check()
    await window.get_by_role("textbox").fill("Ik schrijf iets. مرحبا")
    await window.get_by_role("button", name=SEND[lang]).click()
    code = window.locator(".code")
    await code.wait_for()
    (worded,) = await stored(product)
    assert (worded["text"], worded["another_way"], worded["impact"]) == ("Ik schrijf iets. مرحبا", "help", ["right"])
    assert (await product.receipt(await code.inner_text())).json()["id"] == worded["id"]
    assert await visitor.axe() == []


@pytest.mark.parametrize(("placement", "answers"), [("found", 3), ("reason", 6), ("effect", 4), ("rated", 3)])
async def test_each_question_has_its_answers_and_axe_finds_nothing(
    visit: Visit, host: Host, product: Running, placement: str, answers: int
) -> None:
    await on_host(visit, host, product)
    visitor = await on_host(visit, host, product, page(product, placement=placement))
    buttons = visitor.page.locator(".answers button")
    await buttons.first.wait_for()
    assert await buttons.count() == answers
    assert await visitor.axe() == []
    await buttons.nth(2).click()
    await visitor.page.get_by_role("textbox").wait_for()
    assert await visitor.page.locator("fieldset").first.is_visible()
    assert await visitor.axe() == []


async def test_it_works_under_the_strictest_content_policy(visit: Visit, host: Host, product: Running) -> None:
    host.headers["content-security-policy"] = (
        f"default-src 'none'; script-src 'nonce-abc'; connect-src {product.url}; style-src 'none'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    visitor = await on_host(visit, host, product)
    await visitor.page.get_by_role("button", name="Nee").click()
    await visitor.page.get_by_role("textbox").fill("Het lukte niet.")
    await visitor.page.get_by_role("button", name=SEND["nl"]).click()
    await visitor.page.locator(".code").wait_for()
    assert len(await stored(product)) == 1
    color = await visitor.page.locator(".link").first.evaluate("e => getComputedStyle(e).color")
    assert color == "rgb(11, 107, 99)"


async def test_a_policy_that_forbids_it_leaves_the_link_and_the_page_unharmed(
    visit: Visit, host: Host, product: Running
) -> None:
    host.headers["content-security-policy"] = "default-src 'none'; script-src 'nonce-abc'"
    visitor = await on_host(visit, host, product)
    await visitor.page.wait_for_timeout(300)
    assert await visitor.page.get_by_role("link", name="Zeg het ons").is_visible()
    assert all("Content Security Policy" in problem for problem in visitor.problems)
    visitor.problems.clear()


async def test_hostile_styles_do_not_reach_it(visit: Visit, host: Host, product: Running) -> None:
    style = "<style>* { all: unset !important } button { display: none !important } html { font-size: 40px }</style>"
    visitor = await on_host(visit, host, product, page(product, placement="host", style=style))
    button = visitor.page.get_by_role("button", name="Ja")
    await button.wait_for()
    box = await button.bounding_box()
    assert box is not None and box["height"] >= 44
    assert await button.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


async def test_nothing_is_stored_in_the_browser_and_nothing_is_asked_before_the_press(
    visit: Visit, host: Host, product: Running
) -> None:
    asked: list[str] = []
    visitor = await on_host(visit, host, product, "<!doctype html><title>leeg</title>")
    visitor.page.on("request", lambda request: asked.append(request.url.removeprefix(product.url)))
    host.html = page(product, placement="host")
    await visitor.page.reload()
    await visitor.page.get_by_role("button", name="Ja").wait_for()
    await visitor.page.wait_for_timeout(300)
    own = [url for url in asked if not url.startswith("http")]
    assert own == ["/widget/v1/tijdens.js", f"/widget/{WIDGET_VERSION}/tijdens.js", "/api/placements/host?language=nl"]
    await visitor.page.get_by_role("button", name="Ja").click()
    await visitor.page.get_by_role("textbox").wait_for()
    kept = await visitor.page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
    assert kept == ["", 0, 0]
    assert await visitor.context.cookies() == []


async def test_a_double_click_is_one_submission(visit: Visit, host: Host, product: Running) -> None:
    visitor = await on_host(visit, host, product)
    await visitor.page.get_by_role("button", name="Nee").dblclick()
    await visitor.page.get_by_role("textbox").wait_for()
    assert len(await stored(product)) == 1


async def test_undo_leaves_nothing(visit: Visit, host: Host, product: Running) -> None:
    visitor = await on_host(visit, host, product)
    await visitor.page.get_by_role("button", name="Nee").click()
    await visitor.page.get_by_role("button", name="Ongedaan maken").click()
    await visitor.page.get_by_text("Ongedaan gemaakt").wait_for()
    assert await stored(product) == []


async def test_with_the_collector_away_words_stay_and_go_once_when_it_is_back(
    visit: Visit, host: Host, product: Running
) -> None:
    visitor = await on_host(visit, host, product)
    window = visitor.page
    await window.get_by_role("button", name="Ja").hover()
    await window.get_by_role("button", name="Nee").click()
    await window.get_by_role("textbox").fill("Dit mag niet weg.")
    away = True

    async def gate(route: object) -> None:
        await (route.abort() if away else route.continue_())  # type: ignore[attr-defined]

    await window.route("**/api/receipt", gate)
    await window.get_by_role("button", name=SEND["nl"]).click()
    await window.get_by_text("We konden het nog niet versturen").wait_for()
    assert await window.get_by_role("textbox").input_value() == "Dit mag niet weg."
    assert await window.get_by_role("link", name="Of gebruik het gewone formulier").is_visible()
    assert await window.get_by_role("link", name="+32 2 555 01 23").is_visible()
    away = False
    await window.evaluate("dispatchEvent(new Event('online'))")
    await window.locator(".code").wait_for()
    assert [one["text"] for one in await stored(product)] == ["Dit mag niet weg."]
    assert all("ERR_FAILED" in problem for problem in visitor.problems)
    visitor.problems.clear()


async def test_two_placements_on_one_page_do_not_meet(visit: Visit, host: Host, product: Running) -> None:
    await on_host(visit, host, product)
    tags = "".join(
        f'<tijdens-feedback placement="{key}" collector="{product.url}"></tijdens-feedback>'
        for key in ("host", "reason")
    )
    visitor = await on_host(visit, host, product, page(product, tags=tags))
    await visitor.page.get_by_role("button", name="Ja", exact=True).click()
    await visitor.page.get_by_role("button", name="Het was niet duidelijk").click()
    await visitor.page.get_by_role("textbox").nth(1).wait_for()
    assert {one["placement"] for one in await stored(product)} == {"host", "reason"}
    assert await visitor.axe() == []


async def test_the_language_can_be_switched_without_losing_what_was_typed(
    visit: Visit, host: Host, product: Running
) -> None:
    visitor = await on_host(visit, host, product)
    await visitor.page.get_by_role("button", name="Nee").click()
    await visitor.page.get_by_role("textbox").fill("Blijft staan")
    await visitor.page.evaluate("document.querySelector('tijdens-feedback').setAttribute('lang', 'fr')")
    await visitor.page.get_by_role("button", name=SEND["fr"]).wait_for()
    assert await visitor.page.get_by_role("textbox").input_value() == "Blijft staan"


async def test_a_national_number_is_pointed_at_while_typing_and_masked_on_request(
    visit: Visit, host: Host, product: Running
) -> None:
    visitor = await on_host(visit, host, product)
    await visitor.page.get_by_role("button", name="Nee").click()
    await visitor.page.get_by_role("textbox").fill("mijn nummer is 85.07.30-033.28")
    await visitor.page.get_by_role("button", name="Onleesbaar maken").click()
    assert await visitor.page.get_by_role("textbox").input_value() == "mijn nummer is [national number]"


async def test_it_works_by_keyboard_alone(visit: Visit, host: Host, product: Running) -> None:
    visitor = await on_host(visit, host, product)
    window = visitor.page
    await window.get_by_role("button", name="Ja").wait_for()
    for key in ("Tab", "Tab", "Tab", "Enter"):
        await window.keyboard.press(key)
    await window.get_by_role("textbox").wait_for()
    await window.keyboard.press("Tab")
    await window.keyboard.type("Met het toetsenbord")
    for key in ("Tab", "ArrowDown", "Tab", "Space"):
        await window.keyboard.press(key)
    await window.get_by_role("button", name=SEND["nl"]).focus()
    await window.keyboard.press("Enter")
    await window.locator(".code").wait_for()
    (one,) = await stored(product)
    assert (one["outcome"], one["text"]) == ("no", "Met het toetsenbord")


@pytest.mark.parametrize("look", [{"forced_colors": "active"}, {"color_scheme": "dark"}, {"reduced_motion": "reduce"}])
async def test_narrow_and_in_other_colours_it_fits_and_its_targets_are_large(
    visit: Visit, host: Host, product: Running, look: dict[str, str]
) -> None:
    visitor = await on_host(visit, host, product, viewport={"width": 320, "height": 700}, **look)
    for name in ("Met moeite",):
        await visitor.page.get_by_role("button", name=name).click()
    await visitor.page.get_by_role("textbox").fill("Smal")
    await visitor.page.get_by_role("radio").nth(2).check()
    sizes = await visitor.page.locator("button:not(.link), label:has(input)").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    assert await visitor.sideways() <= 0
    await visitor.page.get_by_role("button", name=SEND["nl"]).click()
    await visitor.page.locator(".code").wait_for()
    assert await visitor.sideways() <= 0


async def test_without_javascript_the_link_leads_to_the_same_questions_and_a_receipt(
    visit: Visit, host: Host, product: Running
) -> None:
    visitor = await on_host(visit, host, product, java_script_enabled=False)
    window = visitor.page
    await window.get_by_role("link", name="Zeg het ons").click()
    await window.get_by_role("button", name="Met moeite").click()
    await window.get_by_role("textbox").fill("Zonder script, bel 0470 12 34 56")
    await window.get_by_role("radio").nth(1).check()
    await window.get_by_role("button", name=SEND["nl"]).click()
    code = await window.locator("p.code").inner_text()
    assert "+32 2 555 01 23" in await window.locator("p.notice").inner_text()
    (one,) = await stored(product)
    assert (one["text"], one["channel"], one["another_way"]) == ("Zonder script, bel [phone]", "form", "help")
    assert (await product.receipt(code)).json()["id"] == one["id"]


async def test_the_events_tell_the_host_page(visit: Visit, host: Host, product: Running) -> None:
    visitor = await on_host(visit, host, product)
    await visitor.page.evaluate(
        "addEventListener('tijdens-submitted', event => { document.title = JSON.stringify(event.detail) })"
    )
    await visitor.page.get_by_role("button", name="Ja").click()
    await visitor.page.get_by_role("textbox").wait_for()
    (one,) = await stored(product)
    assert json.loads(await visitor.page.title()) == {"id": one["id"]}


async def test_on_a_page_from_right_to_left_it_keeps_the_direction_of_its_own_language(
    visit: Visit, host: Host, product: Running
) -> None:
    tag = f'<tijdens-feedback placement="host" lang="nl" collector="{product.url}"></tijdens-feedback>'
    html = page(product, tags=f'<div dir="rtl">{tag}</div>')
    visitor = await on_host(visit, host, product, html, viewport={"width": 320, "height": 700})
    await visitor.page.get_by_role("button", name="Nee").click()
    words = visitor.page.get_by_role("textbox")
    await words.wait_for()
    assert await words.evaluate("field => getComputedStyle(field.closest('section') ?? field).direction") == "ltr"
    assert await visitor.sideways() <= 0
    assert await visitor.axe() == []


async def test_floating_is_a_box_in_the_corner_that_stays_on_the_screen(
    visit: Visit, host: Host, product: Running
) -> None:
    tag = f'<tijdens-feedback float placement="host" lang="nl" collector="{product.url}"></tijdens-feedback>'
    for width in (320, 1280):
        size = {"width": width, "height": 700}
        visitor = await on_host(visit, host, product, page(product, tags=tag), viewport=size)
        await visitor.page.get_by_role("button", name="Nee").wait_for()
        box = await visitor.page.locator("tijdens-feedback").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width - 15 and box["y"] + box["height"] <= 685
        assert box["width"] <= 420
        await visitor.page.get_by_role("button", name="Nee").click()
        await visitor.page.get_by_role("textbox").wait_for()
        opened = await visitor.page.locator("tijdens-feedback").bounding_box()
        assert opened and opened["height"] <= 700 * 0.8 + 1 and opened["y"] >= 0
        assert await visitor.sideways() <= 0


@pytest.mark.parametrize("attribute", ["", "float"])
async def test_hostile_styles_reach_none_of_its_screens(
    visit: Visit, host: Host, product: Running, attribute: str
) -> None:
    style = (
        "<style>* { all: unset !important } tijdens-feedback { color: red !important; position: static !important }"
        " section, form, button, textarea, label { display: none !important }</style>"
    )
    tag = f'<tijdens-feedback {attribute} placement="host" lang="nl" collector="{product.url}"></tijdens-feedback>'
    visitor = await on_host(visit, host, product, page(product, tags=tag, style=style))
    window = visitor.page
    await window.get_by_role("button", name="Nee").click()
    await window.get_by_role("textbox").fill("Ondanks alles")
    await window.get_by_role("radio").nth(1).check()
    await window.get_by_role("checkbox").first.check()
    send = window.get_by_role("button", name=SEND["nl"])
    assert await send.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(11, 107, 99)"
    box, field = await send.bounding_box(), await window.get_by_role("textbox").bounding_box()
    assert box is not None and box["height"] >= 44
    assert field is not None and field["width"] > 250
    position = await window.locator("tijdens-feedback").evaluate("e => getComputedStyle(e).position")
    assert position == ("fixed" if attribute else "static")
    await send.click()
    await window.locator(".code").wait_for()
    assert await window.locator(".code").evaluate("e => getComputedStyle(e).fontFamily") != ""
    assert [one["text"] for one in await stored(product)] == ["Ondanks alles"]


async def test_the_live_notice_stands_on_top_in_ones_language_until_its_time(
    visit: Visit, host: Host, product: Running
) -> None:
    await on_host(visit, host, product)
    address = "/api/placements/host/notice"
    text = {"nl": "We weten het: betalen lukt niet sinds 22.40 uur.", "fr": "Nous le savons : le paiement échoue."}
    answer = await product.client.put(address, json={"text": text}, headers=product.bearer())
    assert answer.status_code == 204
    visitor = await on_host(visit, host, product)
    window, note = visitor.page, visitor.page.get_by_role("note")
    await note.wait_for()
    assert await note.inner_text() == text["nl"]
    top, question = await note.bounding_box(), await window.get_by_role("heading", level=2).bounding_box()
    assert top is not None and question is not None and top["y"] < question["y"]
    await window.evaluate("document.querySelector('tijdens-feedback').lang = 'fr'")
    await window.get_by_text(text["fr"]).wait_for()
    await window.get_by_role("button", name=PRESS["fr"]).click()
    await window.get_by_role("textbox").wait_for()
    assert await note.is_visible()
    assert await visitor.axe() == []
    over = {"text": text, "until": product.app.parts.now() - 1000}
    assert (await product.client.put(address, json=over, headers=product.bearer())).status_code == 204
    later = await on_host(visit, host, product)
    await later.page.get_by_role("button", name=PRESS["nl"]).wait_for()
    assert await later.page.get_by_role("note").count() == 0
