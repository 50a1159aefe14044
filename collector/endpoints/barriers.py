"""Accessibility: the barriers that wait for us, and our statement."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.routing import Route

from collector.agency import Agency
from collector.barrier import Statement
from collector.endpoints.operation import Call, operation
from collector.errors import Refusal
from collector.store.statements import Waiting, Written


class Barriers(msgspec.Struct):
    """The oldest first, at most 500. `late`: how many of them should have had their answer."""

    items: list[Waiting]
    late: int
    url: str


class Stating(msgspec.Struct, forbid_unknown_fields=True):
    """`revision`: of the statement as you saw it, 0 when there was none. `publish`: everybody reads it from now on."""

    revision: Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]
    statement: Statement
    publish: bool = False


def _agency(call: Call) -> Agency:
    return call.parts.store.agencies.agency(call.right.agency_id)


@operation(summary="Barriers that wait", tag="team", answers={200: Barriers}, need="viewer")
async def see_barriers(call: Call) -> Barriers:
    """What people reported, or asked for in another form, and has no answer yet, with the day by which it is owed."""
    agency = _agency(call)
    items = await call.parts.store.statements.waiting(agency, now=call.parts.now())
    url = f"{call.parts.public_url}/accessibility/{agency.key}"
    return Barriers(items, sum(item.late for item in items), url)


@operation(summary="Our accessibility statement", tag="team", answers={200: Written}, need="viewer")
async def see_statement(call: Call) -> Written:
    """As it is written, as it stands in public, and what keeps it from being published."""
    return await call.parts.store.statements.one(_agency(call))


@operation(
    summary="Write our accessibility statement",
    tag="team",
    answers={200: Written},
    refusals=("invalid", "forbidden", "origin", "incomplete", "stale", "busy", "full"),
    body=Stating,
    need="admin",
)
async def write_statement(call: Call) -> Written:
    """Nothing is published before all that the law asks is there, in the languages that the agency owes."""
    body: Stating = call.body
    agency = _agency(call)
    statements = call.parts.store.statements
    try:
        return await statements.write(
            agency, body.statement, revision=body.revision, publish=body.publish,
            now=call.parts.now(), by=call.right.signed,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code == "stale":  # nothing that was typed is lost: what stands there now comes back beside it
            raise Refusal("stale", current=await statements.one(agency)) from None
        raise


routes = [
    Route("/api/barriers", see_barriers, methods=["GET"]),
    Route("/api/statement", see_statement, methods=["GET"]),
    Route("/api/statement", write_statement, methods=["PUT"]),
]
