"""How something came is where it comes from, never what it weighs."""

from __future__ import annotations

import random
from typing import Any, get_args

import pytest

from collector.reading import Next
from collector.store.reading import Place
from collector.store.submissions import Filter
from collector.submission import Channel
from tests.start import Running
from tests.store.arrivals import arrival

HEARD = [channel for channel in get_args(Channel) if channel not in ("import", "staff")]
SAID: list[dict[str, Any]] = [
    {"impact": ["health"]}, {"impact": ["right"], "another_way": "no"}, {"another_way": "no"}, {"impact": ["money"]},
    {}, {"impact": ["time"]}, {"impact": []}, {}, {"impact": ["health", "time"], "another_way": "help"},
]  # fmt: skip


async def told(run: Running, name: str, channels: list[Channel]) -> list[tuple[str | None, list[str], int]]:
    """The same people say the same, one by each channel; what the reader finds, in order."""
    store, now = run.app.parts.store, run.app.parts.now()
    page = store.agencies.placement("page")
    for place, (channel, said) in enumerate(zip(channels, SAID, strict=True)):
        one = arrival(page, f"{name}-{place:08}", f"Zin {place}.", at=now - (20 - place) * 86_400_000, **said)
        one.channel = channel
        await store.submissions.receive(one)
    found: list[Next] = []
    found, _ = await store.readings.next(page.agency_id, Filter(), Place(), limit=50, now=now)
    return [(one.submission.text, list(one.because), one.days) for one in found]


@pytest.mark.parametrize("seed", range(3))
async def test_the_same_words_by_other_channels_stand_in_the_same_order_with_the_same_clocks(
    run: Running, seed: int
) -> None:
    mixed = random.Random(seed).choices(HEARD, k=len(SAID))
    first = await told(run, "first", ["web"] * len(SAID))
    store, agency = run.app.parts.store, run.app.parts.store.agencies.by_key("town")
    for one in await store.submissions.list(agency.id, Filter(), limit=50):
        await store.submissions.mark(
            agency.id, one.id, "read", revision=one.revision, by="Ann", now=run.app.parts.now()
        )
    assert await told(run, "second", mixed) == first


async def test_counts_and_receipts_are_the_same_for_each_channel(run: Running) -> None:
    documents = []
    for channel in ("counter", "phone", "workshop"):
        body = {
            "placement": "page",
            "key": f"desk-{channel}",
            "channel": channel,
            "outcome": "no",
            "text": "Hetzelfde.",
        }
        taken = await run.client.post("/api/counter", json=body, headers=run.bearer())
        documents.append((await run.receipt(taken.json()["receipt"])).json())
    sent = await run.send(outcome="no", text="Hetzelfde.")
    documents.append((await run.receipt(sent.json()["receipt"])).json())
    names = ("outcome", "text", "status", "next", "permissions", "contact_points", "themes", "bell")
    assert len({repr([document[name] for name in names]) for document in documents}) == 1
    for document in documents:
        counted = await run.client.get(f"/api/counts?channel={document['channel']}", headers=run.bearer())
        assert (counted.json()["presses"], counted.json()["words"]) == (1, 1)


async def test_what_staff_say_of_their_own_is_no_citizen_in_public_figures(run: Running) -> None:
    from tests.town import Town

    town = Town(run.app.parts.store, run.app.parts.now())
    await town.street()
    store, now = run.app.parts.store, run.app.parts.now()
    decision = store.decisions.by_key("school-street")
    before = await store.figures.of(decision, now)
    for place in range(10):
        one = arrival(town.page, f"staff-{place:08}", "Ik werk hier.", at=town.ago(1), outcome=None, effect="harder")
        one.decision, one.phase, one.channel = "school-street", "drafting", "staff"
        await store.submissions.receive(one)
    after = await store.figures.of(decision, now + 2 * 3_600_000)
    assert (after.voices, after.words, after.effects) == (before.voices, before.words, before.effects)
