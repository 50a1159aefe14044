"""Signing in with a token or a one-time link; a session is a row of ours, its cookie only points at it."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.responses import Response
from starlette.routing import Route

from collector.audit import SIGNED_IN, SIGNED_OUT
from collector.endpoints.operation import COOKIE, SECURE_COOKIE, Call, operation, same_origin
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.guard.source import Kind
from collector.session import SESSION_SECONDS, device_of


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    """A token, or a link that works once, or the e-mail address and password of a member, or then the `half` of the refusal
    `second_factor` and a `code`: of her phone, or a recovery code."""

    token: str | None = None
    link: str | None = None
    email: Annotated[str, Meta(max_length=254)] | None = None
    password: Annotated[str, Meta(max_length=1_000)] | None = None
    half: Annotated[str, Meta(max_length=100)] | None = None
    code: Annotated[str, Meta(max_length=40)] | None = None


async def sign_in(parts: Parts, entry: Entry, address: str, user_agent: str) -> str:
    """The secret of a new session. Refusal `sign_in` for what lets nobody in, `second_factor` with `half` when a password was
    right and a code is asked for as well, `forbidden` for a token of one placement or
    decision, `slow_down` for a source that guesses."""
    verdict = parts.sources.look("guess", address)
    if verdict.kind is not Kind.FREE:
        raise Refusal("slow_down", retry_after=verdict.retry_after)
    tokens, now = parts.store.tokens, parts.now()
    try:
        if entry.link:
            token_id, member_id = await tokens.use_link(entry.link, now=parts.now())
        elif entry.half:
            factors = parts.store.second_factors
            token_id, member_id = None, await factors.whole(entry.half, entry.code or "", parts.keys, now=now)
        elif entry.email:
            parts.sources.check("guess", address)  # a right password counts too: each costs a core for a moment
            token_id, member_id = None, await parts.store.members.by_password(entry.email, entry.password or "")
            half = await parts.store.second_factors.halve(member_id, now=now)
            if half is not None:
                raise Refusal("second_factor", half=half)
        else:
            right = await tokens.by_secret(entry.token or "", now=parts.now())
            if right.scoped:  # the dashboard shows a whole agency
                raise Refusal("forbidden")
            token_id, member_id = right.token_id, None
    except Refusal as refusal:
        if "half" not in refusal.members:
            parts.sources.check("guess", address)
        raise
    way = "link" if entry.link else "password" if entry.email or entry.half else "token"
    return await entered(parts, token_id, member_id, way, user_agent)


async def entered(parts: Parts, token_id: int | None, member_id: int | None, way: str, user_agent: str) -> str:
    """The secret of a new session, which the audit log knows of. `way`: how somebody got in."""
    tokens, now = parts.store.tokens, parts.now()
    device = device_of(user_agent)
    secret = await tokens.open_session(token_id, member_id=member_id, now=now, way=way, device=device)
    await parts.store.audit.note(await tokens.by_session(secret, now=now), SIGNED_IN, now=now, detail=way)
    return secret


def set_cookie(parts: Parts, response: Response, secret: str) -> None:
    """For this host only, out of reach of scripts; bound to https wherever the public comes by https."""
    response.set_cookie(
        SECURE_COOKIE if parts.secure else COOKIE,
        secret,
        max_age=SESSION_SECONDS,
        path="/",
        secure=parts.secure,
        httponly=True,
        samesite="lax",
    )


def forget_cookie(parts: Parts, response: Response) -> None:
    """Takes the cookie away."""
    name = SECURE_COOKIE if parts.secure else COOKIE
    response.delete_cookie(name, path="/", secure=parts.secure, httponly=True, samesite="lax")


def signed_out(parts: Parts) -> Response:
    """The answer that takes the cookie away."""
    response = Response(status_code=204)
    forget_cookie(parts, response)
    return response


@operation(
    summary="Sign in",
    tag="team",
    answers={204: None},
    refusals=("sign_in", "second_factor", "forbidden", "slow_down", "invalid", "origin"),
    body=Entry,
)
async def open_session(call: Call) -> Response:
    """With a token, with a link that works once, or as a member. Sets a session cookie."""
    same_origin(call.request, call.parts)
    secret = await sign_in(call.parts, call.body, call.address, call.request.headers.get("user-agent", ""))
    response = Response(status_code=204)
    set_cookie(call.parts, response, secret)
    return response


@operation(summary="Sign out", tag="team", answers={204: None}, refusals=("origin",))
async def close_session(call: Call) -> Response:
    """Ends the session of the cookie; without one it does nothing."""
    same_origin(call.request, call.parts)
    secret = call.request.cookies.get(SECURE_COOKIE if call.parts.secure else COOKIE)
    if secret:
        tokens, now = call.parts.store.tokens, call.parts.now()
        with suppress(Refusal):  # it was over already
            await call.parts.store.audit.note(await tokens.by_session(secret, now=now), SIGNED_OUT, now=now)
        await call.parts.store.sessions.close(secret, now=now)
    return signed_out(call.parts)


routes = [
    Route("/api/session", open_session, methods=["POST"]),
    Route("/api/session", close_session, methods=["DELETE"]),
]
