"""`/talk/{agency}`: whom one can reach, who is there now, and where one goes with one's own case. What somebody says of
herself to find the right desk comes in the body of a form: it stands in no address, in no log, and is not kept."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.agency import LANGUAGES, Agency
from collector.contact_point import ContactPoint, is_postcode, reachable, subjects_of
from collector.day import Days
from collector.door import Asked, doors
from collector.endpoints.openings import Openings, nobody_reads
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.pages.render import Renderer, first, form_fields, page_language
from collector.texts import Texts, pick

OWN = ("case", "complaint", "ombudsman")


class TalkPage:
    """The page and its form; `?placement=`, `?decision=`, `?subject=` and `?language=` name where one comes from,
    `?health=1` that help numbers come first."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/talk/{agency}", self.see, methods=["GET"]),
            Route("/talk/{agency}", self.post, methods=["POST"]),
        ]

    async def see(self, request: Request) -> Response:
        return self._page(request, dict(request.query_params) | {"postcode": ""})

    async def post(self, request: Request) -> Response:
        fields = await form_fields(request)
        return self._page(request, {name: first(fields, name) for name in fields})

    def _page(self, request: Request, said: dict[str, str]) -> Response:
        parts: Parts = request.state["parts"]
        agency = parts.store.agencies.by_key(request.path_params["agency"])
        points = parts.store.agencies.contact_points(agency.id)
        general, now = reachable(points), parts.now()
        language, refusal = page_language(request), None
        postcode: str | None = said.get("postcode", "").strip() or None
        if postcode and not is_postcode(postcode):
            refusal, postcode = Refusal("invalid", fields=("postcode",)), None
        subjects = subjects_of(general)
        subject = _chosen(subjects, said.get("subject", ""))
        asked = Asked(
            placement=self._placement(parts, agency, said.get("placement", "")),
            decision=_answers(parts, agency, said.get("decision", "")),
            subject=subject,
            language=spoken if (spoken := said.get("language", "")) in LANGUAGES else None,
            postcode=postcode,
        )
        desks = [point for point in general if point.task == "desk"] or general
        found, fit = doors(desks, asked, now=now, zone=agency.time_zone)
        own = [point for point in points if point.task in OWN]
        return self._renderer.page(
            request,
            "talk.html",
            robots="all",
            refusal=refusal,
            agency=agency,
            doors=found,
            fit=fit,
            own=doors(_own(own, asked), Asked(postcode=postcode), now=now, zone=agency.time_zone)[0],
            subjects=[(number, texts) for number, texts in enumerate(subjects, 1)],
            chosen=subjects.index(subject) + 1 if subject else 0,
            spoken=asked.language or "",
            spoken_here=[code for code in LANGUAGES if any(code not in point.languages for point in general)],
            by_postcode=any(point.postcodes for point in points),
            postcode=said.get("postcode", "").strip()[:10],
            help_first=bool(said.get("health")),
            nobody=nobody_reads(parts, agency.id, language),
            asked=request.method == "POST",
            kept={name: said.get(name, "") for name in ("placement", "decision", "health") if said.get(name)},
            openings=Openings(parts.words, language, agency.time_zone, now),
            days=Days(language, agency.time_zone, now),
            pick=lambda texts: pick(texts, language),
        )

    @staticmethod
    def _placement(parts: Parts, agency: Agency, key: str) -> str | None:
        known = {placement.key for placement in parts.store.agencies.placements(agency.id)}
        return key if key in known else None


def _chosen(subjects: list[Texts], number: str) -> Texts | None:
    """The subject of a number in the list, or of a name in any language; None for neither."""
    if number.isascii() and number.isdigit() and 0 < int(number[:6]) <= len(subjects):
        return subjects[int(number[:6]) - 1]
    named = number.strip().casefold()
    return next((texts for texts in subjects if named in {text.casefold() for text in texts.values()}), None)


def _answers(parts: Parts, agency: Agency, key: str) -> str | None:
    """The contact point that answers on a public decision of the agency. A key of nothing is left out."""
    if not key:
        return None
    try:
        decision = parts.store.decisions.by_key(key)
    except Refusal:
        return None
    return decision.file.contact_point if decision.agency_id == agency.id and decision.public else None


def _own(points: list[ContactPoint], asked: Asked) -> list[ContactPoint]:
    """Where one goes with one's own case from a page: those for it or for all, in the order in which one goes there."""
    return [p for p in points if asked.placement is None or not p.placements or asked.placement in p.placements]
