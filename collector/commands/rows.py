"""Rows of a CSV, TSV or JSONL file, one at a time, whatever its size."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from collector.errors import Unusable

Row = Mapping[str, Any]
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?\Z")


def rows(file: Path) -> Iterator[Row]:
    """Each row as a mapping of column to value. Unusable for a file that is not there or has no columns."""
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            if file.suffix.lower() in (".jsonl", ".ndjson"):
                for line in lines:
                    if line.strip():
                        yield _object(line)
                return
            csv.field_size_limit(10_000_000)
            head = lines.readline()
            if not head.strip():
                raise Unusable(f"{file} is empty")
            lines.seek(0)
            yield from csv.DictReader(lines, delimiter=_delimiter(head, file))
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from error


def _object(line: str) -> Row:
    try:
        found = msgspec.json.decode(line)
    except msgspec.DecodeError:
        return {"": line}
    return found if isinstance(found, dict) else {"": found}


def _delimiter(head: str, file: Path) -> str:
    if file.suffix.lower() == ".tsv":
        return "\t"
    return max((",", ";", "\t", "|"), key=head.count)


def number_of_rows(file: Path) -> int:
    """How many rows there are; it reads the whole file once."""
    return sum(1 for _ in rows(file))


def checked_columns(file: Path, wanted: Mapping[str, str | None]) -> None:
    """Unusable, with the nearest column there is, for an option that names one the file does not have."""
    first = next(iter(rows(file)), None)
    if first is None:
        raise Unusable(f"{file} has no rows")
    for option, column in wanted.items():
        if column is not None and column not in first:
            near = difflib.get_close_matches(column, list(first), n=1, cutoff=0.0)
            listed = ", ".join(str(name) for name in first)
            raise Unusable(f"--{option} {column}: there is no such column; the nearest is {near[0]}. All: {listed}")


def fingerprint(file: Path) -> str:
    """16 characters that stand for the content of the file."""
    digest = sha256()
    with file.open("rb") as raw:
        while block := raw.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:16]


def moment(value: object) -> int | None:
    """Unix milliseconds of a time as files write it: ISO 8601, seconds or milliseconds since 1970, or day first
    (`24/11/2026 23:04`). Without a zone it is taken as UTC. None for what is no time."""
    if isinstance(value, int | float):
        return int(value if abs(value) > 10**11 else value * 1000)
    text = str(value or "").strip()
    if re.fullmatch(r"\d{9,13}", text):
        return moment(int(text))
    try:
        if found := _DAY_FIRST.match(text):
            day, month, year, *clock = (int(part or 0) for part in found.groups())
            hour, minute, second = clock
            at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        else:
            at = datetime.fromisoformat(text)
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        return None
    return int(at.timestamp() * 1000)
