"""`/f/{placement}`: the same questions as plain pages, for people without JavaScript. One press sends; the rest is
optional. With `?decision=` it is about that decision. The receipt's code travels in the body of a form, never in an
address."""

from __future__ import annotations

import secrets
from typing import Any, cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.document import ReceiptDocument
from collector.endpoints.intake import Acknowledgement, Sender, masked_text, take, whom_to_call
from collector.endpoints.openings import call_hours, nobody_reads
from collector.endpoints.parts import Parts
from collector.endpoints.receipt import correct_receipt, open_receipt
from collector.errors import Refusal
from collector.pages.about import About, about_of, about_words
from collector.pages.kiosk import kiosk
from collector.pages.questions import Questions
from collector.pages.render import Renderer, first, form_fields, page_language
from collector.placement import Placement
from collector.severity import WELL
from collector.submission import IMPACTS, Correction, Impact, Permissions, Sent

Fields = dict[str, list[str]]
_EMPTY = {"text": "", "another_way": "", "impact": [], "rating": ""}


class FormPage:
    """The three screens of a placement."""

    def __init__(self, renderer: Renderer, questions: Questions) -> None:
        self._renderer = renderer
        self._questions = questions

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/f/{placement}", self.see, methods=["GET"]),
            Route("/f/{placement}", self.post, methods=["POST"]),
        ]

    async def see(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        placement = parts.store.agencies.placement(request.path_params["placement"])
        if "kiosk" in request.query_params and parts.store.agencies.live(placement):
            return kiosk(self._renderer, self._questions, request, placement)
        about = await about_of(parts, placement, lambda name: request.query_params.get(name, ""), parts.now())
        return self._screen(request, placement, about, "press" if parts.store.agencies.live(placement) else "closed")

    async def post(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        placement = parts.store.agencies.placement(request.path_params["placement"])
        fields = await form_fields(request)
        about = await about_of(parts, placement, lambda name: first(fields, name), parts.now())
        steps = {
            "press": self._press,
            "words": self._words,
            "undo": self._undo,
            "permissions": self._permissions,
            "answer": self._answer,
        }
        step = first(fields, "step")
        if step not in steps:
            raise Refusal("not_found")
        return await steps[step](request, placement, about, fields)

    async def _press(self, request: Request, placement: Placement, about: About | None, fields: Fields) -> Response:
        key = first(fields, "key")
        if first(fields, "website"):
            parts: Parts = request.state["parts"]
            parts.metrics.refused("robot")
            return self._screen(request, placement, about, "press", key=key, status=422, robot=True)
        try:
            acknowledgement = await self._take(request, placement, about, fields, key)
        except Refusal as refusal:
            return self._screen(request, placement, about, "press", key=key, refusal=refusal)
        pressed = next((first(fields, name) for name in ("outcome", "effect", "reason") if name in fields), "")
        return self._screen(
            request, placement, about, "more", code=acknowledgement.receipt, pressed=pressed,
            too_late=acknowledgement.too_late,
        )  # fmt: skip

    async def _answer(self, request: Request, placement: Placement, about: About | None, fields: Fields) -> Response:
        """What is answered to the question of an office: words at once, nothing is pressed before."""
        parts: Parts = request.state["parts"]
        text, key = first(fields, "text").replace("\r\n", "\n"), first(fields, "key")
        if first(fields, "website"):
            parts.metrics.refused("robot")
            return self._screen(request, placement, about, "press", answer=text, status=422, robot=True)
        given: dict[str, Any] = {
            "placement": placement.key,
            "key": key,
            "language": page_language(request, placement.languages),
            "channel": "form",
            "text": text,
        }
        try:
            try:
                sent = msgspec.convert(given | {"ask": int(first(fields, "ask")[:15])}, Sent)
            except (msgspec.ValidationError, ValueError):
                raise Refusal("invalid", fields=("text",)) from None
            address = request.client.host if request.client else ""
            taken = await take(parts, sent, Sender(address, None, given["language"]))
        except Refusal as refusal:
            over = refusal.code == "ask_over" and bool(text)
            return self._screen(
                request, placement, about, "press", answer=text, answer_key=key, over=over, refusal=refusal
            )
        opened = await open_receipt(parts, taken.receipt, address)
        document = await parts.store.receipts.document(opened)
        return await self._thanks(request, placement, about, taken.receipt, document, kinds=taken.masked)

    async def _take(
        self, request: Request, placement: Placement, about: About | None, fields: Fields, key: str
    ) -> Acknowledgement:
        given: dict[str, Any] = {
            "placement": placement.key,
            "key": key,
            "language": page_language(request, placement.languages),
            "channel": "form",
        }
        for name in ("outcome", "effect", "reason"):
            if name in fields:
                given[name] = first(fields, name)
        if about is not None:
            if not about.takes_words:
                raise Refusal("wrong_state")
            given["decision"] = about.d.key
            if about.version:
                given["version"] = about.version
            if about.part is not None:
                given["section"] = about.part.section
                if about.part.paragraph is not None:
                    given["paragraph"] = about.part.paragraph
        try:
            sent = msgspec.convert(given, Sent)
        except msgspec.ValidationError:
            raise Refusal("nothing_to_say") from None
        address = request.client.host if request.client else ""
        return await take(request.state["parts"], sent, Sender(address, None, given["language"]))

    async def _words(self, request: Request, placement: Placement, about: About | None, fields: Fields) -> Response:
        parts: Parts = request.state["parts"]
        code = first(fields, "code")
        said: dict[str, Any] = {
            "text": first(fields, "text").replace("\r\n", "\n"),
            "another_way": first(fields, "another_way"),
            "impact": [name for name in fields.get("impact", []) if name in IMPACTS],
            "rating": first(fields, "rating"),
        }
        try:
            opened = await open_receipt(parts, code, request.client.host if request.client else "", "change")
            changes: dict[str, Any] = {"text": said["text"] or None}
            if said["another_way"]:
                changes["another_way"] = said["another_way"]
            if said["impact"] or "none" in fields.get("impact", []):
                changes["impact"] = cast("list[Impact]", said["impact"])
            if said["rating"]:
                changes["rating"] = int(said["rating"]) if said["rating"].isdigit() else said["rating"]
            try:
                correction = msgspec.convert(changes, Correction)
            except msgspec.ValidationError:
                raise Refusal("invalid", fields=("text",)) from None
            await correct_receipt(parts, opened, correction)
        except Refusal as refusal:
            return self._screen(request, placement, about, "more", code=code, said=said, refusal=refusal)
        _, kinds = masked_text(said["text"])
        document = await parts.store.receipts.document(opened)
        return await self._thanks(request, placement, about, code, document, kinds=kinds)

    async def _permissions(
        self, request: Request, placement: Placement, about: About | None, fields: Fields
    ) -> Response:
        parts: Parts = request.state["parts"]
        code = first(fields, "code")
        opened = await open_receipt(parts, code, request.client.host if request.client else "", "change")
        permissions = Permissions(quote="quote" in fields, invite="invite" in fields)
        await correct_receipt(parts, opened, Correction(permissions=permissions))
        document = await parts.store.receipts.document(opened)
        return await self._thanks(request, placement, about, code, document, saved=True)

    async def _undo(self, request: Request, placement: Placement, about: About | None, fields: Fields) -> Response:
        parts: Parts = request.state["parts"]
        address = request.client.host if request.client else ""
        opened = await open_receipt(parts, first(fields, "code"), address, "change")
        await parts.store.receipts.erase(opened, now=parts.now())
        return self._screen(request, placement, about, "undone")

    async def _thanks(
        self,
        request: Request,
        placement: Placement,
        about: About | None,
        code: str,
        document: ReceiptDocument,
        *,
        kinds: tuple[str, ...] = (),
        saved: bool = False,
    ) -> Response:
        parts: Parts = request.state["parts"]
        language = page_language(request, placement.languages)
        contact = whom_to_call(parts.store.agencies.contact_points_of(placement))
        days = await parts.store.submissions.read_days(placement, now=parts.now())
        other = None
        if about is not None and document.effect is not None:
            decision = parts.store.decisions.by_key(about.d.key)
            other = await parts.store.public.other_voice(decision, document.effect)
        return self._screen(
            request,
            placement,
            about,
            "thanks",
            code=code,
            quote=document.permissions.quote,
            invite=document.permissions.invite,
            masked_notice=parts.words.masked_notice(language, kinds, contact),
            permissions_saved=saved,
            other=other,
            rings=document.callback.desk if document.callback.asked_at is None else None,
            call_hours=call_hours(parts, placement.agency_id, language),
            health="health" in (document.impact or [])
            or (document.grave and bool(nobody_reads(parts, placement.agency_id, language))),
            read_days=days,
        )

    def _screen(
        self,
        request: Request,
        placement: Placement,
        about: About | None,
        step: str,
        *,
        key: str = "",
        code: str = "",
        pressed: str = "",
        said: dict[str, Any] | None = None,
        robot: bool = False,
        status: int = 200,
        refusal: Refusal | None = None,
        **values: Any,
    ) -> Response:
        parts: Parts = request.state["parts"]
        agencies = parts.store.agencies
        language = page_language(request, placement.languages)
        notice = placement.notice
        shown = notice is not None and (notice.until is None or notice.until > parts.now())
        thanks: dict[str, Any] = {
            "quote": False, "invite": False, "masked_notice": None, "permissions_saved": False, "read_days": None,
            "other": None, "health": False, "too_late": None, "rings": None, "phone": "", "call_hours": [],
            "answer": "", "answer_key": secrets.token_urlsafe(16), "over": False,
        }  # fmt: skip
        points = agencies.contact_points_of(placement)
        if about is not None:  # who answers on this decision stands first
            points = tuple(sorted(points, key=lambda point: point != about.d.contact_point))
        now, question = parts.now(), "effect" if about is not None else placement.question
        return self._renderer.page(
            request,
            "form.html",
            languages=placement.languages,
            status=status,
            refusal=refusal,
            placement=placement,
            agency=agencies.agency(placement.agency_id),
            contact_points=points,
            nobody=nobody_reads(parts, placement.agency_id, language),
            talk=f"/talk/{agencies.agency(placement.agency_id).key}?placement={placement.key}"
            + (f"&decision={about.d.key}" if about is not None else ""),
            notice=notice.text.get(language) if shown and notice else None,
            step=step,
            key=key or secrets.token_urlsafe(16),
            code=code,
            said=said or _EMPTY,
            kept=bool(said and said["text"]),
            robot=robot,
            asks_another_way=pressed not in WELL,
            w=self._questions.of(language, question, pressed),
            **(thanks | about_words(parts, placement, about, language, now) | values),
        )
