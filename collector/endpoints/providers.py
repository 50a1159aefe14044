"""By which providers members of an agency sign in. They are set up by whoever runs the installation."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.token import Role


class WayIn(msgspec.Struct):
    """`domains`: who has a verified address in one of these comes in, as a new member with `role` and `office` when a role is
    given; without one only those who were invited. `acr`: how surely somebody must be known."""

    key: str
    name: str
    issuer: str
    domains: tuple[str, ...]
    role: Role | None
    office: str
    acr: tuple[str, ...]


class WaysIn(msgspec.Struct):
    items: list[WayIn]


@operation(summary="Ways to sign in", tag="team", answers={200: WaysIn}, need="admin")
async def list_providers(call: Call) -> WaysIn:
    """The agency's providers of OpenID Connect, without their secrets."""
    found = await call.parts.store.providers.all()
    names = WayIn.__struct_fields__
    return WaysIn(
        [WayIn(*(getattr(one, name) for name in names)) for one in found if one.agency_id == call.right.agency_id]
    )


routes = [Route("/api/providers", list_providers, methods=["GET"])]
