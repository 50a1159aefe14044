"""What is taken along as a file, streamed page by page: CSV for spreadsheets, JSON Lines for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from starlette.responses import StreamingResponse

T = TypeVar("T")
CSV = "text/csv; charset=utf-8"
JSONL = "application/jsonl"
_DANGEROUS = "=+-@\t\r\n\0＝＋－＠|%"


def cell(value: object) -> object:
    """A value no spreadsheet takes for a formula: a text that begins like one gets an apostrophe (ASVS 5.0, 1.2.10). What was
    not said is empty."""
    if isinstance(value, str) and value[:1] and value[0] in _DANGEROUS:
        return "'" + value
    return "" if value is None else value


def moment(milliseconds: int | None) -> str | None:
    """ISO 8601 in UTC."""
    if milliseconds is None:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")


async def csv_lines(
    columns: Iterable[str], pages: AsyncIterator[Sequence[T]], row: Callable[[T], list[object]]
) -> AsyncIterator[bytes]:
    """The names of the columns, then each page as it comes."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    yield b"\xef\xbb\xbf" + buffer.getvalue().encode()  # spreadsheets read UTF-8 only when it is announced
    async for page in pages:
        buffer.seek(0)
        buffer.truncate()
        writer.writerows(map(row, page))
        yield buffer.getvalue().encode()


async def json_lines(pages: AsyncIterator[Sequence[T]]) -> AsyncIterator[bytes]:
    encoder = msgspec.json.Encoder()
    async for page in pages:
        yield encoder.encode_lines(page)


def attachment(chunks: AsyncIterator[bytes], name: str, media: str) -> StreamingResponse:
    """A browser saves it as `name`; nobody on the way keeps a copy."""
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return StreamingResponse(chunks, media_type=media, headers=headers)
