"""What a reader finds it to weigh: it counts for all but the order of reading, and its reason goes with the words."""

from __future__ import annotations

import pytest

from collector.errors import Refusal
from collector.message import Saying, Weighing, asked, waiting_since
from collector.severity import NOTHING, RIGHT, TIME, Weight
from collector.store.reading import Place
from collector.store.store import Store
from collector.store.submissions import Filter
from collector.theme import Naming
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

BY = "Ann Peeters, Mobility office"


async def test_what_a_reader_finds_counts_and_what_its_author_said_orders_reading(store: Store) -> None:
    agency, page = await agency_with_page(store)
    mild = (await store.submissions.receive(arrival(page, "key-000001", impact=["time"], another_way="yes"))).id
    grave = (await store.submissions.receive(arrival(page, "key-000002", impact=["right"], another_way="no"))).id
    theme = await store.themes.create(
        agency.id, Naming({"nl": "x", "fr": "x"}, None, submissions=[mild, grave]), now=NOW, by=BY
    )
    assert theme.grave == 1
    found_to_weigh: dict[int, Weight] = {mild: "right", grave: "nothing"}
    for id_, weight in found_to_weigh.items():
        seen = (await store.submissions.one(agency.id, id_)).revision
        weighing = Weighing(weight, "Want zo staat het er.", revision=seen)
        told = await store.messages.weigh(agency.id, id_, weighing, masked=(), by=BY, now=NOW)
        assert (told.kind, told.weight, told.office) == ("weighing", weight, "Mobility office")
    one, other = (await store.submissions.one(agency.id, mild)), (await store.submissions.one(agency.id, grave))
    assert (one.severity, one.weight, one.status, one.read_by) == (TIME, RIGHT, "read", BY)
    assert (other.severity, other.weight) == (RIGHT, NOTHING)
    assert [found.id for found in await store.submissions.list(agency.id, Filter(grave=True), limit=9)] == [mild]
    assert (await store.themes.one(agency.id, theme.id)).grave == 1
    assert (await store.submissions.since(agency.id, 0))[1] == 1
    levels = {(row["severity"], row["voices"]) for row in await store.engine.fetch("radar.points", agency_id=agency.id)}
    assert levels == {(RIGHT, 1), (NOTHING, 1)}
    for id_ in (mild, grave):
        revision = (await store.submissions.one(agency.id, id_)).revision
        await store.submissions.mark(agency.id, id_, "new", revision=revision, by=BY, now=NOW)
    again, _ = await store.readings.next(agency.id, Filter(), Place(), limit=9, now=NOW)
    assert [found.submission.id for found in again] == [grave, mild]


async def test_a_weighing_asks_and_answers_nothing_is_refused_when_stale_and_dies_with_the_words(store: Store) -> None:
    agency, page = await agency_with_page(store)
    other, _ = await agency_with_page(store, "village", "village-page")
    id_ = (await store.submissions.receive(arrival(page, "key-000001"))).id
    opened = await store.receipts.open(KEYS.hash(KEYS.code("page", "key-000001")))
    weighing = Weighing("money", "Een geheime reden.", revision=1)
    with pytest.raises(Refusal, match="not_found"):
        await store.messages.weigh(other.id, id_, weighing, masked=(), by=BY, now=NOW)
    await store.messages.weigh(agency.id, id_, weighing, masked=(), by=BY, now=NOW)
    with pytest.raises(Refusal, match="stale"):
        await store.messages.weigh(agency.id, id_, weighing, masked=(), by=BY, now=NOW)
    await store.messages.tell(agency.id, id_, Saying("Welke brief?", "question"), masked=(), by=BY, now=NOW + 1)
    revision = (await store.submissions.one(agency.id, id_)).revision
    later = Weighing("time", "Toch minder.", revision=revision)
    await store.messages.weigh(agency.id, id_, later, masked=(), by=BY, now=NOW + 2)
    assert asked(await store.messages.of_submission(agency.id, id_))
    await store.messages.add(agency.id, opened.id, id_, "Die van maart.", masked=(), now=NOW + 100_000)
    thread = await store.messages.of_submission(agency.id, id_)
    assert [message.kind for message in thread] == ["weighing", "question", "weighing", "reply"]
    revision = (await store.submissions.one(agency.id, id_)).revision
    last = Weighing("money", "Nu wel.", revision=revision)
    await store.messages.weigh(agency.id, id_, last, masked=(), by=BY, now=NOW + 200_000)
    assert waiting_since(await store.messages.of_submission(agency.id, id_)) == NOW + 100_000
    assert [found.id for found in await store.submissions.list(agency.id, Filter(waiting=True), limit=9)] == [id_]
    await store.receipts.erase(opened, now=NOW + 300_000)
    assert {(message.text, message.weight) for message in await store.messages.of_submission(agency.id, id_)} == {
        (None, None)
    }
    gone = await store.submissions.one(agency.id, id_)
    assert gone.weight == gone.severity
    with pytest.raises(Refusal, match="wrong_state"):
        await store.messages.weigh(agency.id, id_, last, masked=(), by=BY, now=NOW + 400_000)
