"""What is read first, from the store."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from collector.errors import Refusal
from collector.member import Inviting
from collector.message import Saying
from collector.severity import NOT_SAID
from collector.store.reading import Place
from collector.store.store import Store
from collector.store.submissions import Filter
from tests.store.arrivals import NOW, agency_with_page, arrival

DAY = 86_400_000


async def test_the_gravest_come_first_then_the_oldest_page_by_page(store: Store) -> None:
    agency, page = await agency_with_page(store)
    kinds = [["health"], ["right"], ["money"], None, ["time"], []]
    for number, impact in enumerate(itertools.islice(itertools.cycle(kinds), 47)):
        one = arrival(
            page,
            f"key-{number:06}",
            at=NOW - (100 - number) * DAY,
            impact=impact,
            another_way="yes" if impact else None,
        )
        await store.submissions.receive(one)
    await store.submissions.receive(arrival(page, "bare-press", None))
    whole, end = await store.readings.next(agency.id, Filter(), Place(), limit=100, now=NOW)
    assert end is None and len(whole) == 47
    assert whole[0].because == ["health"] and whole[0].days == 100
    pages, place = [], Place()
    while True:
        found, after = await store.readings.next(agency.id, Filter(), place, limit=10, now=NOW)
        pages += found
        if after is None:
            break
        place = after
    assert [one.submission.id for one in pages] == [one.submission.id for one in whole]
    weighed = [one.submission for one in whole if one.submission.severity != NOT_SAID]
    assert weighed == sorted(weighed, key=lambda one: (one.severity, one.id))


async def test_what_was_read_erased_or_set_aside_is_not_read_again_and_another_agency_sees_nothing(
    store: Store,
) -> None:
    agency, page = await agency_with_page(store)
    other, _ = await agency_with_page(store, "village", "village-page")
    ids = [(await store.submissions.receive(arrival(page, f"key-{n:06}", impact=["right"]))).id for n in range(3)]
    await store.submissions.mark(agency.id, ids[0], "read", revision=1, by="Ann", now=NOW)
    found, _ = await store.readings.next(agency.id, Filter(), Place(), limit=10, now=NOW)
    assert [one.submission.id for one in found] == ids[1:]
    assert await store.readings.next(other.id, Filter(), Place(), limit=10, now=NOW) == ([], None)
    narrowed, _ = await store.readings.next(agency.id, Filter(placement="village-page"), Place(), limit=10, now=NOW)
    assert narrowed == []
    with pytest.raises(Refusal):
        await store.readings.next(agency.id, Filter(q="recht"), Place(), limit=10, now=NOW)


async def test_a_lost_right_without_another_way_stays_open_until_a_named_person_has_read_it(store: Store) -> None:
    agency, page = await agency_with_page(store)
    ids = []
    for n in range(4):
        one = arrival(page, f"key-{n:06}", at=NOW - DAY, impact=["right"], another_way="no" if n < 3 else "yes")
        ids.append((await store.submissions.receive(one)).id)
    ann = Inviting("ann@town.example", "Ann Peeters", "Mobility office", "editor")
    member, _ = await store.members.invite(agency.id, ann, now=NOW, by=None)
    lane = await store.readings.lane(agency.id, now=NOW)
    assert (lane.number, lane.read, lane.open, lane.median_hours, lane.oldest_hours) == (3, 0, 3, None, 24.0)
    assert [one.submission.id for one in lane.items] == ids[:3]
    assert lane.items[0].because == ["right", "no_other_way"] and lane.items[0].days == 1
    await store.submissions.mark(agency.id, ids[0], "read", revision=1, by="A script", now=NOW)
    lane = await store.readings.lane(agency.id, now=NOW)
    assert (lane.read, lane.open, lane.items[0].submission.status) == (0, 3, "read")
    await store.submissions.mark(agency.id, ids[1], "read", revision=1, by="Ann", member_id=member.id, now=NOW)
    lane = await store.readings.lane(agency.id, now=NOW)
    assert (lane.number, lane.read, lane.open, lane.median_hours, lane.longest_hours) == (3, 1, 2, 24.0, 24.0)
    later: dict[str, Any] = {"by": "Ann", "member_id": member.id, "now": NOW + DAY}
    await store.submissions.mark(agency.id, ids[0], "read", revision=2, **later)
    lane = await store.readings.lane(agency.id, now=NOW + DAY)
    assert (lane.read, lane.median_hours, lane.longest_hours) == (2, 24.0, 48.0)
    assert [one.submission.id for one in lane.items] == [ids[2]]
    await store.submissions.mark(agency.id, ids[0], "new", revision=3, **later)
    assert (await store.readings.lane(agency.id, now=NOW + DAY)).open == 2
    far = await store.readings.lane(agency.id, now=NOW + 400 * DAY)
    assert (far.number, far.open, len(far.items)) == (0, 2, 2)


async def test_a_named_person_who_writes_to_its_author_has_read_it(store: Store) -> None:
    agency, page = await agency_with_page(store)
    one = await store.submissions.receive(arrival(page, "key-000001", at=NOW - DAY, impact=["right"], another_way="no"))
    ann = Inviting("ann@town.example", "Ann Peeters", "Mobility office", "editor")
    member, _ = await store.members.invite(agency.id, ann, now=NOW, by=None)
    await store.submissions.mark(agency.id, one.id, "read", revision=1, by="A script", now=NOW)
    said = Saying("Welke browser?", "question")
    await store.messages.tell(agency.id, one.id, said, masked=(), by="A script", now=NOW)
    assert (await store.readings.lane(agency.id, now=NOW)).open == 1
    await store.messages.tell(agency.id, one.id, said, masked=(), by="Ann", now=NOW, member_id=member.id)
    lane = await store.readings.lane(agency.id, now=NOW)
    assert (lane.open, lane.read, lane.median_hours) == (0, 1, 24.0)
