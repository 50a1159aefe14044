"""All pages of an app, and their files."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from collector.endpoints import assets
from collector.endpoints.operation import language_of, problem_response
from collector.errors import Refusal
from collector.pages.accessibility import AccessibilityPages
from collector.pages.alert import AlertPage
from collector.pages.brief import BriefPage
from collector.pages.decision import DecisionPage
from collector.pages.decisions import DecisionsPage
from collector.pages.demo import DemoPages
from collector.pages.entry import EntryPages
from collector.pages.form import FormPage
from collector.pages.inclusion import InclusionPage
from collector.pages.morning import MorningPage
from collector.pages.operator import OperatorPage
from collector.pages.paper import PaperPage
from collector.pages.poster import PosterPage
from collector.pages.preview import PreviewPage
from collector.pages.privacy import PrivacyPages
from collector.pages.provider import ProviderPages
from collector.pages.public import PublicPages
from collector.pages.questions import Questions
from collector.pages.receipt import ReceiptPage
from collector.pages.render import Renderer
from collector.pages.second_factor import SecondFactorPage
from collector.pages.talk import TalkPage

Page = (
    DecisionsPage
    | DecisionPage
    | TalkPage
    | PrivacyPages
    | BriefPage
    | FormPage
    | ReceiptPage
    | MorningPage
    | AlertPage
    | InclusionPage
    | EntryPages
    | SecondFactorPage
    | ProviderPages
    | OperatorPage
    | PublicPages
    | PaperPage
    | PosterPage
    | PreviewPage
    | AccessibilityPages
)


class Site:
    """`demo`: `/demo` and `/try` are there as well; `try_folder` holds saved pages to try the widget in."""

    def __init__(self, demo: bool, try_folder: Path | None) -> None:
        renderer, questions = Renderer(demo), Questions()
        self._renderer = renderer
        self._files = assets.of("collector.pages.static")
        pages: list[Page] = [
            DecisionsPage(renderer),
            DecisionPage(renderer),
            TalkPage(renderer),
            PrivacyPages(renderer),
            BriefPage(renderer),
            FormPage(renderer, questions),
            ReceiptPage(renderer, questions),
            MorningPage(renderer),
            AlertPage(renderer),
            InclusionPage(renderer),
            EntryPages(renderer),
            SecondFactorPage(renderer),
            ProviderPages(renderer),
            OperatorPage(renderer),
            PublicPages(renderer),
            PaperPage(renderer, questions),
            PosterPage(renderer, questions),
            PreviewPage(renderer),
            AccessibilityPages(renderer),
        ]
        self.routes: list[BaseRoute] = [route for page in pages for route in page.routes]
        self.routes.append(Route("/assets/pages/{path:path}", self.file, methods=["GET"]))
        self.routes.append(Route("/favicon.ico", self.icon, methods=["GET"]))
        if demo:
            self.routes += DemoPages(renderer, try_folder).routes

    def problem(self, request: Request, refusal: Refusal) -> Response:
        """What a person sees when a page refuses; a program gets the problem document."""
        if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
            return problem_response(request.state["parts"], refusal, language_of(request))
        return self._renderer.page(request, "problem.html", refusal=refusal)

    async def icon(self, request: Request) -> Response:
        """For pages that name none, and for tools that ask anyway."""
        return await self._files.response(request, "icon.svg", "public, max-age=86400")

    async def file(self, request: Request) -> Response:
        """A style sheet or script of a page."""
        try:
            return await self._files.response(request, request.path_params["path"], "no-cache")
        except Refusal as refusal:
            return problem_response(request.state["parts"], refusal, language_of(request))
