"""Hooks: set up, looked at and tried out by those who manage. The secret of each is shown once."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import Id, id_of
from collector.hook import Answer, Hook, Hooking, Rehooking, Replay, checked_hooking

LAST = 9_007_199_254_740_991


class HookList(msgspec.Struct):
    """`cursor`: the newest of the log; a hook with the same one has been told of everything."""

    items: list[Hook]
    cursor: int


class HookMade(msgspec.Struct):
    """`secret`: what its receiver checks each message with. It is not shown again."""

    hook: Hook
    secret: str


class AnswersQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`before`: an id."""

    before: Id = LAST
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class AnswerPage(msgspec.Struct):
    """`next`: the `before` of the next page, null on the last one."""

    items: list[Answer]
    next: int | None


@operation(summary="Hooks", tag="team", answers={200: HookList}, need="admin")
async def list_hooks(call: Call) -> HookList:
    """Which programs elsewhere are told what happens, and how that goes."""
    store = call.parts.store
    return HookList(await store.hooks.list(call.right.agency_id), await store.changes.last())


@operation(
    summary="Make a hook",
    tag="team",
    answers={201: HookMade},
    refusals=("invalid", "forbidden", "origin", "too_many", "busy", "full"),
    body=Hooking,
    need="admin",
)
async def make_hook(call: Call) -> HookMade:
    """From now on `url` gets a POST for each change under one of `topics`, in the order of the log, at least once, as
    standardwebhooks.com says: `{type, timestamp, data}` with ids and links and never with words."""
    asked: Hooking = call.body
    hooking = checked_hooking(asked.name, asked.url, asked.topics, own=call.parts.demo)
    parts, right = call.parts, call.right
    hook, secret = await parts.store.hooks.add(right.agency_id, hooking, parts.keys, now=parts.now(), by=right.signed)
    return HookMade(hook, secret)


@operation(
    summary="Change a hook",
    tag="team",
    answers={200: Hook},
    refusals=("invalid", "forbidden", "origin", "not_found", "busy", "full"),
    body=Rehooking,
    need="admin",
)
async def change_hook(call: Call) -> Hook:
    """Its name, its address, its topics; or whether it is told at all. One that was paused goes on where it stopped."""
    asked: Rehooking = call.body
    hooks, right, now = call.parts.store.hooks, call.right, call.parts.now()
    which = right.agency_id, id_of(call)
    hook = await hooks.one(*which)
    name, url, topics = (
        getattr(hook, field) if getattr(asked, field) is UNSET else getattr(asked, field)
        for field in ("name", "url", "topics")
    )
    hooking = checked_hooking(name, url, topics, own=call.parts.demo)
    if (hooking.name, hooking.url, list(hooking.topics)) != (hook.name, hook.url, hook.topics):
        await hooks.change(*which, hooking, now=now, by=right.signed)
    if asked.on is not UNSET and asked.on != (hook.state == "on"):
        await hooks.turn(*which, on=asked.on, now=now, by=right.signed)
    return await hooks.one(*which)


@operation(
    summary="Take a hook away",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="admin",
)
async def remove_hook(call: Call) -> None:
    """With all that its receiver answered."""
    right = call.right
    await call.parts.store.hooks.remove(right.agency_id, id_of(call), now=call.parts.now(), by=right.signed)


@operation(
    summary="Give a hook a new secret",
    tag="team",
    answers={200: HookMade},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="admin",
)
async def rotate_hook(call: Call) -> HookMade:
    """For a day each message is signed with the one before as well, so that its receiver can change over in peace."""
    parts, right, hook_id = call.parts, call.right, id_of(call)
    secret = await parts.store.hooks.rotate(right.agency_id, hook_id, parts.keys, now=parts.now(), by=right.signed)
    return HookMade(await parts.store.hooks.one(right.agency_id, hook_id), secret)


@operation(
    summary="Try a hook out",
    tag="team",
    answers={200: Answer},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="admin",
)
async def try_hook(call: Call) -> Answer:
    """Sends a `hook.test` at once, also to one that is paused, and says what came back."""
    return await call.parts.teller.try_out(call.right.agency_id, id_of(call))


@operation(
    summary="Send once more",
    tag="team",
    answers={200: Hook},
    refusals=("invalid", "forbidden", "origin", "not_found", "busy", "full"),
    body=Replay,
    need="admin",
)
async def replay_hook(call: Call) -> Hook:
    """Everything after a cursor. Each message has the id that it had, so a receiver that keeps those takes nothing twice."""
    hooks, right, hook_id = call.parts.store.hooks, call.right, id_of(call)
    asked: Replay = call.body
    await hooks.replay(right.agency_id, hook_id, asked.after, now=call.parts.now(), by=right.signed)
    return await hooks.one(right.agency_id, hook_id)


@operation(
    summary="What a hook's receiver answered",
    tag="team",
    answers={200: AnswerPage},
    refusals=("invalid", "not_found"),
    query=AnswersQuery,
    need="admin",
)
async def list_answers(call: Call) -> AnswerPage:
    """Newest first; the last five hundred of a month are kept."""
    query: AnswersQuery = call.query
    items = await call.parts.store.hooks.answers(
        call.right.agency_id, id_of(call), before=query.before, limit=query.limit
    )
    return AnswerPage(list(items), items[-1].id if len(items) == query.limit else None)


routes = [
    Route("/api/hooks", list_hooks, methods=["GET"]),
    Route("/api/hooks", make_hook, methods=["POST"]),
    Route("/api/hooks/{id}", change_hook, methods=["PATCH"]),
    Route("/api/hooks/{id}", remove_hook, methods=["DELETE"]),
    Route("/api/hooks/{id}/secret", rotate_hook, methods=["POST"]),
    Route("/api/hooks/{id}/test", try_hook, methods=["POST"]),
    Route("/api/hooks/{id}/replay", replay_hook, methods=["POST"]),
    Route("/api/hooks/{id}/answers", list_answers, methods=["GET"]),
]
