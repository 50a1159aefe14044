"""The decisions desk in a browser: written, published, led to its end, by two members at once, by keyboard alone."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from playwright.async_api import Page, expect

from collector.member import Inviting
from tests.e2e.conftest import Visit, Visitor
from tests.e2e.dashboard import in_every_language, session
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEY = "een-fietsstraat-in-de-kerkstraat"
FIVE = {
    "f-title-nl": "Een fietsstraat in de Kerkstraat",
    "f-title-fr": "Une rue cyclable rue de l'Église",
    "f-open-nl": "Of auto's nog door mogen, en tot hoe laat leveren kan.",
    "f-open-fr": "Si les voitures passent encore, et jusqu'à quelle heure on livre.",
}
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def said(nl: str) -> dict[str, str]:
    return {"nl": nl, "fr": f"{nl} (fr)"}


def written(**more: Any) -> dict[str, Any]:
    """A file with all five fields."""
    return {
        "title": said("Een fietsstraat"),
        "open": said("Tot hoe laat leveren kan"),
        "until": "2099-12-14",
        "contact_point": "desk",
        "gain": said("Antwoord voor we beslissen"),
        **more,
    }


async def ask(run: Running, method: str, path: str, body: object = None) -> Any:
    response = await run.client.request(method, path, json=body, headers=run.bearer())
    assert response.status_code < 400, response.text
    return response.json()


async def decision(run: Running, key: str = "street", *, public: bool = True, **more: Any) -> dict[str, Any]:
    """One decision, published unless said."""
    work = await ask(run, "POST", "/api/decisions", {"key": key, "file": written(**more)})
    if public:
        work = await ask(run, "POST", f"/api/decisions/{key}/steps", {"step": "publish", "revision": work["revision"]})
    found: dict[str, Any] = work
    return found


async def work_of(run: Running, key: str = "street") -> dict[str, Any]:
    found: dict[str, Any] = await ask(run, "GET", f"/api/decisions/{key}/work")
    return found


async def version(run: Running, text: str, key: str = "street") -> None:
    work = await work_of(run, key)
    section = {"key": "s1", "title": said("Artikel 1"), "text": {"nl": text, "fr": text}}
    await ask(run, "POST", f"/api/decisions/{key}/versions", {"revision": work["revision"], "sections": [section]})


async def member(run: Running, name: str = "An Peeters") -> str:
    """The secret of a session of somebody of flesh and blood."""
    store, now = run.app.parts.store, run.app.parts.now()
    address = f"{name.split()[0].lower()}@town.example"
    agency = store.agencies.by_key("town")
    invited, _ = await store.members.invite(agency.id, Inviting(address, name, "Mobility", "editor"), now=now, by=None)
    return await store.tokens.open_session(member_id=invited.id, now=now)


async def desk(
    visit: Visit, run: Running, view: str = "#desk", *, secret: str = "", lang: str = "en", **options: Any
) -> Visitor:
    """The dashboard at the desk, live."""
    cookie = {"name": "tijdens", "value": secret or await session(run), "url": run.url}
    options.setdefault("viewport", {"width": 1280, "height": 900})
    visitor = await visit(f"{run.url}/dashboard?lang={lang}{view}", cookies=[cookie], **options)
    await expect(visitor.page.locator("#connection")).to_have_class("connection live")
    await expect(visitor.page.locator("#desk-title")).to_be_visible()
    return visitor


async def go(window: Page, view: str) -> None:
    await window.evaluate("view => { location.hash = view }", view)


async def test_a_decision_is_published_in_dutch_and_french_through_the_form(product: Running, visit: Visit) -> None:
    visitor = await desk(visit, product)
    window = visitor.page
    presses = 0
    started = time.perf_counter()
    await window.get_by_role("link", name="New decision").click()
    await expect(window.locator("#f-title-nl")).to_be_focused()
    for field, text in FIVE.items():
        await window.locator(f"#{field}").fill(text)
    await window.get_by_role("button", name="4 weeks").click()
    await expect(window.locator("#f-until")).not_to_have_value("")
    await window.locator("#offer-gain").click()
    await expect(window.locator("#f-gain-fr")).not_to_have_value("")
    await expect(window.locator("#missing")).to_contain_text("Everything that is needed is there")
    await expect(window.locator(".what-happens")).to_contain_text(f"/d/{KEY}")
    await window.locator("#publish").click()
    presses += 4
    await expect(window.locator(".standing .state")).to_contain_text("open")
    seconds = time.perf_counter() - started
    print(f"published by {len(FIVE)} texts typed and {presses} presses, by a script in {seconds:.1f} s")
    assert seconds < 60
    public = (await product.client.get(f"/api/decisions/{KEY}")).json()
    assert public["title"] == {"nl": FIVE["f-title-nl"], "fr": FIVE["f-title-fr"]}
    assert public["is_open"] is True and set(public["gain"]) == {"nl", "fr"}
    assert public["contact_point"]["name"] == "The desk"


async def test_what_is_missing_is_refused_with_ways_to_where_it_is_written(product: Running, visit: Visit) -> None:
    visitor = await desk(visit, product, "#desk/new")
    window = visitor.page
    for field in ("f-title-nl", "f-open-nl", "f-open-fr"):
        await window.locator(f"#{field}").fill("Iets")
    await window.locator("#publish").click()
    refused = window.get_by_role("alert").filter(has_text="still missing")
    await expect(refused).to_contain_text("What you wrote is kept")
    await expect(refused.get_by_role("link").first).to_be_focused()
    await refused.get_by_role("link", name="Title (French)").click()
    await expect(window.locator("#f-title-fr")).to_be_focused()
    assert (await product.client.get("/api/work", headers=product.bearer())).json()["decisions"] == []
    await window.locator("#save").click()
    await expect(window.locator(".saving")).to_contain_text("Saved")
    assert (await work_of(product, "iets"))["missing"] == ["title.fr", "until", "gain"]


async def test_a_key_that_is_taken_gets_a_number(product: Running, visit: Visit) -> None:
    await decision(product, "straat", title=said("Straat"))
    visitor = await desk(visit, product, "#desk/new")
    await visitor.page.locator("#f-title-nl").fill("Straat")
    visitor.problems.clear()
    await visitor.page.locator("#save").click()
    await expect(visitor.page).to_have_url(f"{product.url}/dashboard?lang=en#desk/straat-2/file")
    assert [problem for problem in visitor.problems if "409" not in problem] == []
    visitor.problems.clear()  # the browser tells of the answer 409, which is how the number is found


async def test_a_public_date_moves_with_a_reason_that_everybody_sees(product: Running, visit: Visit) -> None:
    await decision(product)
    visitor = await desk(visit, product, "#desk/street")
    window = visitor.page
    await window.locator("#step-date > summary").click()
    await window.locator("#s-date-day").fill("2099-12-24")
    await window.locator("#s-date-text-nl").fill("De krant schreef er laat over.")
    await window.locator("#s-date-text-fr").fill("Le journal en a parlé tard.")
    await window.locator("#s-date-go").click()
    await expect(window.locator(".standing")).to_contain_text("24 December 2099")
    moved = (await product.client.get("/api/decisions/street")).json()["moved"]
    assert [(move["before"], move["after"], move["because"]["fr"]) for move in moved] == [
        ("2099-12-14", "2099-12-24", "Le journal en a parlé tard.")
    ]


async def test_in_the_form_a_public_date_asks_for_its_reason_first(product: Running, visit: Visit) -> None:
    await decision(product)
    visitor = await desk(visit, product, "#desk/street/file")
    window = visitor.page
    await window.locator("#f-until").fill("2099-12-20")
    await window.locator("#save").click()
    await window.get_by_role("alert").get_by_role("link", name="Why the date moves (Dutch)").click()
    await expect(window.locator("#f-because-nl")).to_be_focused()
    await window.locator("#f-because-nl").fill("Vakantie.")
    await window.locator("#f-because-fr").fill("Vacances.")
    await window.locator("#save").click()
    await expect(window.locator(".saving")).to_contain_text("Saved")
    assert (await work_of(product))["file"]["until"] == "2099-12-20"


async def test_decided_is_refused_while_somebody_waits_then_a_member_publishes_it_anyway(
    product: Running, visit: Visit
) -> None:
    await decision(product)
    sent = await product.send(decision="street", effect="harder", text="Mijn bakker krijgt zijn meel om elf uur.")
    visitor = await desk(visit, product, "#desk/street", secret=await member(product))
    window = visitor.page
    await expect(window.locator(".waiting-block")).to_contain_text("1 voice in no theme")
    await window.locator("#step-decided > summary").click()
    await window.locator("#s-decided-text-nl").fill("Het wordt een fietsstraat.")
    await window.locator("#s-decided-text-fr").fill("Ce sera une rue cyclable.")
    await window.locator("#s-decided-go").click()
    step = window.locator("#step-decided")
    await expect(step.get_by_role("alert")).to_contain_text("Somebody still waits")
    link = step.get_by_role("link", name="1 voice in no theme")
    await expect(link).to_have_attribute("href", "#decision=street&theme=none")
    await step.get_by_text("Publish anyway", exact=True).click()
    await window.locator("#s-decided-reason-nl").fill("De raad zit vanavond.")
    await window.locator("#s-decided-anyway").click()
    await expect(step.get_by_role("alert").first).to_contain_text("still missing")
    await window.locator("#s-decided-reason-fr").fill("Le conseil siège ce soir.")
    await window.locator("#s-decided-sentence-nl").fill("We antwoorden nog voor kerst.")
    await window.locator("#s-decided-anyway").click()
    await step.get_by_role("link", name="One sentence beside it (French)").click()
    await expect(window.locator("#s-decided-sentence-fr")).to_be_focused()
    await window.locator("#s-decided-sentence-fr").fill("Nous répondons avant Noël.")
    visitor.problems.clear()  # the browser tells of the answers 409 and 422, as it should
    await window.locator("#s-decided-anyway").click()
    await expect(window.locator("#workdesk .ending")).to_contain_text("An Peeters, Mobility")
    public = (await product.client.get("/api/decisions/street")).json()
    assert public["state"] == "decided" and public["override"]["reason"]["nl"] == "De raad zit vanavond."
    assert sent.status_code == 201


async def test_a_token_is_not_offered_to_publish_anyway(product: Running, visit: Visit) -> None:
    await decision(product)
    await product.send(decision="street", effect="harder", text="Nee.")
    visitor = await desk(visit, product, "#desk/street")
    window = visitor.page
    await window.locator("#step-answered > summary").click()
    await window.locator("#s-answered-go").click()
    step = window.locator("#step-answered")
    await expect(step.get_by_role("alert")).to_contain_text("Somebody still waits")
    await expect(step).to_contain_text("signed in by name")
    await expect(step.get_by_text("Publish anyway", exact=True)).to_have_count(0)
    visitor.problems.clear()


async def test_two_editors_on_one_decision_lose_nothing(product: Running, visit: Visit) -> None:
    await decision(product)
    first = await desk(visit, product, "#desk/street/file", secret=await member(product, "An Peeters"))
    second = await desk(visit, product, "#desk/street/file", secret=await member(product, "Bo Claes"))
    await second.page.locator("#f-title-nl").fill("De titel van Bo")
    await first.page.locator("#f-title-nl").fill("De titel van An")
    await first.page.locator("#f-open-nl").fill("Wat An open laat")
    await first.page.locator("#save").click()
    await expect(first.page.locator(".saving")).to_contain_text("Saved")
    window = second.page
    await expect(window.locator(".newer")).to_contain_text("A colleague changed this meanwhile")
    await expect(window.locator("#f-title-nl")).to_have_value("De titel van Bo")
    await expect(window.locator("#f-open-nl")).to_have_value("Tot hoe laat leveren kan")  # untouched under the fingers
    await window.locator("#save").click()
    clash = window.locator("#clashes")
    await expect(clash).to_be_focused()
    await expect(clash).to_contain_text("An Peeters, Mobility worked on this at the same time")
    await expect(clash).to_contain_text("De titel van An")
    await expect(clash).to_contain_text("De titel van Bo")
    await clash.get_by_role("button", name="Put both there").click()
    await expect(window.locator("#f-title-nl")).to_have_value("De titel van An / De titel van Bo")
    await window.locator("#save").click()
    await expect(window.locator(".saving")).to_contain_text("Saved")
    second.problems.clear()  # 412, as it should
    file = (await work_of(product))["file"]
    assert file["title"]["nl"] == "De titel van An / De titel van Bo"
    assert file["open"]["nl"] == "Wat An open laat"
    await expect(first.page.locator("#f-title-nl")).to_have_value(
        "De titel van An / De titel van Bo"
    )  # it came by itself


async def test_what_is_not_saved_waits_and_says_so(product: Running, visit: Visit) -> None:
    await decision(product)
    visitor = await desk(visit, product, "#desk/street/file")
    window = visitor.page
    await window.locator("#f-title-nl").fill("Nog niet klaar")
    await expect(window.locator(".saving")).to_have_text("Not saved yet")
    await go(window, "#desk")
    await expect(window.locator("tr", has_text="Een fietsstraat")).to_contain_text("not saved")
    await go(window, "#outcome=no")
    await window.locator("#unsaved a").click()
    await expect(window.locator("#f-title-nl")).to_have_value("Nog niet klaar")
    asked: list[str] = []
    window.on("dialog", lambda dialog: asked.append(dialog.type))
    await window.locator("#f-title-nl").press("x")
    await window.close(run_before_unload=True)
    async with asyncio.timeout(15):
        while not asked:
            await asyncio.sleep(0.02)
    assert asked == ["beforeunload"] and visitor.context, "a window that is asked still stands: it is not used again"
    visitor.problems.clear()


async def test_a_version_is_published_compared_and_linked_to_the_theme_that_moved_it(
    product: Running, visit: Visit
) -> None:
    await decision(product)
    await version(product, "De straat wordt rustig. Leveren kan tot 10 uur. Dat geldt vanaf maart.")
    await product.send(decision="street", effect="harder", text="Meel komt om elf uur.")
    voice = (await ask(product, "GET", "/api/submissions"))["items"][0]["id"]
    theme = await ask(
        product, "POST", "/api/themes", {"name": said("Meel"), "decision": "street", "submissions": [voice]}
    )
    visitor = await desk(visit, product, "#desk/street/text")
    window = visitor.page
    for code in ("nl", "fr"):
        await window.locator(f"#t-s1-text-{code}").fill(
            "De straat wordt rustig. Leveren kan tot 12 uur. Dat geldt vanaf maart."
        )
        await window.locator(f"#t-note-{code}").fill("Later leveren")
    await window.locator("#publish-text").click()
    await expect(window.locator(".version-list")).to_contain_text("Version 2")
    await expect(window.locator(".compared del")).to_contain_text("10")
    await expect(window.locator(".compared ins")).to_contain_text("12")
    await window.locator("#link-s1").click()
    await expect(window.locator("#linking-title")).to_be_focused()
    for code in ("nl", "fr"):
        await expect(window.locator(f"#p-before-{code}")).to_have_value("Leveren kan tot 10 uur.")
        await expect(window.locator(f"#p-after-{code}")).to_have_value("Leveren kan tot 12 uur.")
    await window.get_by_label("Meel (fr) (1 voice)").or_(window.get_by_label("Meel (1 voice)")).check()
    await window.locator("#link-go").click()
    await expect(window.locator(".trail .passage")).to_contain_text("Because of Meel (1 voice)")
    passages = (await work_of(product))["passages"]
    assert [(p["section"], p["version"], p["themes"], p["after"]["fr"]) for p in passages] == [
        ("s1", 2, [theme["id"]], "Leveren kan tot 12 uur.")
    ]
    await window.get_by_role("button", name="Unlink the passage").click()
    await expect(window.locator(".trail")).to_contain_text("No passage is linked yet")


async def test_two_who_write_the_text_at_once_see_both(product: Running, visit: Visit) -> None:
    await decision(product)
    await version(product, "Een.")
    visitor = await desk(visit, product, "#desk/street/text")
    window = visitor.page
    await window.locator("#t-s1-text-nl").fill("Mijn zin.")
    await version(product, "Haar zin.")
    await expect(window.locator(".version-list")).to_contain_text("Version 2")
    await expect(window.locator("#t-s1-text-nl")).to_have_value("Mijn zin.")
    await window.locator("#publish-text").click()
    await expect(window.locator("#text-clashes")).to_contain_text("Haar zin.")
    await window.locator("#text-clashes").get_by_role("button", name="Take mine").click()
    await window.locator("#publish-text").click()
    await expect(window.locator(".version-list")).to_contain_text("Version 3")
    assert (await work_of(product))["sections"][0]["text"]["nl"] == "Mijn zin."


async def test_a_whole_text_is_pasted_and_divided(product: Running, visit: Visit) -> None:
    await decision(product, public=False)
    visitor = await desk(visit, product, "#desk/street/text")
    window = visitor.page
    for text in ("Artikel 1\nEen.\n\nArtikel 2\nTwee.", "Article 1\nUn.\n\nArticle 2\nDeux."):
        await window.locator("#pour-text").fill(text)
        await window.locator("#pour-go").click()
    await expect(window.locator("#t-s2-text-fr")).to_have_value("Deux.")
    await window.locator("#publish-text").click()
    await expect(window.locator(".version-list")).to_contain_text("Version 1")
    assert [s["text"] for s in (await work_of(product))["sections"]] == [
        {"nl": "Een.", "fr": "Un."},
        {"nl": "Twee.", "fr": "Deux."},
    ]


async def test_a_theme_becomes_a_decision_with_its_voices(product: Running, visit: Visit) -> None:
    await product.send(outcome="no", text="De lijn rijdt niet na acht uur.")
    voice = (await ask(product, "GET", "/api/submissions"))["items"][0]["id"]
    theme = await ask(product, "POST", "/api/themes", {"name": said("Late bussen"), "submissions": [voice]})
    visitor = await desk(visit, product, f"#desk/new?theme={theme['id']}")
    window = visitor.page
    await expect(window.locator(".grows")).to_contain_text("with 1 voice")
    await expect(window.locator("#f-title-nl")).to_have_value("Late bussen")
    await window.locator("#save").click()
    await expect(window.locator(".saving")).to_contain_text("Saved")
    work = await work_of(product, "late-bussen")
    assert work["started_by"] == theme["id"] and work["voices"] == 1 and work["phase"] == "agenda"


async def test_a_page_with_much_feedback_asks_whether_it_should_be_decided(product: Running, visit: Visit) -> None:
    for number in range(5):
        await product.send(outcome="no", text=f"Stuk {number}.", page="https://www.town.example/allowance/apply")
    visitor = await desk(visit, product)
    window = visitor.page
    await expect(window.locator(".pages")).to_contain_text("Should something be decided?")
    await window.locator(".pages").get_by_role("link", name="Begin a decision").click()
    await window.locator("#more-pages > summary").click()
    await expect(window.locator("#f-patterns")).to_have_value("/allowance/apply")


async def test_what_was_expected_stands_beside_what_was_heard_and_the_list_follows_live(
    product: Running, visit: Visit
) -> None:
    await decision(
        product,
        expected=[{"key": "e1", "text": said("Te weinig stallingen")}, {"key": "e2", "text": said("Minder klanten")}],
    )
    visitor = await desk(visit, product)
    window = visitor.page
    await expect(window.locator("td.voices")).to_have_text("–")
    await product.send(decision="street", effect="harder", text="Meel komt om elf uur.", another_way="no")
    await expect(window.locator("td.voices")).to_have_text("1")
    await expect(window.locator("tr.pressing")).to_have_count(1)
    for text in ("Mijn fiets staat nergens.", "Er zijn geen rekken."):
        await product.send(decision="street", effect="harder", text=text)
    *bikes, flour = [one["id"] for one in (await ask(product, "GET", "/api/submissions"))["items"]]
    bikes_theme = {"name": said("Rekken"), "decision": "street", "submissions": bikes, "expected": "e1"}
    for theme in (bikes_theme, {"name": said("Meel"), "decision": "street", "submissions": [flour]}):
        await ask(product, "POST", "/api/themes", theme)
    await go(window, "#desk/street")
    rows = window.locator(".heard-beside tbody tr")
    # what nobody expected stands first, however few said it
    await expect(rows.locator(".was")).to_have_text(["Nobody expected it", "Expected and heard", "Expected, not heard"])
    await expect(rows.locator(".number")).to_have_text(["1", "2", "–"])


async def test_the_steps_lead_a_decision_to_its_end_and_back(product: Running, visit: Visit) -> None:
    await decision(product)
    visitor = await desk(visit, product, "#desk/street")
    window = visitor.page
    await window.locator("#step-phase > summary").click()
    await window.locator("#s-phase-phase").select_option("deciding")
    await window.locator("#s-phase-go").click()
    await expect(window.locator(".standing .state")).to_contain_text("Being decided")
    for step, state in (("withdraw", "Withdrawn"), ("reopen", "Being decided")):
        await window.locator(f"#step-{step} > summary").click()
        for code in ("nl", "fr"):
            await window.locator(f"#s-{step}-text-{code}").fill("Daarom.")
        await window.locator(f"#s-{step}-go").click()
        await expect(window.locator(".standing .state")).to_contain_text(state)
    await decision(product, "other", title=said("De andere"))
    await window.locator("#step-merge > summary").click()
    await window.locator("#s-merge-into").select_option("other")
    await window.locator("#s-merge-go").click()
    await expect(window.locator(".standing .state")).to_contain_text("Merged")
    assert (await work_of(product))["merged_into"] == "other"


async def test_the_keyboard_alone_publishes(product: Running, visit: Visit) -> None:
    visitor = await desk(visit, product)
    window, keys = visitor.page, visitor.page.keyboard
    await keys.press("Tab")
    await expect(window.locator("#skip")).to_be_focused()
    await keys.press("Enter")
    await expect(window.locator("#workdesk")).to_be_focused()
    await keys.press("Tab")
    await keys.press("Enter")  # New decision
    await expect(window.locator("#f-title-nl")).to_be_focused()
    for text in FIVE.values():
        await keys.type(text)
        await keys.press("Tab")
    await expect(window.locator("#f-until")).to_be_focused()
    await keys.type("12142099")
    for _ in range(12):
        if await window.evaluate("document.activeElement.id") == "offer-gain":
            break
        await keys.press("Tab")
    await keys.press("Enter")
    await keys.press("Control+s")
    await expect(window.locator(".saving")).to_contain_text("Saved")
    await window.locator("#publish").focus()
    await keys.press("Enter")
    await expect(window.locator(".standing .state")).to_contain_text("open")


@pytest.mark.parametrize("width", [1280, 800, 320])
async def test_axe_finds_nothing_at_the_desk(product: Running, visit: Visit, width: int) -> None:
    await decision(product, expected=[{"key": "e1", "text": said("Stallingen")}])
    await decision(product, "draft", public=False)
    await version(product, "Tot 10 uur.")
    await version(product, "Tot 12 uur.")
    await product.send(decision="street", effect="harder", text="Nee.", another_way="no")
    visitor = await desk(visit, product, viewport={"width": width, "height": 900})
    window = visitor.page
    found = await visitor.axe(dark=width == 1280)
    for view, waits in (
        ("#desk/new", "#f-title-nl"),
        ("#desk/draft", "#publish"),
        ("#desk/street", "#workdesk .waiting li"),
        ("#desk/street/file", "#save"),
        ("#desk/street/text", ".compared"),
    ):
        await go(window, view)
        await expect(window.locator(waits).first).to_be_visible()
        await window.evaluate("document.querySelectorAll('#workdesk details').forEach(node => node.open = true)")
        found += [f"{view} {line}" for line in await visitor.axe(dark=width == 1280)]
        assert await visitor.sideways() <= 0, view
    assert found == []


async def test_at_320_pixels_every_language_fits(product: Running, visit: Visit) -> None:
    await decision(product)
    visitor = await desk(visit, product, viewport={"width": 320, "height": 640})
    window = visitor.page
    async for lang in in_every_language(visitor):
        for view in ("#desk", "#desk/new", "#desk/street", "#desk/street/file", "#desk/street/text"):
            await go(window, view)
            await expect(window.locator("#desk-title")).to_be_visible()
            await window.evaluate("document.querySelectorAll('#workdesk details').forEach(node => node.open = true)")
            assert await visitor.sideways() <= 0, (lang, view)
            assert "desk." not in await window.locator("#workdesk").inner_text(), (lang, view)
            small = await window.evaluate(
                "[...document.querySelectorAll('#workdesk :is(a, button, summary, input, select)')]"
                ".filter(n => n.checkVisibility() && !n.closest('label.pick'))"
                ".map(n => [n.outerHTML.slice(0, 80), n.getBoundingClientRect()])"
                ".filter(([, box]) => box.width && (box.height < 24 || box.width < 24)).map(([html]) => html)"
            )
            assert small == [], (lang, view)


async def test_hostile_words_stay_words(product: Running, visit: Visit) -> None:
    await decision(product, title=said(HOSTILE), expected=[{"key": "e1", "text": said(HOSTILE)}])
    await version(product, HOSTILE)
    await version(product, HOSTILE + " nieuw")
    await ask(product, "POST", "/api/themes", {"name": said(HOSTILE), "decision": "street"})
    visitor = await desk(visit, product)
    window = visitor.page
    await expect(window.locator("#workdesk .name").first).to_contain_text(HOSTILE)
    for view in ("#desk/street", "#desk/street/file", "#desk/street/text"):
        await go(window, view)
        await expect(window.locator("#desk-title")).to_contain_text(HOSTILE)
        assert await window.locator("#workdesk img, #workdesk script").count() == 0
    await window.locator("#link-s1").click()
    await expect(window.locator("#p-after-nl")).to_have_value(f"{HOSTILE} nieuw")


async def test_a_viewer_reads_and_is_offered_nothing_to_write(product: Running, visit: Visit) -> None:
    await decision(product)
    visitor = await desk(visit, product, secret=await session(product, "viewer"))
    window = visitor.page
    await expect(window.get_by_role("link", name="New decision")).to_have_count(0)
    for view in ("#desk/street", "#desk/street/file", "#desk/street/text", "#desk/new"):
        await go(window, view)
        await expect(window.locator("#desk-title")).to_be_visible()
        assert await window.locator("#workdesk :is(button.first, input:not([readonly]))").count() == 0, view
