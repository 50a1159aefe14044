"""The audit log, for those who manage: what colleagues and programs did and read. Looking into it is noted as well."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from starlette.responses import StreamingResponse
from starlette.routing import Route

from collector.audit import AGAIN_MS, AUDIT_EXPORTED, AUDIT_READ, Entry, Kind, Sought
from collector.day import checked_day, start_of
from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import Date, Id
from collector.endpoints.table import CSV, JSONL, attachment, cell, csv_lines, json_lines, moment

PAGE = 1_000
COLUMNS = Entry.__struct_fields__


class AuditQuery(msgspec.Struct, forbid_unknown_fields=True, rename={"day_from": "from", "day_to": "to"}):
    """`q`: part of a name, an office or an act. `kind`: `read` (whose words), `did`, or `signed` (in and out).
    `submission`: the id of a voice: who opened it, had it in a list, or did something with it. `from` and `to` are dates where
    the agency is, both included."""

    q: Annotated[str, Meta(max_length=100)] | None = None
    kind: Kind | None = None
    submission: Id | None = None
    day_from: Date | None = None
    day_to: Date | None = None

    def sought(self, zone: str) -> Sought:
        """Refusal `invalid` for a day that the calendar does not have."""
        since = until = None
        if self.day_from is not None:
            checked_day(self.day_from, "from")
            since = start_of(self.day_from, zone)
        if self.day_to is not None:
            checked_day(self.day_to, "to")
            until = start_of((date.fromisoformat(self.day_to) + timedelta(days=1)).isoformat(), zone)
        return Sought(self.q, self.kind, self.submission, since, until)


class AuditPageQuery(AuditQuery, forbid_unknown_fields=True, kw_only=True, rename={"day_from": "from", "day_to": "to"}):
    """`before`: the `next` of the page before."""

    before: Id | None = None
    limit: Annotated[int, Meta(ge=1, le=500)] = 100


class AuditPage(msgspec.Struct):
    """`next`: the `before` of the next page, null on the last one. `days`: how long it is kept."""

    items: list[Entry]
    next: int | None
    days: int


class AuditDays(msgspec.Struct, forbid_unknown_fields=True):
    """The body of `PUT /api/audit/days`."""

    audit_days: Annotated[int, Meta(ge=30, le=3_650)]


def _sought(call: Call) -> Sought:
    query: AuditQuery = call.query
    return query.sought(call.parts.store.agencies.agency(call.right.agency_id).time_zone)


@operation(
    summary="Who did and read what",
    tag="team",
    answers={200: AuditPage},
    refusals=("invalid", "full"),
    query=AuditPageQuery,
    need="admin",
)
async def see_audit(call: Call) -> AuditPage:
    """Newest first. It names people, acts and ids, and holds no citizen's words."""
    query: AuditPageQuery = call.query
    store, right = call.parts.store, call.right
    found = await store.audit.entries(right.agency_id, _sought(call), limit=query.limit, before=query.before)
    await store.audit.note(right, AUDIT_READ, now=call.parts.now(), once_ms=AGAIN_MS)
    days = store.agencies.agency(right.agency_id).audit_days
    return AuditPage(found, found[-1].id if len(found) == query.limit else None, days)


async def _pages(call: Call, sought: Sought) -> AsyncIterator[list[Entry]]:
    before: int | None = None
    while found := await call.parts.store.audit.entries(call.right.agency_id, sought, limit=PAGE, before=before):
        yield found
        before = found[-1].id


def _csv(call: Call, sought: Sought) -> AsyncIterator[bytes]:
    return csv_lines(COLUMNS, _pages(call, sought), _row)


def _row(entry: Entry) -> list[object]:
    values: dict[str, Any] = msgspec.structs.asdict(entry)
    values["at"] = moment(entry.at)
    return [cell(values[name]) for name in COLUMNS]


def _jsonl(call: Call, sought: Sought) -> AsyncIterator[bytes]:
    return json_lines(_pages(call, sought))


_FORMATS = {"csv": (_csv, CSV), "jsonl": (_jsonl, JSONL)}


def _export(kind: str) -> Any:
    make, media = _FORMATS[kind]

    @operation(
        summary=f"The audit log as {kind.upper()}",
        tag="team",
        answers={200: media},
        refusals=("invalid", "full"),
        query=AuditQuery,
        need="admin",
    )
    async def export(call: Call) -> StreamingResponse:
        """All that is asked for, newest first. Cells that look like formulas are made harmless."""
        sought = _sought(call)
        await call.parts.store.audit.note(call.right, AUDIT_EXPORTED, now=call.parts.now(), detail=kind)
        return attachment(make(call, sought), f"tijdens-audit.{kind}", media)

    export.__name__ = f"export_audit_{kind}"
    return export


@operation(
    summary="Say how long the audit log is kept",
    tag="team",
    answers={204: None},
    refusals=("invalid", "forbidden", "origin", "busy", "full"),
    body=AuditDays,
    need="admin",
)
async def set_audit_days(call: Call) -> None:
    """What is older is forgotten within the hour, and does not come back when the time is made longer again."""
    days, now = call.body.audit_days, call.parts.now()
    await call.parts.store.agencies.set_audit_days(call.right.agency_id, days, now=now, by=call.right.signed)


routes = [
    Route("/api/audit", see_audit, methods=["GET"]),
    *(Route(f"/api/audit.{kind}", _export(kind), methods=["GET"]) for kind in _FORMATS),
    Route("/api/audit/days", set_audit_days, methods=["PUT"]),
]
