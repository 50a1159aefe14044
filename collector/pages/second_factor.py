"""`/second-factor`: a member sets up, renews and takes away the code of her phone. It works without JavaScript; its picture
is drawn here, and no service is asked."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from collector.endpoints.operation import right_of, same_origin
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.guard.source import Kind
from collector.pages.render import Renderer, first, form_fields, page_language
from collector.qr import qr
from collector.second_factor import setup_address, spoken
from collector.token import Right

CODE_CHARACTERS = 20


class SecondFactorPage:
    """For members with a password. Who comes in by a provider has her second factor there."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/second-factor", self.see, methods=["GET"]),
            Route("/second-factor", self.post, methods=["POST"]),
        ]

    async def see(self, request: Request) -> Response:
        """Who is signed out is led to the sign-in page; a token has no phone."""
        parts: Parts = request.state["parts"]
        try:
            right = await right_of(request, parts, enrolling=True)
        except Refusal as refusal:
            if refusal.code != "sign_in":
                raise
            return RedirectResponse(f"/sign-in?lang={page_language(request)}", 303)
        return await self._page(request, parts, right)

    async def post(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        right = await right_of(request, parts, enrolling=True)
        same_origin(request, parts)
        fields = await form_fields(request)
        code, step = first(fields, "code")[:CODE_CHARACTERS], first(fields, "step")
        factors, member_id, now = parts.store.second_factors, _member(right), parts.now()
        try:
            verdict = parts.sources.check("guess", request.client.host if request.client else "")
            if verdict.kind is not Kind.FREE:
                raise Refusal("slow_down", retry_after=verdict.retry_after)
            if step == "on":
                codes = await factors.turn_on(right.agency_id, member_id, code, parts.keys, now=now, by=right.signed)
            elif step == "codes":
                codes = await factors.renew_codes(right.agency_id, member_id, code, parts.keys, now=now)
            elif parts.store.agencies.agency(right.agency_id).second_factor:
                raise Refusal("wrong_state")
            else:
                await factors.turn_off(right.agency_id, member_id, code, parts.keys, now=now, by=right.signed)
                return RedirectResponse(f"/dashboard?lang={page_language(request)}#access", 303)
        except Refusal as refusal:
            return await self._page(request, parts, right, refusal=refusal)
        return self._renderer.page(request, "second_factor.html", codes=codes, state="on")

    async def _page(self, request: Request, parts: Parts, right: Right, *, refusal: Refusal | None = None) -> Response:
        factors, agency = parts.store.second_factors, parts.store.agencies.agency(right.agency_id)
        state = await factors.state(right.agency_id, _member(right))
        if state.on_at is not None:
            return self._renderer.page(
                request, "second_factor.html", refusal=refusal, codes=[], state="on", left=state.codes_left,
                required=agency.second_factor,
            )  # fmt: skip
        secret = parts.keys.second_factor(await factors.begin(right.agency_id, _member(right)))
        address = setup_address(secret, issuer=f"Tijdens {agency.name}", account=state.email)
        return self._renderer.page(
            request, "second_factor.html", refusal=refusal, codes=[], state="off", required=agency.second_factor,
            picture=_drawn(address), spoken=_in_fours(spoken(secret)),
        )  # fmt: skip


def _member(right: Right) -> int:
    """Refusal `forbidden` for whoever has no password of ours."""
    if right.member_id is None:
        raise Refusal("forbidden")
    return right.member_id


def _in_fours(text: str) -> str:
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def _drawn(address: str) -> object:
    from markupsafe import Markup  # here, so that a start does not wait for it

    return Markup(qr(address))  # noqa: S704  our own drawing
