"""Taking in, and finding again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from collector.errors import Refusal
from collector.store.store import Store
from collector.store.submissions import Filter, Received
from tests.store.arrivals import NOW, agency_with_page, arrival


async def test_what_is_received_is_listed_newest_first(store: Store) -> None:
    agency, page = await agency_with_page(store)
    for number in range(5):
        await store.submissions.receive(arrival(page, f"key-{number:05}", f"tekst {number}", at=NOW + number))
    found = await store.submissions.list(agency.id, Filter(), limit=3)
    assert [submission.text for submission in found] == ["tekst 4", "tekst 3", "tekst 2"]
    older = await store.submissions.list(agency.id, Filter(), limit=3, before=found[-1].id)
    assert [submission.text for submission in older] == ["tekst 1", "tekst 0"]


async def test_the_same_key_twice_is_one_submission_also_in_the_same_millisecond(store: Store) -> None:
    agency, page = await agency_with_page(store)
    one, two = await asyncio.gather(*[store.submissions.receive(arrival(page, "the-same-key")) for _ in range(2)])
    assert one.id == two.id
    assert [one.repeated, two.repeated] == [False, True]
    assert len(await store.submissions.list(agency.id, Filter(), limit=10)) == 1


async def test_the_same_key_with_other_words_is_refused_and_the_others_of_its_group_are_stored(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await store.submissions.receive(arrival(page, "first-key", "de eerste woorden"))
    arrivals = [arrival(page, f"other-{number:03}") for number in range(20)]
    arrivals.insert(7, arrival(page, "first-key", "andere woorden"))
    outcomes = await asyncio.gather(*map(store.submissions.receive, arrivals), return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refusal.code for refusal in refused] == ["key_used"]
    assert sum(isinstance(outcome, Received) for outcome in outcomes) == 20
    assert len(await store.submissions.list(agency.id, Filter(), limit=50)) == 21


async def test_ids_follow_the_order_of_arrival_and_are_safe_in_javascript(store: Store) -> None:
    _, page = await agency_with_page(store)
    received = await asyncio.gather(
        *[store.submissions.receive(arrival(page, f"key-{n:05}", at=NOW)) for n in range(50)]
    )
    ids = [one.id for one in received]
    assert ids == sorted(set(ids))
    assert max(ids) < 2**53


async def test_what_comes_in_one_turn_is_one_commit_and_each_has_its_own_words(tmp_path: Path) -> None:
    commits: list[int] = []
    store = await Store.open(f"sqlite:///{tmp_path}/turn.db", lambda: commits.append(1))
    try:
        agency, page = await agency_with_page(store)
        before = len(commits)
        sent = [arrival(page, f"key-{n:05}", f"tekst {n}", outcome="yes" if n % 3 else "no") for n in range(90)]
        received = await asyncio.gather(*map(store.submissions.receive, sent))
        assert len(commits) - before == 1
        found = {one.id: one for one in await store.submissions.list(agency.id, Filter(), limit=100)}
        assert [found[one.id].text for one in received] == [one.text for one in sent]
        assert [found[one.id].outcome for one in received] == [one.sent.outcome for one in sent]
        again = await asyncio.gather(*map(store.submissions.receive, sent))
        assert [(one.id, one.repeated) for one in again] == [(one.id, True) for one in received]
        counted = (await store.counts.list(agency.id)).by["outcome"]
        assert counted == {"yes": 60, "no": 30}
    finally:
        await store.close()


async def test_filters_select_by_each_field(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await store.submissions.receive(arrival(page, "with-words", "woorden", outcome="no", impact=["right"]))
    await store.submissions.receive(arrival(page, "bare-press", None, outcome="yes"))
    await store.submissions.receive(arrival(page, "a-reason-1", None, outcome=None, reason="rule"))

    async def count(**selected: object) -> int:
        return len(await store.submissions.list(agency.id, Filter(**selected), limit=10))  # type: ignore[arg-type]

    assert await count() == 3
    assert await count(words=True) == 1
    assert await count(words=False) == 2
    assert await count(outcome="yes") == 1
    assert await count(reason="rule") == 1
    assert await count(placement="page") == 3
    assert await count(placement="another") == 0
    assert await count(language="fr") == 0
    assert await count(channel="web", status="new") == 3


async def test_another_agency_sees_nothing(store: Store) -> None:
    _, page = await agency_with_page(store)
    other, _ = await agency_with_page(store, "village", "village-page")
    received = await store.submissions.receive(arrival(page, "of-the-town"))
    assert await store.submissions.list(other.id, Filter(), limit=10) == []
    assert await store.submissions.list(other.id, Filter(placement="page"), limit=10) == []
    with pytest.raises(Refusal, match="not_found"):
        await store.submissions.one(other.id, received.id)
    with pytest.raises(Refusal, match="not_found"):
        await store.submissions.mark(other.id, received.id, "read", revision=1, by="them", now=NOW)
    assert (await store.counts.list(other.id)).presses == 0


async def test_a_search_finds_words_in_any_case_and_accent_and_quotes_mean_side_by_side(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await store.submissions.receive(arrival(page, "key-00001", "De aanvraag lukte niet bij het élève-loket"))
    await store.submissions.receive(arrival(page, "key-00002", "Niet alles lukte"))
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 10)

    async def texts(q: str) -> int:
        return len(await store.submissions.list(agency.id, Filter(q=q), limit=10))

    assert await texts("LUKTE niet") == 2
    assert await texts('"lukte niet"') == 1
    assert await texts("eleve") == 1
    assert await texts("aanvr*") == 1
    assert await texts("aanvr") == 0
    for hostile in ('"', "*", "NEAR(", "-x", "a OR b", "facets:a1", "(", "'; drop table words; --", "\0"):
        assert isinstance(await texts(hostile), int)
    # the only agency searches everything; as soon as there is another, each finds its own
    other, _ = await agency_with_page(store, "village", "village-page")
    assert await texts("LUKTE niet") == 2
    assert len(await store.submissions.list(agency.id, Filter(q="lukte", placement="page"), limit=10)) == 2
    assert await store.submissions.list(other.id, Filter(q="lukte"), limit=10) == []


async def test_marking_sets_the_status_once_and_a_stale_revision_is_refused(store: Store) -> None:
    agency, page = await agency_with_page(store)
    received = await store.submissions.receive(arrival(page, "key-00001"))
    read = await store.submissions.mark(agency.id, received.id, "read", revision=1, by="The desk", now=NOW + 5)
    assert (read.status, read.read_at, read.read_by, read.revision) == ("read", NOW + 5, "The desk", 2)
    with pytest.raises(Refusal, match="stale"):
        await store.submissions.mark(agency.id, received.id, "answered", revision=1, by="late", now=NOW)
    history = await store.changes.history(agency.id, received.id)
    assert [(step.change, step.by) for step in history] == [
        ("submission.received", None),
        ("submission.read", "The desk"),
    ]


async def test_since_counts_voices_and_the_grave_ones_among_them(store: Store) -> None:
    agency, page = await agency_with_page(store)
    first = await store.submissions.receive(arrival(page, "key-00001"))
    await store.submissions.receive(arrival(page, "key-00002", impact=["time"]))
    await store.submissions.receive(arrival(page, "key-00003", impact=["time", "right"]))
    await store.submissions.receive(arrival(page, "key-00004", another_way="no"))
    await store.submissions.receive(arrival(page, "key-00005", None))
    assert await store.submissions.since(agency.id, first.id) == (3, 2)


async def test_how_soon_words_are_read_is_only_said_when_it_was_measured(store: Store) -> None:
    agency, page = await agency_with_page(store)
    day = 86_400_000
    for number in range(9):
        received = await store.submissions.receive(arrival(page, f"key-{number:05}", at=NOW + number))
        await store.submissions.mark(agency.id, received.id, "read", revision=1, by="x", now=NOW + number + 2 * day - 9)
    assert await store.submissions.read_days(page, now=NOW + 2 * day) is None
    received = await store.submissions.receive(arrival(page, "the-tenth", at=NOW + 10))
    await store.submissions.mark(agency.id, received.id, "read", revision=1, by="x", now=NOW + 2 * day)
    assert await store.submissions.read_days(page, now=NOW + 2 * day) == 2


async def test_retention_erases_words_and_keeps_facts_and_counts(store: Store) -> None:
    agency, page = await agency_with_page(store)
    old = await store.submissions.receive(arrival(page, "key-00001", "oude woorden", at=NOW))
    new = await store.submissions.receive(arrival(page, "key-00002", "nieuwe woorden", at=NOW + 1000))
    assert await store.submissions.expire(agency.id, before=NOW + 500, after=0, now=NOW + 2000) == old.id
    assert await store.submissions.expire(agency.id, before=NOW + 500, after=old.id, now=NOW + 2000) == 0
    expired = await store.submissions.one(agency.id, old.id)
    assert (expired.text, expired.page, expired.outcome) == (None, None, "no")
    assert (await store.submissions.one(agency.id, new.id)).text == "nieuwe woorden"
    assert (await store.counts.list(agency.id)).presses == 2
