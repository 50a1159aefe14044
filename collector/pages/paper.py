"""`/paper/{placement}`: the same questions on one A4, to be filled in with a pen. The sheet carries a public number; the
receipt's code is on the strip alone, and is made for this print: nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.contact_point import ContactPoint
from collector.day import Days
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.pages.questions import Questions
from collector.pages.render import Renderer, page_language
from collector.sheet import new_number, printed
from collector.texts import pick

COPIES = 50  # at once


@dataclass
class Leaf:
    """One sheet: what stands on it, and what stands on its strip."""

    number: str
    code: str


class PaperPage:
    """`?copies=20`: so many sheets, each with its own number and code. `?large=1`: large print, on two sides.
    `?decision=KEY`: about that decision."""

    def __init__(self, renderer: Renderer, questions: Questions) -> None:
        self._renderer = renderer
        self._questions = questions

    @property
    def routes(self) -> list[Route]:
        return [Route("/paper/{placement}", self.see, methods=["GET"])]

    async def see(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        agencies = parts.store.agencies
        placement = agencies.placement(request.path_params["placement"])
        if not agencies.live(placement):
            raise Refusal("placement_not_live")
        agency = agencies.agency(placement.agency_id)
        asked = request.query_params
        decision = parts.store.decisions.reacted_to(placement, asked["decision"]) if asked.get("decision") else None
        language = page_language(request, placement.languages)
        copies = min(COPIES, max(1, int(asked["copies"]))) if asked.get("copies", "").isdecimal() else 1
        numbers = [new_number() for _ in range(copies)]
        points = agencies.contact_points_of(placement)
        return self._renderer.page(
            request,
            "paper.html",
            languages=placement.languages,
            placement=placement,
            agency=agency,
            decision=decision,
            title=pick(decision.file.title, language)[0] if decision else placement.name,
            large=asked.get("large") == "1",
            copies=copies,
            leaves=[
                Leaf(printed(n), parts.keys.code(placement.key, parts.keys.sheet(placement.key, n))) for n in numbers
            ],
            back=_back(points),
            ask=next((point for point in points if point.phone), None),
            address=f"{parts.public_url}/r".removeprefix("https://").removeprefix("http://"),
            days=Days(language, agency.time_zone, parts.now()),
            w=self._questions.of(language, "effect" if decision else placement.question, "no"),
        )


def _back(points: tuple[ContactPoint, ...]) -> ContactPoint | None:
    """Where the filled-in sheet goes: a desk with an address, by post or at its counter."""
    return next((point for point in points if point.post), None) or next(
        (point for point in points if point.counter), None
    )
