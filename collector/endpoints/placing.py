"""Placements as those who manage see them: made and changed, what to paste, and where they are really met."""

from __future__ import annotations

from collections import Counter

import msgspec
from starlette.routing import Route

from collector import WIDGET_VERSION
from collector.agency import checked_key
from collector.endpoints import assets
from collector.endpoints.operation import Call, operation
from collector.errors import Refusal
from collector.placement import Notice, Placement, Placing, Question, Replacing
from collector.sighting import SEEN_DAYS, Sighting
from collector.snippet import Snippet, snippet

DAY_MS = 86_400_000


class Placed(msgspec.Struct):
    """`live`: its agency can be reached, so that it takes answers in. `form_url`: the same question as a plain page. `states`:
    on how many origins it works, is blocked and so on (see `Sighting`)."""

    key: str
    name: str
    origins: tuple[str, ...]
    languages: tuple[str, ...]
    question: Question
    gateway: bool
    clips: dict[str, str]
    notice: Notice | None
    live: bool
    form_url: str
    snippet: Snippet
    states: dict[str, int]
    revision: int


class PlacedList(msgspec.Struct):
    items: list[Placed]


class PageSeen(msgspec.Struct):
    """A page from which answers came: origin and path. `words`: how many of them said more than a press."""

    page: str
    voices: int
    words: int


class Met(msgspec.Struct):
    """Where a placement was met since the day `since`: origins, and the pages from which answers came, the most first; pages
    with fewer than five are left out."""

    since: str
    origins: list[Sighting]
    pages: list[PageSeen]


_WRITES = ("invalid", "forbidden", "origin", "placement", "busy", "full")


@operation(summary="Placements", tag="team", answers={200: PlacedList}, need="admin")
async def list_placements(call: Call) -> PlacedList:
    """Ours, with what to paste into a page: a link, a pinned script, or the script from one's own host."""
    found = call.parts.store.agencies.placements(call.right.agency_id)
    return PlacedList([await _placed(call, placement) for placement in found])


@operation(
    summary="Make a placement",
    tag="team",
    answers={201: Placed},
    refusals=("invalid", "forbidden", "origin", "exists", "busy", "full"),
    body=Placing,
    need="admin",
)
async def make_placement(call: Call) -> Placed:
    """Its key stands in pages and never changes."""
    placing: Placing = call.body
    agencies, right = call.parts.store.agencies, call.right
    placement = await agencies.create_placement(
        agencies.agency(right.agency_id),
        checked_key(placing.key, "placement"),
        origins=placing.origins,
        now=call.parts.now(),
        name=placing.name,
        languages=placing.languages,
        question=placing.question,
        gateway=placing.gateway,
        by=right.signed,
    )
    return await _placed(call, placement)


@operation(
    summary="Change a placement",
    tag="team",
    answers={200: Placed},
    refusals=(*_WRITES, "stale"),
    body=Replacing,
    need="admin",
)
async def change_placement(call: Call) -> Placed:
    """What is named changes, on every page within a minute. Of two who change it the later one is told what stands there
    now."""
    placement = _own(call)
    agencies = call.parts.store.agencies
    try:
        changed = await agencies.replace_placement(placement, call.body, now=call.parts.now(), by=call.right.signed)
    except Refusal as refusal:
        if refusal.code != "stale":
            raise
        raise Refusal("stale", current=await _placed(call, agencies.placement(placement.key))) from None
    return await _placed(call, changed)


@operation(summary="Where it is met", tag="team", answers={200: Met}, refusals=("placement",), need="admin")
async def see_met(call: Call) -> Met:
    """On which pages' origins the question was drawn, an answer arrived or was refused, over thirty days. Counted by day; who
    was there is not known."""
    placement = _own(call)
    since, origins = await _met(call, placement)
    pages = await call.parts.store.sightings.pages(placement, since=call.parts.now() - SEEN_DAYS * DAY_MS)
    return Met(since, origins, [PageSeen(*page) for page in pages])


async def _met(call: Call, placement: Placement) -> tuple[str, list[Sighting]]:
    """(since which day, where it was met since)."""
    store = call.parts.store
    since = store.agencies.day(placement.agency_id, call.parts.now() - SEEN_DAYS * DAY_MS)
    return since, await store.sightings.of_placement(placement, call.parts.public_url, since=since)


def _own(call: Call) -> Placement:
    """Refusal `placement` for one of another agency, as for none."""
    placement = call.parts.store.agencies.placement(call.path["key"])
    if placement.agency_id != call.right.agency_id:
        raise Refusal("placement")
    return placement


async def _placed(call: Call, placement: Placement) -> Placed:
    _, met = await _met(call, placement)
    url = call.parts.public_url
    kept = {name: getattr(placement, name) for name in Placed.__struct_fields__ if hasattr(placement, name)}
    return Placed(
        **kept,
        live=call.parts.store.agencies.live(placement),
        form_url=f"{url}/f/{placement.key}",
        snippet=snippet(placement, url, WIDGET_VERSION, assets.of("widget").integrity(assets.FIRST)),
        states=dict(Counter(one.state for one in met)),
    )


routes = [
    Route("/api/placements", list_placements, methods=["GET"]),
    Route("/api/placements", make_placement, methods=["POST"]),
    Route("/api/placements/{key}", change_placement, methods=["PATCH"]),
    Route("/api/placements/{key}/met", see_met, methods=["GET"]),
]
