"""The way through a provider of OpenID Connect: `/sign-in/with/KEY` there, `/sign-in/back` here. The browser that comes back is
the one that left (a cookie that ends with the way), the answer is to our question (state), and made for it (nonce, PKCE)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from collector.agency import LANGUAGES
from collector.endpoints.operation import COOKIE, SECURE_COOKIE
from collector.endpoints.parts import Parts
from collector.endpoints.sign_in import entered, set_cookie
from collector.errors import Refusal
from collector.guard.source import Kind
from collector.pages.render import Renderer, page_language
from collector.provider import ON_THE_WAY_MS, Provider

ANSWER_CHARACTERS = 4_000


class ProviderPages:
    """What keeps somebody out is said on the sign-in page."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/sign-in/with/{key}", self.leave, methods=["GET"]),
            Route("/sign-in/back", self.come_back, methods=["GET"]),
        ]

    async def leave(self, request: Request) -> Response:
        """Sends the browser to the provider."""
        parts: Parts = request.state["parts"]
        try:
            address, secret = await way_there(request, parts, request.path_params["key"], None)
        except Refusal as refusal:
            return await self._refused(request, parts, refusal)
        response = RedirectResponse(address, 302)
        remember(request, parts, response, secret)
        return response

    async def come_back(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        given = request.query_params
        try:
            code, state = given.get("code", "")[:ANSWER_CHARACTERS], given.get("state", "")[:100]
            browser, _, tongue = request.cookies.get(_name(parts), "").partition(".")
            wayfarer = await parts.store.providers.come_back(state, browser, now=parts.now())
            if "error" in given or not code:
                raise Refusal("provider_left" if given.get("error") == "access_denied" else "provider")
            providers = await parts.store.providers.all(parts.keys)
            provider = next((one for one in providers if one.id == wayfarer.provider_id), None)
            if provider is None:
                raise Refusal("provider")
            claims = await parts.openid.claims(provider, wayfarer, code, given.get("iss"))
            member_id = await parts.store.providers.member(
                provider, claims, parts.keys, invitation=wayfarer.invitation, now=parts.now()
            )
            way = f"provider {provider.key}"
            secret = await entered(parts, None, member_id, way, request.headers.get("user-agent", ""))
        except Refusal as refusal:
            return await self._refused(request, parts, refusal)
        # a page of another site led here: a strict browser sends our cookie again only with the next step
        language = tongue if tongue in LANGUAGES else page_language(request)
        response = RedirectResponse(f"/dashboard?lang={language}", 303)
        set_cookie(parts, response, secret)
        response.delete_cookie(_name(parts), path="/", secure=parts.secure, httponly=True, samesite="lax")
        return response

    async def _refused(self, request: Request, parts: Parts, refusal: Refusal) -> Response:
        return self._renderer.page(
            request, "sign_in.html", refusal=refusal, link="", email="", way="", providers=await shown(parts)
        )


async def shown(parts: Parts) -> list[Provider]:
    """Those by which somebody can sign in, without their secrets."""
    return await parts.store.providers.all()


async def way_there(request: Request, parts: Parts, key: str, invitation: str | None) -> tuple[str, str]:
    """(the address of the provider for this question, the secret that the browser keeps meanwhile)."""
    verdict = parts.sources.check("guess", request.client.host if request.client else "")
    if verdict.kind is not Kind.FREE:
        raise Refusal("slow_down", retry_after=verdict.retry_after)
    provider = await parts.store.providers.one(key[:100], parts.keys)
    state, browser, wayfarer = await parts.store.providers.set_out(provider, invitation=invitation, now=parts.now())
    return await parts.openid.way(provider, state, wayfarer, page_language(request)), browser


def remember(request: Request, parts: Parts, response: Response, secret: str) -> None:
    """The browser that left is the one that comes back, and reads the language in which it left."""
    kept = f"{secret}.{page_language(request)}"
    response.set_cookie(
        _name(parts), kept, max_age=ON_THE_WAY_MS // 1000, path="/", secure=parts.secure, httponly=True, samesite="lax"
    )  # fmt: skip


def _name(parts: Parts) -> str:
    return f"{SECURE_COOKIE if parts.secure else COOKIE}-way"
