"""`/d`: what is being decided now, what was decided, and who decides on what."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.agency import Agency
from collector.contact_point import ContactPoint, reachable
from collector.day import Days
from collector.endpoints.parts import Parts
from collector.pages.feeds import feed_response, list_feed
from collector.pages.render import Renderer, page_language
from collector.public import PublicLine
from collector.texts import Texts, pick


class Desk(msgspec.Struct):
    """Whom one reaches with an idea: a contact point and the subjects it answers for."""

    point: ContactPoint
    subjects: list[Texts]


class DecisionsPage:
    """The list and its feed; `?agency=` shows those of one agency."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [Route("/d", self.see, methods=["GET"]), Route("/d.atom", self.feed, methods=["GET"])]

    async def see(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        agencies, now, language = parts.store.agencies, parts.now(), page_language(request)
        one = asked_agency(request, parts)
        lines = parts.store.public.lines(now, one.id if one else None)
        shown = [one] if one else agencies.all()
        return self._renderer.page(
            request,
            "decisions.html",
            robots="all",
            agency=one,
            many=len(agencies.all()) > 1,
            groups=grouped(lines),
            desks=[(agency, desks(parts, agency, lines)) for agency in shown],
            days={agency.key: Days(language, agency.time_zone, now) for agency in shown},
            pick=lambda texts: pick(texts, language),
        )

    async def feed(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        one, now, language = asked_agency(request, parts), parts.now(), page_language(request)
        lines = parts.store.public.lines(now, one.id if one else None)
        return feed_response(list_feed(parts, lines, language, now, one.key if one else None), language)


def asked_agency(request: Request, parts: Parts) -> Agency | None:
    """The agency of `?agency=`, None when none is asked for. Refusal `not_found` for an unknown one."""
    key = request.query_params.get("agency")
    return parts.store.agencies.by_key(key) if key else None


def grouped(lines: list[PublicLine]) -> list[tuple[str, list[PublicLine]]]:
    """(`open`, `working`, `decided` or `withdrawn`, its lines): what closes first stands first among the open ones."""
    found: dict[str, list[PublicLine]] = {"open": [], "working": [], "decided": [], "withdrawn": []}
    for line in lines:
        group = "open" if line.is_open else "working" if line.state == "published" else line.state
        found[group].append(line)
    found["open"].sort(key=lambda line: line.closes_at or 0)
    return [(name, listed) for name, listed in found.items() if listed]


def desks(parts: Parts, agency: Agency, lines: list[PublicLine]) -> list[Desk]:
    """The contact points of an agency, those with a subject first. A subject is one a decision names."""
    found = [Desk(point, list(point.subjects)) for point in reachable(parts.store.agencies.contact_points(agency.id))]
    by_key = {desk.point.key: desk for desk in found}
    for line in lines:
        file = parts.store.decisions.by_key(line.key).file
        desk = by_key.get(file.contact_point or "")
        if desk is not None and line.agency.key == agency.key and file.subject and file.subject not in desk.subjects:
            desk.subjects.append(file.subject)
    return sorted(found, key=lambda desk: not desk.subjects)
