"""`/brief/{decision}`: one page of paper for the evening before it is decided. For the team alone."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from collector.audit import words_in
from collector.day import Days
from collector.endpoints.operation import right_of
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.pages.render import Renderer, machine, page_language, when
from collector.store.work import Brief, BriefLine
from collector.texts import Texts, pick

LISTED = 4  # of what was expected and what was not, on a page that is full
_FULL = 680  # points: what an A4 holds between its margins, with a tenth to spare


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
        await parts.store.audit.read(right, words_in(brief.gravest), now=now, opened=False)
        zone = parts.store.agencies.agency(right.agency_id).time_zone
        return self._renderer.page(
            request,
            "brief.html",
            b=brief,
            dense=dense(brief, language),
            listed=LISTED,
            days=Days(language, zone, now),
            made=when(brief.generated_at, language, zone, now + 10 * 60_000),  # the moment itself, not "a moment ago"
            pick=lambda texts: pick(texts, language),
            machine=machine,
        )


def dense(brief: Brief, language: str) -> bool:
    """Whether it takes smaller type and shortened texts to stand on one A4: a careful guess of its height on paper, in
    points, from how many characters stand on a line."""

    def of(texts: Texts, characters: int) -> int:
        return _lines(pick(texts, language)[0], characters)

    def listed(lines: list[BriefLine]) -> int:
        return sum(of(line.text, 44) for line in lines)

    height = 150 + 19 * of(brief.decision.title, 55) + 13 * of(brief.open, 95)
    height += sum(15 * _lines(voice.text or "", 80) + 28 for voice in brief.gravest)
    height += 15 * max(listed(brief.unexpected), listed(brief.expected))
    height += 13 * sum(of(name, 90) for name in brief.unanswered_themes[:8])
    return height > _FULL


def _lines(text: str, characters: int) -> int:
    return sum(max(1, -(-len(line) // characters)) for line in text.split("\n"))
