"""Contact points as their team keeps them: write, change, check, withdraw."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta
from starlette.routing import Route

from collector.agency import Agency, checked_key
from collector.contact_point import TERMS, ContactPoint, ContactPointChange, Terms, changed
from collector.day import day_of
from collector.endpoints.operation import Call, operation
from collector.errors import Refusal
from collector.store.contact_points import KeptPoint
from collector.timetable import Standing, standing


class OwnerName(msgspec.Struct):
    """The member who keeps a contact point right."""

    id: int
    name: str


class TeamPoint(msgspec.Struct):
    """`stale`: nobody looked at it for longer than the agency allows. `standing`: how its timetable stands now."""

    point: ContactPoint
    owner: OwnerName | None
    stale: bool
    standing: Standing | None
    revision: int


class TeamPoints(msgspec.Struct):
    """`presets`: the terms that each task begins with, from the rules they come from."""

    items: list[TeamPoint]
    stale_days: int
    presets: dict[str, Terms]


class Revised(ContactPointChange, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`revision`: the one you saw."""

    revision: int


class StaleDays(msgspec.Struct, forbid_unknown_fields=True):
    """After how many days the team is asked to look at a contact point again."""

    days: Annotated[int, Meta(ge=1, le=3_650)]


async def _shown(call: Call, kept: KeptPoint, agency: Agency, names: dict[int, str]) -> TeamPoint:
    point, now = kept.point, call.parts.now()
    return TeamPoint(
        point=point,
        owner=OwnerName(kept.owner_id, names[kept.owner_id]) if kept.owner_id in names else None,
        stale=point.stale(day_of(now, agency.time_zone), agency.stale_days),
        standing=standing(point.timetable, now, agency.time_zone) if point.timetable else None,
        revision=kept.revision,
    )


async def _one(call: Call, kept: KeptPoint) -> TeamPoint:
    return await _shown(call, kept, _agency(call), await _names(call))


async def _names(call: Call) -> dict[int, str]:
    return {member.id: member.name for member in await call.parts.store.members.list(call.right.agency_id)}


def _agency(call: Call) -> Agency:
    return call.parts.store.agencies.agency(call.right.agency_id)


@operation(summary="List contact points", tag="team", answers={200: TeamPoints}, need="viewer")
async def list_contact_points(call: Call) -> TeamPoints:
    """With who keeps each right, and which nobody looked at for too long."""
    agency, names = _agency(call), await _names(call)
    found = call.parts.store.agencies.points.kept(agency.id)
    return TeamPoints([await _shown(call, kept, agency, names) for kept in found], agency.stale_days, dict(TERMS))


@operation(
    summary="Create a contact point",
    tag="team",
    answers={201: TeamPoint},
    refusals=("invalid", "forbidden", "origin", "busy", "full"),
    body=ContactPointChange,
    need="admin",
)
async def create_contact_point(call: Call) -> TeamPoint:
    """Its key is made of its name. Whoever writes it has looked at it, so it counts as checked today."""
    agencies, agency, now = call.parts.store.agencies, _agency(call), call.parts.now()
    body: ContactPointChange = call.body
    if body.name is UNSET:
        raise Refusal("invalid", fields=("name",))
    own = [placement.key for placement in agencies.placements(agency.id)]
    point = changed(ContactPoint(key="new", name=body.name), body, own)
    key = await agencies.points.free_key(agency.id, key_of(point.name))
    point = msgspec.structs.replace(point, key=key, checked_on=day_of(now, agency.time_zone))
    owner = None if body.owner is UNSET else body.owner
    return await _one(call, await agencies.points.add(agency, point, now=now, by=call.right.signed, owner=owner))


@operation(
    summary="Change a contact point",
    tag="team",
    answers={200: TeamPoint},
    refusals=("invalid", "forbidden", "origin", "not_found", "stale", "wrong_state", "busy", "full"),
    body=Revised,
    need="admin",
)
async def change_contact_point(call: Call) -> TeamPoint:
    """Only the fields named change. The last way without internet, or without hearing, cannot go."""
    agency, now = _agency(call), call.parts.now()
    kept = await call.parts.store.agencies.points.change(
        agency.id,
        call.path["key"],
        call.body,
        revision=call.body.revision,
        today=day_of(now, agency.time_zone),
        now=now,
        by=call.right.signed,
    )
    return await _one(call, kept)


@operation(
    summary="Say that a contact point is still right",
    tag="team",
    answers={200: TeamPoint},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="editor",
)
async def check_contact_point(call: Call) -> TeamPoint:
    """Somebody rang the number, looked at the address, tried the link: today is the day that citizens read."""
    agency, now = _agency(call), call.parts.now()
    today = day_of(now, agency.time_zone)
    points = call.parts.store.agencies.points
    return await _one(call, await points.check(agency.id, call.path["key"], today=today, now=now, by=call.right.signed))


@operation(
    summary="Withdraw a contact point",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "not_found", "wrong_state", "busy", "full"),
    need="admin",
)
async def withdraw_contact_point(call: Call) -> None:
    """Takes it off every page. Not while a decision names it that is still being made, nor when nobody could be reached
    without internet or without hearing any more."""
    store, agency, key = call.parts.store, _agency(call), call.path["key"]
    store.agencies.points.one(agency.id, key)
    for decision in store.decisions.of_agency(agency.id):
        if decision.file.contact_point == key and decision.state in ("draft", "published"):
            raise Refusal("wrong_state")
    await store.agencies.points.withdraw(agency.id, key, now=call.parts.now(), by=call.right.signed)


@operation(
    summary="Say how long a contact point is taken to be right",
    tag="team",
    answers={204: None},
    refusals=("invalid", "forbidden", "origin", "busy", "full"),
    body=StaleDays,
    need="admin",
)
async def set_stale_days(call: Call) -> None:
    """After so many days without a look the team is warned. Citizens are told the day of the last look, nothing else."""
    agencies = call.parts.store.agencies
    await agencies.set_stale_days(_agency(call), call.body.days, now=call.parts.now(), by=call.right.signed)


def key_of(name: str) -> str:
    """A key for an address, made of a name: `Energy desk` becomes `energy-desk`."""
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return checked_key("-".join(part for part in letters.split("-") if part)[:50].strip("-") or "contact")


routes = [
    Route("/api/contact-points", list_contact_points, methods=["GET"]),
    Route("/api/contact-points", create_contact_point, methods=["POST"]),
    Route("/api/contact-points/stale-days", set_stale_days, methods=["PUT"]),
    Route("/api/contact-points/{key}", change_contact_point, methods=["PATCH"]),
    Route("/api/contact-points/{key}", withdraw_contact_point, methods=["DELETE"]),
    Route("/api/contact-points/{key}/check", check_contact_point, methods=["POST"]),
]
