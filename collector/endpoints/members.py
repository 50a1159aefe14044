"""Members: invite, join, list, withdraw."""

from __future__ import annotations

import msgspec
from starlette.responses import Response
from starlette.routing import Route

from collector.endpoints.operation import Call, operation, same_origin
from collector.endpoints.sign_in import entered, set_cookie
from collector.endpoints.submissions import id_of
from collector.errors import Refusal
from collector.guard.source import Kind
from collector.member import Inviting, Joining, Member


class Members(msgspec.Struct):
    items: list[Member]


class Invited(msgspec.Struct):
    """`url` is shown once: the link by which she joins, within a week."""

    member: Member
    url: str


@operation(summary="List members", tag="team", answers={200: Members}, need="viewer")
async def list_members(call: Call) -> Members:
    """Our colleagues: name, office and role. Addresses are for admins."""
    found = await call.parts.store.members.list(call.right.agency_id)
    if call.right.role != "admin":
        for member in found:
            member.email = ""
    return Members(found)


@operation(
    summary="Invite a member",
    tag="team",
    answers={201: Invited},
    refusals=("invalid", "forbidden", "origin", "exists", "busy", "full"),
    body=Inviting,
    need="admin",
)
async def invite_member(call: Call) -> Invited:
    """Makes a link that works once. Hand it over yourself; nothing is mailed."""
    member, secret = await call.parts.store.members.invite(
        call.right.agency_id, call.body, now=call.parts.now(), by=call.right.signed
    )
    return Invited(member, f"{call.parts.public_url}/join#{secret}")


@operation(
    summary="Join",
    tag="team",
    answers={204: None},
    refusals=("sign_in", "slow_down", "invalid", "origin", "busy", "full"),
    body=Joining,
)
async def join(call: Call) -> Response:
    """Takes an invitation, chooses a password of fifteen characters or more, and signs in."""
    same_origin(call.request, call.parts)
    response = Response(status_code=204)
    set_cookie(call.parts, response, await joined(call, call.body))
    return response


async def joined(call: Call, joining: Joining) -> str:
    """The secret of the session of somebody who took an invitation."""
    parts = call.parts
    verdict = parts.sources.check("guess", call.address)
    if verdict.kind is not Kind.FREE:
        raise Refusal("slow_down", retry_after=verdict.retry_after)
    member_id = await parts.store.members.join(joining.invitation, joining.password, now=parts.now())
    return await entered(parts, None, member_id, "invitation", call.request.headers.get("user-agent", ""))


@operation(
    summary="Withdraw a member",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "not_found", "wrong_state", "busy", "full"),
    need="admin",
)
async def withdraw_member(call: Call) -> None:
    """Ends her sessions and open sockets too. The last admin stays."""
    await call.parts.store.members.revoke(call.right.agency_id, id_of(call), now=call.parts.now(), by=call.right.signed)
    await call.parts.store.roster.load()  # she is rung for nothing any more


routes = [
    Route("/api/members", list_members, methods=["GET"]),
    Route("/api/members", invite_member, methods=["POST"]),
    Route("/api/members/join", join, methods=["POST"]),
    Route("/api/members/{id}", withdraw_member, methods=["DELETE"]),
]
