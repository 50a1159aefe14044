"""`/poster/{placement}`: a sheet for a counter, a bus stop, a letter: the question, a QR and a short address, and whom one can
call without a device. From there to an answer it is two presses."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.endpoints.parts import Parts
from collector.pages.questions import Questions
from collector.pages.render import Renderer, page_language
from collector.qr import qr
from collector.texts import pick


class PosterPage:
    """`?decision=KEY`: about that decision. All languages of the placement stand on one sheet, the reader's first."""

    def __init__(self, renderer: Renderer, questions: Questions) -> None:
        self._renderer = renderer
        self._questions = questions

    @property
    def routes(self) -> list[Route]:
        return [Route("/poster/{placement}", self.see, methods=["GET"])]

    async def see(self, request: Request) -> Response:
        from markupsafe import Markup  # here, so that a start does not wait for it

        parts: Parts = request.state["parts"]
        agencies = parts.store.agencies
        placement = agencies.placement(request.path_params["placement"])
        named = request.query_params.get("decision")
        decision = parts.store.decisions.reacted_to(placement, named) if named else None
        language = page_language(request, placement.languages)
        address = f"{parts.public_url}/f/{placement.key}" + (f"?decision={decision.key}" if decision else "")
        order = [language, *(code for code in placement.languages if code != language)]
        question = "effect" if decision else placement.question
        return self._renderer.page(
            request,
            "poster.html",
            languages=placement.languages,
            placement=placement,
            agency=agencies.agency(placement.agency_id),
            decision=decision,
            order=order,
            titles={code: pick(decision.file.title, code)[0] if decision else "" for code in order},
            asked={code: self._questions.of(code, question, "no")["question"] for code in order},
            call={code: parts.words.get(code, "pages.poster.call") for code in order},
            scan={code: parts.words.get(code, "pages.poster.scan") for code in order},
            phone=next((point.phone for point in agencies.contact_points_of(placement) if point.phone), None),
            qr=Markup(qr(address)),  # noqa: S704  our own drawing
            address=address.removeprefix("https://").removeprefix("http://"),
        )
