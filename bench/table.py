"""The table: each row as it was last measured, kept in `performance.json` and drawn from there into `performance.md`.

A row of the file is what machines may rely on (`name`, `ratio`, `bar`, `ok`, `ours`, `peer`, `runs`) and what the drawing
needs: `row` (the name by which it is measured again), `day`, `machine`, `pace`, `others`, `at_least`, `note`, `screen`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.result import Result

HEAD = """# Performance

`make bench` measures every row, `make bench ARGS="ingest size"` some of them; each row says on which day that was last
done ({machines}). Every figure is a ratio against a peer or a limit that was measured in the same run;
absolute figures move with the machine. Server and load each have a core of their own; medians of three rounds, ours and
the peer in turn. *Pace* is how many million steps of an empty loop one core took in a second just before, *others* the
share of the machine that other programs took meanwhile: what was measured at a slow pace or among others is rough.

| what | ratio | bar | met | ours | peer or limit | rounds | day | pace | others |
|---|---|---|---|---|---|---|---|---|---|
"""
SCREENS = """
## For people

Measured in Chromium at 320 px. Presses from the page to a receipt: 1 without words, 3 with (answer, send, copy).

| screen | height px | limit | words | limit | tab stops | limit | mean words a sentence | day |
|---|---|---|---|---|---|---|---|---|
"""


def keep(docs: Path, row: str, results: Sequence[Result], order: Sequence[str], **measured: Any) -> None:
    """Puts `results` in the place of what was kept of `row` in the folder `docs`, and draws the table anew. Rows that are
    not in `order` any more are left out. What could not be measured here (no results) keeps its old figures and their day.
    `measured`: `day` (ISO 8601), `machine`, `pace` (million steps a second), `others` (0 to 1); None for the unknown."""
    kept = [one for one in rows(docs) if not results or one["row"] != row]
    fresh = [{**asdict(result), "ok": result.ok, "row": row, **measured} for result in results]
    both = [one for one in (*kept, *fresh) if one["row"] in order]
    both.sort(key=lambda one: order.index(one["row"]))
    docs.joinpath("performance.json").write_text(json.dumps(both, indent=1) + "\n")
    draw(docs)


def rows(docs: Path) -> list[dict[str, Any]]:
    """What is kept; nothing before the first time."""
    file = docs / "performance.json"
    return json.loads(file.read_text()) if file.exists() else []


def draw(docs: Path) -> None:
    """Writes `performance.md`: the tables, and what `performance-notes.md` says to them."""
    docs.joinpath("performance.md").write_text(drawn(docs))


def drawn(docs: Path) -> str:
    """What `performance.md` has to be."""
    kept = rows(docs)
    machines = "; ".join(dict.fromkeys(one["machine"] for one in kept))
    text = HEAD.format(machines=machines) + "".join(map(line, kept))
    if screens := "".join(_screen(one) for one in kept if one["screen"]):
        text += SCREENS + screens
    notes = docs / "performance-notes.md"
    return text + ("\n" + notes.read_text("utf-8") if notes.exists() else "")


def line(one: dict[str, Any]) -> str:
    """A row as Markdown."""
    if one["screen"]:
        return ""
    bar = f"{'≥' if one['at_least'] else '≤'} {one['bar']:g}"
    rounds = ", ".join(f"{run:.2f}" for run in one["runs"])
    name = one["name"] + (f" ({one['note']})" if one["note"] else "")
    pace = "" if one["pace"] is None else f"{one['pace']:.0f}"
    others = "" if one["others"] is None else f"{one['others']:.0%}"
    cells = (name, f"{one['ratio']:.3g}", bar, "yes" if one["ok"] else "**no**", f"{one['ours']:,.4g}")
    return _cells(*cells, f"{one['peer']:,.4g}", rounds, one["day"], pace, others)


def _screen(one: dict[str, Any]) -> str:
    found = one["screen"]
    cells = [found["screen"]]
    for name in ("height", "words", "stops"):
        least, most, limit = found[name]
        cells += [f"{least}-{most}" if least != most else f"{most}", f"{limit}"]
    return _cells(*cells, f"{found['sentence']:.1f}", one["day"])


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"
