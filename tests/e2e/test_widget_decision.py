"""Decisions in the widget, on other people's pages, in a real browser."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from collector import WIDGET_VERSION
from collector.agency import LANGUAGES
from collector.decision import Fixed, Planned
from collector.section import Section
from collector.submission import Permissions
from tests.e2e.conftest import Host, Visit, Visitor
from tests.e2e.test_widget import SEND, page, stored, until
from tests.patience import PATIENCE
from tests.start import Running
from tests.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="session")

HARDER = {
    "nl": "Het zou het voor mij moeilijker maken",
    "fr": "Ce serait plus difficile pour moi",
    "de": "Es würde für mich schwieriger",
    "en": "It would make things harder for me",
}
NAMES = {
    "nl": "De verwarmingstoelage alleen nog online?",
    "fr": "L'allocation de chauffage uniquement en ligne ?",
    "de": "Die Heizbeihilfe nur noch online?",
    "en": "The heating allowance online only?",
}
OPEN_TEXTS = {
    "nl": "Hoe iemand zonder internet de toelage aanvraagt.",
    "fr": "Comment quelqu'un sans internet demande l'allocation.",
    "de": "Wie jemand ohne Internet die Beihilfe beantragt.",
    "en": "How somebody without internet applies for the allowance.",
}
UNTIL = {
    "nl": "U kunt reageren tot en met 14 maart 2090. Het team antwoordt voor het beslist.",
    "fr": "Vous pouvez réagir jusqu'au 14 mars 2090 inclus. L'équipe répond avant de décider.",
    "de": "Sie können bis einschließlich 14. März 2090 reagieren. Das Team antwortet, bevor es entscheidet.",
    "en": "You can react until 14 March 2090. The team answers before it decides.",
}
LATE = "Uw woorden gaan naar de evaluatie en het team krijgt ze te zien."


def all_of(text: str) -> dict[str, str]:
    return {language: f"{text} ({language})" for language in LANGUAGES}


SECTIONS = [
    Section("art-1", all_of("De aanvraag gebeurt online."), all_of("Artikel 1")),
    Section("art-2", all_of("Er is een loket in elke gemeente."), all_of("Artikel 2")),
]


async def town(product: Running, host: Host, question: str = "outcome") -> Town:
    """The town, with a placement `deciding` on the host's pages."""
    found = Town(product.app.parts.store, product.app.parts.now())
    if not found.store.agencies.known_origin(host.url):
        await found.store.agencies.create_placement(
            found.agency, "deciding", origins=[host.url], question=question, now=found.now
        )
    return found


async def heating(product: Running, host: Host, *, question: str = "effect", **fields: Any) -> Town:
    """A decision that is open until 2090, being drafted, with a text in two sections."""
    found = await town(product, host, question)
    given = {
        "title": NAMES,
        "open": OPEN_TEXTS,
        "gain": all_of("Niemand verliest de toelage."),
        "until": "2090-03-14",
        "owner": "De minister van Energie",
        "fixed": [Fixed(all_of("Het budget ligt vast."), all_of("Het parlement heeft het gestemd."))],
        "phases": [Planned("drafting", found.day(-30), None, all_of("Welke weg mist u?"))],
        "placements": ["deciding"],
    }
    await found.publish("heating", found.file(**given | fields))
    await found.version("heating", SECTIONS)
    return found


async def look(
    visit: Visit, host: Host, product: Running, *, tag: str = "", at: str = "/dienst?geheim=1", **options: Any
) -> Visitor:
    """Opens the host's page, with the attributes of `tag` in the tag."""
    made = (
        f'<tijdens-feedback placement="deciding" collector="{product.url}" {tag}>'
        f'<a href="{product.url}/f/deciding">Zeg het</a></tijdens-feedback>'
    )
    host.html = page(product, tags=made, lang=options.pop("lang", "nl"), style=options.pop("style", ""))
    return await visit(host.url + at, allowed=[product.url], **options)


def line(visitor: Visitor) -> Any:
    return visitor.page.locator(".line").first


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_one_line_says_until_when_and_what_is_promised_and_unfolds_to_words_and_a_receipt(
    visit: Visit, host: Host, product: Running, lang: str
) -> None:
    await heating(product, host)
    visitor = await look(visit, host, product, lang=lang)
    window = visitor.page
    await line(visitor).wait_for()
    assert await line(visitor).inner_text() == f"{NAMES[lang]}\n{UNTIL[lang]}"
    assert await window.locator(".answers").count() == 0
    assert await visitor.axe() == []
    await line(visitor).click()
    await window.get_by_text(OPEN_TEXTS[lang]).wait_for()
    for text in (f"Het budget ligt vast. ({lang})", f"Het parlement heeft het gestemd. ({lang})", "De minister van Energie",
                 "The desk", f"Welke weg mist u? ({lang})"):  # fmt: skip
        assert await window.get_by_text(text).count() == 1, text
    assert await window.locator(".about a").get_attribute("href") == f"{product.url}/d/heating?lang={lang}"
    assert await visitor.axe() == []
    await window.get_by_role("button", name=HARDER[lang]).first.click()
    await window.get_by_role("textbox").fill("Mijn moeder heeft geen computer.")
    assert await visitor.axe() == []
    await window.get_by_role("button", name=SEND[lang]).click()
    code = window.locator(".code")
    await code.wait_for()
    (one,) = await stored(product)
    assert (one["effect"], one["decision"], one["phase"], one["version"], one["section"]) == (
        "harder", "heating", "drafting", 1, None,
    )  # fmt: skip
    assert one["text"] == "Mijn moeder heeft geen computer."
    assert one["page"] == host.url + "/dienst"
    assert (await product.receipt(await code.inner_text())).status_code == 200
    assert await visitor.axe() == []


async def test_nothing_is_asked_before_it_is_unfolded_and_no_socket_opens(
    visit: Visit, host: Host, product: Running
) -> None:
    await heating(product, host)
    asked: list[str] = []
    visitor = await look(visit, host, product)
    visitor.page.on("request", lambda request: asked.append(request.url.removeprefix(product.url)))
    await visitor.page.reload()
    await line(visitor).wait_for()
    await visitor.page.wait_for_timeout(300)
    own = f"/widget/{WIDGET_VERSION}"
    assert {url for url in asked if not url.startswith("http")} == {
        "/widget/v1/tijdens.js", f"{own}/tijdens.js", "/api/placements/deciding?language=nl", f"{own}/line.js",
        f"{own}/which.js",
    }  # fmt: skip
    assert product.app.parts.acts.size == 0
    asked.clear()
    await line(visitor).click()
    await until(lambda: listeners(product, 1))
    assert "/api/decisions/heating/outline?language=nl" in asked
    await line(visitor).click()
    await until(lambda: listeners(product, 0))
    await line(visitor).click()
    await until(lambda: listeners(product, 1))


async def listeners(product: Running, number: int) -> bool:
    return product.app.parts.acts.size == number


async def test_one_reacts_to_a_paragraph_of_the_text_and_to_a_section_with_what_was_typed_kept(
    visit: Visit, host: Host, product: Running
) -> None:
    found = await heating(product, host)
    uneven = {"nl": "Eerst.\n\nDan.", "fr": "D'abord, puis."}
    await found.version(
        "heating",
        [
            SECTIONS[0],
            Section("art-2", all_of("Er is een loket.\n\nHet is open tot vijf uur."), all_of("Artikel 2")),
            Section("art-3", uneven, all_of("Artikel 3")),
            Section("art-4", all_of("Eén.\n \n\nTwee.")),
        ],
    )
    visitor = await look(visit, host, product)
    window = visitor.page
    await line(visitor).click()
    react = window.get_by_role("button", name="Reageer hierop")
    await react.first.wait_for()
    assert await react.evaluate_all("all => all.map(e => e.ariaLabel)") == [
        "Reageer hierop, Artikel 1 (nl)",
        "Reageer hierop, Artikel 2 (nl), alinea 1", "Reageer hierop, Artikel 2 (nl), alinea 2",
        "Reageer hierop, Artikel 3 (nl)",
        "Reageer hierop, alinea 1", "Reageer hierop, alinea 2",
    ]  # fmt: skip
    await react.nth(2).click()
    await window.get_by_role("button", name=HARDER["nl"]).nth(1).click()
    await window.get_by_role("textbox").fill("Na vijf uur werk ik.")
    await react.nth(0).click()
    await window.get_by_role("button", name="Het zou mij helpen").nth(1).click()
    await window.get_by_role("textbox").nth(1).wait_for()
    assert await window.get_by_role("textbox").nth(1).input_value() == "Na vijf uur werk ik."
    await window.get_by_role("button", name=SEND["nl"]).nth(1).click()
    code = window.locator(".code")
    await code.wait_for()
    told = [
        [one[name] for name in ("section", "paragraph", "effect", "text", "version")] for one in await stored(product)
    ]
    assert told == [["art-1", None, "helps", None, 2], ["art-2", 2, "harder", "Na vijf uur werk ik.", 2]]
    receipt = (await product.receipt(await code.inner_text())).json()
    assert receipt["part"]["text"]["fr"] == "Het is open tot vijf uur. (fr)"
    assert await visitor.axe() == []


async def test_too_late_is_said_before_one_writes_and_the_words_go_to_the_evaluation(
    visit: Visit, host: Host, product: Running
) -> None:
    found = await town(product, host)
    await found.publish("over", found.file(title=NAMES, until=found.day(-2), placements=["deciding"]))
    visitor = await look(visit, host, product)
    window = visitor.page
    await line(visitor).wait_for()
    assert LATE in await line(visitor).inner_text()
    await line(visitor).click()
    await window.locator(".notice", has_text=LATE).wait_for()
    assert await window.get_by_role("textbox").count() == 0
    await window.get_by_role("button", name=HARDER["nl"]).click()
    await window.get_by_label("Wat moeten wij weten voor de evaluatie?").fill("Te laat, en toch.")
    await window.get_by_role("button", name=SEND["nl"]).click()
    await window.locator(".code").wait_for()
    (one,) = await stored(product)
    assert (one["decision"], one["phase"], one["text"]) == ("over", "monitoring", "Te laat, en toch.")


async def test_an_official_act_stands_there_within_two_seconds_and_what_is_typed_stays(
    visit: Visit, host: Host, product: Running
) -> None:
    found = await heating(product, host)
    visitor = await look(visit, host, product)
    window = visitor.page
    await line(visitor).click()
    await window.get_by_role("button", name=HARDER["nl"]).first.click()
    await window.get_by_role("textbox").fill("Ik ben nog aan het schrij")
    await until(lambda: listeners(product, 1))
    loop = asyncio.get_running_loop()
    start = loop.time()
    await found.step("heating", "withdraw", text=all_of("Het voorstel komt anders terug."))
    await window.get_by_text("Zonet: ingetrokken.").wait_for()
    assert loop.time() - start < 2 * PATIENCE
    assert "Het team heeft dit ingetrokken." in await line(visitor).inner_text()
    assert await window.get_by_text("Het voorstel komt anders terug. (nl)").is_visible()
    assert await window.get_by_role("textbox").input_value() == "Ik ben nog aan het schrij"
    assert await window.evaluate("document.activeElement.shadowRoot.activeElement.tagName") == "TEXTAREA"


async def test_a_new_version_leaves_the_section_that_somebody_reacts_to_as_she_saw_it(
    visit: Visit, host: Host, product: Running
) -> None:
    found = await heating(product, host)
    visitor = await look(visit, host, product)
    window = visitor.page
    await line(visitor).click()
    await window.get_by_text("Er is een loket in elke gemeente. (nl)").wait_for()
    await until(lambda: listeners(product, 1))
    await found.version(
        "heating", [SECTIONS[0], Section("art-2", all_of("Er is een loket of een telefoon."), all_of("Artikel 2"))]
    )
    await window.get_by_text("Er is een loket of een telefoon. (nl)").wait_for()
    await window.get_by_role("button", name="Reageer hierop, Artikel 2 (nl)").click()
    await found.version("heating", [SECTIONS[0]])
    await window.get_by_text("Zonet: er is een nieuwe tekst.").wait_for()
    await window.get_by_role("button", name=HARDER["nl"]).nth(1).click()
    await window.get_by_role("textbox").wait_for()
    (one,) = await stored(product)
    assert (one["version"], one["section"]) == (2, "art-2")


async def test_after_ones_own_words_one_other_voice_of_somebody_affected_differently(
    visit: Visit, host: Host, product: Running
) -> None:
    found = await heating(product, host)
    words = "<b>Cela m'aide</b>, je n'aime pas le téléphone."
    ids = await found.voices("heating", 1, words, effect="helps", language="fr", permissions=Permissions(quote=True))
    read = {"status": "read", "revision": 1}
    answer = await product.client.patch(f"/api/submissions/{ids[0]}", json=read, headers=product.bearer())
    assert answer.status_code == 200
    visitor = await look(visit, host, product)
    window = visitor.page
    await line(visitor).click()
    await window.get_by_role("button", name=HARDER["nl"]).first.click()
    await window.get_by_role("textbox").fill("Voor mij niet.")
    assert await window.get_by_text(words).count() == 0
    await window.get_by_role("button", name=SEND["nl"]).click()
    voice = window.get_by_text(words)
    await voice.wait_for()
    assert await voice.get_attribute("lang") == "fr"
    assert await window.get_by_text("Een andere stem, van iemand die dit zou helpen:").is_visible()
    assert await window.locator("blockquote b").count() == 0
    assert await visitor.axe() == []


async def test_it_works_under_the_strictest_content_policy(visit: Visit, host: Host, product: Running) -> None:
    await heating(product, host)
    host.headers["content-security-policy"] = (
        f"default-src 'none'; script-src 'nonce-abc'; connect-src {product.url}; style-src 'none'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    visitor = await look(visit, host, product)
    await line(visitor).click()
    await visitor.page.get_by_role("button", name="Reageer hierop, Artikel 1 (nl)").click()
    await visitor.page.get_by_role("button", name=HARDER["nl"]).nth(1).click()
    await visitor.page.get_by_role("textbox").fill("Onder strenge regels.")
    await visitor.page.get_by_role("button", name=SEND["nl"]).click()
    await visitor.page.locator(".code").wait_for()
    (one,) = await stored(product)
    assert (one["section"], one["text"]) == ("art-1", "Onder strenge regels.")


async def test_it_works_by_keyboard_alone(visit: Visit, host: Host, product: Running) -> None:
    await heating(product, host)
    visitor = await look(visit, host, product)
    keyboard = visitor.page.keyboard
    await line(visitor).wait_for()
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    await visitor.page.get_by_text(OPEN_TEXTS["nl"]).wait_for()
    for key in ("Tab", "Tab", "Tab", "Enter"):
        await keyboard.press(key)
    await visitor.page.get_by_role("textbox").wait_for()
    await keyboard.press("Tab")
    await keyboard.type("Met het toetsenbord")
    for key in ("Tab", "ArrowDown", "Tab", "Space"):
        await keyboard.press(key)
    await visitor.page.get_by_role("button", name=SEND["nl"]).focus()
    await keyboard.press("Enter")
    await visitor.page.locator(".code").wait_for()
    (one,) = await stored(product)
    assert (one["effect"], one["text"], one["another_way"]) == ("harder", "Met het toetsenbord", "help")


@pytest.mark.parametrize(
    "look_of_it", [{"forced_colors": "active"}, {"color_scheme": "dark"}, {"reduced_motion": "reduce"}]
)
async def test_narrow_and_in_other_colours_it_fits_and_its_targets_are_large(
    visit: Visit, host: Host, product: Running, look_of_it: dict[str, str]
) -> None:
    await heating(product, host)
    visitor = await look(visit, host, product, viewport={"width": 320, "height": 700}, **look_of_it)
    window = visitor.page
    await line(visitor).click()
    await window.get_by_role("button", name="Reageer hierop, Artikel 1 (nl)").click()
    sizes = await window.get_by_role("button").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert len(sizes) == 13
    assert min(sizes) >= 44
    assert await visitor.sideways() <= 0


async def test_the_language_may_change_and_what_was_typed_stays(visit: Visit, host: Host, product: Running) -> None:
    await heating(product, host)
    visitor = await look(visit, host, product)
    window = visitor.page
    await line(visitor).click()
    await window.get_by_role("button", name=HARDER["nl"]).first.click()
    await window.get_by_role("textbox").fill("Blijft staan")
    await window.evaluate("document.querySelector('tijdens-feedback').lang = 'de'")
    await window.get_by_role("button", name=SEND["de"]).wait_for()
    await window.get_by_text(OPEN_TEXTS["de"]).wait_for()
    assert await line(visitor).inner_text() == f"{NAMES['de']}\n{UNTIL['de']}"
    assert await window.get_by_role("textbox").input_value() == "Blijft staan"


async def test_the_pattern_of_a_decision_is_matched_against_the_page_in_the_browser(
    visit: Visit, host: Host, product: Running
) -> None:
    await heating(product, host, question="outcome", placements=[], patterns=["/energie/*", "/verwarming"])
    visitor = await look(visit, host, product, at="/energie/toelage")
    await line(visitor).wait_for()
    await visitor.page.goto(f"{host.url}/verwarming/")
    await line(visitor).wait_for()
    await visitor.page.get_by_role("button", name="Met moeite").wait_for()
    await visitor.page.goto(f"{host.url}/paspoort")
    await visitor.page.get_by_role("button", name="Met moeite").wait_for()
    assert await line(visitor).count() == 0


async def test_the_tag_names_a_decision_that_is_bound_to_nothing(visit: Visit, host: Host, product: Running) -> None:
    await heating(product, host, question="outcome", placements=[])
    visitor = await look(visit, host, product, tag='decision="heating"')
    await line(visitor).wait_for()
    assert await visitor.page.get_by_role("button", name="Met moeite").count() == 0
    visitor = await look(visit, host, product, tag='decision="nothing-like-that"')
    await visitor.page.get_by_role("button", name="Met moeite").wait_for()
    assert await line(visitor).count() == 0


async def test_beside_a_service_question_the_line_stands_first_and_both_can_be_answered(
    visit: Visit, host: Host, product: Running
) -> None:
    await heating(product, host, question="outcome")
    visitor = await look(visit, host, product)
    window = visitor.page
    service = window.get_by_role("button", name="Met moeite")
    await service.wait_for()
    await line(visitor).click()
    await window.get_by_role("button", name=HARDER["nl"]).first.click()
    await window.get_by_role("textbox").fill("Over de beslissing")
    assert not await service.is_visible()
    await line(visitor).click()
    await service.click()
    await window.get_by_role("textbox").fill("Over de dienst")
    await window.get_by_role("button", name=SEND["nl"]).click()
    await window.locator(".code").wait_for()
    await line(visitor).click()
    assert await window.get_by_role("textbox").input_value() == "Over de beslissing"
    await window.get_by_role("button", name=SEND["nl"]).click()
    await window.locator(".code").first.wait_for()
    found = await stored(product)
    assert {(one["decision"], one["effect"], one["outcome"], one["text"]) for one in found} == {
        (None, None, "hard", "Over de dienst"), ("heating", "harder", None, "Over de beslissing"),
    }  # fmt: skip


async def test_of_several_decisions_the_most_urgent_comes_first_and_the_others_are_one_quiet_line(
    visit: Visit, host: Host, product: Running
) -> None:
    found = await heating(product, host)
    for key, days in (("soon", 5), ("later", 50), ("over", -3)):
        title = {"nl": key, "fr": key}
        await found.publish(key, found.file(title=title, until=found.day(days), placements=["deciding"]))
    visitor = await look(visit, host, product)
    window = visitor.page
    await line(visitor).wait_for()
    assert await window.locator(".line b").all_inner_texts() == ["soon"]
    await window.get_by_role("button", name="Hier wordt nog meer beslist (3)").click()
    assert await window.locator(".line b").all_inner_texts() == ["soon", "later", NAMES["nl"], "over"]
    await window.locator(".line").nth(1).click()
    await window.get_by_role("button", name=HARDER["nl"]).click()
    await window.get_by_role("textbox").wait_for()
    assert [one["decision"] for one in await stored(product)] == ["later"]
    assert await visitor.axe() == []


async def test_two_widgets_on_one_page_do_not_know_each_other(visit: Visit, host: Host, product: Running) -> None:
    await heating(product, host)
    tag = f'<tijdens-feedback placement="deciding" collector="{product.url}"></tijdens-feedback>'
    host.html = page(product, tags=tag + tag)
    visitor = await visit(host.url, allowed=[product.url])
    window = visitor.page
    for number in (0, 1):
        await window.locator(".line").nth(number).click()
        await window.locator("tijdens-feedback").nth(number).get_by_role("button", name=HARDER["nl"]).first.click()
        await window.get_by_role("textbox").nth(number).fill(f"Stem {number}")
    for _ in (0, 1):
        await window.get_by_role("button", name=SEND["nl"]).first.click()
        await window.locator(".code").nth(_).wait_for()
    assert {one["text"] for one in await stored(product)} == {"Stem 0", "Stem 1"}
    assert await visitor.axe() == []


async def test_what_the_team_does_not_know_yet_is_said(visit: Visit, host: Host, product: Running) -> None:
    note = all_of("We kennen het aantal nog niet.")
    await heating(product, host, stance="half_baked", stance_note=note)
    visitor = await look(visit, host, product)
    await line(visitor).click()
    await visitor.page.get_by_text("Dit is half af: breek het gerust af.").wait_for()
    assert await visitor.page.get_by_text("We kennen het aantal nog niet. (nl)").is_visible()


async def test_with_the_collector_away_it_unfolds_as_soon_as_it_is_back(
    visit: Visit, host: Host, product: Running
) -> None:
    await heating(product, host)
    visitor = await look(visit, host, product)
    await line(visitor).wait_for()
    away = True

    async def gate(route: Any) -> None:
        await (route.abort() if away else route.continue_())

    await visitor.page.route("**/api/decisions/heating/outline*", gate)
    await line(visitor).click()
    await visitor.page.get_by_text("We proberen het vanzelf opnieuw").wait_for()
    assert await visitor.page.get_by_role("link", name=f"{product.url}/d/heating").is_visible()
    away = False
    await visitor.page.get_by_text(OPEN_TEXTS["nl"]).wait_for()
    assert all("ERR_FAILED" in problem for problem in visitor.problems)
    visitor.problems.clear()


async def test_a_page_that_has_pinned_an_earlier_version_goes_on_as_before(
    visit: Visit, host: Host, product: Running
) -> None:
    await heating(product, host, question="outcome")
    tag = f'<tijdens-feedback placement="deciding" collector="{product.url}"></tijdens-feedback>'
    for version in ("1.0.0", "1.1.0", "1.2.0"):
        host.html = page(product, tags=tag).replace("/widget/v1/", f"/widget/{version}/")
        visitor = await visit(host.url, allowed=[product.url])
        await visitor.page.get_by_role("button", name="Met moeite").wait_for()
        if version != "1.0.0":
            assert await line(visitor).inner_text() == f"{NAMES['nl']}\n{UNTIL['nl']}"
            await line(visitor).click()
            await visitor.page.get_by_role("button", name=HARDER["nl"]).first.click()
        else:
            await visitor.page.get_by_role("button", name="Met moeite").click()
        await visitor.page.get_by_role("textbox").fill(f"Met {version}.")
        await visitor.page.get_by_role("button", name=SEND["nl"]).click()
        await visitor.page.locator(".code").wait_for()
    found = await stored(product)
    assert {(one["decision"], one["text"]) for one in found} == {
        (None, "Met 1.0.0."), ("heating", "Met 1.1.0."), ("heating", "Met 1.2.0."),
    }  # fmt: skip
