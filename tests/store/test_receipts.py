"""What a citizen does with what she sent."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from collector.errors import Refusal
from collector.store.store import Store
from collector.store.submissions import Filter
from collector.submission import Correction, Permissions
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival


async def test_an_unknown_code_opens_nothing(store: Store) -> None:
    with pytest.raises(Refusal, match="receipt"):
        await store.receipts.open(KEYS.hash("no such code"))


async def test_a_correction_changes_what_it_names_and_moves_the_counts(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await store.submissions.receive(arrival(page, "key-00001", None, outcome="hard"))
    opened = await store.receipts.open(KEYS.hash(KEYS.code("page", "key-00001")))
    correction = Correction(outcome="no", text="nu met woorden", impact=["right"], permissions=Permissions(quote=True))
    await store.receipts.correct(opened, correction, text="nu met woorden", masked=("phone",), now=NOW + 1)
    document = await store.receipts.document(opened)
    assert (document.outcome, document.text, document.impact) == ("no", "nu met woorden", ["right"])
    assert document.permissions == Permissions(quote=True, invite=False)
    assert document.masked == ["phone"]
    counts = await store.counts.list(agency.id)
    assert (counts.presses, counts.words, counts.by["outcome"]) == (1, 1, {"no": 1})


async def test_a_correction_may_not_leave_nothing(store: Store) -> None:
    _, page = await agency_with_page(store)
    await store.submissions.receive(arrival(page, "key-00001", None))
    opened = await store.receipts.open(KEYS.hash(KEYS.code("page", "key-00001")))
    with pytest.raises(Refusal, match="nothing_to_say"):
        await store.receipts.correct(opened, Correction(outcome=None), text=None, masked=(), now=NOW)


async def test_what_is_erased_is_gone_from_lists_counts_and_search_and_a_tombstone_stays(store: Store) -> None:
    agency, page = await agency_with_page(store)
    received = await store.submissions.receive(arrival(page, "key-00001", "zeldzaam woord"))
    opened = await store.receipts.open(KEYS.hash(KEYS.code("page", "key-00001")))
    await store.receipts.erase(opened, now=NOW + 9)
    await store.receipts.erase(opened, now=NOW + 99)
    assert await store.submissions.list(agency.id, Filter(), limit=10) == []
    assert (await store.counts.list(agency.id)).presses == 0
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 10)
    assert await store.submissions.list(agency.id, Filter(q="zeldzaam"), limit=10) == []
    document = await store.receipts.document(opened)
    assert (document.text, document.outcome, document.erased_at) == (None, None, NOW + 9)
    assert (await store.submissions.one(agency.id, received.id)).erased_at == NOW + 9


async def test_the_same_key_after_an_erasure_is_still_the_same_receipt(store: Store) -> None:
    _, page = await agency_with_page(store)
    first = await store.submissions.receive(arrival(page, "key-00001"))
    await store.receipts.erase(await store.receipts.open(KEYS.hash(KEYS.code("page", "key-00001"))), now=NOW)
    again = await store.submissions.receive(arrival(page, "key-00001"))
    assert (again.id, again.repeated) == (first.id, True)


async def test_erased_and_corrected_words_leave_every_page_of_every_file(tmp_path: Path) -> None:
    """Also with many neighbours, corrections that grow, and triage that rewrites rows beside them."""
    store = await Store.open(f"sqlite:///{tmp_path}/t.db")
    try:
        agency, page = await agency_with_page(store)
        for number in range(400):
            text = f"kanarie{number:04}voor " * (1 + number % 40)
            await store.submissions.receive(arrival(page, f"key-{number:05}", text, at=NOW + number))
        ids = [one.id for one in await store.submissions.list(agency.id, Filter(), limit=400)]
        for id_ in ids[::3]:
            await store.submissions.mark(agency.id, id_, "read", revision=1, by="The desk with a long name", now=NOW)
        for number in range(0, 400, 5):
            opened = await store.receipts.open(KEYS.hash(KEYS.code("page", f"key-{number:05}")))
            text = f"verbeterd{number:04}na " * 60
            await store.receipts.correct(opened, Correction(text=text), text=text, masked=(), now=NOW)
        for number in range(0, 400, 2):
            opened = await store.receipts.open(KEYS.hash(KEYS.code("page", f"key-{number:05}")))
            await store.receipts.erase(opened, now=NOW)
        store.engine.index.scrub_now()
        assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 20)
        await asyncio.to_thread(store.engine.index.wait_scrubbed, 20)
        await store.engine.scrub()
        raw = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
        for number in range(400):
            before, after = f"kanarie{number:04}voor".encode(), f"verbeterd{number:04}na".encode()
            if number % 2 == 0:
                assert before not in raw and after not in raw, number
            elif number % 5 == 0:
                assert before not in raw and after in raw, number
            else:
                assert before in raw, number
    finally:
        await store.close()
