"""`/r`: what is stored behind a code, what happened with it, and what its author can do. The code is typed, or comes in
the fragment, which no server sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.ask import AnswerGiven
from collector.bell import BellWish
from collector.callback import CallWish
from collector.change import CORRECTED, KIND, NO_KIND, OFFERED, ROUTED, STATUS
from collector.day import Days
from collector.document import Passed, ReceiptDocument
from collector.endpoints.answers import answer_from_receipt, erase_with_answers, receipt_document
from collector.endpoints.openings import call_hours, nobody_reads
from collector.endpoints.parts import Parts
from collector.endpoints.receipt import add_words, ask_call, correct_receipt, open_receipt, set_bell, unask_call
from collector.errors import Refusal
from collector.message import Felt, asked
from collector.pages.questions import Questions
from collector.pages.render import JUST_NOW_MS, Renderer, first, form_fields, machine, page_language, when
from collector.pages.text import moved_pieces
from collector.qr import qr
from collector.store.receipts import Opened
from collector.submission import TEXT_CHARACTERS, Correction, Permissions
from collector.texts import pick

if TYPE_CHECKING:
    from markupsafe import Markup


class ReceiptPage:
    """Every step is a form that carries the code in its body."""

    def __init__(self, renderer: Renderer, questions: Questions) -> None:
        self._renderer = renderer
        self._questions = questions

    @property
    def routes(self) -> list[Route]:
        return [Route("/r", self.see, methods=["GET"]), Route("/r", self.post, methods=["POST"])]

    async def see(self, request: Request) -> Response:
        return self._page(request)

    async def post(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        fields = await form_fields(request)
        code, step = first(fields, "code"), first(fields, "step")
        address = request.client.host if request.client else ""
        try:
            changes = step in ("correct", "answer") or step in _ACTS
            opened = await open_receipt(parts, code, address, "change" if changes else None)
        except Refusal as refusal:
            return self._page(request, typed=code[:60], refusal=refusal)
        refused: Refusal | None = None
        draft: str | None = None
        try:
            if step in _ACTS:
                await _ACTS[step](parts, opened, fields, page_language(request))
            elif step == "answer":
                await answer_from_receipt(parts, opened, _answer(fields), address)
            elif step == "correct":
                draft = first(fields, "text").replace("\r\n", "\n")
                if len(draft) > TEXT_CHARACTERS:
                    raise Refusal("invalid", fields=("text",))
                document = await parts.store.receipts.document(opened)
                if (document.text or "") != draft:
                    await correct_receipt(parts, opened, Correction(text=draft or None))
                draft = None
        except Refusal as refusal:
            refused = refusal
        document = await receipt_document(parts, opened)
        if step == "take":
            raw = msgspec.json.format(msgspec.json.encode(document), indent=2)
            headers = {
                "content-disposition": 'attachment; filename="tijdens-receipt.json"',
                "cache-control": "no-store",
            }
            return Response(raw, media_type="application/json", headers=headers)
        kept = {name: first(fields, name) for name in ("message", "email", "phone", "answer")} if refused else {}
        if refused:
            kept["wrote_to"] = first(fields, "agency")
        return self._page(request, document=document, code=code, draft=draft, refusal=refused, **kept)

    def _page(
        self,
        request: Request,
        *,
        document: ReceiptDocument | None = None,
        code: str = "",
        typed: str = "",
        draft: str | None = None,
        message: str = "",
        wrote_to: str = "",
        email: str = "",
        phone: str = "",
        answer: str = "",
        refusal: Refusal | None = None,
    ) -> Response:
        parts: Parts = request.state["parts"]
        language = page_language(request)
        now, zone, steps, kinds, facts, attempt = parts.now(), "Europe/Brussels", [], "", [], ""
        hours: list[tuple[str, str]] = []
        nobody = ""
        if document is not None:
            agency = parts.store.agencies.by_key(document.agency.key)
            zone = agency.time_zone
            nobody = nobody_reads(parts, agency.id, language)
            hours = call_hours(parts, agency.id, language)
            steps = _steps(parts, language, document)
            kinds = ", ".join(parts.words.get(language, f"masked.{kind}") for kind in document.masked)
            facts = _facts(parts, language, document, zone)
            attempt = _attempt(parts, language, document, zone)
        return self._renderer.page(
            request,
            "receipt.html",
            refusal=refusal,
            document=document,
            code=code,
            typed=typed,
            draft=draft if draft is not None else (document.text or "" if document else ""),
            message=message,
            email=email,
            phone=phone,
            answer=answer,
            over=refusal is not None and refusal.code == "ask_over" and bool(answer),
            rings=document.callback.desk if document else None,
            call_hours=hours,
            nobody=nobody,
            proposed=document is not None and any(one.kind == "handover" for one in document.messages),
            exact=lambda at: when(at, language, zone, at + 2 * JUST_NOW_MS),
            facts=facts,
            attempt=attempt,
            steps=steps,
            kinds=kinds,
            machine=machine,
            when=lambda at: when(at, language, zone, now),
            days=Days(language, zone, now),
            pick=lambda texts: pick(texts, language),
            moved=lambda passage: moved_pieces(passage, language),
            asked_of=asked,
            standing_of=standing,
            steps_of=lambda of: _steps(parts, language, of),
            wrote_to=wrote_to,
            qr=_qr(f"{parts.public_url}/r#{code}") if document and not document.erased_at else "",
            state=state_of(document) if document else "",
            contact_points=document.contact_points if document else (),
            talk=_talk(document) if document else "",
            w=self._questions.permissions(language),
        )


async def _erase(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    await erase_with_answers(parts, opened)


async def _permit(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    permissions = Permissions(quote="quote" in fields, invite="invite" in fields)
    await correct_receipt(parts, opened, Correction(permissions=permissions))


async def _add(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    written = first(fields, "message").replace("\r\n", "\n")
    if len(written) > TEXT_CHARACTERS:
        raise Refusal("invalid", fields=("text",))
    await add_words(parts, await parts.store.receipts.towards(opened, first(fields, "agency") or None), written)


def _answer(fields: dict[str, list[str]]) -> AnswerGiven:
    """Refusal `invalid` for more than a text may have, or no question."""
    given = {"ask": first(fields, "ask"), "text": first(fields, "answer").replace("\r\n", "\n")}
    try:
        return msgspec.convert(given, AnswerGiven, strict=False)
    except msgspec.ValidationError:
        raise Refusal("invalid", fields=("text",)) from None


async def _feel(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    try:
        felt = msgspec.convert(first(fields, "felt"), Felt)
    except msgspec.ValidationError:
        raise Refusal("invalid", fields=("felt",)) from None
    towards = await parts.store.receipts.towards(opened, first(fields, "agency") or None)
    await parts.store.receipts.feel(towards, felt, now=parts.now())


async def _stay(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    await parts.store.offers.refuse(opened.id, now=parts.now())


async def _ring(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    try:
        wish = msgspec.convert({"email": first(fields, "email").strip(), "language": language}, BellWish)
    except msgspec.ValidationError:
        raise Refusal("invalid", fields=("email",)) from None
    await set_bell(parts, opened, wish)


async def _unring(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    await parts.store.bells.remove(opened.id)


async def _hand(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    await parts.store.receipts.hand(opened, first(fields, "contact_point"), now=parts.now())


async def _call(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    given = {"phone": first(fields, "phone").strip(), "language": language, "parts": fields.get("part", [])}
    try:
        wish = msgspec.convert(given, CallWish)
    except msgspec.ValidationError:
        raise Refusal("invalid", fields=("phone",)) from None
    await ask_call(parts, opened, wish)


async def _uncall(parts: Parts, opened: Opened, fields: dict[str, list[str]], language: str) -> None:
    await unask_call(parts, opened)


Act = Callable[[Parts, Opened, dict[str, list[str]], str], Awaitable[None]]
_ACTS: dict[str, Act] = {
    "erase": _erase,
    "permit": _permit,
    "add": _add,
    "feel": _feel,
    "ring": _ring,
    "unring": _unring,
    "stay": _stay,
    "hand": _hand,
    "call": _call,
    "uncall": _uncall,
}


def _talk(document: ReceiptDocument) -> str:
    """Whom she can reach from here."""
    asked = f"?placement={document.placement}"
    if document.decision is not None:
        asked += f"&decision={document.decision.key}"
    return f"/talk/{document.agency.key}{asked}"


def standing(document: ReceiptDocument) -> str:
    """Its status; `answered` as well when its theme has an answer and nothing more is due."""
    return "answered" if document.answered_at and document.next.what == "none" else document.status


def state_of(document: ReceiptDocument) -> str:
    """Changes whenever there is something new to see: the page looks again then."""
    asks = "".join(f"-{one.ask.id}{int(one.ask.is_open)}{one.ask.heard_at or 0}" for one in document.asks)
    held = [document, *(offer.receipt for offer in document.offers if offer.receipt is not None)]
    return "_".join(f"{len(one.history)}-{one.answered_at or 0}-{one.next.what}" for one in held) + asks


def _qr(address: str) -> Markup:
    from markupsafe import Markup  # here, so that a start does not wait for it

    return Markup(qr(address))  # noqa: S704  our own drawing


def _told(history: list[Passed]) -> list[Passed]:
    """The steps without repeats: ten taps in a row are one correction; of what a reader took it for, the last counts."""
    told: list[Passed] = []
    for step in history:
        if told and told[-1].change == step.change and step.change in (CORRECTED, KIND, ROUTED):
            told[-1] = step
        else:
            told.append(step)
    return [step for step in told if step.detail != NO_KIND]


def _steps(parts: Parts, language: str, document: ReceiptDocument) -> list[tuple[int, str]]:
    """When, and what happened, at one agency."""
    agency = parts.store.agencies.by_key(document.agency.key)
    points = {point.key: point.name for point in parts.store.agencies.contact_points(agency.id)}
    return [(step.at, _sentence(parts, language, step, points)) for step in _told(document.history)]


def _sentence(parts: Parts, language: str, step: Passed, points: Mapping[str, str]) -> str:
    """`points`: the names of contact points by their keys; one that is no more is not named."""
    if step.change in (STATUS, ROUTED) and step.detail is not None and step.by is not None:
        return _stood(parts, language, step.change, step.detail, step.by, points)
    if step.change == ROUTED and step.detail is not None:
        return parts.words.get(language, "pages.room.step.by_rule", point=points.get(step.detail, step.detail))
    if step.change in OFFERED.values() and step.detail is not None:
        other = parts.store.agencies.by_key(step.detail)
        agency = other.names.get(language, other.name)
        return parts.words.get(language, f"pages.step.{step.change}", agency=agency, by=step.by or "")
    text = parts.words.get(language, f"pages.step.{step.change}")
    kind = parts.words.get(language, f"pages.kind.{step.detail}") if step.change == KIND else ""
    return text.format(by=step.by, kind=kind) if step.by is not None else text.replace(" {by}", "")


def _stood(parts: Parts, language: str, change: str, detail: str, by: str, points: Mapping[str, str]) -> str:
    """What a step of its status says: how it stands after it, with whom, or why it was set aside."""
    status, _, more = detail.partition(" ")
    if change == ROUTED:
        status, more = "routed", detail
    known = {"point": points.get(more, more)} if status in ("with", "routed") and more else {}
    if status == "aside" and more:
        known = {"because": parts.words.get(language, f"pages.room.because.{more}")}
    key = {"with": "with_point" if more else "with", "aside": "aside_because" if more else "aside"}.get(status, status)
    return parts.words.get(language, f"pages.room.step.{key}", by=by, **known)


def _attempt(parts: Parts, language: str, document: ReceiptDocument, zone: str) -> str:
    """For somebody who gave up: when, where and at what, as a proof that she tried."""
    if document.reason is None:
        return ""
    moment = when(document.received_at, language, zone, document.received_at + 2 * JUST_NOW_MS)
    stopped = parts.words.get(language, f"pages.value.{document.reason}")
    # the plain form knows no page: then it is what the placement is called
    page = document.page or parts.store.agencies.placement(document.placement).name
    return parts.words.get(language, "pages.r.attempt", when=moment, page=page, stopped=stopped)


def _facts(parts: Parts, language: str, document: ReceiptDocument, zone: str) -> list[tuple[str, str]]:
    """Label and value of all that is stored beside the words."""
    now = parts.now()

    def t(name: str) -> str:
        return parts.words.get(language, f"pages.{name}")

    facts = []
    answer = document.outcome or document.effect or document.reason
    if answer:
        facts.append((t("r.answer"), t(f"value.{answer}")))
    if document.rating is not None:
        facts.append((t("r.answer"), f"{document.rating}/5"))
    if document.another_way:
        facts.append((t("value.another_way"), t(f"value.{document.another_way}")))
    if document.impact is not None:
        values = ", ".join(t(f"value.{name}") for name in document.impact) or t("value.nothing")
        facts.append((t("value.impact"), values))
    if document.page:
        facts.append((t("r.page"), document.page))
    facts.append((t("r.when"), when(document.received_at, language, zone, now)))
    facts.append((t("r.status"), t(f"status.{standing(document)}")))
    facts.append((t("r.keep"), when(document.keep_until, language, zone, now).rsplit(",", 1)[0]))
    return facts
