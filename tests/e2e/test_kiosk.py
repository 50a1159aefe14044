"""A kiosk and a counter whose network is cut: nothing doubled, nothing vanished, and nothing of anybody left behind."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import room, stored
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEPT = """async name => {
  const open = indexedDB.open(name);
  await new Promise(done => (open.onsuccess = done));
  const all = async store => {
    const ask = open.result.transaction(store).objectStore(store).getAll();
    await new Promise(done => (ask.onsuccess = done));
    return ask.result;
  };
  return {waiting: await all("waiting"), refused: await all("refused")};
}"""
# a device that can speak French by itself, and Dutch through somebody's network: what it is asked to say stands in `spoken`
SPEAKS = """
  window.spoken = [];
  const voices = [{lang: "nl-BE", localService: false}, {lang: "fr-BE", localService: true}];
  const speak = ({lang, text}) => spoken.push([lang, text]);
  Object.defineProperty(window, "speechSynthesis",
    {value: {getVoices: () => voices, speak, cancel: () => spoken.length = 0, addEventListener() {}}});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
FILL = """async ([name, number]) => {
  const open = indexedDB.open(name);
  await new Promise(done => (open.onsuccess = done));
  const writing = open.result.transaction("waiting", "readwrite");
  for (let place = 0; place < number; place += 1)
    writing.objectStore("waiting").put({key: `kiosk-full-${place}`, placement: "page", outcome: "yes", channel: "kiosk"});
  await new Promise(done => (writing.oncomplete = done));
}"""
KEPT_FILES = """async () => {
  const found = {};
  for (const name of await caches.keys()) for (const {url} of await (await caches.open(name)).keys())
    found[url] = await (await (await caches.open(name)).match(url)).text();
  return found;
}"""


async def kiosk(product: Running) -> str:
    body = {"placement": "page", "name": "Hal"}
    made = await product.client.post("/api/devices", json=body, headers=product.bearer("admin"))
    return str(made.json()["url"]).replace(product.app.parts.public_url, product.url)


async def answer(page: Page, text: str) -> None:
    """What one person does."""
    await page.get_by_role("button", name="Nee").first.click()
    await page.locator('[data-screen="more"]:not([hidden]) textarea').fill(text)
    await page.get_by_role("button", name="Mijn woorden versturen").click()
    await expect(page.locator('[data-screen="thanks"]:not([hidden])')).to_be_visible()


async def test_a_kiosk_goes_on_while_the_network_is_gone_and_forgets_everybody(visit: Visit, product: Running) -> None:
    visitor = await visit(f"{await kiosk(product)}", viewport={"width": 1080, "height": 1400})
    page = visitor.page
    await expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    assert "#" not in page.url
    assert await visitor.axe() == []
    await answer(page, "Met netwerk.")
    code = await page.locator('[data-screen="thanks"]:not([hidden]) .code').inner_text()
    await expect(page.locator('[data-screen="thanks"]:not([hidden]) .qr')).to_have_attribute(
        "src", re.compile("^data:")
    )
    drawn = """() => document.querySelector('[data-screen="thanks"]:not([hidden]) .qr').naturalWidth > 0"""
    await page.wait_for_function(drawn)
    assert await visitor.axe() == []
    await arrived(product, ["Met netwerk."])
    assert (await product.receipt(code)).json()["text"] == "Met netwerk."
    await page.get_by_role("button", name="Klaar").click()
    assert code not in await page.content()

    await visitor.context.set_offline(True)
    for place in range(3):
        await answer(page, f"Zonder netwerk {place}.")
        later = await page.locator('[data-screen="thanks"]:not([hidden]) .code').inner_text()
        assert re.fullmatch(r"([0-9A-Z]{5}-){3}[0-9A-Z]{5}", later)
        await page.get_by_role("button", name="Klaar").click()
    await expect(page.locator("[data-team]")).to_contain_text("3 wachten op dit toestel")
    assert await stored_texts(product) == ["Met netwerk."]
    await expect(page.locator("body")).to_have_attribute("data-kept", "yes")
    await page.reload()  # somebody pulled the plug meanwhile, and the network is still gone
    await expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    await expect(page.locator("[data-team]")).to_contain_text("3 wachten op dit toestel")
    await page.get_by_role("button", name="Français").click()
    await expect(page.locator('[data-screen="ask"]:not([hidden]) h1')).to_be_focused()
    await page.get_by_role("button", name="Nederlands").click()
    await answer(page, "Na een herstart zonder netwerk.")
    last = await page.locator('[data-screen="thanks"]:not([hidden]) .code').inner_text()
    await page.get_by_role("button", name="Klaar").click()
    files = await page.evaluate(KEPT_FILES)
    assert {url.removeprefix(product.url).split("?")[0] for url in files} >= {
        "/f/page", "/assets/pages/pages.css", "/assets/pages/kiosk.css", "/assets/dashboard/kiosk/queue.js",
    }  # fmt: skip
    kept = repr(list(files.values()))
    assert "Zonder netwerk 1" not in kept and last not in kept and later not in kept
    await visitor.context.set_offline(False)
    await page.evaluate("dispatchEvent(new Event('online'))")
    texts = ["Na een herstart zonder netwerk.", *(f"Zonder netwerk {place}." for place in (2, 1, 0)), "Met netwerk."]
    await arrived(product, texts)
    assert (await product.receipt(later)).json()["text"] == "Zonder netwerk 2."
    assert (await product.receipt(last)).json()["text"] == "Na een herstart zonder netwerk."
    await expect(page.locator("[data-team]")).to_have_text("")
    assert await page.evaluate(KEPT, "tijdens-kiosk-page") == {"waiting": [], "refused": []}
    assert {one["channel"] for one in await stored(product)} == {"kiosk"}
    visitor.problems[:] = [problem for problem in visitor.problems if "ERR_INTERNET_DISCONNECTED" not in problem]


async def test_a_full_device_says_so_before_anybody_writes_and_takes_voices_again_once_there_is_room(
    visit: Visit, product: Running
) -> None:
    visitor = await visit(await kiosk(product), viewport={"width": 1080, "height": 1400})
    page = visitor.page
    await expect(page.locator("body")).to_have_attribute("data-kept", "yes")
    await visitor.context.set_offline(True)
    await page.evaluate(FILL, ["tijdens-kiosk-page", 500])
    await page.reload()
    full = page.locator('[data-screen="full"]:not([hidden])')
    await expect(full).to_contain_text("kan nu niets meer bewaren")
    await expect(page.get_by_role("button", name="Nee")).to_be_hidden()
    await visitor.context.set_offline(False)
    await page.evaluate("dispatchEvent(new Event('online'))")
    await expect(page.locator('[data-screen="ask"]:not([hidden])')).to_be_visible()
    visitor.problems[:] = [problem for problem in visitor.problems if "ERR_INTERNET_DISCONNECTED" not in problem]


async def test_without_the_key_of_a_device_nothing_is_kept_and_the_plain_form_stands_there(
    visit: Visit, product: Running
) -> None:
    visitor = await visit(f"{product.url}/f/page?kiosk&lang=fr")
    await visitor.page.wait_for_url(f"{product.url}/f/page?lang=fr")
    left = "async () => [localStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]"
    assert await visitor.page.evaluate(left) == [0, 0, 0]


async def test_after_a_minute_it_warns_and_goes_back_and_what_was_pressed_is_kept(
    visit: Visit, product: Running
) -> None:
    visitor = await visit("about:blank", viewport={"width": 1080, "height": 1400})
    page = visitor.page
    visitor.allowed.append(product.url)
    await visitor.context.clock.install()  # it stays in the context
    await page.add_init_script(SPEAKS)
    await page.goto(await kiosk(product))
    await expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    await expect(page.get_by_role("button", name="Lees dit voor")).to_be_hidden()
    await page.get_by_role("button", name="Français").click()
    await page.get_by_role("button", name="Lire à voix haute").click()
    spoken = await page.evaluate("spoken")
    assert ["fr", "Hebt u hier kunnen doen wat u wilde?"] not in spoken and ["fr", "Non"] in spoken
    assert spoken[0] == ["fr", "Avez-vous pu faire ici ce que vous vouliez ?"]
    await page.get_by_role("button", name="Non").first.click()
    await page.wait_for_function("() => spoken.length === 0")  # with the next screen it is quiet
    await page.locator('[data-screen="more"]:not([hidden]) textarea').fill("Quelque chose de très personnel")
    await page.clock.fast_forward(61_000)
    await expect(page.get_by_role("dialog")).to_contain_text("Êtes-vous encore là")
    assert await visitor.axe() == []
    await page.get_by_role("button", name="Je suis encore là").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.clock.fast_forward(61_000)
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.clock.fast_forward(16_000)
    await expect(page.locator('[data-screen="ask"]:not([hidden]) h1')).to_have_text(
        "Hebt u hier kunnen doen wat u wilde?"
    )
    assert await page.locator("textarea").evaluate_all("boxes => boxes.map(box => box.value).join('')") == ""
    await page.clock.run_for(3_000)
    assert [(one["outcome"], one["text"]) for one in await arrived_presses(product, 1)] == [("no", None)]

    await page.get_by_role("button", name="Ja").first.click()  # and who goes away after one press, too
    await expect(page.locator('[data-screen="more"]:not([hidden])')).to_be_visible()
    await page.clock.fast_forward(61_000)
    await expect(page.get_by_role("dialog", name="Bent u er nog?")).to_be_visible()
    await page.clock.fast_forward(16_000)
    await expect(page.locator('[data-screen="ask"]:not([hidden])')).to_be_visible()
    await page.clock.run_for(3_000)
    assert [one["outcome"] for one in await arrived_presses(product, 2)] == ["yes", "no"]

    await expect(page.locator("body")).to_have_attribute("data-kept", "yes")
    await page.evaluate("document.body.dataset.old = 'yes'")
    await page.clock.fast_forward(3_700_000)  # nobody came for an hour: it looks what is asked now
    await expect(page.locator("body:not([data-old])")).to_have_attribute("data-ready", "yes")


async def test_the_counter_keeps_what_is_said_while_the_network_is_gone(visit: Visit, product: Running) -> None:
    clerk = await room(visit, product, "#counter", lang="nl")
    window = clerk.page
    counter = window.locator("#taking")
    await window.wait_for_function(
        "async () => { const open = indexedDB.open('tijdens-counter-town'); await new Promise(d => open.onsuccess = d);"
        "const ask = open.result.transaction('spare').objectStore('spare').count();"
        "await new Promise(d => ask.onsuccess = d); return ask.result > 0; }"
    )
    await clerk.context.set_offline(True)
    await counter.get_by_label("Wat iemand zegt").fill("Zonder netwerk aan het loket.")
    await window.keyboard.press("Enter")
    await window.keyboard.press("3")
    await window.keyboard.press("Enter")
    await expect(counter.locator(".groups code")).to_have_count(4)
    code = "-".join(await counter.locator(".groups code").all_inner_texts())
    await expect(counter.locator(".waits")).to_contain_text("1 wacht op dit toestel")
    await counter.get_by_role("button", name="De volgende").press("Enter")
    await expect(window.locator('#places [data-place="counter"]')).to_have_text("Noteren 1 wacht")
    await window.goto("about:blank")  # the page is closed meanwhile, and the room is opened elsewhere
    await clerk.context.set_offline(False)
    await window.goto(f"{product.url}/dashboard?lang=nl#reading")
    await arrived(product, ["Zonder netwerk aan het loket."])
    await expect(window.locator('#places [data-place="counter"]')).to_have_text("Noteren")
    await expect(counter.locator(".waits")).to_be_hidden()
    assert (await product.receipt(code)).json()["channel"] == "counter"
    clerk.problems[:] = [problem for problem in clerk.problems if "ERR_INTERNET_DISCONNECTED" not in problem]


async def stored_texts(product: Running) -> list[str]:
    return [one["text"] for one in await stored(product, "?words=1")]


async def arrived(product: Running, texts: list[str]) -> None:
    """Waits until the collector holds exactly these, newest first."""
    async with asyncio.timeout(30):
        while await stored_texts(product) != texts:
            await asyncio.sleep(0.1)


async def arrived_presses(product: Running, number: int) -> list[dict[str, object]]:
    async with asyncio.timeout(30):
        while len(found := await stored(product, "?words=0")) < number:
            await asyncio.sleep(0.1)
    return found
