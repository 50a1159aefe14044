"""What the widget needs to know of a placement: one document, the same for every visitor, cacheable."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET, Meta, UnsetType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector import WIDGET_VERSION
from collector.contact_point import ContactPoint
from collector.endpoints.operation import Call, operation, problem_response
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.outline import Line, line, sentence, urgency
from collector.placement import NOTICE_CHARACTERS, Notice, Placement
from collector.receipt import AgencyName
from collector.roster import Reading
from collector.sighting import CLOSED, SHOWN
from collector.submission import Milliseconds
from collector.texts import checked_texts

OWN_PAGES = ("/preview/", "/dashboard")  # where a team looks at its own widget
Tag = Annotated[str, Meta(max_length=35)]


class ToCall(msgspec.Struct):
    """The first desk that can be rung."""

    name: str
    phone: str


class PlacementDocument(msgspec.Struct):
    """`texts`: the words of the first screen by language. `read_days`: within how many days nine of ten were really
    read here lately, null when that is not known. `decisions`: those it may show, for the browser to choose from, the most
    urgent first. `reading`: whether somebody may read grave words at this moment, by the roster; in one language only while
    nobody does. `named`: the one that was asked for, by the key under which it goes on; null when there is none. In one
    language it has only what the widget shows, and of the contact points only whom to `call` when all else fails: `/doors`
    has them."""

    key: str
    question: str
    gateway: bool
    live: bool
    notice: Notice | None
    form_url: str
    receipt_url: str
    texts: dict[str, Any]
    read_days: int | None
    decisions: list[Line]
    named: str | None
    call: ToCall | UnsetType | None = UNSET
    name: str | UnsetType = UNSET
    contact_points: tuple[ContactPoint, ...] | UnsetType = UNSET
    agency: AgencyName | UnsetType = UNSET
    languages: tuple[str, ...] | UnsetType = UNSET
    privacy_url: str | UnsetType = UNSET
    talk_url: str | UnsetType = UNSET
    help_url: str | UnsetType = UNSET
    reading: Reading | UnsetType = UNSET
    widget: str | UnsetType = UNSET


class Asking(msgspec.Struct, forbid_unknown_fields=True):
    """`decision`: the key that the tag names. It is shown wherever it is bound to. `language`: only the words of that one
    are sent, or of the placement's first where it has none in it; without it, those of all."""

    decision: str | None = None
    language: Tag | None = None


def first_screens() -> dict[str, dict[str, Any]]:
    """language → question → words, from the widget's own messages, with those about decisions: they travel in our documents,
    so that the widget asks for nothing more before it is unfolded."""
    folder = files("widget").joinpath("messages")
    return {
        file.name.removesuffix(".json"): msgspec.json.decode(file.read_bytes())
        | msgspec.json.decode(folder.joinpath("decision", file.name).read_bytes())
        for file in folder.joinpath("first").iterdir()
        if file.name.endswith(".json")
    }


@operation(
    summary="A placement",
    tag="citizen",
    answers={200: PlacementDocument},
    refusals=("placement", "invalid"),
    query=Asking,
)
async def see_placement(call: Call) -> Response:
    """Questions and titles, the notice, the contact points, the decisions it may show. The page a visitor is on is not asked:
    one document for all who read the same language, or one for all pages whose tag names the same decision."""
    parts = call.parts
    origin = page_origin(call.request, parts)
    try:
        placement = parts.store.agencies.placement(call.path["key"])
    except Refusal as refusal:
        if origin is not None:
            parts.store.sightings.unknown(origin, parts.now())
        # any page may read why: its own address is not listed by a placement that is not there
        response = problem_response(parts, refusal, call.language)
        response.headers["access-control-allow-origin"] = "*"
        return response
    agency = parts.store.agencies.agency(placement.agency_id)
    language = _language(placement, call.query.language)
    now = parts.now()
    if origin is not None:
        met = SHOWN if parts.store.agencies.live(placement) else CLOSED
        parts.store.sightings.saw(placement, origin, met, now)
    notice = placement.notice
    if notice is not None and notice.until is not None and notice.until <= now:
        notice = None
    if notice is not None and language is not None:
        told = notice.text.get(language)
        notice = Notice({language: told}, notice.until) if told else None
    decisions = parts.store.decisions.bound(placement)
    named = parts.store.decisions.named(placement, call.query.decision) if call.query.decision else None
    if named is not None and named not in decisions:
        decisions.append(named)
    asks = parts.store.asks
    said = {d.key: sentence(d, parts.words, language or "", now, asks.open_of(d, now)) for d in decisions if language}
    lines = sorted((parts.store.public.line(found, now) for found in decisions), key=urgency)
    screens = call.request.state["first_screens"]
    document = PlacementDocument(
        key=placement.key,
        question=placement.question,
        gateway=placement.gateway,
        live=parts.store.agencies.live(placement),
        notice=notice,
        form_url=f"{parts.public_url}/f/{placement.key}",
        receipt_url=f"{parts.public_url}/r",
        texts={
            tag: _words(screens[tag], placement, several=len(decisions) > 1)
            for tag in ([language] if language else placement.languages)
            if tag in screens
        },
        read_days=await parts.store.submissions.read_days(placement, now=now),
        decisions=[line(public, said.get(public.key), language) for public in lines],
        named=named.key if named is not None else None,
    )
    points = parts.store.agencies.contact_points_of(placement)
    if language is not None:
        document.call = next((ToCall(point.name, point.phone) for point in points if point.phone), None)
    else:
        document.contact_points = points
        document.name, document.agency = placement.name, AgencyName(agency.key, agency.name, agency.names)
        document.languages, document.widget = placement.languages, WIDGET_VERSION
        document.privacy_url = f"{parts.public_url}/privacy/{agency.key}"
        document.talk_url = f"{parts.public_url}/talk/{agency.key}?placement={placement.key}"
        document.help_url = f"{parts.public_url}/api/help-numbers"
    reading = parts.store.roster.reading(agency.id, now)
    if reading is not None and (language is None or not reading.now):
        document.reading = reading
    headers = {"cache-control": "public, max-age=60", "access-control-allow-origin": "*"}
    return Response(msgspec.json.encode(document), media_type="application/json", headers=headers)


def page_origin(request: Request, parts: Parts) -> str | None:
    """The origin of the page whose script asks, as its browser says it; None for a program, and for our own preview."""
    origin = request.headers.get("origin")
    if origin is not None:
        return origin
    if request.headers.get("sec-fetch-site") != "same-origin" or request.headers.get("sec-fetch-dest") != "empty":
        return None
    return None if urlsplit(request.headers.get("referer", "")).path.startswith(OWN_PAGES) else parts.public_url


def _language(placement: Placement, asked: str | None) -> str | None:
    """The one language to answer in: the one asked for, else the placement's first; None where none was asked for."""
    if asked is None:
        return None
    spoken = asked[:2].lower()
    return spoken if spoken in placement.languages else placement.languages[0]


def _words(screens: dict[str, Any], placement: Placement, *, several: bool) -> dict[str, Any]:
    """What all first screens share, and what is of this question. `several` decisions have a line that says so, and only a
    gateway asks for a mark."""
    found = {**screens["all"], **screens[placement.question], **(screens["gateway"] if placement.gateway else {})}
    return found | ({"others": screens["others"]} if several else {})


class Noticing(msgspec.Struct, forbid_unknown_fields=True):
    """One sentence a language; none takes the notice away. `until` in Unix milliseconds, null: until it is changed."""

    text: dict[str, str]
    until: Milliseconds | None = None


@operation(
    summary="Set the live notice",
    tag="team",
    answers={204: None},
    refusals=("invalid", "forbidden", "origin", "placement", "busy", "full"),
    body=Noticing,
    need="editor",
)
async def set_notice(call: Call) -> None:
    """Stands above the question wherever the placement is, within a minute: "We know: payment fails since 22:40"."""
    body: Noticing = call.body
    agencies = call.parts.store.agencies
    placement = agencies.placement(call.path["key"])
    if placement.agency_id != call.right.agency_id:
        raise Refusal("placement")
    texts = checked_texts(body.text, "notice", NOTICE_CHARACTERS)
    notice = Notice(texts, body.until) if texts else None
    await agencies.set_notice(placement, notice, now=call.parts.now(), by=call.right.signed)


routes = [
    Route("/api/placements/{key}", see_placement, methods=["GET"]),
    Route("/api/placements/{key}/notice", set_notice, methods=["PUT"]),
]
