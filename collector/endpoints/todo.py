"""What do I do next."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.todo import Todo


class TodoQuery(msgspec.Struct, forbid_unknown_fields=True):
    limit: Annotated[int, Meta(ge=1, le=200)] = 20


class TodoList(msgspec.Struct):
    items: list[Todo]


@operation(
    summary="What to do next",
    tag="team",
    answers={200: TodoList},
    refusals=("invalid",),
    query=TodoQuery,
    need="viewer",
)
async def what_next(call: Call) -> TodoList:
    """First what is grave and not answered, then what is late by the clock, then whose author wrote back and waits, then what
    is yours. Left out is what a colleague answers at this moment, what she was given and has read, what is with a contact
    point, and what we asked back about."""
    return TodoList(await call.parts.store.todos.next(call.right, limit=call.query.limit, now=call.parts.now()))


routes = [Route("/api/next", what_next, methods=["GET"])]
