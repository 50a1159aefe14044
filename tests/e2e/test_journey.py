"""The whole way, in a real browser: page → widget → collector → dashboard → receipt → erased."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Host, Visit
from tests.e2e.dashboard import SECOND
from tests.e2e.test_widget import on_host
from tests.start import Running, running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_words_from_a_page_stand_in_the_room_are_read_and_go_when_their_author_wants(
    visit: Visit, host: Host, product: Running
) -> None:
    team = await visit(product.url + "/sign-in?lang=nl", viewport={"width": 1400, "height": 900})
    await team.page.get_by_label("Uw token").fill(product.tokens["editor"])
    await team.page.get_by_label("Uw token").press("Enter")
    await team.page.wait_for_url("**/dashboard*")
    citizen = await on_host(visit, host, product)
    await citizen.page.get_by_role("button", name="Nee").click()
    await citizen.page.get_by_role("textbox").fill("Ik kon niet aanmelden en verloor drie maanden steun.")
    await citizen.page.get_by_role("radio").nth(2).check()
    await citizen.page.get_by_role("button", name="Mijn woorden versturen").click()
    code = await citizen.page.locator(".code").inner_text()

    words = team.page.get_by_text("verloor drie maanden steun").first
    waiting = team.page.get_by_role("button", name="nieuw")
    await words.or_(waiting).first.wait_for(timeout=3 * SECOND)
    if not await words.is_visible():
        await waiting.first.click()
    await words.click()
    receipt = await visit(f"{product.url}/r#{code}")
    await receipt.page.get_by_text("Gelezen door Team editor").wait_for(timeout=15_000)

    await receipt.page.locator("summary", has_text="Wissen").click()
    await receipt.page.get_by_role("button", name="Ja, alles wissen").click()
    await receipt.page.get_by_text("Gewist op").wait_for()
    await words.wait_for(state="detached", timeout=3 * SECOND)
    assert (await product.client.get("/api/submissions", headers=product.bearer())).json()["items"] == []


async def test_a_source_that_sends_like_a_script_is_asked_for_a_proof_and_an_honest_press_goes_through(
    visit: Visit, host: Host, product: Running, tmp_path: Path
) -> None:
    async with running(tmp_path / "limited", rate_limit=True) as limited:
        codes = [(await limited.send(outcome="yes")).status_code for _ in range(130)]
        assert codes[0] == 201 and codes[-1] == 429
        visitor = await on_host(visit, host, limited)
        await visitor.page.get_by_role("button", name="Nee").click()
        await visitor.page.get_by_role("textbox").wait_for(timeout=20_000)
        counts = (await limited.client.get("/api/counts?placement=host", headers=limited.bearer())).json()
        assert counts["presses"] == 1
        assert all("429" in problem for problem in visitor.problems)
        visitor.problems.clear()
        await visitor.context.close()
