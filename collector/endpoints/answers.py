"""What the holder of a receipt answers to a question of an office. The answer is a voice of its own. Its sender's key is
made of this receipt's code, so that the code finds it again; in the store nothing says that both are of one author."""

from __future__ import annotations

from collector.ask import AnswerGiven
from collector.document import ReceiptDocument
from collector.endpoints.intake import Acknowledgement, Sender, take
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.store.receipts import Opened
from collector.submission import Sent


async def receipt_document(parts: Parts, opened: Opened) -> ReceiptDocument:
    """All that the receipt shows, with what was answered from it. A question that is over, that nothing was said of and that
    she did not answer is left out."""
    document = await parts.store.receipts.document(opened, parts.now())
    shown = []
    for one in document.asks:
        code = _code(parts, opened, one.ask.id)
        answer = await parts.store.asks.answer(opened.agency_id, parts.keys.hash(code))
        if answer is not None:
            one.answer, one.answer_erased = answer.text, answer.text is None
            one.answer_receipt = code if answer.text is not None else None
        own = one.ask.id == document.ask
        if own or one.answer is not None or one.ask.is_open or (one.ask.heard_at is not None and not one.withdrawn):
            shown.append(one)
    document.asks = shown
    return document


async def answer_from_receipt(parts: Parts, opened: Opened, given: AnswerGiven, address: str) -> Acknowledgement:
    """Takes it in like any other voice. Refusal `invalid` for a question that this receipt is not asked, `ask_over` for one
    that is over, `wrong_state` once the answer was erased by its author; `not_found` for one of nobody."""
    document = await receipt_document(parts, opened)
    asked = next((one for one in document.asks if one.ask.id == given.ask != document.ask), None)
    if asked is None:
        known = parts.store.asks.mine(opened.agency_id, given.ask)
        raise Refusal("invalid", fields=("ask",)) if known.is_open(parts.now()) else Refusal("ask_over")
    if asked.answer_erased:
        raise Refusal("wrong_state")
    sent = Sent(
        placement=document.placement,
        key=parts.keys.answer(opened.code, given.ask),
        text=given.text,
        ask=given.ask,
        language=document.language,
        channel="form",
    )
    return await take(parts, sent, Sender(address, None, document.language or ""), by_receipt=True)


async def erase_with_answers(parts: Parts, opened: Opened) -> None:
    """Erases what was sent, and first all that was answered from its receipt: whoever erases means everything."""
    store = parts.store
    voice = await store.submissions.one(opened.agency_id, opened.submission_id) if opened.submission_id else None
    if voice is not None and voice.decision is not None:
        decision = store.decisions.where_it_went(store.decisions.mine(opened.agency_id, voice.decision))
        for ask in store.asks.of(decision):
            code_hash = parts.keys.hash(_code(parts, opened, ask.id))
            answer = await store.asks.answer(opened.agency_id, code_hash)
            if answer is not None and answer.erased_at is None:
                await store.receipts.erase(await store.receipts.open(code_hash), now=parts.now())
    await store.receipts.erase(opened, now=parts.now())


def _code(parts: Parts, opened: Opened, ask: int) -> str:
    """Of the answer to a question from this receipt, whether there is one or not."""
    placement = parts.store.agencies.placement_by_id(opened.placement_id)
    return parts.keys.code(placement.key, parts.keys.answer(opened.code, ask))
