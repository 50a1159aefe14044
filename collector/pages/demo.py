"""Demo mode only: `/demo`, one page with two windows; the public page inside it; and `/try`, where a saved page of
one's own site is shown with the widget in it. All real: the same widget, the same store, the same dashboard."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from collector import WIDGET_VERSION
from collector.day import Days
from collector.endpoints.operation import COOKIE, SECURE_COOKIE
from collector.endpoints.parts import Parts
from collector.endpoints.sign_in import set_cookie
from collector.errors import Refusal
from collector.pages.render import NAMES, Renderer, page_language
from collector.store.submissions import Filter
from collector.texts import pick

SHOWS = ("tijdens", "date", "mean")
TRAIL = "sample_trail"  # in `meta`: placement and sender's key of the voice whose trail is complete
_POINTS = {"helps": 10, "none": 7, "harder": 0}  # as such surveys do; "I do not know yet" is left out
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}\.html?\Z")
_TRY_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src * 'unsafe-inline'; img-src * data:; "
    "font-src * data:; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class DemoPages:
    def __init__(self, renderer: Renderer, try_folder: Path | None) -> None:
        self._renderer = renderer
        self._folder = try_folder

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/demo", self.both, methods=["GET"]),
            Route("/demo/page", self.public_page, methods=["GET"]),
            Route("/try", self.try_list, methods=["GET"]),
            Route("/try/{name}", self.try_page, methods=["GET"]),
        ]

    async def both(self, request: Request) -> Response:
        """Left the public page, right the room; below, the same voices in three ways."""
        parts: Parts = request.state["parts"]
        agency, language, now = parts.store.agencies.all()[0], page_language(request), parts.now()
        placement = parts.store.agencies.placements(agency.id)[0]
        show = request.query_params.get("show", "tijdens")
        voices = await parts.store.submissions.list(agency.id, Filter(words=True, placement=placement.key), limit=100)
        if show == "tijdens":
            voices.sort(key=lambda voice: (voice.severity, voice.received_at))
        counts = await parts.store.counts.list(agency.id, placement=placement.key)
        pressed = {name: number for name, number in counts.by["effect"].items() if name in _POINTS}
        total = sum(pressed.values())
        mean = sum(_POINTS[name] * number for name, number in pressed.items()) / total if total else 0.0
        response = self._renderer.page(
            request,
            "demo.html",
            show=show if show in SHOWS else "tijdens",
            shows=SHOWS,
            voices=voices[:8],
            number=total,
            mean=f"{mean:.1f}",
            value=lambda name: parts.words.get(language, f"pages.value.{name}"),
            names_of=NAMES,
            decisions=sorted(parts.store.public.lines(now, agency.id), key=lambda line: -(line.closes_at or 0)),
            trail=await _trail(parts),
            days=Days(language, agency.time_zone, now),
            pick=lambda texts: pick(texts, language),
        )
        cookie = request.cookies.get(SECURE_COOKIE if parts.secure else COOKIE)
        if not cookie or not await _still_in(parts, cookie):
            member = (await parts.store.members.list(agency.id))[0]
            set_cookie(parts, response, await parts.store.tokens.open_session(member_id=member.id, now=parts.now()))
        return response

    async def public_page(self, request: Request) -> Response:
        """A page as an agency might have it, with the widget where it belongs: at the end of the content."""
        parts: Parts = request.state["parts"]
        placement = parts.store.agencies.placements(parts.store.agencies.all()[0].id)[0]
        return self._renderer.page(request, "demo_page.html", placement=placement)

    async def try_list(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        placement = parts.store.agencies.placements(parts.store.agencies.all()[0].id)[0]
        return self._renderer.page(
            request,
            "try.html",
            files=await run_in_threadpool(self._saved),
            snippet=_snippet(parts, placement.key),
            policy=f"script-src {parts.public_url}; connect-src {parts.public_url}",
        )

    async def try_page(self, request: Request) -> Response:
        """The saved page with the snippet before its end. Its own scripts do not run: it stands on our host."""
        name = request.path_params["name"]
        if self._folder is None or not _NAME.match(name):
            raise Refusal("not_found")
        parts: Parts = request.state["parts"]
        placement = parts.store.agencies.placements(parts.store.agencies.all()[0].id)[0]
        try:
            html = await run_in_threadpool((self._folder / name).read_text, "utf-8", "replace")
        except OSError:
            raise Refusal("not_found") from None
        snippet = _snippet(parts, placement.key)
        place = re.search(r"</main\s*>|</body\s*>", html, re.IGNORECASE)
        at = place.start() if place else len(html)
        return HTMLResponse(html[:at] + snippet + html[at:], headers={"content-security-policy": _TRY_POLICY})

    def _saved(self) -> list[str]:
        if self._folder is None or not self._folder.is_dir():
            return []
        return sorted(file.name for file in self._folder.iterdir() if _NAME.match(file.name))


async def _trail(parts: Parts) -> str | None:
    """The code of the sample receipt whose trail is complete; None in a store that has none."""
    found = await parts.store.meta(TRAIL)
    return parts.keys.code(*found.split()) if found else None


async def _still_in(parts: Parts, cookie: str) -> bool:
    try:
        await parts.store.tokens.by_session(cookie, now=parts.now())
    except Refusal:
        return False
    return True


def _snippet(parts: Parts, key: str) -> str:
    url = parts.public_url
    return (
        f'<script type="module" src="{url}/widget/{WIDGET_VERSION}/tijdens.js"></script>\n'
        f'<tijdens-feedback placement="{key}" collector="{url}"><a href="{url}/f/{key}">{url}/f/{key}</a></tijdens-feedback>\n'
    )
