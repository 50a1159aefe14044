"""Tokens for a team's scripts: made, listed and withdrawn by those who manage. Each is shown once."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import id_of
from collector.token import Asking, Token, checked_asking


class TokenList(msgspec.Struct):
    items: list[Token]


class Made(msgspec.Struct):
    """`secret`: send it as `Authorization: Bearer SECRET`. It is not shown again."""

    token: Token
    secret: str


@operation(summary="Tokens", tag="team", answers={200: TokenList}, need="admin")
async def list_tokens(call: Call) -> TokenList:
    """Those that work, and those whose time was over lately. `used_at` is right to the minute."""
    return TokenList(await call.parts.store.tokens.list(call.right.agency_id, now=call.parts.now()))


@operation(
    summary="Make a token",
    tag="team",
    answers={201: Made},
    refusals=("invalid", "forbidden", "origin", "placement", "not_found", "busy", "full"),
    body=Asking,
    need="admin",
)
async def create_token(call: Call) -> Made:
    """For the whole agency, or for one placement or one decision of it: then it lists, counts, exports, streams, triages,
    writes on receipts and brings in what belongs to that, and nothing else."""
    tokens, agency_id, now = call.parts.store.tokens, call.right.agency_id, call.parts.now()
    token_id, secret = await tokens.make(agency_id, checked_asking(call.body), now=now, by=call.right.signed)
    return Made(next(token for token in await tokens.list(agency_id, now=now) if token.id == token_id), secret)


@operation(
    summary="Withdraw a token",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="admin",
)
async def withdraw_token(call: Call) -> None:
    """Ends its sessions and open sockets too, within seconds."""
    tokens, right = call.parts.store.tokens, call.right
    await tokens.revoke(right.agency_id, id_of(call), now=call.parts.now(), by=right.signed)


routes = [
    Route("/api/tokens", list_tokens, methods=["GET"]),
    Route("/api/tokens", create_token, methods=["POST"]),
    Route("/api/tokens/{id}", withdraw_token, methods=["DELETE"]),
]
