"""What a citizen does with her receipt. Its code comes in the Authorization header, never in a path or query."""

from __future__ import annotations

from hashlib import blake2b

import msgspec
from msgspec import UNSET
from starlette.responses import Response
from starlette.routing import Route

from collector.ask import AnswerGiven
from collector.bell import BellWish, checked_address
from collector.callback import CallWish
from collector.document import ReceiptDocument
from collector.endpoints.answers import answer_from_receipt, erase_with_answers, receipt_document
from collector.endpoints.intake import masked_text
from collector.endpoints.operation import Call, operation
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.guard.source import Kind
from collector.message import Added, Feeling, HandingOver
from collector.receipt import read_code
from collector.store.receipts import Opened
from collector.submission import Correction


async def open_receipt(parts: Parts, typed: str, address: str, purpose: str | None = None) -> Opened:
    """The receipt of a code as a person typed it. Refusal `code_mistyped` with the wrong groups, `receipt` for a code
    of nobody, `slow_down` for a source that guesses."""
    code = read_code(typed)
    for limited in ("guess", purpose) if purpose else ("guess",):
        verdict = parts.sources.look(limited, address) if limited == "guess" else parts.sources.check(limited, address)
        if verdict.kind is not Kind.FREE:
            raise Refusal("slow_down", retry_after=verdict.retry_after)
    try:
        opened = await parts.store.receipts.open(parts.keys.hash(code))
        opened.code = code
        return opened
    except Refusal:
        parts.sources.check("guess", address)
        raise


async def correct_receipt(parts: Parts, opened: Opened, correction: Correction) -> None:
    """Changes what its author names; text is cleaned and masked as at first."""
    text, kinds = masked_text(None if correction.text is UNSET else correction.text)
    placement = parts.store.agencies.placement_by_id(opened.placement_id)
    if correction.rating not in (UNSET, None) and not placement.gateway:
        raise Refusal("invalid", fields=("rating",))
    await parts.store.receipts.correct(opened, correction, text=text, masked=kinds, now=parts.now())


async def add_words(parts: Parts, opened: Opened, raw: str) -> None:
    """What a citizen adds to her receipt, cleaned and masked as at first. Refusal `nothing_to_say` for no words."""
    text, kinds = masked_text(raw)
    if not text or opened.submission_id is None:
        raise Refusal("nothing_to_say")
    await parts.store.messages.add(
        opened.agency_id, opened.id, opened.submission_id, text, masked=kinds, now=parts.now()
    )
    for kind in kinds:
        parts.metrics.masked(kind)


async def set_bell(parts: Parts, opened: Opened, wish: BellWish) -> None:
    """Refusal `wrong_state` when the operator has no mail server, or when there is nothing left to ring for; `invalid` for
    what is no address."""
    address = checked_address(wish.email)
    document = await parts.store.receipts.document(opened, parts.now())
    if not document.bell.offered:
        raise Refusal("wrong_state")
    await parts.store.bells.put(opened.agency_id, opened.id, address, wish.language, now=parts.now())


async def ask_call(parts: Parts, opened: Opened, wish: CallWish) -> None:
    """Refusal `wrong_state` where nobody calls back, or when there is nothing left to call about; `invalid` for what cannot
    be dialled."""
    document = await parts.store.receipts.document(opened, parts.now())
    if not document.callback.offered or opened.submission_id is None:
        raise Refusal("receipt" if document.erased_at else "wrong_state")
    await parts.store.callbacks.ask(opened.agency_id, opened.id, opened.submission_id, wish, now=parts.now())


async def unask_call(parts: Parts, opened: Opened) -> None:
    if opened.submission_id is not None:
        await parts.store.callbacks.take_back(opened.agency_id, opened.submission_id, now=parts.now())


def etag_of(document: ReceiptDocument) -> str:
    """The same as long as nothing that it shows has changed."""
    return f'"{blake2b(msgspec.json.encode(document), digest_size=12).hexdigest()}"'


async def _opened(call: Call, purpose: str | None = None) -> Opened:
    header = call.request.headers.get("authorization", "")
    if header[:8].lower() != "receipt ":
        raise Refusal("receipt")
    return await open_receipt(call.parts, header[8:], call.address, purpose)


_REFUSALS = ("receipt", "code_mistyped", "slow_down")


async def _document(call: Call, opened: Opened) -> ReceiptDocument:
    return await receipt_document(call.parts, opened)


@operation(
    summary="See my receipt",
    tag="citizen",
    answers={200: ReceiptDocument, 304: None},
    refusals=_REFUSALS,
    receipt=True,
)
async def see_receipt(call: Call) -> Response:
    """Exactly what is stored, what was masked, each step since, and what comes next. After an erasure, what is left: that
    there was one. 304 with `If-None-Match` when nothing is new."""
    document = await _document(call, await _opened(call))
    headers = {"etag": etag_of(document), "cache-control": "no-store"}
    if call.request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(msgspec.json.encode(document), media_type="application/json", headers=headers)


@operation(
    summary="Correct what I sent",
    tag="citizen",
    answers={200: ReceiptDocument},
    refusals=(*_REFUSALS, "invalid", "nothing_to_say", "busy", "full"),
    body=Correction,
    receipt=True,
)
async def change_receipt(call: Call) -> ReceiptDocument:
    """Only the fields named change; `null` takes one back."""
    opened = await _opened(call, "change")
    await correct_receipt(call.parts, opened, call.body)
    return await _document(call, opened)


@operation(
    summary="Erase what I sent",
    tag="citizen",
    answers={200: ReceiptDocument},
    refusals=(*_REFUSALS, "busy", "full"),
    receipt=True,
)
async def erase_receipt(call: Call) -> ReceiptDocument:
    """Gone from every list and search at once, and from the disk within a minute. It cannot be undone."""
    opened = await _opened(call, "change")
    await erase_with_answers(call.parts, opened)
    return await _document(call, opened)


@operation(
    summary="Take my receipt along", tag="citizen", answers={200: ReceiptDocument}, refusals=_REFUSALS, receipt=True
)
async def export_receipt(call: Call) -> Response:
    """The same document as a file."""
    document = await _document(call, await _opened(call))
    raw = msgspec.json.format(msgspec.json.encode(document), indent=2)
    headers = {"content-disposition": 'attachment; filename="tijdens-receipt.json"', "cache-control": "no-store"}
    return Response(raw, media_type="application/json", headers=headers)


_WRITES = (*_REFUSALS, "wrong_state", "busy", "full")


@operation(
    summary="Add to what I sent, or answer",
    tag="citizen",
    answers={201: ReceiptDocument},
    refusals=(*_WRITES, "nothing_to_say", "invalid"),
    body=Added,
    receipt=True,
)
async def add_to_receipt(call: Call) -> ReceiptDocument:
    """Cleaned and masked as at first. The same words within a minute are one message: pressing twice does no harm."""
    opened = await _opened(call, "change")
    await add_words(call.parts, await call.parts.store.receipts.towards(opened, call.body.agency), call.body.text)
    return await _document(call, opened)


@operation(
    summary="Say how the answer felt",
    tag="citizen",
    answers={200: ReceiptDocument},
    refusals=(*_WRITES, "invalid"),
    body=Feeling,
    receipt=True,
)
async def feel_about_answer(call: Call) -> ReceiptDocument:
    """Once there is an answer. `again` opens it again: the team sees it as new."""
    opened = await _opened(call, "change")
    towards = await call.parts.store.receipts.towards(opened, call.body.agency)
    await call.parts.store.receipts.feel(towards, call.body.felt, now=call.parts.now())
    return await _document(call, opened)


@operation(
    summary="Answer a question of the office",
    tag="citizen",
    answers={200: ReceiptDocument},
    refusals=(*_WRITES, "ask_over", "key_used", "nothing_to_say", "placement_not_live"),
    body=AnswerGiven,
    receipt=True,
)
async def answer_ask(call: Call) -> ReceiptDocument:
    """To everybody who spoke in that decision. The answer is a voice of its own with a receipt of its own, which this one
    opens; the same words again change nothing, other words are corrected on that receipt."""
    opened = await _opened(call, "change")
    await answer_from_receipt(call.parts, opened, call.body, call.address)
    return await _document(call, opened)


@operation(
    summary="Put a bell on my receipt",
    tag="citizen",
    answers={200: ReceiptDocument},
    refusals=_WRITES,
    body=BellWish,
    receipt=True,
)
async def put_bell(call: Call) -> ReceiptDocument:
    """An e-mail says that there is news, and nothing more. The address stands apart and goes with the bell."""
    opened = await _opened(call, "change")
    await set_bell(call.parts, opened, call.body)
    return await _document(call, opened)


@operation(summary="Take the bell away", tag="citizen", answers={200: ReceiptDocument}, refusals=_WRITES, receipt=True)
async def remove_bell(call: Call) -> ReceiptDocument:
    """The address is gone from the disk within a minute."""
    opened = await _opened(call, "change")
    await call.parts.store.bells.remove(opened.id)
    return await _document(call, opened)


@operation(
    summary="Hand it to a desk for my own case",
    tag="citizen",
    answers={200: ReceiptDocument},
    refusals=_WRITES,
    body=HandingOver,
    receipt=True,
)
async def hand_over(call: Call) -> ReceiptDocument:
    """Nothing is handed over but by this press of its author. The receipt says where it is and what that desk holds itself
    to; erasing takes it back."""
    opened = await _opened(call, "change")
    await call.parts.store.receipts.hand(opened, call.body.contact_point, now=call.parts.now())
    return await _document(call, opened)


@operation(
    summary="Keep it where it is",
    tag="citizen",
    answers={200: ReceiptDocument},
    refusals=_WRITES,
    receipt=True,
)
async def refuse_offer(call: Call) -> ReceiptDocument:
    """Another agency was asked to take it on and has not said yes: its author says no, and nobody there sees her words."""
    opened = await _opened(call, "change")
    await call.parts.store.offers.refuse(opened.id, now=call.parts.now())
    return await _document(call, opened)


@operation(
    summary="Ask to be called back",
    tag="citizen",
    answers={200: ReceiptDocument},
    refusals=_WRITES,
    body=CallWish,
    receipt=True,
)
async def ask_callback(call: Call) -> ReceiptDocument:
    """A telephone number, where somebody calls back. It stands apart, in no list and no export, and is erased once she was
    reached, or with the receipt."""
    opened = await _opened(call, "change")
    await ask_call(call.parts, opened, call.body)
    return await _document(call, opened)


@operation(
    summary="Take back the wish to be called",
    tag="citizen",
    answers={200: ReceiptDocument},
    refusals=_WRITES,
    receipt=True,
)
async def remove_callback(call: Call) -> ReceiptDocument:
    """The number is gone from the disk within a minute."""
    opened = await _opened(call, "change")
    await unask_call(call.parts, opened)
    return await _document(call, opened)


routes = [
    Route("/api/receipt", see_receipt, methods=["GET"]),
    Route("/api/receipt", change_receipt, methods=["PATCH"]),
    Route("/api/receipt", erase_receipt, methods=["DELETE"]),
    Route("/api/receipt/export", export_receipt, methods=["GET"]),
    Route("/api/receipt/messages", add_to_receipt, methods=["POST"]),
    Route("/api/receipt/answer", answer_ask, methods=["PUT"]),
    Route("/api/receipt/felt", feel_about_answer, methods=["PUT"]),
    Route("/api/receipt/bell", put_bell, methods=["PUT"]),
    Route("/api/receipt/bell", remove_bell, methods=["DELETE"]),
    Route("/api/receipt/handover", hand_over, methods=["POST"]),
    Route("/api/receipt/offer", refuse_offer, methods=["DELETE"]),
    Route("/api/receipt/callback", ask_callback, methods=["PUT"]),
    Route("/api/receipt/callback", remove_callback, methods=["DELETE"]),
]
