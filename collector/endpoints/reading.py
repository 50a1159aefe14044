"""What to read first."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import Selection
from collector.reading import Next
from collector.store.reading import Lane, Place

PLACE = r"^[0-9]\.[0-9]{1,16}\.[0-9]{1,16}\.[0-9]\Z"


class ReadingQuery(Selection, forbid_unknown_fields=True, kw_only=True):
    """`from`: the `next` of the page before."""

    place: Annotated[str, Meta(pattern=PLACE)] | None = msgspec.field(default=None, name="from")
    limit: Annotated[int, Meta(ge=1, le=500)] = 50


class Reading(msgspec.Struct):
    """`next`: from where to go on, null at the end."""

    items: list[Next]
    next: str | None


@operation(
    summary="What to read first",
    tag="team",
    answers={200: Reading},
    refusals=("invalid",),
    query=ReadingQuery,
    need="viewer",
)
async def read_first(call: Call) -> Reading:
    """Voices with words that nobody has read, the gravest first and then the oldest; two of every ten places are kept for
    those who did not say what it cost them. It orders reading, not importance, and volume plays no part in it."""
    query: ReadingQuery = call.query
    items, more = await call.parts.store.readings.next(
        call.right.agency_id, query.filter(), place_of(query.place), limit=query.limit, now=call.parts.now()
    )
    return Reading(items, said(more))


def place_of(said: str | None) -> Place:
    """The place that an answer named; the beginning for None."""
    return Place() if said is None else Place(*map(int, said.split(".")))


def said(place: Place | None) -> str | None:
    """The reverse."""
    return f"{max(0, place.severity)}.{place.id}.{place.not_said_id}.{place.ten}" if place else None


@operation(summary="The reserved lane", tag="team", answers={200: Lane}, need="viewer")
async def see_lane(call: Call) -> Lane:
    """Those who lost a right and have no other way: each stays open until a named person has read it."""
    return await call.parts.store.readings.lane(call.right.agency_id, now=call.parts.now())


routes = [
    Route("/api/reading", read_first, methods=["GET"]),
    Route("/api/reading/lane", see_lane, methods=["GET"]),
]
