"""Routing rules: read, tried on what came in lately, saved."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.routing import Route

from collector.audit import words_in
from collector.endpoints.operation import Call, operation
from collector.routing import MOST_RULES, Routing, Rule, Trial

Rules = Annotated[tuple[Rule, ...], Meta(max_length=MOST_RULES)]


class RoutingList(msgspec.Struct):
    """`lost`: the ids of rules whose contact point or colleague is gone; these are passed over."""

    rules: tuple[Rule, ...]
    lost: list[int]
    revision: int
    changed_at: int | None
    by: str | None


class Trying(msgspec.Struct, forbid_unknown_fields=True):
    """Rules that are not saved, in their order."""

    rules: Rules


class SavingRules(msgspec.Struct, forbid_unknown_fields=True):
    """All rules, in their order. `revision`: of those that you saw, 0 when there were none yet."""

    rules: Rules
    revision: Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]


def _shown(call: Call, routing: Routing) -> RoutingList:
    lost = call.parts.store.routings.lost(call.right.agency_id)
    return RoutingList(routing.rules, lost, routing.revision, routing.changed_at, routing.by)


def _decisions(call: Call) -> list[str]:
    return [decision.key for decision in call.parts.store.decisions.of_agency(call.right.agency_id)]


@operation(summary="Routing rules", tag="team", answers={200: RoutingList}, need="viewer")
async def see_routing(call: Call) -> RoutingList:
    """Where voices with words go by themselves: the first rule that fits wins. A person's word counts more than a rule's."""
    return _shown(call, call.parts.store.routings.of(call.right.agency_id))


@operation(
    summary="Try routing rules",
    tag="team",
    answers={200: Trial},
    refusals=("invalid", "forbidden", "origin"),
    body=Trying,
    need="editor",
)
async def try_routing(call: Call) -> Trial:
    """On the newest thousand voices with words, as they stand today: how many each rule would catch, with the newest three, and
    how many none would. Nothing is moved."""
    trying: Trying = call.body
    trial = await call.parts.store.routings.trial(call.right.agency_id, trying.rules, decisions=_decisions(call))
    if seen := words_in(trial):
        await call.parts.store.audit.read(call.right, seen, now=call.parts.now(), opened=False)
    return trial


@operation(
    summary="Save routing rules",
    tag="team",
    answers={200: RoutingList},
    refusals=("invalid", "forbidden", "origin", "stale", "busy", "full"),
    body=SavingRules,
    need="editor",
)
async def save_routing(call: Call) -> RoutingList:
    """All at once. They hold for what comes in, or becomes known, from now on; what came before stays where it is."""
    saving: SavingRules = call.body
    saved = await call.parts.store.routings.save(
        call.right.agency_id,
        saving.rules,
        revision=saving.revision,
        decisions=_decisions(call),
        now=call.parts.now(),
        by=call.right.signed,
    )
    return _shown(call, saved)


routes = [
    Route("/api/routing", see_routing, methods=["GET"]),
    Route("/api/routing", save_routing, methods=["PUT"]),
    Route("/api/routing/trial", try_routing, methods=["POST"]),
]
