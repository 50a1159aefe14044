"""Rows are measured one at a time; the table says of each when that was."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bench import __main__ as command
from bench import table
from bench.machine import Others
from bench.result import Result
from bench.rows import ROWS

DOCS = Path(__file__).parents[2] / "docs"
CONTRACT = {"name", "ratio", "bar", "ok", "ours", "peer", "runs"}
FAST = Result("posts ÷ without", 0.7, 0.6, True, 700, 1000, [0.6, 0.7, 0.8])
SLOW = Result("cold start", 2.5, 2, False, 250, 100, [2.5], note="of one")
SCREEN = Result("a screen", 0.9, 1, False, 90, 100, screen={
    "screen": "service", "height": (90, 95, 100), "words": (3, 3, 4), "stops": (4, 4, 5), "sentence": 5.25,
})  # fmt: skip
ORDER = ("ingest", "cold_start", "people")


def keep(docs: Path, row: str, *results: Result, day: str = "2026-11-20", others: float | None = None) -> None:
    table.keep(docs, row, results, ORDER, day=day, machine="Linux", pace=None, others=others)


def test_a_row_that_is_measured_again_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    keep(tmp_path, "cold_start", SLOW)
    keep(tmp_path, "ingest", FAST)
    before = table.rows(tmp_path)
    assert [row["name"] for row in before] == ["posts ÷ without", "cold start"]

    keep(tmp_path, "cold_start", Result("cold start", 1.5, 2, False, 150, 100, [1.5]), day="2026-11-25", others=0.034)
    after = table.rows(tmp_path)
    assert after[0] == before[0]
    assert (after[1]["ratio"], after[1]["day"], after[1]["ok"]) == (1.5, "2026-11-25", True)
    drawn = (tmp_path / "performance.md").read_text()
    assert "| posts ÷ without | 0.7 | ≥ 0.6 | yes | 700 | 1,000 | 0.60, 0.70, 0.80 | 2026-11-20 |  |  |" in drawn
    assert "| cold start | 1.5 | ≤ 2 | yes | 150 | 100 | 1.50 | 2026-11-25 |  | 3% |" in drawn


def test_what_is_not_met_or_needs_a_word_says_so(tmp_path: Path) -> None:
    keep(tmp_path, "cold_start", SLOW)
    assert "| cold start (of one) | 2.5 | ≤ 2 | **no** | 250 | 100 |" in (tmp_path / "performance.md").read_text()


def test_what_cannot_be_measured_here_keeps_its_old_figures_and_their_day(tmp_path: Path) -> None:
    keep(tmp_path, "ingest", FAST)
    keep(tmp_path, "ingest", day="2026-11-25")
    assert [row["day"] for row in table.rows(tmp_path)] == ["2026-11-20"]


def test_a_row_that_is_measured_no_more_leaves_the_table(tmp_path: Path) -> None:
    keep(tmp_path, "ingest", FAST)
    table.keep(
        tmp_path, "cold_start", [SLOW], ["cold_start"], day="2026-11-25", machine="Linux", pace=41.2, others=None
    )
    assert [row["row"] for row in table.rows(tmp_path)] == ["cold_start"]
    assert "| 2026-11-25 | 41 |  |" in (tmp_path / "performance.md").read_text()


def test_screens_have_a_table_of_their_own_and_the_notes_come_last(tmp_path: Path) -> None:
    (tmp_path / "performance-notes.md").write_text("## What limits it\n")
    keep(tmp_path, "people", SCREEN)
    drawn = (tmp_path / "performance.md").read_text()
    assert "| service | 90-95 | 100 | 3 | 4 | 4 | 5 | 5.2 | 2026-11-20 |" in drawn
    assert "a screen" not in drawn
    assert drawn.endswith("\n\n## What limits it\n")


def test_machines_read_what_the_contract_names(tmp_path: Path) -> None:
    keep(tmp_path, "ingest", FAST)
    (row,) = json.loads((tmp_path / "performance.json").read_text())
    assert {name: row[name] for name in CONTRACT} == {
        "name": "posts ÷ without", "ratio": 0.7, "bar": 0.6, "ok": True, "ours": 700, "peer": 1000, "runs": [0.6, 0.7, 0.8],
    }  # fmt: skip


def test_the_command_measures_and_keeps_only_what_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "DOCS", tmp_path)
    monkeypatch.setitem(ROWS, "ingest", lambda: [FAST])
    monkeypatch.setattr(sys, "argv", ["bench", "ingest"])
    command.main()
    assert "posts ÷ without" in capsys.readouterr().out
    (row,) = table.rows(tmp_path)
    assert len(row["day"]) == 10
    assert "Python 3" in row["machine"]
    assert row["pace"] > 0
    monkeypatch.setattr(sys, "argv", ["bench", "ingets"])
    with pytest.raises(SystemExit, match="no row ingets"):
        command.main()


def test_the_work_of_others_is_what_is_neither_ours_nor_idle() -> None:
    readings = iter([(10.0, 100.0, 4.0), (30.0, 140.0, 20.0)])

    class Read(Others):
        _now = staticmethod(lambda: next(readings))

    assert Read().share() == pytest.approx(0.1)


def test_the_table_in_the_documentation_is_the_one_that_was_measured() -> None:
    """After a change of the notes: `make bench ARGS=draw`."""
    assert (DOCS / "performance.md").read_text() == table.drawn(DOCS)
    assert all(row.keys() >= CONTRACT and row["row"] in ROWS for row in table.rows(DOCS))
