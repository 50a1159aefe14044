"""Whatever citizens write is text, on a page that could not run it anyway."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, room, rows, say
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "javascript:alert(4)",
    "{{constructor.constructor('alert(5)')()}} ${alert(6)}",
    "</p></article><iframe srcdoc='<script>parent.alert(7)</script>'></iframe>",
    "<a href=javascript:alert(8)>klik</a>",
    "<style>body{display:none}</style>",
)


async def test_what_looks_like_code_stays_text_in_every_place(product: Running, visit: Visit) -> None:
    await say(product, *PAYLOADS)
    visitor = await room(visit, product)
    await expect(rows(visitor).locator(".words")).to_have_text(list(reversed(PAYLOADS)))
    for place in range(len(PAYLOADS)):
        await rows(visitor).nth(place).click()
        await expect(visitor.page.locator("#reader .words")).to_have_text(PAYLOADS[-1 - place])
    await visitor.page.keyboard.press("Escape")
    await say(product, PAYLOADS[0] + " nieuw")
    await expect(visitor.page.locator("#newest .words")).to_have_text(PAYLOADS[0] + " nieuw", timeout=SECOND)
    assert await visitor.page.locator("main img, main script, main iframe, main style, main svg[onload]").count() == 0


async def test_a_search_for_code_is_shown_as_text(product: Running, visit: Visit) -> None:
    await say(product, "Iets.")
    visitor = await room(visit, product, "#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    await expect(visitor.page.locator("#title")).to_have_text("Search: <img src=x onerror=alert(1)>")
    await expect(visitor.page.locator("#empty")).to_contain_text("Nothing in this view.")


async def test_the_page_itself_could_not_run_what_slips_in(product: Running, visit: Visit) -> None:
    visitor = await room(visit, product)
    verdict = await visitor.page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return 'allowed' } catch (e) { return e.name } }"
    )
    assert verdict == "TypeError"
    policy = (await product.client.get("/dashboard")).headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "trusted-types 'none'" in policy
    html = (await product.client.get("/dashboard")).text
    assert " style=" not in html and "<style" not in html and " on" not in html.replace(" once", "")
    visitor.problems[:] = [
        problem for problem in visitor.problems if "TrustedHTML" not in problem and "Trusted" not in problem
    ]


async def test_right_to_left_words_keep_their_direction_and_do_not_turn_the_page(
    product: Running, visit: Visit
) -> None:
    await say(product, "لم أستطع تسجيل الدخول.", language="ar")
    visitor = await room(visit, product)
    words = rows(visitor).first.locator(".words")
    assert await words.get_attribute("lang") == "ar"
    assert await words.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert await visitor.page.evaluate("getComputedStyle(document.body).direction") == "ltr"


HELD = """async () => {
  const held = {};
  const after = asked => new Promise(done => { asked.onsuccess = () => done(asked.result); });
  for (const { name } of await indexedDB.databases()) {
    const base = await after(indexedDB.open(name));
    held[name] = 0;
    for (const store of base.objectStoreNames)
      held[name] += await after(base.transaction(store).objectStore(store).count());
    base.close();
  }
  return held;
}"""


async def test_nothing_is_kept_in_the_browser(product: Running, visit: Visit) -> None:
    await say(product, "Iets.")
    visitor = await room(visit, product, "#outcome=no")
    await rows(visitor).first.click()
    await visitor.page.wait_for_timeout(300)
    assert await visitor.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert await visitor.page.evaluate(HELD) in ({}, {"tijdens-counter-town": 0}), "what waits at the counter: nothing"
    assert [cookie["name"] for cookie in await visitor.context.cookies()] == ["tijdens"]
