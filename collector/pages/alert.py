"""`/alerts/off`: the way out of mails about a saved view, without signing in. A mail program presses it by itself when its
reader says so (RFC 8058); whoever follows the link presses once. Looking, as programs do that try out links, says nothing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.guard.source import Kind
from collector.pages.render import Renderer, first, form_fields

SECRET_CHARACTERS = 100


class AlertPage:
    """The secret of its link ends one alert, and can nothing else."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/alerts/off", self.see, methods=["GET"]),
            Route("/alerts/off", self.post, methods=["POST"]),
        ]

    async def see(self, request: Request) -> Response:
        secret = request.query_params.get("k", "")[:SECRET_CHARACTERS]
        return self._renderer.page(request, "alert.html", secret=secret, done=False)

    async def post(self, request: Request) -> Response:
        """Mail programs send the secret in the address, the page in its form. No origin is asked: who has the secret may."""
        parts: Parts = request.state["parts"]
        address = request.client.host if request.client else ""
        try:
            if (verdict := parts.sources.look("guess", address)).kind is not Kind.FREE:
                raise Refusal("slow_down", retry_after=verdict.retry_after)
            secret = request.query_params.get("k") or first(await form_fields(request), "k")
            await parts.store.alerts.stop(secret[:SECRET_CHARACTERS], parts.keys)
        except Refusal as refusal:
            if refusal.code == "sign_in":
                parts.sources.check("guess", address)
            return self._renderer.page(request, "alert.html", refusal=refusal, secret="", done=False)
        return self._renderer.page(request, "alert.html", secret="", done=True)
