"""A migration that is killed in the middle: the file is as it was before, and the next start brings it up to date."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from collector.store.migrate import migrate, steps
from tests.figures import figures
from tests.often import often, proof
from tests.store.test_migrate import NUMBER, first_release

KILLS = often(4, 40)
EVERY = 20  # steps of SQLite's own machine
# it ends itself, hard, after so many times so many steps, wherever it is then
KILLED = f"""
import os, signal, sqlite3, sys
from collector.store.migrate import migrate
left = int(sys.argv[2])
def count():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.set_progress_handler(count, {EVERY})
migrate(connection, 1)
"""


@proof
async def test_a_migration_that_is_killed_anywhere_leaves_the_file_as_it_was_and_runs_whole_the_next_time(
    tmp_path: Path,
) -> None:
    await asyncio.to_thread(_killed_and_run, tmp_path)


def _killed_and_run(folder: Path) -> None:
    first_release(folder / "released.db")
    before = _told(folder / "released.db")
    whole = _steps_of_the_machine(folder)
    for kill in range(1, KILLS + 1):
        file = folder / f"{kill}.db"
        shutil.copy(folder / "released.db", file)
        line = [sys.executable, "-c", KILLED, str(file), str(max(1, whole * kill // (KILLS + 1)))]
        assert subprocess.run(line, capture_output=True, check=False).returncode == -9, kill
        assert _told(file) == before, kill
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            assert migrate(connection, 2) == len(steps("sqlite")) - 1
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
            assert connection.execute("pragma foreign_key_check").fetchall() == []
            assert connection.execute("select count(*) from submissions").fetchone() == (NUMBER,)
    figures("migration killed", kills=KILLS, submissions=NUMBER, lost=0, steps=len(steps("sqlite")) - 1)


def _steps_of_the_machine(folder: Path) -> int:
    """How many times EVERY steps the whole of it takes."""
    shutil.copy(folder / "released.db", folder / "counted.db")
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    with closing(sqlite3.connect(folder / "counted.db", isolation_level=None)) as connection:
        connection.set_progress_handler(count, EVERY)
        migrate(connection, 1)
    assert taken > 1_000
    return taken


def _told(file: Path) -> list[tuple[str, ...]]:
    """All of a store: its tables, and what is in them."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("select name, sql from sqlite_schema order by name").fetchall()
        for (name,) in connection.execute(
            "select name from sqlite_schema where type = 'table' order by name"
        ).fetchall():
            found += [(name, *map(str, row)) for row in connection.execute(f"select * from {name}")]
    return found
