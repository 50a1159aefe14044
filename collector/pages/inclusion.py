"""`/inclusion/{placement}`: the inclusion test of a service on one sheet: as it was signed, for everybody once it is
published; as it stands now at `/inclusion/{placement}/sheet`, for the team alone."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from collector.day import Days
from collector.endpoints.operation import right_of
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.inclusion import DAYS, QUESTIONS, Author, Reopening, public_signal
from collector.pages.render import Renderer, page_language
from collector.placement import Placement
from collector.texts import pick


class InclusionPage:
    """What is public of it stands still: figures are those of the signature or of the reopening, in steps of five."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/inclusion/{placement}", self.see, methods=["GET"]),
            Route("/inclusion/{placement}/sheet", self.sheet, methods=["GET"]),
        ]

    async def see(self, request: Request) -> Response:
        """The last verdict. Not there before it is published."""
        parts: Parts = request.state["parts"]
        try:
            placement = parts.store.agencies.placement(request.path_params["placement"])
            signed, reopened = await parts.store.inclusions.published(placement)
        except Refusal:
            raise Refusal("not_found") from None
        return self._page(
            request,
            placement,
            robots="all",
            answers=signed.answers,
            steps=signed.steps,
            signals=signed.signals,
            until=signed.signed_at,
            signed=signed,
            reopened=reopened,
            draft=False,
        )

    async def sheet(self, request: Request) -> Response:
        """What is written now, with the signals of now and a line to sign on. Who is signed out is led to the sign-in page."""
        parts: Parts = request.state["parts"]
        try:
            right = await right_of(request, parts)
        except Refusal as refusal:
            if refusal.code != "sign_in":
                raise
            return RedirectResponse(f"/sign-in?lang={page_language(request)}", 303)
        right.need("viewer")
        placement = parts.store.inclusions.mine(right.agency_id, request.path_params["placement"])
        who = Author(right.member_id, right.name, right.office)
        found = await parts.store.inclusions.one(placement, who, parts.now())
        holds = found.signed is not None and found.reopened is None
        return self._page(
            request,
            placement,
            answers=found.answers,
            steps=found.steps,
            signals=found.signed.signals if holds and found.signed else found.signals,
            until=found.signed.signed_at if holds and found.signed else parts.now(),
            signed=found.signed if holds else None,
            reopened=found.reopened,
            draft=True,
        )

    def _page(self, request: Request, placement: Placement, *, reopened: Reopening | None, **values: Any) -> Response:
        parts: Parts = request.state["parts"]
        language, agency = page_language(request), parts.store.agencies.agency(placement.agency_id)
        days = Days(language, agency.time_zone, parts.now())
        values["signals"] = [public_signal(signal) for signal in values["signals"]]
        values["until"] = days.short(days.of(values["until"]), year=True)
        return self._renderer.page(
            request,
            "inclusion.html",
            placement=placement,
            agency=agency,
            questions=QUESTIONS,
            window=DAYS,
            reopened=reopened,
            rose=[public_signal(signal) for signal in reopened.signals] if reopened else [],
            days=days,
            pick=lambda texts: pick(texts, language),
            own=f"{parts.public_url}/inclusion/{placement.key}",
            **values,
        )
