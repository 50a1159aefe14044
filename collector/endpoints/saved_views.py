"""Saved views: filters with a name, each with how many it holds."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.agency import checked_name
from collector.alert import Alert, Alerting
from collector.endpoints.operation import Call, field_of, operation
from collector.endpoints.submissions import Selection, id_of
from collector.errors import Refusal
from collector.saved_view import SavedView, Saving
from collector.store.engine import Row

Told = tuple[dict[int, Alert], dict[int, Alert]]


class SavedViewList(msgspec.Struct):
    """`mail`: the operator has set up a mail server; without one nobody is told by mail."""

    items: list[SavedView]
    mail: bool


@operation(summary="Saved views", tag="team", answers={200: SavedViewList}, need="viewer")
async def list_views(call: Call) -> SavedViewList:
    """Your own and those of the team, by name, each with how many it holds now."""
    store = call.parts.store
    alerts = await store.alerts.of_views(call.right)
    rows = await store.saved_views.list(call.right)
    return SavedViewList([await _shown(call, row, alerts) for row in rows], store.alerts.offered)


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
    return await _one(call, made)


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


@operation(
    summary="Be told of a view",
    tag="team",
    answers={200: SavedView},
    refusals=("invalid", "forbidden", "origin", "not_found", "busy", "full"),
    body=Alerting,
    need="viewer",
)
async def choose_alert(call: Call) -> SavedView:
    """By mail to yourself, at once, gathered, every morning or every Monday, and every Monday what is still unanswered; or, for
    those who manage, by the agency's hooks. A mail holds figures and links, and nothing of what people wrote."""
    await call.parts.store.alerts.choose(call.right, id_of(call), call.body, now=call.parts.now())
    return await _one(call, id_of(call))


def _selection(asked: dict[str, str]) -> Selection:
    """Refusal `invalid` naming what is no filter of the list."""
    try:
        return msgspec.convert(asked, Selection, strict=False)
    except msgspec.ValidationError as error:
        raise Refusal("invalid", fields=(field_of(error),)) from None


async def _one(call: Call, view_id: int) -> SavedView:
    store = call.parts.store
    row = next(row for row in await store.saved_views.list(call.right) if row["id"] == view_id)
    return await _shown(call, row, await store.alerts.of_views(call.right))


async def _shown(call: Call, row: Row, alerts: Told) -> SavedView:
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
        alert=alerts[0].get(row["id"]),
        hook=alerts[1].get(row["id"]),
    )


routes = [
    Route("/api/views", list_views, methods=["GET"]),
    Route("/api/views", save_view, methods=["POST"]),
    Route("/api/views/{id}/alert", choose_alert, methods=["PUT"]),
    Route("/api/views/{id}", drop_view, methods=["DELETE"]),
]
