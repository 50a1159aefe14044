"""The thread behind a receipt."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from collector.agency import Agency
from collector.errors import Refusal
from collector.message import Invitation, Message, Saying, asked, checked_saying, waiting_since
from collector.store.receipts import Opened
from collector.store.store import Store
from collector.submission import Correction, Permissions
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

BY = "Ann Peeters, Mobility"
MINUTE = 60_000
TALK = Invitation("2027-01-11", "14:30", place="Market 1", phone="+32 2 555 01 23")


async def opened(store: Store, key: str = "key-00001", text: str | None = "Het lukte niet.") -> tuple[Agency, Opened]:
    """A receipt of a voice that came at NOW."""
    try:
        agency = store.agencies.by_key("town")
        page = store.agencies.placement("page")
    except Refusal:
        agency, page = await agency_with_page(store)
    await store.submissions.receive(arrival(page, key, text))
    return agency, await store.receipts.open(KEYS.hash(KEYS.code("page", key)))


async def add(store: Store, receipt: Opened, text: str, at: int = NOW + MINUTE) -> None:
    assert receipt.submission_id is not None
    await store.messages.add(receipt.agency_id, receipt.id, receipt.submission_id, text, masked=(), now=at)


async def tell(store: Store, receipt: Opened, text: str, kind: str = "question", at: int = NOW + 2 * MINUTE) -> Message:
    assert receipt.submission_id is not None
    invitation = TALK if kind == "invitation" else None
    saying = Saying(text, kind, invitation)  # type: ignore[arg-type]
    return await store.messages.tell(receipt.agency_id, receipt.submission_id, saying, masked=(), by=BY, now=at)


async def thread(store: Store, receipt: Opened) -> list[Message]:
    return (await store.receipts.document(receipt, NOW + 9 * MINUTE)).messages


async def test_citizen_and_team_speak_in_turns_and_a_reply_is_one_to_what_was_asked(store: Store) -> None:
    agency, receipt = await opened(store)
    await add(store, receipt, "Nog iets.")
    told = await tell(store, receipt, "Welke browser?")
    assert (told.by, told.office, told.kind) == (BY, "Mobility", "question")
    await add(store, receipt, "Een oude.", NOW + 3 * MINUTE)
    await tell(store, receipt, "Dank u.", "note", NOW + 4 * MINUTE)
    await add(store, receipt, "Graag.", NOW + 5 * MINUTE)
    messages = await thread(store, receipt)
    assert [(m.sender, m.kind, m.text) for m in messages] == [
        ("citizen", "addition", "Nog iets."),
        ("agency", "question", "Welke browser?"),
        ("citizen", "reply", "Een oude."),
        ("agency", "note", "Dank u."),
        ("citizen", "addition", "Graag."),
    ]
    assert {m.by for m in messages} == {None}  # the name is for colleagues
    assert receipt.submission_id is not None
    changes = [step.change for step in await store.changes.history(agency.id, receipt.submission_id)]
    assert changes.count("submission.added") == 3 and changes.count("submission.message") == 2


async def test_a_double_click_is_one_message_and_the_same_words_later_are_another(store: Store) -> None:
    _, receipt = await opened(store)
    await asyncio.gather(*(add(store, receipt, "Twee keer gedrukt.") for _ in range(5)))
    assert len(await thread(store, receipt)) == 1
    await add(store, receipt, "Twee keer gedrukt.", NOW + 3 * MINUTE)
    assert len(await thread(store, receipt)) == 2


async def test_nobody_writes_more_than_fifty_a_day(store: Store) -> None:
    _, receipt = await opened(store)
    for number in range(50):
        await add(store, receipt, f"nummer {number}")
    with pytest.raises(Refusal, match="slow_down"):
        await add(store, receipt, "nog een")
    await add(store, receipt, "morgen", NOW + 2 * 86_400_000)


async def test_what_the_team_answers_it_has_read(store: Store) -> None:
    agency, receipt = await opened(store)
    await tell(store, receipt, "Welke browser?")
    assert receipt.submission_id is not None
    one = await store.submissions.one(agency.id, receipt.submission_id)
    assert (one.status, one.read_by, one.revision) == ("read", BY, 2)
    document = await store.receipts.document(receipt, NOW)
    assert [step.change for step in document.history][-2:] == ["submission.read", "submission.message"]
    assert document.office == "Mobility" and document.history[-1].by == "Mobility"


async def test_an_invitation_needs_the_permission_of_its_author(store: Store) -> None:
    _, receipt = await opened(store)
    with pytest.raises(Refusal, match="not_allowed"):
        await tell(store, receipt, "", "invitation")
    correction = Correction(permissions=Permissions(invite=True))
    await store.receipts.correct(receipt, correction, text=None, masked=(), now=NOW)
    await tell(store, receipt, "", "invitation")
    assert (await thread(store, receipt))[-1].invitation == TALK


@pytest.mark.parametrize(
    ("kind", "invitation"),
    [
        ("invitation", None),
        ("note", TALK),
        ("invitation", Invitation("2027-02-30", "14:30", place="x")),
        ("invitation", Invitation("2026-11-17", "14:30", place="x")),
        ("invitation", Invitation("2027-01-11", "14:30")),
        ("invitation", Invitation("2027-01-11", "14:30", phone="call me")),
        ("invitation", Invitation("2027-01-11", "14:30", video="javascript:alert(1)")),
    ],
)
def test_an_invitation_that_nobody_can_come_to_is_refused(kind: str, invitation: Invitation | None) -> None:
    with pytest.raises(Refusal, match="invalid"):
        checked_saying(Saying("Kom praten", kind, invitation), "2026-11-18")  # type: ignore[arg-type]


async def test_who_waits_since_when_is_told_by_the_last_words(store: Store) -> None:
    _, receipt = await opened(store)
    await add(store, receipt, "een")
    await add(store, receipt, "twee", NOW + 2 * MINUTE)
    assert waiting_since(await thread(store, receipt)) == NOW + MINUTE
    await tell(store, receipt, "Vraag?", "question", NOW + 3 * MINUTE)
    messages = await thread(store, receipt)
    assert waiting_since(messages) is None and asked(messages)


async def test_another_agency_cannot_write_or_read(store: Store) -> None:
    _, receipt = await opened(store)
    village, _ = await agency_with_page(store, "village", "other")
    assert receipt.submission_id is not None
    with pytest.raises(Refusal, match="not_found"):
        await store.messages.tell(village.id, receipt.submission_id, Saying("x", "note"), masked=(), by=BY, now=NOW)
    await tell(store, receipt, "Van ons.", "note")
    assert await store.messages.of_submission(village.id, receipt.submission_id) == []


async def test_an_erased_receipt_takes_no_words_and_gives_none(store: Store) -> None:
    _, receipt = await opened(store)
    await add(store, receipt, "geheim")
    await store.receipts.erase(receipt, now=NOW + 2 * MINUTE)
    assert [m.text for m in await thread(store, receipt)] == [None]
    with pytest.raises(Refusal, match="receipt"):
        await add(store, receipt, "toch")
    with pytest.raises(Refusal, match="wrong_state"):
        await tell(store, receipt, "toch")


async def test_a_thread_goes_when_the_time_to_keep_it_is_over(store: Store) -> None:
    agency, receipt = await opened(store)
    await add(store, receipt, "oud")
    await store.bells.put(agency.id, receipt.id, "jan@voorbeeld.be", "nl", now=NOW)
    await store.submissions.expire(agency.id, before=NOW + MINUTE, after=0, now=NOW + 2 * MINUTE)
    document = await store.receipts.document(receipt, NOW + 3 * MINUTE)
    assert ([m.text for m in document.messages], document.bell.on, document.next.what) == ([None], False, "none")
    with pytest.raises(Refusal, match="wrong_state"):
        await add(store, receipt, "nog iets")


async def test_erased_threads_leave_every_page_of_every_file(tmp_path: Path) -> None:
    """Words, invitations and addresses, with many neighbours that stay, and after everything was read once."""
    store = await Store.open(f"sqlite:///{tmp_path}/t.db")
    try:
        receipts = []
        for number in range(120):
            agency, receipt = await opened(store, f"key-{number:05}", f"stem{number:04}begin")
            allow = Correction(permissions=Permissions(invite=True))
            await store.receipts.correct(receipt, allow, text=None, masked=(), now=NOW)
            receipts.append(receipt)
        for number, receipt in enumerate(receipts):
            assert receipt.submission_id is not None
            await add(store, receipt, f"kanarie{number:04}burger " * (1 + number % 30))
            talk = Invitation("2027-01-11", "14:30", place=f"kanarie{number:04}plaats " * (1 + number % 9))
            saying = Saying(f"kanarie{number:04}ambt", "invitation", talk)
            await store.messages.tell(agency.id, receipt.submission_id, saying, masked=(), by=BY, now=NOW + number)
            await store.bells.put(agency.id, receipt.id, f"kanarie{number:04}bel@voorbeeld.be", "nl", now=NOW)
        for number in range(0, 120, 3):  # another address takes the place of the first
            await store.bells.put(
                agency.id, receipts[number].id, f"kanarie{number:04}tweede@voorbeeld.be", "fr", now=NOW
            )
        for number in range(0, 120, 2):
            await store.receipts.erase(receipts[number], now=NOW)
        await store.engine.scrub()
        raw = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
        for number in range(120):
            for word in ("burger", "plaats", "ambt"):
                assert (f"kanarie{number:04}{word}".encode() in raw) == bool(number % 2), (number, word)
            kept = number % 2 == 1
            assert (f"kanarie{number:04}bel@".encode() in raw) == (kept and number % 3 != 0), number
            assert (f"kanarie{number:04}tweede@".encode() in raw) == (kept and number % 3 == 0), number
    finally:
        await store.close()
