"""`/operator`: those who run the installation see whether its agencies work, make one, and invite who manages it first. It
works without JavaScript; no citizen's words stand on it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from collector.agency import LANGUAGES, checked_key
from collector.endpoints.operation import COOKIE, SECURE_COOKIE, right_of, same_origin
from collector.endpoints.parts import Parts
from collector.endpoints.sign_in import forget_cookie
from collector.errors import Refusal
from collector.installation import FirstAdmin, Founding
from collector.pages.render import Renderer, first, form_fields, page_language, when
from collector.token import OPERATOR, Right

ZONE = "Europe/Brussels"
CHARACTERS = 254  # of any field


class OperatorPage:
    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/operator", self.see, methods=["GET"]),
            Route("/operator", self.post, methods=["POST"]),
        ]

    async def see(self, request: Request) -> Response:
        """Who is signed out, or has no second factor yet, is led there."""
        try:
            await self._right(request)
        except Refusal as refusal:
            ways = {"sign_in": "/sign-in", "second_factor_needed": "/second-factor"}
            if refusal.code not in ways:
                raise
            return RedirectResponse(f"{ways[refusal.code]}?lang={page_language(request)}", 303)
        return await self._page(request)

    async def post(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        right = await self._right(request)
        same_origin(request, parts)
        fields = await form_fields(request)
        said = {name: first(fields, name)[:CHARACTERS] for name in ("key", "name", "person", "office", "email")}
        store, now, step = parts.store.installation, parts.now(), first(fields, "step")
        try:
            if step == "leave":
                await parts.store.sessions.close(request.cookies[SECURE_COOKIE if parts.secure else COOKIE], now=now)
                response = RedirectResponse(f"/sign-in?lang={page_language(request)}", 303)
                forget_cookie(parts, response)
                return response
            if step == "found":
                languages = tuple(code for code in LANGUAGES if code in fields.get("required", []))
                founding = Founding(checked_key(said["key"].strip(), "placement"), said["name"], languages)
                agency = await store.found(founding, right, now=now)
                return await self._page(request, made=agency.key)
            if step != "invite":
                raise Refusal("not_found")
            admin = FirstAdmin(said["email"], said["person"], said["office"])
            secret = await store.invite_first(said["key"], admin, right, now=now)
        except Refusal as refusal:
            return await self._page(request, refusal=refusal, step=step, said=said)
        return await self._page(request, made=said["key"], link=f"{parts.public_url}/join#{secret}", said=said)

    async def _right(self, request: Request) -> Right:
        right = await right_of(request, request.state["parts"])
        right.need(OPERATOR)
        return right

    async def _page(
        self, request: Request, *, refusal: Refusal | None = None, said: dict[str, Any] | None = None, **values: Any
    ) -> Response:
        """`made`: the key of what was just made; `link`: shown once."""
        parts: Parts = request.state["parts"]
        language, now = page_language(request), parts.now()
        agencies = await parts.store.installation.agencies(parts.public_url, now=now)
        agencies.sort(key=lambda one: one.well)  # what needs somebody stands first
        empty = {"key": "", "name": "", "person": "", "office": "", "email": ""}
        return self._renderer.page(
            request,
            "operator.html",
            refusal=refusal,
            agencies=agencies,
            unwell=sum(not one.well for one in agencies),
            said=empty | (said or {}),
            moment=lambda at: when(at, language, ZONE, now),
            because=lambda code: parts.words.get(language, f"errors.{code}.title"),
            story_failures=parts.store.stories.failures,
            **({"step": "", "made": "", "link": ""} | values),
        )
