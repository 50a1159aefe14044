"""The quiet alarm, from the log until a person with a name has seen it."""

from __future__ import annotations

from typing import Any

import pytest

from collector.alarm import Rule
from collector.errors import Refusal
from collector.message import Weighing
from collector.store.store import Store
from collector.theme import Naming
from tests.store.arrivals import NOW, agency_with_page, arrival
from tests.test_alarm import WORDS

DAY = 86_400_000
GRAVE: dict[str, Any] = {"impact": ["right"], "another_way": "no"}


async def look(store: Store, now: int = NOW) -> int:
    return await store.alarms.follow(now=now)


async def test_three_independent_grave_voices_raise_one_alarm_whatever_the_volume(store: Store) -> None:
    agency, page = await agency_with_page(store)
    other, _ = await agency_with_page(store, "village", "village-page")
    await look(store)
    for number in range(40):
        mild = arrival(page, f"mild-{number:06}", f"Het duurde {WORDS[number % 4]}", at=NOW - DAY, impact=["time"])
        await store.submissions.receive(mild)
    ids = []
    for number, text in enumerate(WORDS[:3]):
        one = arrival(page, f"key-{number:06}", text, at=NOW - (3 - number) * DAY, **GRAVE)
        ids.append((await store.submissions.receive(one)).id)
        assert await look(store) == (1 if number == 2 else 0)
    (alarm,) = await store.alarms.open(agency.id)
    assert (alarm.about, alarm.subject, alarm.days, store.alarms.open_number) == ("placement", "page", 7, 1)
    assert sorted(alarm.voices) == sorted(ids)
    await store.submissions.receive(arrival(page, "key-000009", WORDS[3], **GRAVE))
    assert await look(store) == 0, "one that stands is enough"
    assert await store.alarms.open(other.id) == []
    with pytest.raises(Refusal, match="not_found"):
        await store.alarms.see(other.id, alarm.id, "Niets.", by="Bob", now=NOW)
    seen = await store.alarms.see(
        agency.id, alarm.id, "Wij bellen hen.", by="Ann Peeters, Mobility office", now=NOW + 1
    )
    assert (seen.seen_by, seen.done) == ("Ann Peeters, Mobility office", "Wij bellen hen.")
    with pytest.raises(Refusal, match="wrong_state"):
        await store.alarms.see(agency.id, alarm.id, "Nog eens.", by="Bob", now=NOW + 2)
    assert (await store.alarms.open(agency.id), store.alarms.open_number) == ([], 0)
    changes = [(one.change, one.by) for one in await store.changes.after(0, 500) if one.change.startswith("alarm.")]
    assert changes == [("alarm.raised", None), ("alarm.seen", "Ann Peeters, Mobility office")]
    for number, text in enumerate(WORDS[:2]):
        one = arrival(page, f"late-{number:06}", text, at=NOW + (number + 1) * DAY, **GRAVE)
        await store.submissions.receive(one)
    assert await look(store, NOW + 2 * DAY) == 0, "what was there when it was seen counts no more"
    await store.submissions.receive(arrival(page, "late-000003", WORDS[2], at=NOW + 3 * DAY, **GRAVE))
    assert await look(store, NOW + 3 * DAY) == 1


async def test_the_rule_is_each_agencys_own(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await store.agencies.set_alarm(agency.id, Rule(2, 1), now=NOW, by="Ann")
    await look(store)
    await store.submissions.receive(arrival(page, "key-000000", WORDS[0], at=NOW - 2 * DAY, **GRAVE))
    await store.submissions.receive(arrival(page, "key-000001", WORDS[1], at=NOW - DAY // 2, **GRAVE))
    assert await look(store) == 0
    await store.submissions.receive(arrival(page, "key-000002", WORDS[2], **GRAVE))
    assert await look(store) == 1
    (alarm,) = await store.alarms.open(agency.id)
    assert (len(alarm.voices), alarm.days) == (2, 1)


async def test_a_burst_with_the_same_words_and_voices_too_far_apart_raise_nothing(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await look(store)
    for number in range(12):
        same = arrival(page, f"same-{number:06}", f"{WORDS[0]}.", at=NOW - number * 3_600_000, **GRAVE)
        await store.submissions.receive(same)
    for number, text in enumerate(WORDS[1:3]):
        far = arrival(page, f"far-{number:07}", text, at=NOW - (8 + number) * DAY, **GRAVE)
        await store.submissions.receive(far)
    assert await look(store) == 0
    assert await store.alarms.open(agency.id) == []


async def test_what_a_reader_finds_grave_counts_and_a_theme_gathers_from_several_placements(store: Store) -> None:
    agency, page = await agency_with_page(store)
    pages = [page]
    for key in ("second", "third"):
        pages.append(await store.agencies.create_placement(agency, key, origins=["https://www.town.example"], now=NOW))
    await look(store)
    ids = []
    for number, (where, text) in enumerate(zip(pages, WORDS, strict=False)):
        said = GRAVE if number < 2 else {"impact": ["time"]}
        ids.append((await store.submissions.receive(arrival(where, f"key-{number:06}", text, **said))).id)
    await store.themes.create(agency.id, Naming({"nl": "x", "fr": "x"}, None, submissions=ids), now=NOW, by="Ann")
    assert await look(store) == 0
    revision = (await store.submissions.one(agency.id, ids[2])).revision
    weighing = Weighing("health", "Zonder geld geen dokter.", revision=revision)
    await store.messages.weigh(agency.id, ids[2], weighing, masked=(), by="Ann", now=NOW)
    assert await look(store) == 1
    assert [alarm.about for alarm in await store.alarms.open(agency.id)] == ["theme"]
