"""The way out of mails about a saved view: one press, without signing in; looking says nothing."""

from __future__ import annotations

from html import unescape

import pytest

from collector.agency import LANGUAGES
from collector.alert import Alerting
from tests.live.test_alerts import member
from tests.start import Running
from tests.store.arrivals import KEYS


async def chosen(run: Running) -> str:
    """The secret of the link in mails of an alert."""
    store, now = run.app.parts.store, run.app.parts.now()
    right = await member(store, store.agencies.by_key("town").id)
    view = await store.saved_views.keep(right, "Harbour", {"status": "new"}, shared=False, now=now)
    await store.alerts.choose(right, view, Alerting(rhythm="daily"), now=now)
    row = (await store.engine.fetch("alerts.one", id=1))[0]
    return KEYS.alert(row["id"], row["created_at"])


async def left(run: Running) -> int:
    return len(await run.app.parts.store.engine.fetch("alerts.one", id=1))


async def test_a_mail_program_ends_it_with_one_press_and_a_program_that_looks_does_not(run: Running) -> None:
    address = f"/alerts/off?lang=nl&k={await chosen(run)}"
    for method in ("GET", "HEAD"):
        assert (await run.client.request(method, address)).status_code == 200
        assert await left(run) == 1
    pressed = await run.client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (pressed.status_code, await left(run)) == (200, 0)
    assert (await run.client.post(address, files={"List-Unsubscribe": (None, "One-Click")})).status_code == 200, "again"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whoever_follows_the_link_presses_once(run: Running, language: str) -> None:
    secret = await chosen(run)
    page = (await run.client.get(f"/alerts/off?lang={language}&k={secret}")).text
    words = run.app.parts.words
    assert words.get(language, "pages.alert.press") in page and "Harbour" not in page
    assert page.count(secret) == 1 + len(LANGUAGES), "in the form, and in the links to other languages"
    done = await run.client.post(f"/alerts/off?lang={language}", data={"k": secret})
    assert words.get(language, "pages.alert.done") in unescape(done.text) and await left(run) == 0


async def test_a_link_that_somebody_made_up_ends_nothing(run: Running) -> None:
    await chosen(run)
    for secret in ("", "1", "1-", "x-y", "1-" + "A" * 32, "9" * 60, "é-1", "<script>"):
        answer = await run.client.post("/alerts/off", data={"k": secret})
        assert (answer.status_code, await left(run)) == (401, 1), secret
        looked = await run.client.get("/alerts/off", params={"k": secret})
        assert looked.status_code == 200 and "<script>" not in looked.text + answer.text
