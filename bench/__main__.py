"""`make bench`: measures each row and keeps it in docs/performance.json, from which docs/performance.md is drawn.

`make bench ARGS="ingest fan_out"` measures some rows and leaves the others as they are; `make bench ARGS=draw` measures
nothing and draws the table, after its notes were changed."""

from __future__ import annotations

import datetime
import platform
import sqlite3
import sys
from pathlib import Path

from bench import table
from bench.machine import Others, pace
from bench.rows import ROWS

DOCS = Path("docs")
DRAW = "draw"


def main() -> None:
    wanted = sys.argv[1:] or list(ROWS)
    if unknown := [name for name in wanted if name not in (*ROWS, DRAW)]:
        sys.exit(f"There is no row {', '.join(unknown)}. The rows: {', '.join(ROWS)}.")
    system = f"{platform.system()} {platform.machine()}"
    machine = f"{system}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    for name in wanted:
        if name == DRAW:
            table.draw(DOCS)
            continue
        speed, others = pace(), Others()
        results = ROWS[name]()
        day = datetime.date.today().isoformat()
        table.keep(DOCS, name, results, list(ROWS), day=day, machine=machine, pace=speed, others=others.share())
        sys.stdout.writelines(table.line(one) for one in table.rows(DOCS) if one["row"] == name)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
