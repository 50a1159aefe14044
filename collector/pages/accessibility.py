"""`/accessibility/{agency}`: how accessible its sites are, and two doors: report a barrier, or ask for the same in another
form. Everything works without JavaScript and without an account; the answer comes on a receipt."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.agency import Agency
from collector.barrier import answer_by
from collector.day import Days, day_of
from collector.endpoints.intake import Sender, take
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.pages.render import Renderer, first, form_fields, page_language
from collector.placement import Placement
from collector.public import HOUR_MS
from collector.store.statements import Answered
from collector.submission import TEXT_CHARACTERS, Barrier, Sent
from collector.texts import pick

KINDS: tuple[Barrier, ...] = ("report", "another_form")


class AccessibilityPages:
    """The figures are kept for an hour, so that nobody can tell from them who wrote just now."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._answered: dict[int, tuple[int, Answered]] = {}

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/accessibility/{agency}", self.see, methods=["GET"]),
            Route("/accessibility/{agency}/barrier", self.door, methods=["GET"]),
            Route("/accessibility/{agency}/barrier", self.post, methods=["POST"]),
        ]

    async def see(self, request: Request) -> Response:
        """The statement, after the model of Implementing Decision (EU) 2018/1523."""
        parts: Parts = request.state["parts"]
        agency = parts.store.agencies.by_key(request.path_params["agency"])
        written = await parts.store.statements.one(agency)
        language = page_language(request)
        days = Days(language, agency.time_zone, parts.now())
        return self._renderer.page(
            request,
            "accessibility.html",
            robots="all",
            agency=agency,
            statement=written.published,
            published_on=day_of(written.published_at, agency.time_zone) if written.published_at else None,
            answered=await self._figures(parts, agency),
            contact_points=parts.store.agencies.contact_points(agency.id),
            talk=f"/talk/{agency.key}",
            days=days,
            pick=lambda texts: pick(texts, language),
            own=f"{parts.public_url}/accessibility/{agency.key}",
            today=days.short(days.today, year=True),
        )

    async def door(self, request: Request) -> Response:
        """`?kind=` is one of the two doors; without it, or with another word, it is the first."""
        return self._door(request, kind=_kind(request.query_params.get("kind", "")))

    async def post(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        agency = parts.store.agencies.by_key(request.path_params["agency"])
        fields = await form_fields(request)
        said = {name: first(fields, name).replace("\r\n", "\n") for name in ("text", "page", "placement")}
        kept: dict[str, Any] = {"kind": _kind(first(fields, "kind")), "key": first(fields, "key"), "said": said}
        if first(fields, "website"):
            parts.metrics.refused("robot")
            return self._door(request, robot=True, **kept)
        try:
            if len(said["text"]) > TEXT_CHARACTERS or not said["text"].strip():
                raise Refusal("invalid" if said["text"].strip() else "nothing_to_say", fields=("text",))
            placement = _placement(parts, agency, said["placement"])
            sent = Sent(
                placement=placement.key,
                key=_sender_key(kept["key"]),
                text=said["text"],
                page=said["page"][:2_000] or None,
                language=page_language(request),
                channel="form",
                barrier=kept["kind"],
            )
            address = request.client.host if request.client else ""
            acknowledgement = await take(parts, sent, Sender(address, None, page_language(request)))
        except Refusal as refusal:
            return self._door(request, refusal=refusal, **kept)
        statement = (await parts.store.statements.one(agency)).published
        return self._door(
            request,
            code=acknowledgement.receipt,
            due=answer_by(day_of(acknowledgement.received_at, agency.time_zone), statement),
            masked_notice=acknowledgement.masked_notice,
            **kept,
        )

    def _door(
        self,
        request: Request,
        *,
        kind: Barrier,
        key: str = "",
        said: dict[str, str] | None = None,
        code: str = "",
        due: str = "",
        masked_notice: str | None = None,
        robot: bool = False,
        refusal: Refusal | None = None,
    ) -> Response:
        parts: Parts = request.state["parts"]
        agency = parts.store.agencies.by_key(request.path_params["agency"])
        return self._renderer.page(
            request,
            "barrier.html",
            refusal=refusal,
            status=422 if robot else 200,
            agency=agency,
            placements=_live(parts, agency),
            kind=kind,
            kinds=KINDS,
            key=key or secrets.token_urlsafe(16),
            said=said or {"text": "", "page": "", "placement": ""},
            code=code,
            due=due,
            masked_notice=masked_notice,
            robot=robot,
            days=Days(page_language(request), agency.time_zone, parts.now()),
            contact_points=parts.store.agencies.contact_points(agency.id),
            talk=f"/talk/{agency.key}",
        )

    async def _figures(self, parts: Parts, agency: Agency) -> Answered:
        hour = parts.now() // HOUR_MS
        known = self._answered.get(agency.id)
        if known is None or known[0] != hour:
            known = (hour, await parts.store.statements.answered(agency, now=hour * HOUR_MS))
            self._answered[agency.id] = known
        return known[1]


def _kind(given: str) -> Barrier:
    return "another_form" if given == "another_form" else "report"


def _sender_key(given: str) -> str:
    """The key the form carried, so that pressing twice sends once; a new one when somebody changed it."""
    known = 8 <= len(given) <= 64 and given.replace("-", "").replace("_", "").isalnum() and given.isascii()
    return given if known else secrets.token_urlsafe(16)


def _live(parts: Parts, agency: Agency) -> list[Placement]:
    agencies = parts.store.agencies
    return [placement for placement in agencies.placements(agency.id) if agencies.live(placement)]


def _placement(parts: Parts, agency: Agency, key: str) -> Placement:
    """The one that was chosen, or the only one there is. Refusal `placement_not_live` when there is none at all."""
    live = _live(parts, agency)
    if not live:
        raise Refusal("placement_not_live")
    return next((placement for placement in live if placement.key == key), live[0])
