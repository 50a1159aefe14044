"""One way for every endpoint: who asks, what she asks, a plain function, an answer. The OpenAPI document is made from
the same description, so it cannot say something else."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from collector.agency import LANGUAGES
from collector.audit import LISTED, words_in
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.submission import Submission
from collector.text.language import reader_language
from collector.token import Right, Standing, secret_in

COOKIE = "tijdens"
SECURE_COOKIE = "__Host-tijdens"
PROBLEM = "application/problem+json"
_FIELD = re.compile(r"`\$\.(\w+)|field `(\w+)`")

T = TypeVar("T", bound=msgspec.Struct)
_encode = msgspec.json.Encoder().encode


@dataclass
class Call:
    """One request: `right` is there where one is needed, `query` and `body` as the operation describes them."""

    request: Request
    parts: Parts
    language: str
    right: Right = field(default=None)  # type: ignore[assignment]
    query: Any = None
    body: Any = None

    @property
    def path(self) -> dict[str, str]:
        return self.request.path_params

    @property
    def address(self) -> str:
        """Of the sender, for limits only; it is never kept."""
        return self.request.client.host if self.request.client else ""


Handler = Callable[[Call], Awaitable[object]]


@dataclass(frozen=True)
class Operation:
    """What the OpenAPI document says of an endpoint. `need`: the role a team member must have, `operator` for those who run the
    installation, None for everybody; `receipt`: the request carries a receipt code. `scoped`: a token that is for one placement
    or decision may call it, since it narrows itself to that."""

    handler: Handler
    summary: str
    tag: str
    answers: dict[int, Any]
    refusals: tuple[str, ...]
    query: type[msgspec.Struct] | None
    body: type[msgspec.Struct] | None
    need: Standing | None
    receipt: bool
    scoped: bool
    text: str


def operation(
    *,
    summary: str,
    tag: str,
    answers: dict[int, Any],
    refusals: tuple[str, ...] = (),
    query: type[msgspec.Struct] | None = None,
    body: type[msgspec.Struct] | None = None,
    need: Standing | None = None,
    receipt: bool = False,
    scoped: bool = False,
    listed: str = LISTED,
) -> Callable[[Handler], Callable[[Request], Awaitable[Response]]]:
    """Makes a Starlette endpoint of a handler, which gets a `Call` and returns a Struct, a Response or None (204). Whose words
    a team is shown is noted before they are."""

    def wrap(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        described = Operation(
            handler,
            summary,
            tag,
            answers,
            refusals,
            query,
            body,
            need,
            receipt,
            scoped,
            (handler.__doc__ or "").strip(),
        )
        status = next(iter(answers))

        async def endpoint(request: Request) -> Response:
            parts: Parts = request.state["parts"]
            started = time.perf_counter()
            language = language_of(request)
            try:
                call = Call(request, parts, language)
                if need is not None:
                    call.right = await right_of(request, parts, scoped=scoped)
                    call.right.need(need)
                if query is not None:
                    call.query = read_query(request, query)
                if body is not None:
                    call.body = await read_body(request, body)
                answer = await handler(call)
                if need is not None and request.method == "GET" and (seen := words_in(answer)):
                    opened = isinstance(answer, Submission)
                    await parts.store.audit.read(call.right, seen, now=parts.now(), opened=opened, listed=listed)
                response = answer if isinstance(answer, Response) else json_response(answer, status)
            except ClientDisconnect:
                response = Response(status_code=400)
            except Refusal as refusal:
                response = problem_response(parts, refusal, language)
            cross_origin(request, parts, response)
            parts.metrics.answered(
                request.scope["route"].path_format, response.status_code, time.perf_counter() - started
            )
            return response

        endpoint.operation = described  # type: ignore[attr-defined]
        endpoint.__name__ = handler.__name__
        return endpoint

    return wrap


def language_of(request: Request) -> str:
    """The reader's language among ours: `?lang=` on pages, then what the browser prefers."""
    return reader_language(request.query_params.get("lang"), request.headers.get("accept-language"), offered=LANGUAGES)


def json_response(answer: object, status: int = 200) -> Response:
    if answer is None:
        return Response(status_code=204)
    return Response(_encode(answer), status, media_type="application/json", headers={"cache-control": "no-store"})


def problem_response(parts: Parts, refusal: Refusal, language: str) -> Response:
    """The refusal as a problem document, counted by its reason."""
    parts.metrics.refused(refusal.code)
    headers = {"cache-control": "no-store", "content-language": language}
    if refusal.retry_after is not None:
        headers["retry-after"] = str(refusal.retry_after)
    if refusal.code == "sign_in":
        headers["www-authenticate"] = "Bearer"
    return Response(_encode(parts.words.problem(refusal, language)), refusal.status, headers, PROBLEM)


def cross_origin(request: Request, parts: Parts, response: Response) -> None:
    """Lets pages that carry a placement read what citizens' endpoints answer; teams' endpoints are for our own pages."""
    origin = request.headers.get("origin")
    response.headers.append("vary", "Origin")
    if origin and parts.store.agencies.known_origin(origin) and request.url.path.startswith("/api/receipt"):
        response.headers["access-control-allow-origin"] = origin


async def right_of(request: Request, parts: Parts, *, scoped: bool = False, enrolling: bool = False) -> Right:
    """Whose request it is. Refusal `sign_in` for nobody's; `origin` for a cookie that another site sent along; `forbidden`
    for a token of one placement or decision, unless what it asks for knows how to be `scoped`; `second_factor_needed` for
    who has to set one up first, unless she is `enrolling`."""
    secret = secret_in(request.headers.get("authorization", ""), "Bearer")
    if secret is not None:
        right = await parts.store.tokens.by_secret(secret, now=parts.now())
        if right.scoped and not scoped:
            raise Refusal("forbidden")
        return right
    cookie = request.cookies.get(SECURE_COOKIE if parts.secure else COOKIE)
    if not cookie:
        raise Refusal("sign_in")
    right = await parts.store.tokens.by_session(cookie, now=parts.now())
    if request.method not in ("GET", "HEAD"):
        same_origin(request, parts)
        await parts.store.sessions.touch(right, now=parts.now())
    if right.must_enrol and not enrolling:
        raise Refusal("second_factor_needed")
    return right


def same_origin(request: Request, parts: Parts) -> None:
    """Refusal `origin` for a request that another site's page made. Browsers say it in one of two headers."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    own = origin is None or origin in (parts.public_url, str(request.base_url).rstrip("/"))
    if site not in (None, "same-origin", "none") or not (own or site == "same-origin"):
        raise Refusal("origin")


def read_query(request: Request, type_: type[T]) -> T:
    """The query as a Struct. Refusal `invalid` naming the parameter; an empty one counts as absent."""
    given = {name: value for name, value in request.query_params.items() if value != ""}
    given.pop("lang", None)
    try:
        return msgspec.convert(given, type_, strict=False)
    except msgspec.ValidationError as error:
        raise Refusal("invalid", fields=(field_of(error),)) from None


async def read_body(request: Request, type_: type[T]) -> T:
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media not in ("application/json", "text/plain"):
        raise Refusal("media_type")
    return decode(await request.body(), msgspec.json.Decoder(type_))


def decode(raw: bytes, decoder: msgspec.json.Decoder[T]) -> T:
    """Refusal `unreadable` for what is not JSON, `invalid` with the field for what is not as described."""
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise Refusal("invalid", fields=(field_of(error),)) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Refusal("unreadable") from None


def field_of(error: msgspec.ValidationError) -> str:
    """The name of the field that msgspec complains of; `body` when it is the whole."""
    found = _FIELD.search(str(error))
    return (found[1] or found[2]) if found else "body"
