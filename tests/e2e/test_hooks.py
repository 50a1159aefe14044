"""Programs elsewhere that are told what happens: made, tried out, paused and told once more, in the browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.dashboard import SECOND, room
from tests.live.receiver import receiver
from tests.start import Running, running

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest_asyncio.fixture(loop_scope="session")
async def product(tmp_path: Path) -> AsyncIterator[Running]:
    """A demo: its hooks may call this machine."""
    async with running(tmp_path, demo=True) as started:
        yield started


async def test_a_hook_is_made_tried_out_told_paused_and_told_once_more(visit: Visit, product: Running) -> None:
    async with receiver() as there:
        visitor = await room(visit, product, "#hooks", role="admin")
        window = visitor.page
        hooks = window.locator("#hooks")
        await expect(hooks.locator("ul.hooks")).to_contain_text("No program is told anything yet.")
        await hooks.get_by_role("button", name="Make the webhook").click()
        await expect(hooks.get_by_label("Name", exact=True)).to_be_focused()
        await hooks.get_by_label("Name", exact=True).fill(HOSTILE)
        await hooks.get_by_label("Address", exact=True).fill(there.url)
        await hooks.get_by_role("button", name="Make the webhook").click()
        secret = await hooks.get_by_label("The secret of").input_value()
        row = hooks.locator("ul.hooks > li", has_text=HOSTILE)
        await row.get_by_role("button", name="Send a test").click()
        await expect(row.locator(".tried")).to_contain_text("Taken (204")
        assert there.got[0].verified(secret)["type"] == "hook.test"
        there.status = 503
        await product.send(text="Leveringen om acht uur.")
        state = row.locator(".state")
        await expect(state).to_contain_text("Not taken: ", timeout=20 * SECOND)
        there.status = 204
        await row.get_by_role("button", name="Pause").click()
        await expect(state).to_contain_text("Paused by a colleague", timeout=20 * SECOND)
        await expect(row.get_by_role("button", name="Turn on")).to_be_focused()
        await row.get_by_role("button", name="Turn on").click()
        await expect(state).to_contain_text("1 message taken", timeout=20 * SECOND)
        await row.get_by_text("What its receiver answered").click()
        await expect(row.locator(".entries li").first).to_contain_text("Taken (204")
        assert await visitor.axe(dark=True) == []
        before = len(there.got)
        await row.get_by_role("button", name="Send again from here").first.click()
        await there.wait(before + 1)
        await window.evaluate("location.hash = '#access'")
        await window.evaluate("location.hash = '#hooks'")
        await expect(row).to_be_visible()
        await expect(hooks.get_by_label("The secret of")).to_have_count(0)
        await row.get_by_role("button", name="Remove").click()
        await row.get_by_role("button", name="Yes, remove it").click()
        await expect(hooks.locator("ul.hooks")).to_contain_text("No program is told anything yet.")
