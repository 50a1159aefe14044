"""How a connection to one of our SQLite files is set up, for whoever opens one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

BUSY_MS = 5_000
PRAGMAS = (
    f"busy_timeout = {BUSY_MS}",
    "foreign_keys = on",
    "trusted_schema = off",
    "secure_delete = on",
    "temp_store = memory",
    "cache_size = -65536",
)


def connect(file: Path) -> sqlite3.Connection:
    """A connection with our settings; the file is made when it is missing. Autocommit: transactions are written out."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, cached_statements=256)
    connection.row_factory = sqlite3.Row
    connection.text_factory = readable
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")
    return connection


def readable(raw: bytes) -> str:
    """What can be read of a text; what cannot, because the disk lost it, is U+FFFD. One torn row takes no other with it."""
    return raw.decode("utf-8", "replace")


def index_file(file: Path) -> Path:
    """Where the search index of `file` lies."""
    return file.with_name(f"{file.name}-search")
