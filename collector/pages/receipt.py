"""`/r`: what is stored behind a code, what happened with it, and what its author can do. The code is typed, or comes in
the fragment, which no server sees."""

from __future__ import annotations

import msgspec
from msgspec import UNSET
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.change import Step
from collector.document import ReceiptDocument
from collector.endpoints.parts import Parts
from collector.endpoints.receipt import correct_receipt, open_receipt
from collector.errors import Refusal
from collector.pages.questions import Questions
from collector.pages.render import Renderer, first, form_fields, machine, page_language, when
from collector.submission import TEXT_CHARACTERS, Correction, Permissions


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
            opened = await open_receipt(parts, code, address, "change" if step in ("erase", "correct") else None)
        except Refusal as refusal:
            return self._page(request, typed=code[:60], refusal=refusal)
        refused: Refusal | None = None
        draft: str | None = None
        try:
            if step == "erase":
                await parts.store.receipts.erase(opened, now=parts.now())
            elif step == "correct":
                draft = first(fields, "text").replace("\r\n", "\n")
                if len(draft) > TEXT_CHARACTERS:
                    raise Refusal("invalid", fields=("text",))
                document = await parts.store.receipts.document(opened)
                changed = (document.text or "") != draft
                permissions = Permissions(quote="quote" in fields, invite="invite" in fields)
                correction = Correction(text=(draft or None) if changed else UNSET, permissions=permissions)
                await correct_receipt(parts, opened, correction)
                draft = None
        except Refusal as refusal:
            refused = refusal
        document = await parts.store.receipts.document(opened)
        if step == "take":
            raw = msgspec.json.format(msgspec.json.encode(document), indent=2)
            headers = {
                "content-disposition": 'attachment; filename="tijdens-receipt.json"',
                "cache-control": "no-store",
            }
            return Response(raw, media_type="application/json", headers=headers)
        return self._page(request, document=document, code=code, draft=draft, refusal=refused)

    def _page(
        self,
        request: Request,
        *,
        document: ReceiptDocument | None = None,
        code: str = "",
        typed: str = "",
        draft: str | None = None,
        refusal: Refusal | None = None,
    ) -> Response:
        parts: Parts = request.state["parts"]
        language = page_language(request)
        words = parts.words
        zone, steps, kinds = "Europe/Brussels", [], ""
        if document is not None:
            zone = parts.store.agencies.by_key(document.agency.key).time_zone
            steps = [(step.at, _sentence(parts, language, step)) for step in _told(document.history)]
            kinds = ", ".join(words.get(language, f"masked.{kind}") for kind in document.masked)
        return self._renderer.page(
            request,
            "receipt.html",
            refusal=refusal,
            document=document,
            code=code,
            typed=typed,
            draft=draft if draft is not None else (document.text or "" if document else ""),
            facts=_facts(parts, language, document, zone) if document else [],
            steps=steps,
            kinds=kinds,
            machine=machine,
            when=lambda at: when(at, language, zone, parts.now()),
            contact_points=document.contact_points if document else (),
            w=self._questions.permissions(language),
        )


def _told(history: list[Step]) -> list[Step]:
    """The steps without repeats: ten taps in a row are one correction."""
    told: list[Step] = []
    for step in history:
        if told and told[-1].change == step.change == "submission.corrected":
            told[-1] = step
        else:
            told.append(step)
    return told


def _sentence(parts: Parts, language: str, step: Step) -> str:
    name = f"pages.step.{step.change}"
    text = parts.words.get(language, name)
    return text.format(by=step.by) if step.by is not None else text.replace(" {by}", "")


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
    facts.append((t("r.status"), t(f"status.{document.status}")))
    facts.append((t("r.keep"), when(document.keep_until, language, zone, now).rsplit(",", 1)[0]))
    return facts
