"""The page behind the link of a morning story, as plain forms: looking says nothing, the press does."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from collector.audit import Sought
from collector.day import day_of
from collector.morning import Owning, is_time
from tests.start import Running
from tests.store.test_mornings import at, erased, member, rows
from tests.town import DAY_MS, Town

TEXT = "Mijn winkel krijgt leveringen om acht uur."


async def mailed(run: Running, town: Town, text: str = TEXT) -> str:
    """The secret in the link of a story that Ann was sent."""
    store, parts = town.store, run.app.parts
    morning = at(day_of(parts.now(), "Europe/Brussels"), 9)
    while not is_time(morning, "Europe/Brussels"):
        morning += DAY_MS
    parts.now = lambda: morning
    await town.publish("square", town.file())
    await town.voices("square", text=text)
    ann = await member(town)
    await store.mornings.own(town.agency.id, "square", Owning(ann), now=town.now, by=None)
    assert await store.stories.deal(morning, lambda: 0.5, parts.keys.story) == 1
    (story_id,) = await store.stories.unsent(morning)
    await store.stories.sent(story_id, morning)
    ((voice,),) = rows(town, "select submission_id from stories")
    return parts.keys.story(store.decisions.by_key("square").id, voice)


async def post(run: Running, secret: str, step: str = "", **fields: Any) -> httpx2.Response:
    data = {"link": f"https://tijdens.example/story?lang=en#{secret}", "step": step, **fields}
    return await run.client.post("/story?lang=en", data=data)


async def status(town: Town) -> str:
    rows = await town.store.engine.fetch("submissions.list", agency_id=town.agency.id, limit=1)
    return str(rows[0]["status"])


async def test_opening_the_link_marks_nothing_and_only_the_press_does(run: Running, town: Town) -> None:
    secret = await mailed(run, town)
    for path in ("/story", "/story?lang=en", f"/story?{secret}"):  # what a program that tries out links does
        opened = await run.client.get(path)
        assert opened.status_code == 200 and TEXT not in opened.text
    seen = await post(run, secret)
    assert TEXT in seen.text and "I read it" in seen.text and await status(town) == "new"
    (noted,) = await town.store.audit.entries(town.agency.id, Sought(kind="read"), limit=9)
    assert (noted.act, noted.number, noted.who) == ("words.listed", 1, "Ann Peeters, Mobility office")
    assert secret not in str(seen.url) and seen.headers["cache-control"] == "no-store"
    pressed = await post(run, secret, "read")
    assert "The receipt now says: read by Mobility office." in pressed.text and await status(town) == "read"
    again = await post(run, secret, "read")
    assert "The receipt now says" in again.text and ">I read it<" not in again.text


async def test_what_was_erased_is_not_shown_and_cannot_be_read(run: Running, town: Town) -> None:
    secret = await mailed(run, town)
    (row,) = await town.store.engine.fetch("submissions.list", agency_id=town.agency.id, limit=1)
    await erased(town, row["id"])
    seen = await post(run, secret)
    assert "These words are erased" in seen.text and TEXT not in seen.text and "winkel" not in seen.text
    assert "I read it" not in seen.text
    assert (await post(run, secret, "read")).status_code == 404


async def test_pausing_and_handing_over_ask_no_reason(run: Running, town: Town) -> None:
    secret = await mailed(run, town)
    alone = await post(run, secret)
    assert "no colleague yet" in alone.text
    bob = await member(town, "Bob Maes", "Legal office")
    page = await post(run, secret)
    assert "Bob Maes, Legal office" in page.text and "<textarea" not in page.text
    assert "comes on" in (await post(run, secret, "pause", days="7")).text
    assert (await post(run, secret, "pause", days="700")).status_code == 422
    assert (await post(run, secret, "hand_over", to="x")).status_code == 422
    handed = await post(run, secret, "hand_over", to=str(bob))
    assert "From now on Bob Maes gets the stories." in handed.text and "Hand over to" not in handed.text
    assert (await post(run, secret, "pause", days="7")).status_code == 409  # it is not hers any more
    assert "I read it" in handed.text  # this one still is


@pytest.mark.parametrize("wrong", ["", "x" * 43, "<script>alert(1)</script>"])
async def test_a_wrong_link_says_so_and_shows_nothing(run: Running, town: Town, wrong: str) -> None:
    await mailed(run, town)
    refused = await post(run, wrong, "read")
    assert refused.status_code == 401 and "This link does not work" in refused.text
    assert "<script>alert" not in refused.text and await status(town) == "new"


async def test_another_sites_form_is_refused(run: Running, town: Town) -> None:
    secret = await mailed(run, town)
    data = {"link": secret, "step": "read"}
    foreign = await run.client.post("/story", data=data, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403 and await status(town) == "new"
