"""All pages of an app, and their files."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from collector.endpoints.assets import Assets
from collector.endpoints.operation import language_of, problem_response
from collector.errors import Refusal
from collector.pages.demo import DemoPages
from collector.pages.form import FormPage
from collector.pages.public import PublicPages
from collector.pages.questions import Questions
from collector.pages.receipt import ReceiptPage
from collector.pages.render import Renderer


class Site:
    """`demo`: `/demo` and `/try` are there as well; `try_folder` holds saved pages to try the widget in."""

    def __init__(self, demo: bool, try_folder: Path | None) -> None:
        renderer, questions = Renderer(demo), Questions()
        self._files = Assets("collector.pages.static")
        pages: list[FormPage | ReceiptPage | PublicPages] = [
            FormPage(renderer, questions),
            ReceiptPage(renderer, questions),
            PublicPages(renderer),
        ]
        self.routes: list[BaseRoute] = [route for page in pages for route in page.routes]
        self.routes.append(Route("/assets/pages/{path:path}", self.file, methods=["GET"]))
        if demo:
            self.routes += DemoPages(renderer, try_folder).routes

    async def file(self, request: Request) -> Response:
        """A style sheet or script of a page."""
        try:
            return await self._files.response(request, request.path_params["path"], "no-cache")
        except Refusal as refusal:
            return problem_response(request.state["parts"], refusal, language_of(request))
