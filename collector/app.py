"""`create_app(config)`: the only file that knows every part."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from collector.config import Config
from collector.endpoints import (
    agency,
    alarms,
    asks,
    assets,
    audit,
    barriers,
    bursts,
    callbacks,
    claims,
    contact_points,
    counter,
    decisions,
    devices,
    doors,
    export,
    health,
    help_numbers,
    hooks,
    inclusion,
    installation,
    live,
    meeting,
    members,
    messages,
    mornings,
    offers,
    openapi,
    phrases,
    picture,
    placements,
    placing,
    providers,
    radar,
    reading,
    receipt,
    roster,
    routing,
    saved_views,
    sessions,
    sign_in,
    similar,
    submissions,
    themes,
    todo,
    tokens,
    work,
)
from collector.endpoints.intake import Intake, preflight
from collector.endpoints.metrics import Metrics
from collector.endpoints.operation import language_of, problem_response
from collector.endpoints.parts import Parts, now_ms
from collector.errors import Refusal, Unusable
from collector.guard.proof import Proofs
from collector.guard.source import Sources
from collector.live.access import AccessWatch
from collector.live.acts import Acts
from collector.live.alarm import AlarmWatch
from collector.live.alerts import AlertWatch, LetterPost
from collector.live.bell import Bell
from collector.live.calendar import Calendar
from collector.live.feed import Feed
from collector.live.hooks import HookPost, Teller
from collector.live.inclusion import InclusionWatch
from collector.live.mail import Mail
from collector.live.morning import MorningPost
from collector.live.notifier import LocalNotifier, Notifier
from collector.live.presence import Presence
from collector.live.retention import Retention
from collector.live.ring import Ring
from collector.live.room import Room
from collector.live.sighting import SightingWatch
from collector.pages import site
from collector.pages.colleague import ColleagueLetters
from collector.pages.letter import Letters
from collector.receipt import Keys
from collector.store.store import Store, file_of
from collector.web.deadline import BodyDeadline
from collector.web.openid import OpenId
from collector.web.outside import Outside
from collector.web.raw_socket import SharedFrame, text_frame
from collector.words import Words

_CODES = {404: "not_found", 405: "method", 413: "too_large"}
SECURITY_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # without any, browsers would hide the origin of our own forms from us too
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
# of all but the files of the widget, which say otherwise themselves: no other site's page takes it in as its own
_RESOURCE_POLICY = (b"cross-origin-resource-policy", b"same-origin")


@asynccontextmanager
async def started(config: Config, notifier: Notifier) -> AsyncIterator[Parts]:
    """Everything that runs, from the store up; closed in the reverse order. Unusable when the store is of another
    secret: its receipts could never be opened again."""
    keys = Keys(config.checked_secret())
    store = await Store.open(config.store, notifier.notify, max_pages=config.max_pages)
    try:
        known = await store.meta("secret")
        if known is None:
            await store.set_meta("secret", keys.fingerprint)
        elif known != keys.fingerprint:
            raise Unusable("this store was made with another TIJDENS_SECRET: with this one no receipt could be opened")
        words = Words()
        sources = Sources(off=not config.rate_limit)
        epoch = await store.meta("epoch") or ""
        outside = Outside(own=config.demo)
        teller = Teller(store, keys, outside, config.public_url, epoch, now_ms)
        async with (
            Feed(store.changes, notifier) as feed,
            Presence(text_frame) as presence,
            Room(feed, text_frame, SharedFrame.of) as room,
            Retention(store, sources, now_ms),
            Calendar(store, now_ms),
            InclusionWatch(store, now_ms),
            AlarmWatch(store, now_ms),
            AccessWatch(store, now_ms),
            SightingWatch(store),
            HookPost(teller),
            _letter_post(config, store, words, keys, epoch),
            AlertWatch(store, now_ms),
            _bell(config, store, words),
            _ring(config, store, words),
            _morning_post(config, store, words, keys),
        ):
            feed.refresh = store.refresh
            store.public.url = config.public_url
            parts = Parts(
                store=store,
                feed=feed,
                room=room,
                presence=presence,
                acts=Acts(feed),
                keys=keys,
                words=words,
                sources=sources,
                proofs=Proofs(),
                metrics=Metrics(),
                openid=OpenId(f"{config.public_url}/sign-in/back"),
                teller=teller,
                public_url=config.public_url,
                secure=config.secure,
                demo=config.demo,
                epoch=epoch,
            )
            health.measure(parts, file_of(config.store))
            yield parts
    finally:
        await store.close()


def _ring(config: Config, store: Store, words: Words) -> AbstractAsyncContextManager[Ring | None]:
    """The follower that rings colleagues for grave words, when the operator has set up a mail server."""
    if not config.smtp:
        return nullcontext()
    return Ring(store, Mail(config.smtp, config.mail_from), words, config.public_url, now_ms)


def _bell(config: Config, store: Store, words: Words) -> AbstractAsyncContextManager[Bell | None]:
    """The follower that rings, when the operator has set up a mail server."""
    if not config.smtp:
        return nullcontext()
    return Bell(store, Mail(config.smtp, config.mail_from), words, config.public_url, now_ms)


def _morning_post(
    config: Config, store: Store, words: Words, keys: Keys
) -> AbstractAsyncContextManager[MorningPost | None]:
    """One story every morning, when the operator has set up a mail server."""
    if not config.smtp:
        return nullcontext()
    letters = Letters(words, config.public_url)
    return MorningPost(store, Mail(config.smtp, config.mail_from), letters, keys, now_ms)


def _letter_post(
    config: Config, store: Store, words: Words, keys: Keys, epoch: str
) -> AbstractAsyncContextManager[LetterPost | None]:
    """Sends colleagues what is written to them, when the operator has set up a mail server."""
    if not config.smtp:
        return nullcontext()
    mail = Mail(config.smtp, config.mail_from)
    return LetterPost(store, mail, ColleagueLetters(words, config.public_url, keys), epoch, now_ms)


class Collector:
    """The ASGI app: submissions go straight to the intake, everything else through Starlette's router."""

    def __init__(self, config: Config, notifier: Notifier | None = None) -> None:
        self.config = config
        self._notifier = notifier or LocalNotifier()
        self._intake = Intake()
        self.parts: Parts
        self.failure: Exception | None = None
        pages = site.Site(config.demo, config.try_folder)
        self.router = Starlette(
            routes=[
                *submissions.routes,
                *reading.routes,
                *todo.routes,
                *alarms.routes,
                *bursts.routes,
                *picture.routes,
                *similar.routes,
                *phrases.routes,
                *radar.routes,
                *barriers.routes,
                *counter.routes,
                *devices.routes,
                *messages.routes,
                *callbacks.routes,
                *claims.routes,
                *offers.routes,
                *receipt.routes,
                *placements.routes,
                *placing.routes,
                *agency.routes,
                *installation.routes,
                *doors.routes,
                *contact_points.routes,
                *help_numbers.routes,
                *decisions.routes,
                *work.routes,
                *asks.routes,
                *themes.routes,
                *meeting.routes,
                *members.routes,
                *mornings.routes,
                *inclusion.routes,
                *roster.routes,
                *routing.routes,
                *saved_views.routes,
                *sign_in.routes,
                *tokens.routes,
                *hooks.routes,
                *sessions.routes,
                *providers.routes,
                *audit.routes,
                *export.routes,
                *live.routes,
                *health.routes,
                *openapi.routes,
                *assets.routes,
                *pages.routes,
            ],
            lifespan=self._lifespan,
            exception_handlers={HTTPException: _http_error, Refusal: _refused, ClientDisconnect: _gone},
        )
        self.router.router.redirect_slashes = False
        self._pages = pages
        self._guarded: ASGIApp = BodyDeadline(self._dispatch, self._refuse_early)

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[dict[str, Any]]:
        try:
            async with self._running() as state:
                yield state
        except Exception as error:
            self.failure = error
            raise

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[dict[str, Any]]:
        async with started(self.config, self._notifier) as parts:
            self.parts = self._intake.parts = parts
            yield {
                "parts": parts,
                "widget": assets.of("widget"),
                "dashboard": assets.of("dashboard"),
                "first_screens": placements.first_screens(),
                "site": self._pages,
            }

    def stopping(self) -> None:
        """Readiness goes red and every socket is asked to come back elsewhere."""
        if hasattr(self, "parts"):
            self.parts.stopping = True
            self.parts.room.end_all(1012)
            self.parts.acts.end_all()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._guarded(scope, receive, _with_headers(send))
        else:
            await self.router(scope, receive, send)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = scope["path"], scope["method"]
        if path == "/api/submissions" and method == "POST":
            await self._intake(scope, receive, send)
        elif method == "OPTIONS" and (path == "/api/submissions" or path.startswith("/api/receipt")):
            await preflight(self.parts, scope, send, b"GET, POST, PATCH, PUT, DELETE")
        else:
            await self.router(scope, receive, send)

    async def _refuse_early(self, scope: Scope, receive: Receive, send: Send, code: str) -> None:
        """What is refused before anything is read of it. Pages that carry a placement may read why."""
        request = Request(scope)
        response = problem_response(self.parts, Refusal(code), language_of(request))
        origin = request.headers.get("origin")
        if origin and self.parts.store.agencies.known_origin(origin):
            response.headers["access-control-allow-origin"] = origin
            response.headers["vary"] = "Origin"
        if code in ("slow_body", "too_large"):
            response.headers["connection"] = "close"
        await response(scope, receive, send)


def create_app(config: Config, notifier: Notifier | None = None) -> Collector:
    """The whole collector as an ASGI app. `notifier`: the doorbell, by default the one that `config` names."""
    return Collector(config, notifier)


def _with_headers(send: Send) -> Send:
    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            given = message.get("headers", ())
            message["headers"] = [*given, *SECURITY_HEADERS]
            if not any(name == _RESOURCE_POLICY[0] for name, _ in given):
                message["headers"].append(_RESOURCE_POLICY)
        await send(message)

    return sending


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    response: Response = request.state["site"].problem(request, Refusal(_CODES.get(status, "not_found")))
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


async def _refused(request: Request, error: Exception) -> Response:
    refusal = error if isinstance(error, Refusal) else Refusal("busy")
    shown: Response = request.state["site"].problem(request, refusal)
    return shown


async def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=400)
