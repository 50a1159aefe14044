"""What the widget needs to know of a placement: one document, the same for every visitor, cacheable."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec
from starlette.responses import Response
from starlette.routing import Route

from collector import WIDGET_VERSION
from collector.contact_point import ContactPoint
from collector.endpoints.operation import Call, operation
from collector.errors import Refusal
from collector.placement import NOTICE_CHARACTERS, Notice
from collector.public import PublicLine
from collector.receipt import AgencyName
from collector.submission import Milliseconds
from collector.texts import checked_texts


class PlacementDocument(msgspec.Struct):
    """`texts`: the words of the first screen by language. `read_days`: within how many days nine of ten were really
    read here lately, null when that is not known. `decisions`: those it may show, for the browser to choose from.
    `named`: the one that was asked for, by the key under which it goes on; null when there is none."""

    key: str
    name: str
    agency: AgencyName
    question: str
    gateway: bool
    languages: tuple[str, ...]
    live: bool
    notice: Notice | None
    contact_points: tuple[ContactPoint, ...]
    form_url: str
    receipt_url: str
    privacy_url: str
    talk_url: str
    help_url: str
    texts: dict[str, Any]
    read_days: int | None
    decisions: list[PublicLine]
    named: str | None
    widget: str


class Naming(msgspec.Struct, forbid_unknown_fields=True):
    """`decision`: the key that the tag names. It is shown wherever it is bound to."""

    decision: str | None = None


def first_screens() -> dict[str, dict[str, Any]]:
    """language → question → words, from the widget's own messages. The question of a decision stands with the other words
    of decisions, because that is how the widget loads it."""
    folder = files("widget").joinpath("messages")
    found = {}
    for file in folder.joinpath("first").iterdir():
        if file.name.endswith(".json"):
            of_decisions = msgspec.json.decode(folder.joinpath("decision", file.name).read_bytes())
            found[file.name.removesuffix(".json")] = {
                **msgspec.json.decode(file.read_bytes()),
                "effect": of_decisions["effect"],
            }
    return found


@operation(
    summary="A placement",
    tag="citizen",
    answers={200: PlacementDocument},
    refusals=("placement", "invalid"),
    query=Naming,
)
async def see_placement(call: Call) -> Response:
    """Questions and titles in all languages, the notice, the contact points, the decisions it may show. The page a visitor
    is on is not asked: one document for all, or one for all pages whose tag names the same decision."""
    parts = call.parts
    placement = parts.store.agencies.placement(call.path["key"])
    agency = parts.store.agencies.agency(placement.agency_id)
    now = parts.now()
    notice = placement.notice
    if notice is not None and notice.until is not None and notice.until <= now:
        notice = None
    texts = call.request.state["first_screens"]
    decisions = parts.store.decisions.bound(placement)
    named = parts.store.decisions.named(placement, call.query.decision) if call.query.decision else None
    if named is not None and named not in decisions:
        decisions.append(named)
    document = PlacementDocument(
        key=placement.key,
        name=placement.name,
        agency=AgencyName(agency.key, agency.name),
        question=placement.question,
        gateway=placement.gateway,
        languages=placement.languages,
        live=parts.store.agencies.live(placement),
        notice=notice,
        contact_points=parts.store.agencies.contact_points_of(placement),
        form_url=f"{parts.public_url}/f/{placement.key}",
        receipt_url=f"{parts.public_url}/r",
        privacy_url=f"{parts.public_url}/privacy/{agency.key}",
        help_url=f"{parts.public_url}/api/help-numbers",
        talk_url=f"{parts.public_url}/talk/{agency.key}?placement={placement.key}",
        texts={
            language: _words(texts[language], placement.question)
            for language in placement.languages
            if language in texts
        },
        read_days=await parts.store.submissions.read_days(placement, now=now),
        decisions=[parts.store.public.line(decision, now) for decision in decisions],
        named=named.key if named is not None else None,
        widget=WIDGET_VERSION,
    )
    headers = {"cache-control": "public, max-age=60", "access-control-allow-origin": "*"}
    return Response(msgspec.json.encode(document), media_type="application/json", headers=headers)


def _words(first: dict[str, Any], question: str) -> dict[str, Any]:
    """What all first screens share, and what is of this question."""
    return {**first["all"], **first[question]}


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
