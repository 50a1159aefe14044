"""Migrations run forward only, each in a transaction of its own, and are never edited once they have run."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from importlib.resources import files

from collector.errors import Unusable

_LIST = """create table if not exists migrations (
  number integer primary key, name text not null, checksum text not null, at integer not null) strict"""


def steps(dialect: str) -> list[tuple[int, str, str]]:
    """(number, name, SQL) of all migrations for `dialect`, in order."""
    found = []
    for file in files("collector.store").joinpath("migrations").iterdir():
        if file.name.endswith(f".{dialect}.sql"):
            found.append((int(file.name[:4]), file.name, file.read_text("utf-8")))
    return sorted(found)


def migrate(connection: sqlite3.Connection, now: int) -> int:
    """Runs what is missing and returns how many ran. `connection` is in autocommit mode.

    Unusable when the file was made by a newer version, or when a migration that ran has other words now."""
    connection.execute("begin immediate")
    try:
        connection.execute(_LIST)
        done = {row[0]: row[1] for row in connection.execute("select number, checksum from migrations")}
        known = steps("sqlite")
        if done and max(done) > known[-1][0]:
            raise Unusable(
                f"this file is at step {max(done)} and this version knows {known[-1][0]}: install the newer version"
            )
        ran = 0
        for number, name, sql in known:
            checksum = sha256(sql.encode()).hexdigest()
            if number in done:
                if done[number] != checksum:
                    raise Unusable(f"{name} was changed after it ran here: restore the file as it was released")
                continue
            for statement in statements(sql):
                connection.execute(statement)
            connection.execute("insert into migrations values (?, ?, ?, ?)", (number, name, checksum, now))
            ran += 1
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise
    return ran


def statements(sql: str) -> list[str]:
    """Of one migration, each whole, comments left out."""
    found, current = [], ""
    for line in sql.splitlines():
        if line.startswith("--"):
            continue
        current += line + "\n"
        if sqlite3.complete_statement(current):
            found.append(current.strip())
            current = ""
    return [statement for statement in found if statement]
