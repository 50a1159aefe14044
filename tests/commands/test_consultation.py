"""A consultation as it was held elsewhere becomes a decision, and every count agrees with its files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from bench.consultation import document, phase_of, voices, whole
from collector.commands.decision_file import write
from collector.commands.decision_reader import parse
from collector.commands.rows import rows

HEAD = ("id", "created_at", "section", "article", "title", "body", "author_official")
LONG = "Een zin die te lang is. " * 250
PROPOSALS = [
    ("1", "2015-09-26T02:27:54+0200", "Section 1", "Les règles", "Article 1 - Le banc", "Il y aura un banc.", "True"),
    ("2", "2015-09-26T02:27:55+0200", "Section 1", "Les règles", "Article 3 - L'arbre", "Il y aura un arbre.", "True"),
    ("3", "2015-10-04T23:59:00+0200", "Section 1", "Les règles", "Un second banc", "À l'ombre.", "False"),
    ("4", "2015-10-05T00:01:00+0200", "Section 2", "Les jeux", "Une balançoire", "Pour les petits.", "False"),
    ("5", "2015-10-18T12:00:00+0200", "Section 2", "Les jeux", "Trop tard", "Mais dit quand même.", "False"),
    ("6", "2015-10-06T12:00:00+0200", "Section 2", "Les jeux", "Trop long", LONG, "False"),
]
ARGUMENTS = [
    ("1", "1", "2015-10-01T10:00:00+0200", "Un banc suffit."),
    ("2", "3", "2015-10-17T23:59:59+0200", "Oui, à l'ombre."),
    ("3", "4", "2015-10-18T00:00:01+0200", "La balançoire grince."),
]


def files(folder: Path) -> tuple[list[Any], list[Any]]:
    for name, head, found in (
        ("our_proposals.csv", HEAD, PROPOSALS),
        ("our_arguments.csv", ("id", "opinion_id", "created_at", "body"), ARGUMENTS),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *found])
    return list(rows(folder / "our_proposals.csv")), list(rows(folder / "our_arguments.csv"))


def test_articles_become_sections_and_what_others_said_becomes_rows(tmp_path: Path) -> None:
    proposals, arguments = files(tmp_path)
    bill = document(proposals)
    assert [s.key for s in bill.text[0].sections] == ["les-regles", "article-1", "article-3", "les-jeux"]
    assert parse(write(bill), "bill.yaml")[0] == bill
    found = voices(proposals, arguments)
    told = [(row["row"], row["section"], phase_of(row)) for row in found if row["row"] != "proposal-6"]
    assert told == [
        ("argument-1", "article-1", "agenda"),
        ("proposal-3", "les-regles", "agenda"),
        ("proposal-4", "les-jeux", "drafting"),
        ("argument-2", "les-regles", "drafting"),
        ("argument-3", "les-jeux", "monitoring"),
        ("proposal-5", "les-jeux", "monitoring"),
    ]


async def test_imported_and_replayed_every_count_agrees_with_the_files(tmp_path: Path) -> None:
    """The agreement itself is asserted inside, from what the collector lists."""
    found = await whole(tmp_path, *files(tmp_path))
    first, again = found["first"], found["again"]
    assert (first["sent"], first["accepted"], first["repeated"], first["refused"]) == (7, 6, 0, 1)
    assert first["reasons"] == {"invalid": 1}, "over five thousand characters"
    assert (again["accepted"], again["repeated"]) == (0, 6)
    assert found["phases"] == {"agenda": 2, "drafting": 2, "monitoring": 2}
    assert found["per_section"] == {"les-jeux": 3, "les-regles": 2, "article-1": 1}
