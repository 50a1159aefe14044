"""What a reader says a voice is."""

from __future__ import annotations

import pytest

from collector.errors import Refusal
from collector.store.store import Store
from collector.store.submissions import Filter
from collector.submission import KINDS
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival


async def test_a_kind_is_set_changed_and_taken_away_and_the_log_says_by_whom(store: Store) -> None:
    agency, page = await agency_with_page(store)
    id_ = (await store.submissions.receive(arrival(page, "key-000001"))).id
    both = await store.submissions.mark(agency.id, id_, "read", kind="rule", revision=1, by="Ann", now=NOW)
    assert (both.status, both.kind, both.revision) == ("read", "rule", 2)
    alone = await store.submissions.mark(agency.id, id_, None, kind="fault", revision=2, by="Bob", now=NOW)
    assert (alone.status, alone.kind) == ("read", "fault")
    with pytest.raises(Refusal, match="stale"):
        await store.submissions.mark(agency.id, id_, None, kind="idea", revision=2, by="Cas", now=NOW)
    kept = await store.submissions.mark(agency.id, id_, "with", revision=3, by="Ann", now=NOW)
    assert kept.kind == "fault"
    gone = await store.submissions.mark(agency.id, id_, None, kind=None, revision=4, by="Ann", now=NOW)
    assert (gone.kind, gone.status) == (None, "with")
    steps = [(step.change, step.by, step.detail) for step in await store.changes.history(agency.id, id_)]
    assert [step for step in steps if step[0] == "submission.kind"] == [
        ("submission.kind", "Ann", "rule"),
        ("submission.kind", "Bob", "fault"),
        ("submission.kind", "Ann", "none"),
    ]


async def test_each_kind_is_filtered_and_counted_with_words_alone_and_goes_with_the_words(store: Store) -> None:
    agency, page = await agency_with_page(store)
    other, _ = await agency_with_page(store, "village", "village-page")
    for number in range(13):
        one = await store.submissions.receive(arrival(page, f"key-{number:06}", None if number == 12 else "Woorden."))
        kind = KINDS[number % 6]
        await store.submissions.mark(agency.id, one.id, None, kind=kind, revision=1, by="Ann", now=NOW)
    assert await store.tallies.kinds(agency.id, Filter()) == dict.fromkeys(KINDS, 2)
    assert await store.tallies.kinds(agency.id, Filter(outcome="yes")) == {}
    assert await store.tallies.kinds(other.id, Filter()) == {}
    found = await store.submissions.list(agency.id, Filter(kind="rule"), limit=50)
    assert [one.kind for one in found] == ["rule", "rule"]
    assert all(Filter(kind="rule").admits(one) and not Filter(kind="idea").admits(one) for one in found)
    opened = await store.receipts.open(KEYS.hash(KEYS.code("page", "key-000002")))
    await store.receipts.erase(opened, now=NOW)
    assert await store.tallies.kinds(agency.id, Filter(kind="rule")) == {"rule": 1}
    assert (await store.submissions.one(agency.id, opened.submission_id or 0)).kind is None
