"""Who answers a voice: one at a time, until it is let go, is handled, or time is over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collector.change import CLAIMED, RELEASED
from collector.claim import CLAIM_MS, Claim
from collector.errors import Refusal
from collector.message import Saying
from collector.store.store import Store
from collector.token import Right
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

MINUTE = 60_000


def member(number: int, agency_id: int, name: str) -> Right:
    return Right(0, agency_id, "editor", name, member_id=number, office="Mobility office")


async def spoken(store: Store) -> tuple[int, int, Right, Right]:
    agency, page = await agency_with_page(store)
    id_ = (await store.submissions.receive(arrival(page, "key-000001"))).id
    return agency.id, id_, member(1, agency.id, "Ann"), member(2, agency.id, "Bob")


async def steps(store: Store, agency_id: int, id_: int) -> list[tuple[str, str | None]]:
    history = await store.changes.history(agency_id, id_)
    return [(step.change, step.by) for step in history if step.change in (CLAIMED, RELEASED)]


async def test_one_has_it_and_a_colleague_is_told_who(store: Store) -> None:
    agency_id, id_, ann, bob = await spoken(store)
    before = await store.submissions.one(agency_id, id_)
    claim = await store.claims.take(ann, id_, over=False, now=NOW)
    assert claim == Claim("member-1", "Ann, Mobility office", NOW + CLAIM_MS)
    with pytest.raises(Refusal) as refused:
        await store.claims.take(bob, id_, over=False, now=NOW + MINUTE)
    assert (refused.value.code, refused.value.members) == ("claimed", {"claim": claim})
    one = await store.submissions.one(agency_id, id_)
    assert one.claim == claim
    assert one.revision == before.revision, "what a colleague was writing is not stale because of it"


async def test_it_ends_by_hand_by_time_and_by_being_handled(store: Store) -> None:
    agency_id, id_, ann, bob = await spoken(store)
    await store.claims.take(ann, id_, over=False, now=NOW)
    await store.claims.release(bob, id_, now=NOW)
    assert (await store.submissions.one(agency_id, id_)).claim is not None, "what a colleague has stays hers"
    await store.claims.release(ann, id_, now=NOW)
    assert (await store.submissions.one(agency_id, id_)).claim is None
    await store.claims.take(ann, id_, over=False, now=NOW)
    taken = await store.claims.take(bob, id_, over=False, now=NOW + CLAIM_MS)
    assert taken.holder == "member-2"
    await store.submissions.mark(agency_id, id_, "read", revision=1, by="Ann", now=NOW)
    assert (await store.submissions.one(agency_id, id_)).claim == taken
    await store.submissions.mark(agency_id, id_, "with", revision=2, by="Ann", now=NOW)
    assert (await store.submissions.one(agency_id, id_)).claim is None


async def test_whoever_has_it_keeps_it_by_claiming_again_and_the_log_is_not_filled_by_that(store: Store) -> None:
    agency_id, id_, ann, bob = await spoken(store)
    for minutes in (0, 1, 2, 20):
        claim = await store.claims.take(ann, id_, over=False, now=NOW + minutes * MINUTE)
    assert claim.until == NOW + 20 * MINUTE + CLAIM_MS
    over = await store.claims.take(bob, id_, over=True, now=NOW + 21 * MINUTE)
    assert over.holder == "member-2"
    signed = "Ann, Mobility office"
    assert await steps(store, agency_id, id_) == [
        (CLAIMED, signed), (CLAIMED, signed), (CLAIMED, "Bob, Mobility office"),
    ]  # fmt: skip


async def test_two_do_not_answer_one(store: Store) -> None:
    agency_id, id_, ann, bob = await spoken(store)
    await store.claims.take(ann, id_, over=False, now=NOW)

    async def tell(by: Right, now: int) -> Any:
        saying = Saying("Wij kijken ernaar.", "note")
        return await store.messages.tell(
            agency_id, id_, saying, masked=(), by=by.signed, now=now, member_id=None, holder=by.holder_name
        )

    with pytest.raises(Refusal, match="claimed"):
        await tell(bob, NOW + MINUTE)
    assert await store.messages.of_submission(agency_id, id_) == []
    await tell(ann, NOW + MINUTE)
    await tell(bob, NOW + CLAIM_MS)
    assert [message.by for message in await store.messages.of_submission(agency_id, id_)] == [ann.signed, bob.signed]


async def test_it_outlives_a_restart_and_no_receipt_tells_of_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/t.db"
    store = await Store.open(url)
    agency_id, id_, ann, bob = await spoken(store)
    claim = await store.claims.take(ann, id_, over=False, now=NOW)
    await store.close()
    again = await Store.open(url)
    try:
        assert (await again.submissions.one(agency_id, id_)).claim == claim
        with pytest.raises(Refusal, match="claimed"):
            await again.claims.take(bob, id_, over=False, now=NOW)
        opened = await again.receipts.open(KEYS.hash(KEYS.code("page", "key-000001")))
        document = await again.receipts.document(opened, NOW)
        assert [step.change for step in document.history] == ["submission.received"]
        assert document.office is None
        await again.receipts.erase(opened, now=NOW)
        assert (await again.submissions.one(agency_id, id_)).claim is None
        with pytest.raises(Refusal, match="wrong_state"):
            await again.claims.take(ann, id_, over=False, now=NOW)
        with pytest.raises(Refusal, match="not_found"):
            await again.claims.take(member(1, agency_id + 1, "Eve"), id_, over=True, now=NOW)
    finally:
        await again.close()
