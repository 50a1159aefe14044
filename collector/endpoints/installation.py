"""For those who run the installation: its agencies, whether they work, a new one, and who manages it first."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.agency import checked_key
from collector.endpoints.operation import Call, operation
from collector.installation import AgencyHealth, FirstAdmin, Founding


class AgencyList(msgspec.Struct):
    items: list[AgencyHealth]


class Founded(msgspec.Struct):
    key: str
    name: str


class Opened(msgspec.Struct):
    """`url` is shown once: the link by which the first who manages joins, within a week."""

    url: str


@operation(
    summary="Agencies of the installation",
    tag="operator",
    answers={200: AgencyList},
    refusals=("full",),
    need="operator",
)
async def list_agencies(call: Call) -> AgencyList:
    """Whether each works: when something was last sent, what was refused, what cannot be told. Never what anybody said, nor how
    many said what."""
    return AgencyList(await call.parts.store.installation.agencies(call.parts.public_url, now=call.parts.now()))


@operation(
    summary="Make an agency",
    tag="operator",
    answers={201: Founded},
    refusals=("invalid", "forbidden", "origin", "exists", "busy", "full"),
    body=Founding,
    need="operator",
)
async def found_agency(call: Call) -> Founded:
    """It takes nothing in before it has a placement and contact points, which its own people set up."""
    checked_key(call.body.key, "placement")
    agency = await call.parts.store.installation.found(call.body, call.right, now=call.parts.now())
    return Founded(agency.key, agency.name)


@operation(
    summary="Invite who manages it first",
    tag="operator",
    answers={201: Opened},
    refusals=("invalid", "forbidden", "origin", "not_found", "exists", "wrong_state", "busy", "full"),
    body=FirstAdmin,
    need="operator",
)
async def invite_first(call: Call) -> Opened:
    """Only as long as nobody manages the agency and nothing was sent to it: from then on its own people invite, and no operator
    comes near its words."""
    secret = await call.parts.store.installation.invite_first(
        call.path["key"], call.body, call.right, now=call.parts.now()
    )
    return Opened(f"{call.parts.public_url}/join#{secret}")


routes = [
    Route("/api/agencies", list_agencies, methods=["GET"]),
    Route("/api/agencies", found_agency, methods=["POST"]),
    Route("/api/agencies/{key}/admin", invite_first, methods=["POST"]),
]
