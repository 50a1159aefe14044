"""What a citizen does with her receipt. Its code comes in the Authorization header, never in a path or query."""

from __future__ import annotations

import msgspec
from msgspec import UNSET
from starlette.responses import Response
from starlette.routing import Route

from collector.endpoints.intake import masked_text
from collector.endpoints.operation import Call, operation
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.guard.source import Kind
from collector.receipt import ReceiptDocument, read_code
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
        return await parts.store.receipts.open(parts.keys.hash(code))
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


async def _opened(call: Call, purpose: str | None = None) -> Opened:
    header = call.request.headers.get("authorization", "")
    if header[:8].lower() != "receipt ":
        raise Refusal("receipt")
    return await open_receipt(call.parts, header[8:], call.address, purpose)


_REFUSALS = ("receipt", "code_mistyped", "slow_down")


@operation(summary="See my receipt", tag="citizen", answers={200: ReceiptDocument}, refusals=_REFUSALS, receipt=True)
async def see_receipt(call: Call) -> ReceiptDocument:
    """Exactly what is stored, what was masked, and each step since. After an erasure, what is left: that there was one."""
    return await call.parts.store.receipts.document(await _opened(call))


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
    return await call.parts.store.receipts.document(opened)


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
    await call.parts.store.receipts.erase(opened, now=call.parts.now())
    return await call.parts.store.receipts.document(opened)


@operation(
    summary="Take my receipt along", tag="citizen", answers={200: ReceiptDocument}, refusals=_REFUSALS, receipt=True
)
async def export_receipt(call: Call) -> Response:
    """The same document as a file."""
    document = await call.parts.store.receipts.document(await _opened(call))
    raw = msgspec.json.format(msgspec.json.encode(document), indent=2)
    headers = {"content-disposition": 'attachment; filename="tijdens-receipt.json"', "cache-control": "no-store"}
    return Response(raw, media_type="application/json", headers=headers)


routes = [
    Route("/api/receipt", see_receipt, methods=["GET"]),
    Route("/api/receipt", change_receipt, methods=["PATCH"]),
    Route("/api/receipt", erase_receipt, methods=["DELETE"]),
    Route("/api/receipt/export", export_receipt, methods=["GET"]),
]
