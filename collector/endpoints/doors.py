"""Whom one can reach from the widget, in one language, as it is said: who fits first, who is there now, without speaking
before speaking, and the help numbers."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.responses import Response
from starlette.routing import Route

from collector.agency import LANGUAGES, Agency
from collector.contact_point import SILENT_FIRST, ContactPoint, reachable
from collector.door import Asked, Door, doors
from collector.endpoints.openings import Openings, nobody_reads
from collector.endpoints.operation import Call, operation
from collector.endpoints.parts import Parts
from collector.help_number import for_reader, help_numbers
from collector.placement import Placement
from collector.texts import pick

OWN = ("case", "complaint", "ombudsman")


class Reaching(msgspec.Struct, forbid_unknown_fields=True):
    """`decision`: its key; who answers on it comes first. `language`: one of ours, else the placement's first."""

    decision: str | None = None
    language: Annotated[str, Meta(max_length=35)] = "und"


class Way(msgspec.Struct):
    """`href`: what a press opens; null where there is nothing to press."""

    label: str
    text: str
    href: str | None = None


class ShownDoor(msgspec.Struct):
    """`said`: what for, and whether somebody is there now."""

    name: str
    said: list[str]
    ways: list[Way]


class ShownHelp(msgspec.Struct):
    number: str
    name: str
    what: str
    web: str | None


class Doors(msgspec.Struct):
    """`own`: where one goes with one's own case. `help`: who answers in this language; `help_what` says also, outside the hours
    of the roster, that nobody reads now. `all`: the page with all of them, where one can choose a subject and a postcode. The
    rest are headings."""

    title: str
    doors: list[ShownDoor]
    own_title: str
    own: list[ShownDoor]
    help_title: str
    help_what: str
    help: list[ShownHelp]
    all: Way


@operation(
    summary="Whom one can reach from a placement",
    tag="citizen",
    answers={200: Doors},
    refusals=("placement", "invalid"),
    query=Reaching,
)
async def see_doors(call: Call) -> Response:
    """For the widget, when somebody presses "Talk to someone". What she says of herself to find a desk is asked on the page
    that it leads to, never here."""
    parts = call.parts
    placement = parts.store.agencies.placement(call.path["key"])
    agency = parts.store.agencies.agency(placement.agency_id)
    tag = call.query.language[:2].lower()
    document = _doors(
        parts, placement, agency, call.query.decision, tag if tag in LANGUAGES else placement.languages[0]
    )
    headers = {"cache-control": "public, max-age=60", "access-control-allow-origin": "*"}
    return Response(msgspec.json.encode(document), media_type="application/json", headers=headers)


def _doors(parts: Parts, placement: Placement, agency: Agency, decision: str | None, language: str) -> Doors:
    now, points = parts.now(), parts.store.agencies.contact_points(agency.id)
    general = reachable(points)
    desks = [point for point in general if point.task == "desk"] or general
    named = parts.store.decisions.named(placement, decision) if decision else None
    asked = Asked(
        placement=placement.key, decision=named.file.contact_point if named is not None else None, language=language
    )
    case = [p for p in points if p.task in OWN and (not p.placements or placement.key in p.placements)]

    def said(name: str) -> str:
        return parts.words.get(language, f"pages.{name}")

    def show(door: Door, *, task: bool = False) -> ShownDoor:
        point, lines = door.point, list[str]()
        openings = Openings(parts.words, language, agency.time_zone, now)
        if task:
            lines.append(said(f"talk.task.{point.task}"))
        if door.answers:
            lines.append(said("talk.answers"))
        if door.standing is not None:
            lines.append(openings.now(door.standing))
        ways = [
            Way(said(f"contact.{way}"), text.removeprefix("https://"), _href(way, text))
            for way in SILENT_FIRST
            if (text := getattr(point, way))
        ]
        hours = [f"{days} {times}" for days, times in openings.lines(point.timetable)] if point.timetable else []
        hours += [point.hours] if point.hours else []
        if hours:
            ways.append(Way(said("contact.hours"), "\n".join(hours)))
        return ShownDoor(point.name, lines, ways)

    def listed(found: list[ContactPoint], asked: Asked) -> list[Door]:
        return doors(found, asked, now=now, zone=agency.time_zone)[0]

    return Doors(
        title=said("contact.title"),
        doors=[show(door) for door in listed(desks, asked)],
        own_title=said("talk.own"),
        own=[show(door, task=True) for door in listed(case, Asked())],
        help_title=said("help.title"),
        help_what=f"{said('help.what')} {nobody_reads(parts, agency.id, language)}".strip(),
        help=[
            ShownHelp(found.number, pick(found.name, language)[0], pick(found.what, language)[0], found.web)
            for found in for_reader(help_numbers(), language)[0]
        ],
        all=Way(
            said("contact.more"), "", f"{parts.public_url}/talk/{agency.key}?placement={placement.key}&lang={language}"
        ),
    )


def _href(way: str, text: str) -> str | None:
    if way == "phone":
        return f"tel:{''.join(text.split())}"
    return text if text.startswith("https://") else None


routes = [Route("/api/placements/{key}/doors", see_doors, methods=["GET"])]
