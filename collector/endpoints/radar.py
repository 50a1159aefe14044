"""Who is heard: the radar, rules that do not fit, who is missing, and whose words changed something."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.acceptance import Accepted
from collector.endpoints.operation import Call, operation
from collector.radar import Radar
from collector.rules import Rules
from collector.silence import Silence


class DecisionQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Of one `decision`; without it, of all that was said."""

    decision: str | None = None


class Acceptance(msgspec.Struct):
    items: list[Accepted]


@operation(
    summary="The radar",
    tag="team",
    answers={200: Radar},
    refusals=("invalid", "not_found"),
    query=DecisionQuery,
    need="viewer",
)
async def see_radar(call: Call) -> Radar:
    """Themes by severity and reach, and grave voices that are in no theme. Figures are exact, so they are for the team
    alone; nothing of it is public."""
    return await call.parts.store.radar.see(call.right.agency_id, call.query.decision)


@operation(
    summary="Rules that do not fit",
    tag="team",
    answers={200: Rules},
    refusals=("invalid", "not_found"),
    query=DecisionQuery,
    need="viewer",
)
async def see_rules(call: Call) -> Rules:
    """What people said of a rule, by theme or by where it was said, with some of their own words and what was done. A
    group with `few` has under five voices: it is for the team alone, and stands on no paper and in no export."""
    return await call.parts.store.rules.see(call.right.agency_id, call.query.decision)


@operation(summary="The silence map", tag="team", answers={200: Silence}, need="viewer")
async def see_silence(call: Call) -> Silence:
    """Who is not heard, of the last ninety days: languages, channels and barriers beside figures of the country. At most
    three gaps. It knows nothing of persons. Figures are exact, so they are for the team alone."""
    store = call.parts.store
    agency = store.agencies.agency(call.right.agency_id)
    return await store.silence.see(agency, language=call.language, now=call.parts.now())


@operation(summary="Acceptance by channel", tag="team", answers={200: Acceptance}, need="viewer")
async def see_acceptance(call: Call) -> Acceptance:
    """Of the voices that have an answer, whose words changed something. In steps of five, nothing under five."""
    return Acceptance(await call.parts.store.silence.acceptance(call.right.agency_id))


routes = [
    Route("/api/radar", see_radar, methods=["GET"]),
    Route("/api/rules", see_rules, methods=["GET"]),
    Route("/api/silence", see_silence, methods=["GET"]),
    Route("/api/acceptance", see_acceptance, methods=["GET"]),
]
