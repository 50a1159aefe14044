"""The real product in a real browser. One browser for all tests, on the loop of the session."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from axe_playwright_python.base import AXE_FILE_PATH  # type: ignore[import-untyped]
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.start import Running, running

ARGUMENTS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--renderer-process-limit=1",  # a process for each page costs as much as a quarter of what it shows
]
NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
AXE = AXE_FILE_PATH.read_text("utf-8")
FOUND = """async rules => (await axe.run(document, {runOnly: rules})).violations
  .flatMap(found => found.nodes.map(node => `${found.id}: ${node.html.slice(0, 120)}`))"""
# when nothing on the page has changed for a while, nothing waits for data and nothing moves; some pages are never still
STILL = """() => new Promise(done => {
  const began = performance.now();
  let changed = began, at = "";
  const seen = new MutationObserver(() => { changed = performance.now(); });
  seen.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  const look = () => {
    const now = performance.now(), here = [scrollX, scrollY, document.documentElement.scrollHeight].join();
    if (here !== at || document.querySelector('[aria-busy="true"]')) [at, changed] = [here, now];
    if (now - changed < 150 && now - began < 3000) return setTimeout(look, 30);
    seen.disconnect();
    done();
  };
  look();
})"""
COLOURS = ["color-contrast", "link-in-text-block"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_browser() -> str | None:
    """TEST_BROWSER, then a browser on the PATH, then where other systems put one."""
    named = os.environ.get("TEST_BROWSER")
    found = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    return next(iter([*found, *(place for place in PLACES if Path(place).exists())]), None)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = find_browser()
    if path is None:
        reason = "no browser was found: install Chromium, or set TEST_BROWSER to one"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=15_000)  # two workers, a browser each, on machines that are busy
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS, chromium_sandbox=not root)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def product(tmp_path: Path) -> AsyncIterator[Running]:
    """The whole product; the widget may also stand on its own host."""
    async with running(tmp_path) as started:
        yield started


ON_THE_PAGE = ("viewport", "color_scheme", "reduced_motion", "forced_colors")


class Windows:
    """Browser contexts that are used again: a fresh one costs more than the page that is shown in it. Each visitor has one for
    herself; between two visitors its cookies and all that its sites have stored are gone."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}

    async def page(self, options: dict[str, Any]) -> Page:
        """A new page; `options` are those of a context, some of which a page can have by itself."""
        own = {name: options[name] for name in ON_THE_PAGE if name in options}
        rest = self._of_context(options)
        free = self._free.setdefault(repr(sorted(rest.items())), [])
        context = free.pop() if free else await self._browser.new_context(**rest)
        if cookies := options.get("cookies"):
            await context.add_cookies(cookies)
        page = await context.new_page()
        if (viewport := own.pop("viewport", None)) is not None:
            await page.set_viewport_size(viewport)
        if own:
            await page.emulate_media(**own)
        return page

    async def give_back(self, context: BrowserContext, options: dict[str, Any], sites: set[str]) -> None:
        """`sites`: the origins that were visited in it."""
        if not context.pages:
            return await context.close()
        emptying = await context.new_cdp_session(context.pages[0])
        for site in sites:
            await emptying.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
        for page in context.pages:
            await page.close()
        await context.clear_cookies()
        self._free[repr(sorted(self._of_context(options).items()))].append(context)

    def _of_context(self, options: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in options.items() if name not in (*ON_THE_PAGE, "cookies")}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def windows(browser: Browser) -> Windows:
    return Windows(browser)


@dataclass
class Visitor:
    """A browser window that remembers what went wrong. `problems`: page errors, console errors, foreign requests."""

    page: Page
    allowed: list[str]
    options: dict[str, Any]
    problems: list[str] = field(default_factory=list)
    changed: bool = False

    @property
    def context(self) -> BrowserContext:
        """Whoever asks for it may change it: it is not used again."""
        self.changed = True
        return self.page.context

    async def axe(self, *, dark: bool = False) -> list[str]:
        """What axe finds on the page as it stands, shadow roots included: `rule: element`. With `dark` also what it finds of
        its colours in the dark: whatever else it looks at is the same there."""
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE)
        found = list(await self.page.evaluate(FOUND, RULES))
        if found:  # perhaps of a page that was just being drawn
            await self.still()
            found = list(await self.page.evaluate(FOUND, RULES))
        if dark:
            # nothing fades from the one to the other, or it would be looked at halfway
            await self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            found += [f"dark: {line}" for line in await self.page.evaluate(FOUND, COLOURS)]
            await self.page.emulate_media(color_scheme="light")
            await self.page.evaluate("document.body.offsetHeight")
            await self.page.emulate_media(reduced_motion="null")
        return found

    async def still(self) -> None:
        """Waits until the page stands still, so that what is looked at is what somebody sees. Three seconds at most."""
        await self.page.evaluate(STILL)

    async def sideways(self) -> int:
        """How many pixels the page can be moved sideways."""
        return int(await self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


Visit = Callable[..., Awaitable[Visitor]]


@pytest_asyncio.fixture(loop_scope="session")
async def visit(windows: Windows, product: Running) -> AsyncIterator[Visit]:
    """`await visit(url, allowed=[…], cookies=[…], **context)` opens a window there; at the end nothing may have gone wrong in
    it. The product is asked for so that it outlives the windows."""
    visitors: list[Visitor] = []

    async def open_(url: str, *, allowed: list[str] | None = None, **options: Any) -> Visitor:
        options.setdefault("locale", "nl-BE")
        page = await windows.page(options)
        origin = "/".join(url.split("/")[:3])
        visitor = Visitor(page, [origin, *(allowed or []), "data:", "blob:"], options)
        page.on("pageerror", lambda error: visitor.problems.append(f"error: {error}"))
        page.on("dialog", lambda dialog: visitor.problems.append(f"dialog: {dialog.message}"))
        page.on("console", lambda m: visitor.problems.append(f"console: {m.text}") if m.type == "error" else None)

        def check(request: Any) -> None:
            if not any(request.url.startswith(start) for start in visitor.allowed):
                visitor.problems.append(f"foreign request: {request.url}")

        page.on("request", check)
        visitors.append(visitor)
        await page.goto(url)
        return visitor

    yield open_
    # before they are given back: a page that loses its cookies in the middle of something is told that it is signed out
    problems = [problem for visitor in visitors for problem in visitor.problems]
    for visitor in visitors:
        if visitor.changed:
            await visitor.context.close()
        else:
            sites = {site for site in visitor.allowed if site.startswith("http")}
            await windows.give_back(visitor.page.context, visitor.options, sites)
    assert problems == []


@dataclass
class Host:
    """Another site, which embeds the widget. `html` and `headers` are what its one page is."""

    url: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def hosting() -> AsyncIterator[Host]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    site = Host(f"http://127.0.0.1:{listening.getsockname()[1]}")

    async def page(_: Request) -> Response:
        return HTMLResponse(site.html, headers=site.headers)

    app = Starlette(routes=[Route("/favicon.ico", lambda _: Response(status_code=204)), Route("/{path:path}", page)])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    task = asyncio.create_task(server._serve([listening]))
    while not server.started:
        await asyncio.sleep(0.005)
    yield site
    server.should_exit = True
    await task


@pytest.fixture
def host(hosting: Host) -> Host:
    """One server for all tests; its page is empty again for each."""
    hosting.html, hosting.headers = "", {}
    return hosting
