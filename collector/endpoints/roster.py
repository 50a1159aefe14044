"""The roster: who may be rung for grave words, and when."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import id_of
from collector.roster import Reading, Turn, Turning


class RosterDocument(msgspec.Struct):
    """`rings`: the operator has set up a mail server; without one nobody is rung. `reading`: how it stands now, null
    without a roster."""

    items: list[Turn]
    rings: bool
    reading: Reading | None


@operation(summary="The roster", tag="team", answers={200: RosterDocument}, need="viewer")
async def see_roster(call: Call) -> RosterDocument:
    """Colleagues and their hours."""
    store, agency_id = call.parts.store, call.right.agency_id
    turns = list(store.roster.turns(agency_id))
    return RosterDocument(turns, store.bells.offered, store.roster.reading(agency_id, call.parts.now()))


@operation(
    summary="Put somebody on the roster",
    tag="team",
    answers={204: None},
    refusals=("invalid", "forbidden", "origin", "not_found", "busy", "full"),
    body=Turning,
    need="admin",
)
async def put_turn(call: Call) -> None:
    """Within her hours she gets an e-mail that there is a grave voice, at most one per quarter of an hour, with nothing of
    its words. Outside of all hours pages say that nobody reads at this moment."""
    await call.parts.store.roster.put(
        call.right.agency_id, id_of(call), call.body.timetable, now=call.parts.now(), by=call.right.signed
    )


@operation(
    summary="Take somebody off the roster",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="admin",
)
async def remove_turn(call: Call) -> None:
    """She is not rung any more."""
    await call.parts.store.roster.remove(call.right.agency_id, id_of(call), now=call.parts.now(), by=call.right.signed)


routes = [
    Route("/api/roster", see_roster, methods=["GET"]),
    Route("/api/roster/{id}", put_turn, methods=["PUT"]),
    Route("/api/roster/{id}", remove_turn, methods=["DELETE"]),
]
