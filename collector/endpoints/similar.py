"""What stands beside one voice: those that are most like it, and a theme that they suggest."""

from __future__ import annotations

from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import id_of
from collector.similar import Beside


@operation(
    summary="Similar voices and a suggested theme",
    tag="team",
    answers={200: Beside},
    refusals=("not_found",),
    need="viewer",
)
async def similar_voices(call: Call) -> Beside:
    """The voices of the agency that share most rare words with this one, each with the words; those that say nearly the same
    are not among them. And a theme, when most of the sorted ones that are like it are in it: a suggestion with its reason,
    nothing is done by itself."""
    return await call.parts.store.similar.beside(call.right.agency_id, id_of(call))


routes = [Route("/api/submissions/{id}/similar", similar_voices, methods=["GET"])]
