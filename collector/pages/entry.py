"""The team's ways in: `/sign-in` with e-mail and password, a token, or a link that works once; `/join` with an invitation,
whose secret comes in the fragment, which no server sees."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from collector.endpoints.members import joined
from collector.endpoints.operation import Call, language_of, same_origin
from collector.endpoints.parts import Parts
from collector.endpoints.sign_in import Entry, set_cookie, sign_in
from collector.errors import Refusal
from collector.member import PASSWORD_CHARACTERS, Joining
from collector.pages.provider import remember, shown, way_there
from collector.pages.render import Renderer, first, form_fields, page_language

SECRET_CHARACTERS = 100


class EntryPages:
    """Who gets in goes to the dashboard. What keeps somebody out is said in the same words whatever was wrong, so that
    nobody learns who works here."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/sign-in", self.see_sign_in, methods=["GET"]),
            Route("/sign-in", self.post_sign_in, methods=["POST"]),
            Route("/join", self.see_join, methods=["GET"]),
            Route("/join", self.post_join, methods=["POST"]),
        ]

    async def see_sign_in(self, request: Request) -> Response:
        """A link in the address signs in only when its form is sent: a preview of the link must not spend it."""
        link = request.query_params.get("link", "")[:SECRET_CHARACTERS]
        providers = await shown(request.state["parts"])
        return self._renderer.page(request, "sign_in.html", link=link, email="", way="", providers=providers)

    async def post_sign_in(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        link = email = way = half = ""
        try:
            same_origin(request, parts)
            fields = await form_fields(request)
            link, email = first(fields, "link")[:SECRET_CHARACTERS], first(fields, "email").strip()[:254]
            half = first(fields, "half")[:SECRET_CHARACTERS]
            way = "email" if email else "link" if link else "token"
            entry = Entry(
                token=first(fields, "token").strip() or None,
                link=link or None,
                email=email or None,
                password=first(fields, "password")[:1_000] or None,
                half=half or None,
                code=first(fields, "code")[:40] or None,
            )
            address = request.client.host if request.client else ""
            secret = await sign_in(parts, entry, address, request.headers.get("user-agent", ""))
        except Refusal as refusal:
            asked = refusal.members.get("half")
            if asked or (half and refusal.code in ("second_factor", "slow_down")):
                return self._renderer.page(
                    request, "second_factor.html", state="asked", half=asked or half, codes=[],
                    refusal=None if asked else refusal,
                )  # fmt: skip
            return self._renderer.page(
                request, "sign_in.html", refusal=refusal, link=link, email=email, way=way, providers=await shown(parts)
            )
        return _in(request, parts, secret)

    async def see_join(self, request: Request) -> Response:
        return await self._join(request)

    async def post_join(self, request: Request) -> Response:
        """A password that is too short keeps the invitation; one that was taken or is too old is let go."""
        parts: Parts = request.state["parts"]
        invitation = ""
        try:
            same_origin(request, parts)
            fields = await form_fields(request)
            invitation = _secret(first(fields, "invitation"))
            if key := first(fields, "provider"):
                return await self._by_provider(request, parts, key, invitation)
            call = Call(request, parts, language_of(request))
            secret = await joined(call, Joining(invitation, first(fields, "password")[:1_000]))
        except Refusal as refusal:
            kept = invitation if refusal.code != "sign_in" else ""
            return await self._join(request, invitation=kept, refusal=refusal)
        return _in(request, parts, secret)

    async def _by_provider(self, request: Request, parts: Parts, key: str, invitation: str) -> Response:
        """A link to the provider: our policy lets no form lead to another site."""
        address, secret = await way_there(request, parts, key, invitation)
        name = next(one.name for one in await shown(parts) if one.key == key)
        response = self._renderer.page(request, "provider_go.html", address=address, name=name)
        remember(request, parts, response, secret)
        return response

    async def _join(self, request: Request, *, invitation: str = "", refusal: Refusal | None = None) -> Response:
        return self._renderer.page(
            request, "join.html", invitation=invitation, refusal=refusal, characters=PASSWORD_CHARACTERS,
            providers=await shown(request.state["parts"]),
        )  # fmt: skip


def _in(request: Request, parts: Parts, secret: str) -> Response:
    """To the dashboard, in the language in which she came."""
    response = RedirectResponse(f"/dashboard?lang={page_language(request)}", 303)
    set_cookie(parts, response, secret)
    return response


def _secret(pasted: str) -> str:
    """The secret of an invitation, from itself or from the whole link."""
    return pasted.strip().rsplit("#", 1)[-1][:SECRET_CHARACTERS]
