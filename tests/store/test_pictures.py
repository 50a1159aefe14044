"""The picture says what the voices say, whatever became of them since their day was counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from collector.agency import Agency
from collector.burst import LEAST
from collector.day import day_of
from collector.message import Weighing
from collector.picture import DIMENSIONS, Picture, Slice
from collector.store.store import Store
from collector.store.submissions import Filter
from collector.submission import Submission
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

DAY_MS = 86_400_000
PERIOD: dict[str, Any] = {
    "day_from": "2026-11-01",
    "day_to": "2026-11-18",
    "now": NOW,
}  # NOW: 18 November 2026, in the afternoon
ANSWERS = ("yes", "hard", "no", None)
COSTS: tuple[list[str] | None, ...] = (["health"], ["right"], ["money"], [], None)


async def filled(store: Store) -> Agency:
    """Some eighty voices of ten days and two placements."""
    agency, page = await agency_with_page(store)
    second = await store.agencies.create_placement(agency, "second", origins=["https://www.town.example"], now=NOW)
    for n in range(80):
        text = None if n % 3 == 0 else f"Het formulier vraagt mij ding nummer {n}"
        where = second if n % 4 == 0 else page
        one = arrival(where, f"voice-{n:05}", text, at=NOW - (80 - n) * DAY_MS // 8, outcome=ANSWERS[n % 4],
                      impact=COSTS[n % 5], rating=n % 6 or None)  # fmt: skip
        one.language, one.channel = ("nl", "fr", None)[n % 3], ("web", "paper")[n % 2]
        one.decision = "square" if n % 7 == 0 else None
        await store.submissions.receive(one)
    return agency


def told(picture: Picture) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: {one.value: (one.presses, one.words, one.grave) for one in picture.by[name]} for name in DIMENSIONS
    }
    found["day"] = {one.value: (one.presses, one.words, one.grave) for one in picture.days}
    found["all"] = (picture.presses, picture.words, picture.grave)
    return found


def counted(voices: list[Submission]) -> dict[str, Any]:
    """The same from the voices, one by one."""
    found: dict[str, dict[str, Counter[int]]] = {name: {} for name in (*DIMENSIONS, "day")}
    every = Counter[int]()
    for voice in voices:
        said: dict[str, Any] = {name: getattr(voice, name) for name in DIMENSIONS if name != "severity"}
        said["severity"] = voice.weight if voice.text else None
        said["day"] = day_of(voice.received_at, "Europe/Brussels")
        grave = bool(voice.text) and voice.weight <= 2
        for of in (
            every,
            *(found[name].setdefault(str(value), Counter()) for name, value in said.items() if value is not None),
        ):
            of.update({0: 1, 1: int(bool(voice.text)), 2: int(grave)})
    return {
        **{name: {value: (of[0], of[1], of[2]) for value, of in values.items()} for name, values in found.items()},
        "all": (every[0], every[1], every[2]),
    }


async def agrees(store: Store, agency: Agency, selected: Filter | None = None) -> Picture:
    selected = selected or Filter()
    if selected.q is not None:
        assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)
    picture = await store.pictures.see(agency.id, selected, **PERIOD)
    voices = await store.submissions.list(agency.id, selected, limit=500)
    assert told(picture) == counted(voices), selected
    for name in DIMENSIONS:
        over = (await store.pictures.see(agency.id, selected, **PERIOD, over=name)).over
        assert {one.value: (sum(one.presses), sum(one.words)) for one in over} == {
            one.value: (one.presses, one.words) for one in picture.by[name]
        }, name
        if name in ("placement", "channel") and over:
            for place, day in enumerate(picture.days):
                assert sum(one.presses[place] for one in over) == day.presses, (name, day.value)
    return picture


async def test_it_says_what_the_voices_say_within_every_filter(store: Store) -> None:
    agency = await filled(store)
    other, _ = await agency_with_page(store, "village", "village-page")
    whole = await agrees(store, agency)
    assert whole.presses == 80 and len(whole.days) == 11
    for selected in (
        Filter(placement="second"), Filter(decision="square"), Filter(language="fr"), Filter(channel="paper"),
        Filter(outcome="no"), Filter(rating=2), Filter(weight=1), Filter(words=False), Filter(grave=True), Filter(status="new"),
        Filter(placement="page", outcome="hard", words=True), Filter(theme="none"), Filter(q="ding"), Filter(burst="none"),
    ):  # fmt: skip
        assert 0 < (await agrees(store, agency, selected)).presses < 80 or selected in (
            Filter(status="new"),
            Filter(burst="none"),
        )
    for nobody in (Filter(placement="village-page"), Filter(placement="nowhere"), Filter(q="?")):
        assert (await store.pictures.see(agency.id, nobody, **PERIOD)).presses == 0
    assert (await store.pictures.see(other.id, Filter(), **PERIOD)).presses == 0
    part = await store.pictures.see(agency.id, Filter(), day_from="2026-11-10", day_to="2026-11-12", now=NOW)
    assert [day.value for day in part.days] == ["2026-11-10", "2026-11-11", "2026-11-12"]
    assert [day for day in whole.days if day in part.days] == part.days


async def test_a_day_is_counted_once_and_again_when_a_voice_of_it_changes(store: Store) -> None:
    agency = await filled(store)
    before = await agrees(store, agency)

    async def days() -> set[str]:
        rows = await store.engine.fetch("pictures.tallied", agency_id=agency.id, after=0, before=2**53)
        return {row["day"] for row in rows}

    kept = await days()
    assert len(kept) == 10, "all but today, which is not over"
    receipt = await store.receipts.open(KEYS.hash(KEYS.code("page", "voice-00010")))
    await store.receipts.erase(receipt, now=NOW)
    assert len(await days()) == 9
    after = await agrees(store, agency)
    assert after.presses == before.presses - 1
    assert await days() == kept

    mild = (await store.submissions.list(agency.id, Filter(outcome="hard", words=True), limit=500))[-1]
    weighing = Weighing("health", "Zonder dit papier geen insuline.", mild.revision)
    await store.messages.weigh(agency.id, mild.id, weighing, masked=(), by="Desk", now=NOW)
    assert len(await days()) == 9
    weighed = await agrees(store, agency)
    assert weighed.grave == after.grave + (mild.weight > 2)


async def test_what_came_in_bursts_is_told_apart_by_day_and_place(store: Store) -> None:
    agency = await filled(store)
    page = store.agencies.placement("page")
    for n in range(LEAST + 2):
        await store.submissions.receive(
            arrival(page, f"burst-{n:05}", "Stop deze regel voor onze straat", at=NOW - 3 * DAY_MS + n)
        )
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)
    picture = await store.pictures.see(agency.id, Filter(), **PERIOD)
    assert picture.bursts == LEAST + 2
    assert [day.value for day in picture.days if day.bursts] == ["2026-11-15"]

    def bursts(name: str) -> dict[str, int]:
        found: list[Slice] = picture.by[name]
        return {one.value: one.bursts for one in found}

    assert bursts("placement") == {"page": LEAST + 2, "second": 0} and bursts("channel")["web"] == LEAST + 2
    assert (await store.pictures.see(agency.id, Filter(burst="none"), **PERIOD)).bursts == 0
