"""Who is told that there is news, once for each."""

from __future__ import annotations

import pytest

from collector.bell import checked_address
from collector.decision import File
from collector.errors import Refusal
from collector.store.bells import DueBell
from collector.store.store import Store
from collector.theme import Answering, Naming
from tests.store.arrivals import NOW
from tests.store.test_messages import BY, MINUTE, add, opened, tell

HOUR = 60 * MINUTE


async def due(store: Store, at: int) -> list[DueBell]:
    await store.bells.follow()
    return list(await store.bells.due(at, gather_ms=MINUTE, every_ms=HOUR, limit=10))


async def test_news_is_gathered_told_once_and_at_most_once_an_hour(store: Store) -> None:
    agency, receipt = await opened(store)
    await store.bells.follow()
    await store.bells.put(agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=NOW)
    assert await due(store, NOW + HOUR) == []
    await tell(store, receipt, "Een?", at=NOW)
    await tell(store, receipt, "Twee?", at=NOW + 1000)
    assert await due(store, NOW + 30_000) == []  # more may come
    (bell,) = await due(store, NOW + MINUTE)
    assert (bell.address, bell.language) == ("jan@voorbeeld.be", "nl")
    await store.bells.rung(bell, now=NOW + MINUTE)
    assert await due(store, NOW + 9 * HOUR) == []
    await tell(store, receipt, "Drie?", at=NOW + 2 * MINUTE)
    assert await due(store, NOW + 30 * MINUTE) == []
    (bell,) = await due(store, NOW + MINUTE + HOUR)
    await store.bells.rung(bell, now=NOW + MINUTE + HOUR)
    assert await due(store, NOW + 9 * HOUR) == []


async def test_what_comes_while_it_rings_is_not_lost(store: Store) -> None:
    agency, receipt = await opened(store)
    await store.bells.follow()
    await store.bells.put(agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=NOW)
    await tell(store, receipt, "Een?", at=NOW)
    (bell,) = await due(store, NOW + MINUTE)
    await tell(store, receipt, "Twee?", at=NOW + MINUTE)
    await store.bells.follow()
    await store.bells.rung(bell, now=NOW + MINUTE)
    assert len(await due(store, NOW + 2 * MINUTE + HOUR)) == 1


async def test_her_own_words_and_what_a_colleague_sorts_are_no_news(store: Store) -> None:
    agency, receipt = await opened(store)
    await store.bells.follow()
    await store.bells.put(agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=NOW)
    await add(store, receipt, "Nog iets.")
    assert receipt.submission_id is not None
    await store.submissions.mark(agency.id, receipt.submission_id, "read", revision=1, by=BY, now=NOW)
    await store.themes.create(
        agency.id, Naming({"nl": "Aanmelden"}, submissions=[receipt.submission_id]), now=NOW, by=BY
    )
    assert await due(store, NOW + HOUR) == []


async def test_a_response_rings_for_every_receipt_of_its_themes_and_no_other(store: Store) -> None:
    agency, inside = await opened(store, "key-00001")
    _, outside = await opened(store, "key-00002")
    await store.bells.follow()
    for receipt, name in ((inside, "in"), (outside, "uit")):
        await store.bells.put(agency.id, receipt.id, f"{name}@voorbeeld.be", "nl", now=NOW)
    assert inside.submission_id is not None
    theme = await store.themes.create(
        agency.id, Naming({"nl": "Aanmelden"}, submissions=[inside.submission_id]), now=NOW, by=BY
    )
    answer = Answering([theme.id], "changed", {"nl": "Opgelost.", "fr": "Résolu."}, "Mobility", publish=True)
    await store.responses.write(agency, answer, now=NOW, by=BY)
    assert [bell.address for bell in await due(store, NOW + HOUR)] == ["in@voorbeeld.be"]


async def test_a_decision_that_is_withdrawn_rings_for_who_reacted_to_it(store: Store) -> None:
    agency, receipt = await opened(store)
    assert receipt.submission_id is not None
    theme = await store.themes.create(
        agency.id, Naming({"nl": "Aanmelden"}, submissions=[receipt.submission_id]), now=NOW, by=BY
    )
    await store.decisions.create(agency.id, "signing-in", File(), now=NOW, by=BY, theme_id=theme.id)
    document = await store.receipts.document(receipt, NOW)
    assert document.decision is None and document.themes[0].started is None  # a draft is shown to nobody
    await store.bells.follow()
    await store.bells.put(agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=NOW)

    async def body(tx) -> None:  # type: ignore[no-untyped-def]
        decision = store.decisions.mine(agency.id, "signing-in")
        await tx.run(
            "changes.insert", agency_id=agency.id, change="decision.withdrawn", at=NOW, by=BY, subject_id=decision.id,
            detail=None,
        )  # fmt: skip

    await store.engine.write(body)
    assert len(await due(store, NOW + HOUR)) == 1


async def test_the_cursor_outlives_a_restart(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("bells")
    store = await Store.open(f"sqlite:///{folder}/t.db")
    agency, receipt = await opened(store)
    await store.bells.follow()
    await store.bells.put(agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=NOW)
    await tell(store, receipt, "Een?", at=NOW)
    await store.close()
    store = await Store.open(f"sqlite:///{folder}/t.db")
    try:
        (bell,) = await due(store, NOW + MINUTE)
        await store.bells.rung(bell, now=NOW + MINUTE)
        await store.close()
        store = await Store.open(f"sqlite:///{folder}/t.db")
        assert await due(store, NOW + 9 * HOUR) == []
    finally:
        await store.close()


async def test_an_erased_receipt_has_no_bell_and_gets_none(store: Store) -> None:
    agency, receipt = await opened(store)
    await store.bells.put(agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=NOW)
    await store.receipts.erase(receipt, now=NOW)
    assert not await store.bells.on(receipt.id)
    with pytest.raises(Refusal, match="receipt"):
        await store.bells.put(agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=NOW)


@pytest.mark.parametrize("email", [" jan@voorbeeld.be", "j.a+b@sub.voorbeeld.be", "jan@münchen.example"])
def test_addresses_that_a_server_could_take(email: str) -> None:
    assert checked_address(email).isascii()


@pytest.mark.parametrize(
    "email",
    [
        "", "jan", "jan@voorbeeld", "jan@voorbeeld.be\r\nBcc: x@y.be", "a b@c.be", "<jan@v.be>", "jan@-x.be", "ž@v.be",
        "a" * 65 + "@v.be", "jan@.be", "jan@a..be",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(Refusal, match="invalid"):
        checked_address(email)
