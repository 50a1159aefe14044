"""What an office asks the people of a decision: first it sees whom it may reach, then it asks, takes back, and says what it
heard. The answers are voices: `/api/submissions?ask=`."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.routing import Route

from collector.ask import DAYS, Asking, Prospect, Telling
from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import id_of
from collector.store.asks import Asked


class ProspectQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`days`: for how many it would wait."""

    days: Annotated[int, Meta(ge=1, le=DAYS)] = 7


class Asks(msgspec.Struct):
    items: list[Asked]


_WRITES = ("invalid", "forbidden", "origin", "not_found", "wrong_state", "incomplete", "busy", "full")


@operation(
    summary="What we asked in a decision", tag="team", answers={200: Asks}, refusals=("not_found",), need="viewer"
)
async def list_asks(call: Call) -> Asks:
    """The newest first, each with how many answered."""
    return Asks(list(await call.parts.store.asks.list(call.right.agency_id, call.path["key"], call.parts.now())))


@operation(
    summary="Whom a question may reach",
    tag="team",
    answers={200: Prospect},
    refusals=("not_found", "invalid"),
    query=ProspectQuery,
    need="viewer",
)
async def see_prospect(call: Call) -> Prospect:
    """And how many answers to expect. Who looks at a receipt is not kept; this rests on what people did."""
    store, query = call.parts.store, call.query
    return await store.asks.prospect(call.right.agency_id, call.path["key"], query.days, call.parts.now())


@operation(
    summary="Ask the people of a decision",
    tag="team",
    answers={201: Asked},
    refusals=(*_WRITES, "ask_open"),
    body=Asking,
    need="editor",
)
async def ask(call: Call) -> Asked:
    """One question, in every language that is owed. It waits on the receipts of those who spoke there and on the pages of the
    decision, until the last of its days is over."""
    right = call.right
    return await call.parts.store.asks.ask(
        right.agency_id, call.path["key"], call.body, office=right.office or right.name, now=call.parts.now(),
        by=right.signed,
    )  # fmt: skip


@operation(summary="One question", tag="team", answers={200: Asked}, refusals=("not_found",), need="viewer")
async def see_ask(call: Call) -> Asked:
    """With how many answered."""
    return await call.parts.store.asks.one(call.right.agency_id, id_of(call), call.parts.now())


@operation(summary="Take a question back", tag="team", answers={200: Asked}, refusals=_WRITES, need="editor")
async def withdraw_ask(call: Call) -> Asked:
    """From now on nobody is asked. What was answered stays."""
    return await call.parts.store.asks.withdraw(
        call.right.agency_id, id_of(call), now=call.parts.now(), by=call.right.signed
    )


@operation(
    summary="Say what we heard",
    tag="team",
    answers={200: Asked},
    refusals=(*_WRITES, "stale"),
    body=Telling,
    need="editor",
)
async def tell_heard(call: Call) -> Asked:
    """And what is done with it: on the receipts of those who spoke there, and on the page of the decision."""
    return await call.parts.store.asks.tell(
        call.right.agency_id, id_of(call), call.body, now=call.parts.now(), by=call.right.signed
    )


routes = [
    Route("/api/decisions/{key}/asks", list_asks, methods=["GET"]),
    Route("/api/decisions/{key}/asks", ask, methods=["POST"]),
    Route("/api/decisions/{key}/asks/prospect", see_prospect, methods=["GET"]),
    Route("/api/asks/{id}", see_ask, methods=["GET"]),
    Route("/api/asks/{id}", withdraw_ask, methods=["DELETE"]),
    Route("/api/asks/{id}/heard", tell_heard, methods=["PUT"]),
]
