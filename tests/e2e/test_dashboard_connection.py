"""A connection that is cut, silent or refused: it is said, and afterwards nothing is missing."""

from __future__ import annotations

import asyncio
from time import perf_counter

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.dashboard import SECOND, room, rows, say
from tests.patience import PATIENCE
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Line:
    """The wire between the page and the collector: it can fall silent, be cut, and stay dead."""

    def __init__(self) -> None:
        self.silent = False
        self.dead = False
        self.open: list[WebSocketRoute] = []

    async def lay(self, page: Page) -> None:
        await page.route_web_socket("**/api/live**", self._connect)

    async def _connect(self, socket: WebSocketRoute) -> None:
        if self.dead:
            await socket.close(code=1011)
            return
        server = socket.connect_to_server()
        server.on_message(lambda message: None if self.silent else socket.send(message))
        self.open.append(socket)

    async def cut(self) -> None:
        sockets, self.open = self.open, []
        for socket in sockets:
            await socket.close(code=1012)


async def wired(visit: Visit, product: Running) -> tuple[Visitor, Line]:
    """The room on a line of ours."""
    visitor = await room(visit, product)
    line = Line()
    await line.lay(visitor.page)
    await visitor.page.reload()
    await expect(visitor.page.locator("#connection")).to_have_class("connection live")
    await expect(visitor.page.locator("#stream")).to_have_attribute("aria-busy", "false")
    return visitor, line


async def test_silence_is_said_within_three_seconds_of_the_missing_beat(product: Running, visit: Visit) -> None:
    visitor, line = await wired(visit, product)
    connection = visitor.page.locator("#connection")
    await asyncio.sleep(4)
    await expect(connection).to_have_class("connection live")
    line.silent = True
    started = perf_counter()
    await expect(connection).to_have_text("Delayed: nothing heard for a moment", timeout=5 * SECOND)
    assert perf_counter() - started < 4 * PATIENCE
    line.silent = False
    await expect(connection).to_have_text("Live", timeout=5 * SECOND)


async def test_after_a_cut_everything_in_between_is_there_and_nothing_twice(product: Running, visit: Visit) -> None:
    await say(product, "Voor.")
    visitor, line = await wired(visit, product)
    line.dead = True
    await line.cut()
    connection = visitor.page.locator("#connection")
    await expect(connection).to_contain_text("Connection lost, trying again", timeout=SECOND)
    await say(product, *(f"Tijdens {number}." for number in range(20)))
    await asyncio.sleep(1)
    line.dead = False
    await connection.get_by_role("button", name="Try now").click()
    await expect(connection).to_have_text("Live", timeout=5 * SECOND)
    await say(product, "Na.")
    await expect(visitor.page.locator("#arrivals")).to_have_text("21 new")
    await visitor.page.locator("#arrivals").click()
    expected = ["Na.", *(f"Tijdens {number}." for number in reversed(range(20))), "Voor."]
    await expect(rows(visitor).locator(".words")).to_have_text(expected)
    await expect(visitor.page.locator("#counter")).to_have_text("22 presses, 22 with words")


async def test_a_collector_that_asks_to_come_back_sees_everybody_again(product: Running, visit: Visit) -> None:
    visitor = await room(visit, product)
    product.app.parts.room.end_all(1012)
    await expect(visitor.page.locator("#connection")).to_contain_text("Connection lost", timeout=2 * SECOND)
    await expect(visitor.page.locator("#connection")).to_have_text("Live", timeout=5 * SECOND)
    await say(product, "Daar zijn we weer.")
    await expect(rows(visitor)).to_have_count(1, timeout=SECOND)


async def test_a_withdrawn_right_leads_to_the_sign_in_page(product: Running, visit: Visit) -> None:
    visitor = await room(visit, product)
    right = await product.app.parts.store.tokens.by_secret(product.tokens["editor"], now=product.app.parts.now())
    await product.app.parts.store.tokens.revoke(right.agency_id, right.token_id, now=product.app.parts.now())
    await visitor.page.wait_for_url("**/sign-in*", timeout=5 * SECOND)


async def test_signed_out_one_is_led_to_the_sign_in_page(product: Running, visit: Visit) -> None:
    visitor = await visit(f"{product.url}/dashboard")
    await visitor.page.wait_for_url("**/sign-in*", timeout=5 * SECOND)
    visitor.problems[:] = [problem for problem in visitor.problems if "401" not in problem]


async def test_when_the_collector_does_not_answer_the_page_says_what_to_do(product: Running, visit: Visit) -> None:
    await say(product, "Staat er nog.")
    visitor = await room(visit, product)
    await visitor.page.route("**/api/submissions?**", lambda route: route.abort())
    # by its address and by keyboard: how many it holds becomes part of its name, and moves it, when that is known
    await visitor.page.locator('#views a[href="#status=new"]').press("Enter")
    await expect(visitor.page.get_by_role("alert")).to_contain_text("The server does not answer")
    await visitor.page.unroute("**/api/submissions?**")
    await expect(rows(visitor)).to_have_count(1, timeout=6 * SECOND)
    await expect(visitor.page.get_by_role("alert")).to_have_count(0)
    visitor.problems[:] = [problem for problem in visitor.problems if "ERR_FAILED" not in problem]
