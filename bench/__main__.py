"""`make bench`: measures each row, writes docs/performance.md and docs/performance.json.

`make bench ARGS="ingest fan_out"` measures some rows alone and writes nothing."""

from __future__ import annotations

import datetime
import json
import platform
import sqlite3
import sys
from pathlib import Path

from bench.people import people
from bench.rows import ROWS, Result, as_json

DOCS = Path("docs")
HEAD = """# Performance

Written by `make bench` on {date}: {machine}. Every figure is a ratio against a peer or a limit that was measured in the
same run; absolute figures move with the machine. Server and load each have a core of their own; medians of three rounds,
ours and the peer in turn.

| what | ratio | bar | met | ours | peer or limit | rounds |
|---|---|---|---|---|---|---|
"""


def line(result: Result) -> str:
    bar = f"{'≥' if result.at_least else '≤'} {result.bar:g}"
    rounds = ", ".join(f"{run:.2f}" for run in result.runs)
    name = result.name + (f" ({result.note})" if result.note else "")
    met = "yes" if result.ok else "**no**"
    return f"| {name} | {result.ratio:.3g} | {bar} | {met} | {result.ours:,.4g} | {result.peer:,.4g} | {rounds} |"


def main() -> None:
    wanted = sys.argv[1:] or list(ROWS)
    results: list[Result] = []
    for name in wanted:
        if name == "people":
            continue
        for result in ROWS[name]():
            sys.stdout.write(line(result) + "\n")
            sys.stdout.flush()
            results.append(result)
    table = people() if not sys.argv[1:] or "people" in wanted else ""
    sys.stdout.write(table)
    if sys.argv[1:]:
        return
    machine = (
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    head = HEAD.format(date=datetime.date.today().isoformat(), machine=machine)
    notes = DOCS / "performance-notes.md"
    said = notes.read_text("utf-8") if notes.exists() else ""
    DOCS.joinpath("performance.md").write_text(head + "\n".join(map(line, results)) + "\n\n" + table + "\n" + said)
    DOCS.joinpath("performance.json").write_text(json.dumps(as_json(results), indent=1) + "\n")


if __name__ == "__main__":
    main()
