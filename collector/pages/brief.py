"""`/brief/{decision}`: one page of paper for the evening before it is decided. For the team alone."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from collector.day import Days
from collector.endpoints.operation import right_of
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.pages.render import Renderer, machine, page_language, when
from collector.texts import pick


class BriefPage:
    """Exact figures: who decides sees them all, and nothing is public of this page."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [Route("/brief/{decision}", self.see, methods=["GET"])]

    async def see(self, request: Request) -> Response:
        """Who is signed out is led to the sign-in page."""
        parts: Parts = request.state["parts"]
        try:
            right = await right_of(request, parts)
        except Refusal as refusal:
            if refusal.code != "sign_in":
                raise
            return RedirectResponse(f"/sign-in?lang={page_language(request)}", 303)
        right.need("viewer")
        now, language = parts.now(), page_language(request)
        brief = await parts.store.work.brief(right.agency_id, request.path_params["decision"], now)
        zone = parts.store.agencies.agency(right.agency_id).time_zone
        return self._renderer.page(
            request,
            "brief.html",
            b=brief,
            days=Days(language, zone, now),
            made=when(brief.generated_at, language, zone, now + 10 * 60_000),  # the moment itself, not "a moment ago"
            pick=lambda texts: pick(texts, language),
            machine=machine,
        )
