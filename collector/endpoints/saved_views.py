"""Saved views: filters with a name, each with how many it holds."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.agency import checked_name
from collector.endpoints.operation import Call, field_of, operation
from collector.endpoints.submissions import Selection, id_of
from collector.errors import Refusal
from collector.saved_view import SavedView, Saving
from collector.store.engine import Row


class SavedViewList(msgspec.Struct):
    items: list[SavedView]


@operation(summary="Saved views", tag="team", answers={200: SavedViewList}, need="viewer")
async def list_views(call: Call) -> SavedViewList:
    """Your own and those of the team, by name, each with how many it holds now."""
    return SavedViewList([await _shown(call, row) for row in await call.parts.store.saved_views.list(call.right)])


@operation(
    summary="Save a view",
    tag="team",
    answers={201: SavedView},
    refusals=("invalid", "forbidden", "origin", "too_many", "busy", "full"),
    body=Saving,
    need="viewer",
)
async def save_view(call: Call) -> SavedView:
    """A filter of the list of submissions under a name: for yourself, or for the whole team (from the role of an editor on)."""
    saving: Saving = call.body
    name = checked_name(saving.name)
    _selection(saving.filter)
    if saving.shared:
        call.right.need("editor")
    store = call.parts.store.saved_views
    made = await store.keep(call.right, name, saving.filter, shared=saving.shared, now=call.parts.now())
    row = next(row for row in await store.list(call.right) if row["id"] == made)
    return await _shown(call, row)


@operation(
    summary="Let a view go",
    tag="team",
    answers={204: None},
    refusals=("not_found", "forbidden", "origin", "busy", "full"),
    need="viewer",
)
async def drop_view(call: Call) -> None:
    """Your own, or as an admin also one that a colleague shared."""
    await call.parts.store.saved_views.drop(call.right, id_of(call), now=call.parts.now())


def _selection(asked: dict[str, str]) -> Selection:
    """Refusal `invalid` naming what is no filter of the list."""
    try:
        return msgspec.convert(asked, Selection, strict=False)
    except msgspec.ValidationError as error:
        raise Refusal("invalid", fields=(field_of(error),)) from None


async def _shown(call: Call, row: Row) -> SavedView:
    asked = msgspec.json.decode(row["filter"], type=dict[str, str])
    number = await call.parts.store.tallies.number(call.right.agency_id, _selection(asked).filter())
    return SavedView(
        id=row["id"],
        name=row["name"],
        filter=asked,
        shared=bool(row["shared"]),
        mine=row["holder"] == call.right.holder_name,
        by=row["by"],
        number=number,
    )


routes = [
    Route("/api/views", list_views, methods=["GET"]),
    Route("/api/views", save_view, methods=["POST"]),
    Route("/api/views/{id}", drop_view, methods=["DELETE"]),
]
