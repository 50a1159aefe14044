"""`/preview/{placement}`: the real widget, for the team that sets it up. It can be seen and not pressed, so that nothing is
sent from it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector import WIDGET_VERSION
from collector.endpoints import assets
from collector.endpoints.operation import right_of
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.pages.render import Renderer, page_language
from collector.snippet import LINK


class PreviewPage:
    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [Route("/preview/{placement}", self.see, methods=["GET"])]

    async def see(self, request: Request) -> Response:
        """Framed by the dashboard, where its reader has signed in. Refusal `placement` for one of another agency."""
        parts: Parts = request.state["parts"]
        right = await right_of(request, parts)
        right.need("admin")
        placement = parts.store.agencies.placement(request.path_params["placement"])
        if placement.agency_id != right.agency_id:
            raise Refusal("placement")
        return self._renderer.page(
            request,
            "preview.html",
            languages=placement.languages,
            framed=True,
            placement=placement,
            script=f"/widget/{WIDGET_VERSION}/{assets.FIRST}",
            integrity=assets.of("widget").integrity(assets.FIRST),
            link=LINK[page_language(request, placement.languages)],
        )
