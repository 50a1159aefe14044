"""What a team does with themes: name them, sort voices into them, quote, merge, answer."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import Id, Page, id_of
from collector.errors import Refusal
from collector.store.themes import ALL
from collector.texts import Texts
from collector.theme import Answering, Naming, Response, Theme

Ids = Annotated[list[int], Meta(max_length=1_000)]


class Themes(msgspec.Struct):
    items: list[Theme]


class Responses(msgspec.Struct):
    items: list[Response]


class ThemesQuery(msgspec.Struct, forbid_unknown_fields=True, rename={"every": "all"}):
    """Of one `decision`; without it, those of none; with `all` `1`, every one."""

    decision: str | None = None
    every: Annotated[int, Meta(ge=0, le=1)] = 0


class ResponsesQuery(msgspec.Struct, forbid_unknown_fields=True):
    decision: str | None = None


class VoicesQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`before` is an id."""

    before: Id | None = None
    limit: Annotated[int, Meta(ge=1, le=500)] = 50


class Renaming(msgspec.Struct, forbid_unknown_fields=True):
    """What is named changes. `expected` `null`: nobody had expected it."""

    revision: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)]
    name: Texts | None = None
    decision: str | None = None
    expected: str | UnsetType | None = UNSET


class Sorting(msgspec.Struct, forbid_unknown_fields=True):
    """Ids of submissions."""

    add: Ids = []
    remove: Ids = []


class Merging(msgspec.Struct, forbid_unknown_fields=True):
    """`into`: the id of the theme that stays."""

    into: Id


class Quoting(msgspec.Struct, forbid_unknown_fields=True):
    quoted: bool


_WRITES = ("invalid", "forbidden", "origin", "not_found", "busy", "full")


@operation(
    summary="List themes",
    tag="team",
    answers={200: Themes},
    refusals=("invalid", "not_found"),
    query=ThemesQuery,
    need="viewer",
)
async def list_themes(call: Call) -> Themes:
    """With how many voices each has, and its response. Most voices first."""
    wanted = ALL if call.query.every else call.query.decision
    return Themes(list(await call.parts.store.themes.list(call.right.agency_id, wanted)))


@operation(summary="Name a theme", tag="team", answers={201: Theme}, refusals=_WRITES, body=Naming, need="editor")
async def name_theme(call: Call) -> Theme:
    """What several voices are about; the voices named belong to it at once."""
    return await call.parts.store.themes.create(
        call.right.agency_id, call.body, now=call.parts.now(), by=call.right.signed
    )


@operation(
    summary="Change a theme",
    tag="team",
    answers={200: Theme},
    refusals=(*_WRITES, "stale"),
    body=Renaming,
    need="editor",
)
async def change_theme(call: Call) -> Theme:
    """Its name, its decision, what had been expected."""
    body: Renaming = call.body
    return await call.parts.store.themes.write(
        call.right.agency_id,
        id_of(call),
        revision=body.revision,
        name=body.name,
        decision=body.decision,
        expected=body.expected,
        now=call.parts.now(),
        by=call.right.signed,
    )


@operation(summary="Merge themes", tag="team", answers={200: Theme}, refusals=_WRITES, body=Merging, need="editor")
async def merge_theme(call: Call) -> Theme:
    """All voices go to the other theme; receipts follow."""
    return await call.parts.store.themes.merge(
        call.right.agency_id, id_of(call), call.body.into, now=call.parts.now(), by=call.right.signed
    )


@operation(summary="Sort voices", tag="team", answers={200: Theme}, refusals=_WRITES, body=Sorting, need="editor")
async def sort_voices(call: Call) -> Theme:
    """Puts voices into a theme and takes others out. A voice belongs to any number of themes."""
    return await call.parts.store.themes.sort(
        call.right.agency_id, id_of(call), add=call.body.add, remove=call.body.remove,
        now=call.parts.now(), by=call.right.signed,
    )  # fmt: skip


@operation(
    summary="The voices of a theme",
    tag="team",
    answers={200: Page},
    refusals=("invalid", "not_found"),
    query=VoicesQuery,
    need="viewer",
)
async def list_voices(call: Call) -> Page:
    """Newest first, none that was erased."""
    query: VoicesQuery = call.query
    found = await call.parts.store.themes.submissions(
        call.right.agency_id, id_of(call), before=query.before, limit=query.limit
    )
    return Page(list(found), found[-1].id if len(found) == query.limit else None)


@operation(
    summary="Quote a voice",
    tag="team",
    answers={204: None},
    refusals=(*_WRITES, "not_allowed"),
    body=Quoting,
    need="editor",
)
async def quote_voice(call: Call) -> None:
    """Shows its words with the theme in public, when their author allowed it."""
    submission = call.path["submission"]
    if not submission.isascii() or not submission.isdigit() or len(submission) > 16:
        raise Refusal("not_found")
    await call.parts.store.themes.quote(
        call.right.agency_id, id_of(call), int(submission), call.body.quoted,
        now=call.parts.now(), by=call.right.signed,
    )  # fmt: skip


@operation(
    summary="List responses",
    tag="team",
    answers={200: Responses},
    refusals=("invalid", "not_found"),
    query=ResponsesQuery,
    need="viewer",
)
async def list_responses(call: Call) -> Responses:
    """Drafts as well, the newest first."""
    store, key = call.parts.store, call.query.decision
    decision_id = store.decisions.mine(call.right.agency_id, key).id if key else None
    return Responses(await store.responses.list(call.right.agency_id, decision_id))


@operation(
    summary="Answer themes", tag="team", answers={201: Response}, refusals=_WRITES, body=Answering, need="editor"
)
async def answer_themes(call: Call) -> Response:
    """One text for one theme or for several. Published, it stands on all their receipts at once."""
    return await _write(call, None)


@operation(
    summary="Change a response",
    tag="team",
    answers={200: Response},
    refusals=(*_WRITES, "stale", "wrong_state"),
    body=Answering,
    need="editor",
)
async def change_response(call: Call) -> Response:
    """With the revision you saw. What is public stays public."""
    return await _write(call, id_of(call))


async def _write(call: Call, response_id: int | None) -> Response:
    store = call.parts.store
    try:
        return await store.responses.write(
            store.agencies.agency(call.right.agency_id), call.body,
            now=call.parts.now(), by=call.right.signed, response_id=response_id,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code != "stale" or response_id is None:
            raise
        current = await store.responses.one(call.right.agency_id, response_id)
        raise Refusal("stale", current=current) from None


routes = [
    Route("/api/themes", list_themes, methods=["GET"]),
    Route("/api/themes", name_theme, methods=["POST"]),
    Route("/api/themes/{id}", change_theme, methods=["PATCH"]),
    Route("/api/themes/{id}/merge", merge_theme, methods=["POST"]),
    Route("/api/themes/{id}/submissions", sort_voices, methods=["PUT"]),
    Route("/api/themes/{id}/submissions", list_voices, methods=["GET"]),
    Route("/api/themes/{id}/quotes/{submission}", quote_voice, methods=["PUT"]),
    Route("/api/responses", list_responses, methods=["GET"]),
    Route("/api/responses", answer_themes, methods=["POST"]),
    Route("/api/responses/{id}", change_response, methods=["PUT"]),
]
