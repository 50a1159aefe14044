"""How grave and how many: the radar."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.radar import Radar


class RadarQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Of one `decision`; without it, of all that was said."""

    decision: str | None = None


@operation(
    summary="The radar",
    tag="team",
    answers={200: Radar},
    refusals=("invalid", "not_found"),
    query=RadarQuery,
    need="viewer",
)
async def see_radar(call: Call) -> Radar:
    """Themes by severity and reach, and grave voices that are in no theme. Figures are exact, so they are for the team
    alone; nothing of it is public."""
    return await call.parts.store.radar.see(call.right.agency_id, call.query.decision)


routes = [Route("/api/radar", see_radar, methods=["GET"])]
