"""One's own sessions: where one is signed in, and out of there. And the second factor of colleagues."""

from __future__ import annotations

import msgspec
from starlette.responses import Response
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.sign_in import signed_out
from collector.endpoints.submissions import id_of
from collector.session import Session


class SessionList(msgspec.Struct):
    items: list[Session]


class Factor(msgspec.Struct):
    """One's own second factor. `possible`: one has a password of ours; a token has none. `required`: by the agency."""

    possible: bool
    required: bool
    on_at: int | None
    codes_left: int


class Requiring(msgspec.Struct, forbid_unknown_fields=True):
    required: bool


@operation(summary="Where I am signed in", tag="team", answers={200: SessionList}, need="viewer")
async def list_sessions(call: Call) -> SessionList:
    """The one last used first. Browser and system are kept by their names alone, and no address."""
    return SessionList(await call.parts.store.sessions.list(call.right, now=call.parts.now()))


@operation(
    summary="Sign out somewhere else",
    tag="team",
    answers={204: None},
    refusals=("origin", "not_found", "busy", "full"),
    need="viewer",
)
async def end_session(call: Call) -> None:
    """Its open sockets end within seconds."""
    await call.parts.store.sessions.end(call.right, id_of(call), now=call.parts.now())


@operation(
    summary="Sign out everywhere",
    tag="team",
    answers={204: None},
    refusals=("origin", "busy", "full"),
    need="viewer",
)
async def end_sessions(call: Call) -> Response:
    """Here too."""
    await call.parts.store.sessions.end_all(call.right, now=call.parts.now())
    return signed_out(call.parts)


@operation(
    summary="I am still here",
    tag="team",
    answers={204: None},
    refusals=("origin", "busy", "full"),
    need="viewer",
)
async def touch_session(call: Call) -> None:
    """A session in which nobody does anything ends after an hour. The dashboard says that somebody reads."""
    await call.parts.store.sessions.touch(call.right, now=call.parts.now())


@operation(summary="My second factor", tag="team", answers={200: Factor}, need="viewer")
async def see_factor(call: Call) -> Factor:
    """It is set up on a page, `/second-factor`."""
    right, store = call.right, call.parts.store
    required = store.agencies.agency(right.agency_id).second_factor
    if right.member_id is None:
        return Factor(False, required, None, 0)
    state = await store.second_factors.state(right.agency_id, right.member_id)
    return Factor(state.has_password, required, state.on_at, state.codes_left)


@operation(
    summary="Require a second factor",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "invalid", "wrong_state", "busy", "full"),
    body=Requiring,
    need="admin",
)
async def require_factor(call: Call) -> None:
    """Of all members with a password: who has none sets it up before anything else. Whoever asks for it has one herself
    (`wrong_state` otherwise), unless a token asks."""
    right, store, now = call.right, call.parts.store, call.parts.now()
    await store.second_factors.require(
        right.agency_id, call.body.required, member_id=right.member_id, now=now, by=right.signed
    )
    await store.agencies.load()


@operation(
    summary="Take a colleague's second factor away",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="admin",
)
async def reset_factor(call: Call) -> None:
    """For a lost phone. Where one is required, she sets up another the next time."""
    right, now = call.right, call.parts.now()
    await call.parts.store.second_factors.reset(right.agency_id, id_of(call), now=now, by=right.signed)


routes = [
    Route("/api/sessions", list_sessions, methods=["GET"]),
    Route("/api/sessions", end_sessions, methods=["DELETE"]),
    Route("/api/sessions/{id}", end_session, methods=["DELETE"]),
    Route("/api/session", touch_session, methods=["PUT"]),
    Route("/api/second-factor", see_factor, methods=["GET"]),
    Route("/api/second-factor", require_factor, methods=["PUT"]),
    Route("/api/members/{id}/second-factor", reset_factor, methods=["DELETE"]),
]
