"""The picture: distributions over days, places, languages, channels and answers."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from starlette.routing import Route

from collector.day import checked_day, day_of
from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import Date, Selection, selected
from collector.errors import Refusal
from collector.picture import DAYS, MOST_DAYS, Dimension, Picture


class PictureQuery(Selection, forbid_unknown_fields=True, kw_only=True):
    """`from` and `to` are dates where the agency is, both included; without them, the last ninety days. `over`: the
    dimension whose values are told day by day."""

    day_from: Date | None = msgspec.field(default=None, name="from")
    day_to: Date | None = msgspec.field(default=None, name="to")
    over: Dimension | None = None


@operation(
    summary="The picture",
    tag="team",
    answers={200: Picture},
    refusals=("invalid",),
    query=PictureQuery,
    need="viewer",
    scoped=True,
)
async def see_picture(call: Call) -> Picture:
    """How many said what, where, how and when: counts, never a mean, and what came in bursts told apart. Within the filters of
    the list. Figures are exact, so they are for the team alone."""
    query: PictureQuery = call.query
    store, agency_id = call.parts.store, call.right.agency_id
    for field, day in (("from", query.day_from), ("to", query.day_to)):
        if day is not None:
            checked_day(day, field)
    day_to = query.day_to or day_of(call.parts.now(), store.agencies.agency(agency_id).time_zone)
    day_from = query.day_from or (date.fromisoformat(day_to) - timedelta(days=DAYS - 1)).isoformat()
    if (date.fromisoformat(day_to) - date.fromisoformat(day_from)).days > MOST_DAYS:
        raise Refusal("invalid", fields=("from",))
    return await store.pictures.see(
        agency_id,
        selected(call.right, query),
        day_from=day_from,
        day_to=day_to,
        now=call.parts.now(),
        over=query.over,
    )


routes = [Route("/api/picture", see_picture, methods=["GET"])]
