"""One story, every morning: who owns a decision and gets it, and how it goes."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.errors import Refusal
from collector.morning import Morning, MorningStep, Owning


class Mornings(msgspec.Struct):
    """`offered`: the operator has set up a mail server; without one nothing is sent."""

    items: list[Morning]
    offered: bool


async def _all(call: Call) -> Mornings:
    store = call.parts.store
    return Mornings(await store.mornings.list(call.right.agency_id, call.parts.now()), store.mornings.offered)


@operation(summary="Who gets a story every morning", tag="team", answers={200: Mornings}, need="viewer")
async def list_mornings(call: Call) -> Mornings:
    """Of each decision that has an owner: who gets its story, whether it is on, paused or off and why, how many were sent and
    how many of those were read. Never which voices."""
    return await _all(call)


@operation(
    summary="Name the owner of a decision",
    tag="team",
    answers={200: Mornings},
    refusals=("invalid", "forbidden", "origin", "not_found", "busy", "full"),
    body=Owning,
    need="editor",
)
async def own_decision(call: Call) -> Mornings:
    """A colleague who has joined, or nobody. She gets the stories from the next working morning on."""
    await call.parts.store.mornings.own(
        call.right.agency_id, call.path["key"], call.body, now=call.parts.now(), by=call.right.signed
    )
    return await _all(call)


@operation(
    summary="Pause, hand over, turn on or off",
    tag="team",
    answers={200: Mornings},
    refusals=("invalid", "forbidden", "origin", "not_found", "wrong_state", "busy", "full"),
    body=MorningStep,
    need="viewer",
)
async def take_morning_step(call: Call) -> Mornings:
    """Whoever gets the stories may do it herself, whatever her role; for others it takes an editor. No reason is asked for."""
    store, right, key = call.parts.store, call.right, call.path["key"]
    if right.role == "viewer":
        reader = await store.mornings.reader(right.agency_id, key)
        if right.member_id is None or right.member_id != reader:
            raise Refusal("forbidden")
    await store.mornings.take(right.agency_id, key, call.body, now=call.parts.now(), by=right.signed)
    return await _all(call)


routes = [
    Route("/api/mornings", list_mornings, methods=["GET"]),
    Route("/api/decisions/{key}/morning", own_decision, methods=["PUT"]),
    Route("/api/decisions/{key}/morning", take_morning_step, methods=["POST"]),
]
