"""All that a filter selects, streamed page by page: CSV, JSONL or XLSX. Newest first, none that was erased."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import StreamingResponse
from starlette.routing import Route

from collector.audit import EXPORTED
from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import Id, Selection, selected
from collector.endpoints.table import CSV, JSONL, attachment, cell, csv_lines, json_lines, moment
from collector.submission import Submission

PAGE = 500


class ExportQuery(Selection, forbid_unknown_fields=True, kw_only=True):
    """`before` and `after` are ids."""

    before: Id | None = None
    after: Id | None = None


_NOT_IN_CELLS = ("permissions", "claim")  # two columns of their own; of this moment alone
COLUMNS = (*(name for name in Submission.__struct_fields__ if name not in _NOT_IN_CELLS), "quote", "invite")
_TIMES = ("received_at", "sent_at", "read_at", "erased_at")


def row(submission: Submission) -> list[object]:
    """The cells in the order of COLUMNS: times as ISO 8601 in UTC, lists with spaces, what was not said empty."""
    values: dict[str, Any] = {name: getattr(submission, name) for name in COLUMNS[:-2]}
    values["quote"], values["invite"] = submission.permissions.quote, submission.permissions.invite
    for name in _TIMES:
        values[name] = moment(values[name])
    values["impact"] = None if submission.impact is None else " ".join(submission.impact) or "none"
    values["masked"] = " ".join(submission.masked)
    values["themes"] = " ".join(map(str, submission.themes))
    values["quote"], values["invite"] = int(values["quote"]), int(values["invite"])
    return [cell(values[name]) for name in COLUMNS]


async def pages(call: Call, entry: int | None) -> AsyncIterator[list[Submission]]:
    """The selection in pages; each is a short read, so that nothing is held open while a slow client reads. `entry`: of the
    audit log, which says in the end how many went out; nothing when it was broken off."""
    number = 0
    query: ExportQuery = call.query
    before, wanted = query.before, selected(call.right, query)
    while True:
        found = await call.parts.store.submissions.list(
            call.right.agency_id, wanted, limit=PAGE, before=before, after=query.after
        )
        if not found:
            break
        yield found
        number += len(found)
        before = found[-1].id
    if entry is not None:
        await call.parts.store.audit.count(entry, number)


def _csv(call: Call, entry: int | None) -> AsyncIterator[bytes]:
    return csv_lines(COLUMNS, pages(call, entry), row)


def _jsonl(call: Call, entry: int | None) -> AsyncIterator[bytes]:
    return json_lines(pages(call, entry))


async def _xlsx(call: Call, entry: int | None) -> AsyncIterator[bytes]:
    """Written to a temporary file in constant memory, then streamed: the format has its directory at the end."""
    file, book, sheet = await asyncio.to_thread(_open_book)
    try:
        line = 1
        async for page in pages(call, entry):
            await asyncio.to_thread(_write_rows, sheet, line, [row(submission) for submission in page])
            line += len(page)
        await asyncio.to_thread(book.close)
        await asyncio.to_thread(file.seek, 0)
        while chunk := await asyncio.to_thread(file.read, 65_536):
            yield chunk
    finally:
        await asyncio.to_thread(file.close)


def _open_book() -> tuple[Any, Any, Any]:
    """A temporary file, the workbook in it, and its one sheet with the names of the columns."""
    import xlsxwriter  # here, so that a start does not wait for it

    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by who asked
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet("submissions")
    sheet.write_row(0, 0, COLUMNS)
    return file, book, sheet


def _write_rows(sheet: Any, line: int, rows: list[list[object]]) -> None:
    for offset, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value == "":
                continue  # most cells are empty, and to write nothing takes as long as to write something
            if isinstance(value, int) and abs(value) < 10**15:
                sheet.write_number(line + offset, column, value)
            else:
                sheet.write_string(line + offset, column, str(value))


_FORMATS = {
    "csv": (_csv, CSV),
    "jsonl": (_jsonl, JSONL),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def _export(kind: str) -> Any:
    make, media = _FORMATS[kind]

    @operation(
        summary=f"Export as {kind.upper()}",
        tag="team",
        answers={200: media},
        refusals=("invalid", "full"),
        query=ExportQuery,
        need="viewer",
        scoped=True,
    )
    async def export(call: Call) -> StreamingResponse:
        """All that the filter selects. Cells that look like formulas are made harmless."""
        selected(call.right, call.query)  # refused before the first byte, or not at all
        entry = await call.parts.store.audit.note(call.right, EXPORTED, now=call.parts.now(), detail=kind)
        return attachment(make(call, entry), f"tijdens.{kind}", media)

    export.__name__ = f"export_{kind}"
    return export


routes = [Route(f"/api/export.{kind}", _export(kind), methods=["GET"]) for kind in _FORMATS]
