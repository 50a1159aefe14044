"""The inclusion test of a digital service: written by those who make it, answered by those who use it, signed by others."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.inclusion import Author, Filling, Inclusion, InclusionLine, Publishing, Signing


class Inclusions(msgspec.Struct):
    items: list[InclusionLine]


def who_asks(call: Call) -> Author:
    """As whom a member or a token writes and signs."""
    return Author(call.right.member_id, call.right.name, call.right.office)


async def _one(call: Call) -> Inclusion:
    inclusions = call.parts.store.inclusions
    placement = inclusions.mine(call.right.agency_id, call.path["key"])
    return await inclusions.one(placement, who_asks(call), call.parts.now())


_WRITES = ("invalid", "forbidden", "origin", "not_found", "busy", "full")


@operation(summary="List inclusion tests", tag="team", answers={200: Inclusions}, need="viewer")
async def list_inclusions(call: Call) -> Inclusions:
    """Every placement: whether its test is being written, signed, or open again, and why."""
    return Inclusions(await call.parts.store.inclusions.list(call.right.agency_id))


@operation(
    summary="See an inclusion test", tag="team", answers={200: Inclusion}, refusals=("not_found",), need="viewer"
)
async def see_inclusion(call: Call) -> Inclusion:
    """Twelve questions: eight as they are answered, four as people answer them now; the last verdict, and whether it holds."""
    return await _one(call)


@operation(
    summary="Write an inclusion test",
    tag="team",
    answers={200: Inclusion},
    refusals=(*_WRITES, "stale"),
    body=Filling,
    need="editor",
)
async def write_inclusion(call: Call) -> Inclusion:
    """All that is written. Whoever writes is an author, and what was signed is open again."""
    store, right = call.parts.store, call.right
    placement = store.inclusions.mine(right.agency_id, call.path["key"])
    await store.inclusions.write(placement, call.body, who_asks(call), now=call.parts.now(), by=right.signed)
    return await _one(call)


@operation(
    summary="Sign an inclusion test",
    tag="team",
    answers={201: Inclusion},
    refusals=(*_WRITES, "stale", "incomplete", "wrong_state"),
    body=Signing,
    need="editor",
)
async def sign_inclusion(call: Call) -> Inclusion:
    """By a member of another office than its authors', or by somebody who does not work here. Never by an author."""
    store, right = call.parts.store, call.right
    placement = store.inclusions.mine(right.agency_id, call.path["key"])
    await store.inclusions.sign(placement, call.body, who_asks(call), now=call.parts.now(), by=right.signed)
    return await _one(call)


@operation(
    summary="Publish an inclusion test",
    tag="team",
    answers={200: Inclusion},
    refusals=(*_WRITES, "wrong_state"),
    body=Publishing,
    need="editor",
)
async def publish_inclusion(call: Call) -> Inclusion:
    """Shows the last verdict at `/inclusion/{placement}`, or no longer."""
    store, right = call.parts.store, call.right
    placement = store.inclusions.mine(right.agency_id, call.path["key"])
    await store.inclusions.publish(placement, call.body.published, now=call.parts.now(), by=right.signed)
    return await _one(call)


routes = [
    Route("/api/inclusion", list_inclusions, methods=["GET"]),
    Route("/api/placements/{key}/inclusion", see_inclusion, methods=["GET"]),
    Route("/api/placements/{key}/inclusion", write_inclusion, methods=["PUT"]),
    Route("/api/placements/{key}/inclusion/verdict", sign_inclusion, methods=["POST"]),
    Route("/api/placements/{key}/inclusion/published", publish_inclusion, methods=["PUT"]),
]
