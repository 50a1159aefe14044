"""Rows of a CSV, TSV or JSONL file, one at a time, whatever its size."""

from __future__ import annotations

import codecs
import csv
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

import msgspec

from collector.errors import Unusable

Row = Mapping[str, Any]
HEAD_CHARACTERS = 65_536
CELL_CHARACTERS = 10_000_000
COLUMNS = 1_000
DELIMITERS = (",", ";", "\t", "|")
NONE = "\x1f"  # the delimiter of a file of one column: it stands in no text, so that no comma cuts one


@dataclass(frozen=True)
class Survey:
    """What one reading of a whole file tells. `fingerprint`: 64 hexadecimal digits that stand for its content;
    `columns` in their order; `notes`: sentences on what reads oddly."""

    fingerprint: str
    columns: tuple[str, ...]
    total: int
    notes: tuple[str, ...]


def rows(file: Path) -> Iterator[Row]:
    """Each row as a mapping of column to value; a line of JSONL that is no object is an empty one. Surplus cells stand
    under None, as `csv.DictReader` has it. Unusable for a file that cannot be read or has no first line."""
    try:
        with file.open(encoding=_encoding(file), errors="replace", newline="") as lines:
            head = lines.read(HEAD_CHARACTERS)
            if not head.strip():
                raise Unusable(f"{file} is empty")
            lines.seek(0)
            if file.suffix.lower() in (".jsonl", ".ndjson") or head.lstrip().startswith("{"):
                yield from (_object(line) for line in lines if line.strip())
            else:
                yield from _cells(lines, _delimiter(head, file), file)
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from error


def _cells(lines: TextIO, delimiter: str, file: Path) -> Iterator[Row]:
    csv.field_size_limit(CELL_CHARACTERS)
    reader = csv.DictReader(lines, delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        raise Unusable(f"{file}, line {reader.line_num}: {error}; is a quotation mark not closed?") from error


def _object(line: str) -> Row:
    try:
        found = msgspec.json.decode(line)
    except msgspec.DecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _encoding(file: Path) -> str:
    with file.open("rb") as raw:
        return "utf-16" if raw.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _delimiter(head: str, file: Path) -> str:
    """The one that stands most often in the first line, outside quotation marks."""
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted = False
    for character in head:
        if character == '"':
            quoted = not quoted
        elif character in "\r\n" and not quoted:
            break
        elif character in counts and not quoted:
            counts[character] += 1
    if file.suffix.lower() == ".tsv" and counts["\t"]:
        return "\t"
    return max(DELIMITERS, key=counts.__getitem__) if any(counts.values()) else NONE


def survey(file: Path) -> Survey:
    """Reads the whole file twice, in constant memory. Unusable for a file that cannot be read or has no rows."""
    total = surplus = empty = 0
    columns: dict[str, None] = {}
    for row in rows(file):
        total += 1
        surplus += None in row
        empty += not row
        if len(columns) < COLUMNS:
            columns.update(dict.fromkeys(name for name in row if name is not None))
    if not total:
        raise Unusable(f"{file} has no rows")
    fingerprint, damaged = _content(file)
    notes = []
    if damaged is not None:
        notes.append(f"it is not all UTF-8 (first at byte {damaged:,}): what cannot be read is sent as \ufffd")
    if surplus:
        notes.append(f"{surplus:,} rows have more cells than there are columns: are quotation marks missing?")
    if empty:
        notes.append(f"{empty:,} lines are no JSON objects: they are sent as they are read, with nothing in them")
    return Survey(fingerprint, tuple(columns), total, tuple(notes))


def _content(file: Path) -> tuple[str, int | None]:
    """The hash of the content, and near which byte it stops being what its encoding says (None: nowhere)."""
    digest, read, damaged = sha256(), 0, None
    decoder = codecs.getincrementaldecoder(_encoding(file))()
    with file.open("rb") as raw:
        while block := raw.read(1 << 20):
            digest.update(block)
            if damaged is None:
                held = len(decoder.getstate()[0])
                try:
                    decoder.decode(block)
                except UnicodeDecodeError as error:
                    damaged = read - held + error.start
            read += len(block)
    if damaged is None and decoder.getstate()[0]:
        damaged = read - len(decoder.getstate()[0])
    return digest.hexdigest(), damaged


def checked_columns(columns: tuple[str, ...], wanted: Mapping[str, str | None]) -> None:
    """Unusable, with the nearest column there is, for an option that names one the file does not have."""
    listed = ", ".join(columns) or "none"
    for option, column in wanted.items():
        if column is None or column in columns:
            continue
        near = difflib.get_close_matches(column, columns, n=1, cutoff=0.0)
        nearest = f"the nearest is {near[0]}. " if near else ""
        raise Unusable(f"--{option} {column}: there is no such column; {nearest}All: {listed}")
