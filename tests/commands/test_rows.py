"""Files as people have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from collector.commands.rows import checked_columns, fingerprint, moment, number_of_rows, rows
from collector.errors import Unusable


def test_csv_tsv_semicolons_and_jsonl_are_read_with_newlines_in_quotes_and_a_mark_in_front(tmp_path: Path) -> None:
    files = {
        "a.csv": '\ufeffid,body\n1,"een\ntwee"\n2,drie\n',
        "b.tsv": "id\tbody\n1\teen, twee\n",
        "c.csv": "id;body\n1;een, twee\n",
        "d.jsonl": '{"id": 1, "body": "één"}\n\n{"id": 2, "body": "twee"}\nkapot\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert [row["body"] for row in rows(tmp_path / "a.csv")] == ["een\ntwee", "drie"]
    assert [row["body"] for row in rows(tmp_path / "b.tsv")] == ["een, twee"]
    assert [row["body"] for row in rows(tmp_path / "c.csv")] == ["een, twee"]
    assert [row.get("body") for row in rows(tmp_path / "d.jsonl")] == ["één", "twee", None]
    assert number_of_rows(tmp_path / "a.csv") == 2
    assert fingerprint(tmp_path / "a.csv") != fingerprint(tmp_path / "b.tsv")


def test_a_column_that_is_not_there_is_answered_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,comment\n1,x\n")
    checked_columns(tmp_path / "a.csv", {"text": "comment", "page": None})
    with pytest.raises(Unusable, match="the nearest is comment"):
        checked_columns(tmp_path / "a.csv", {"text": "coment"})
    with pytest.raises(Unusable, match="cannot be read"):
        checked_columns(tmp_path / "none.csv", {})


@pytest.mark.parametrize(
    ("value", "milliseconds"),
    [
        ("2026-11-24T10:00:00+00:00", 1_795_514_400_000),
        ("24/11/2026 10:00", 1_795_514_400_000),
        ("24/11/2026", 1_795_478_400_000),
        (1_795_514_400, 1_795_514_400_000),
        ("1795514400000", 1_795_514_400_000),
        ("gisteren", None),
        ("", None),
        (None, None),
        ("31/31/2026", None),
    ],
)
def test_times_as_files_write_them(value: object, milliseconds: int | None) -> None:
    assert moment(value) == milliseconds
