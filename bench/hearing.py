"""Whose words stand on the first screen: `python -m bench.hearing FOLDER`. The folder holds the files named below.

200 texts that people really wrote were marked twice with the two questions that we ask (`docs/hearing-marks.csv`: ids and
marks, no words). The first pass plays the citizens: those are the answers that come in, and of them 0, 30, 60 and 90 % are
taken away. The second pass says which stories are grave; so nothing is measured against itself. Then the product's own
order is compared with ordering by date, by count and by score. Prints Markdown; nothing of the files is kept.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from collector.reading import woven
from collector.severity import GRAVE, NOT_SAID, severity
from collector.submission import Impact, Submission

MARKS = Path("docs/hearing-marks.csv")
LABELS: tuple[Impact, ...] = ("health", "right", "money", "time")
SCREEN = 10
SHARES = (0, 30, 60, 90)  # per cent of the answers that are missing
ROUNDS = 400
LONG = re.compile(r"[^\W\d_]{6,}")
CRITICAL = "5"  # how the coders of the NHS trust called the most critical comments


@dataclass(frozen=True)
class Mark:
    """One pass over one text. `impact` None: the words do not say; empty: none of these."""

    impact: tuple[Impact, ...] | None
    another_way: str | None

    @property
    def severity(self) -> int:
        return severity(None, self.another_way, self.impact)


@dataclass(frozen=True)
class Story:
    """One text with both passes. `moment`: 0 to 1 in the order of its own set, since one set carries no dates. `score`: 1
    (worst) to 5, None without. `critical`: as the trust's own coders had it."""

    name: str
    source: str
    text: str
    moment: float
    score: int | None
    critical: bool
    first: Mark
    second: Mark

    @property
    def grave(self) -> bool:
        return self.second.severity <= GRAVE


def main() -> None:
    stories = read(Path(sys.argv[1]))
    sys.stdout.write("\n".join([*agreement(stories), "", *screens(stories), "", *critical(stories)]) + "\n")


def mark(impact: str, another_way: str) -> Mark:
    """From the columns of the marks: `none` is "none of these", empty is "the words do not say"."""
    said = None if not impact else tuple(name for name in LABELS if name in impact.split())
    return Mark(said, another_way or None)


def read(folder: Path) -> list[Story]:
    """The marked texts, with their words from the files, oldest first."""
    marks = {
        (row["set"], row["id"]): (
            mark(row["impact_1"], row["another_way_1"]),
            mark(row["impact_2"], row["another_way_2"]),
        )
        for row in csv.DictReader(MARKS.read_text("utf-8").splitlines())
    }
    found = []
    for source, rows in (("nhs", _nhs(folder)), ("cimt", _bonn(folder)), ("decidim", _lille(folder))):
        taken = [row for row in rows if (source, row[0]) in marks]
        for place, (name, text, score, is_critical) in enumerate(taken):
            first, second = marks[source, name]
            found.append(Story(name, source, text, place / len(taken), score, is_critical, first, second))
    if len(found) != len(marks):
        raise SystemExit(f"{len(marks)} texts are marked and {len(found)} were found in {folder}")
    return sorted(found, key=lambda story: (story.moment, story.source))


Row = tuple[str, str, int | None, bool]


def _nhs(folder: Path) -> list[Row]:
    """Its scores run from 1 (best) to 5; 6 and 7 are none."""
    with (folder / "nhs-px/nhs_comments_NEAS.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.sort(key=lambda row: row["Date"].split("/")[::-1])
    scores = {"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}
    return [
        (
            row["Comment ID"],
            row["text"],
            scores.get(row["FFT categorical answer"]),
            row["Comment sentiment"] == CRITICAL,
        )
        for row in rows
    ]


def _bonn(folder: Path) -> list[Row]:
    with (folder / "cimt-de/documents_CDB.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [(row["id"], row["text"], None, False) for row in sorted(rows, key=lambda row: str(row["id"]))]


def _lille(folder: Path) -> list[Row]:
    with (folder / "decidim-fr/debate_comments.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["created_at"])
    return [(row["id"], row["body"], None, False) for row in rows]


def kappa(one: Sequence[object], two: Sequence[object]) -> float:
    """Agreement beyond chance, 1 is full (Cohen 1960)."""
    n = len(one)
    seen = sum(a == b for a, b in zip(one, two, strict=True)) / n
    left, right = Counter(one), Counter(two)
    chance = sum(left[name] * right[name] for name in left) / n**2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def agreement(stories: Sequence[Story]) -> list[str]:
    """How far both passes agree, question by question."""

    def costs(label: Impact) -> Callable[[Mark], object]:
        return lambda given: label in (given.impact or ())

    asked: dict[str, Callable[[Mark], object]] = {f"cost: {label}": costs(label) for label in LABELS}
    asked["cost: said at all"] = lambda given: given.impact is not None
    asked["no other way"] = lambda given: given.another_way == "no"
    asked["grave (health, right or no other way)"] = lambda given: given.severity <= GRAVE
    asked["severity, seven steps"] = lambda given: given.severity
    lines = ["| | first pass | second pass | both | agree | kappa |", "|---|---|---|---|---|---|"]
    for name, of in asked.items():
        one, two = [of(story.first) for story in stories], [of(story.second) for story in stories]
        same = sum(a == b for a, b in zip(one, two, strict=True)) / len(stories)
        counted = (
            ("", "", "")
            if name.startswith("severity")
            else (
                str(sum(map(bool, one))),
                str(sum(map(bool, two))),
                str(sum(bool(a and b) for a, b in zip(one, two, strict=True))),
            )
        )
        lines.append(f"| {name} | {' | '.join(counted)} | {same:.0%} | {kappa(one, two):.2f} |")
    return lines


def by_severity(stories: Iterable[Story], missing: frozenset[str]) -> list[Story]:
    """The order of the product: what was said weighs, then age; two of ten places for those who said nothing."""

    known = list(stories)
    rows = sorted((_submission(place, story, missing) for place, story in enumerate(known)), key=_gravest_then_oldest)
    weighed = [row for row in rows if row.severity != NOT_SAID]
    return [known[row.id] for row in woven(weighed, (row for row in rows if row.severity == NOT_SAID), len(rows))]


def _submission(place: int, story: Story, missing: frozenset[str]) -> Submission:
    """What the product would hold of it. The stories come oldest first, so the place is the age."""
    nothing: dict[str, Any] = dict.fromkeys(Submission.__struct_fields__)
    weight = NOT_SAID if story.name in missing else story.first.severity
    return Submission(**(nothing | {"id": place, "severity": weight}))


def _gravest_then_oldest(row: Submission) -> tuple[int, int]:
    return row.severity, row.id


def by_date(stories: Iterable[Story]) -> list[Story]:
    return sorted(stories, key=lambda story: -story.moment)


def by_count(stories: Iterable[Story]) -> list[Story]:
    """The largest subject first: a text's subject is its long word that the most other texts use too."""
    rows = list(stories)
    words = {story.name: set(LONG.findall(story.text.casefold())) for story in rows}
    used = Counter(word for found in words.values() for word in found)
    return sorted(rows, key=lambda story: (-max((used[word] for word in words[story.name]), default=0), -story.moment))


def by_score(stories: Iterable[Story]) -> list[Story]:
    """The worst score first; what has none stands in the middle, as if it were a 3."""
    return sorted(stories, key=lambda story: (story.score or 3, -story.moment))


def screens(stories: Sequence[Story]) -> list[str]:
    """Of the first ten, how many are grave; and how far down one reads until half and nine tenths of the grave are seen."""
    grave = [story for story in stories if story.grave]
    lines = [
        f"{len(grave)} of {len(stories)} are grave by the second pass: of ten drawn blindly, "
        f"{SCREEN * len(grave) / len(stories):.1f} would be.",
        "",
        "| order | grave among the first 10 | lowest in 400 rounds | read until half of the grave are seen "
        "| … nine tenths |",
        "|---|---|---|---|---|",
    ]
    for share in SHARES:
        rounds = [by_severity(stories, left_out(stories, share, seed)) for seed in range(ROUNDS if share else 1)]
        lines.append(_line(f"severity, {share} % of the answers missing", rounds, len(grave)))
    for name, order in (("date, newest first", by_date), ("count", by_count), ("score, worst first", by_score)):
        lines.append(_line(name, [order(stories)], len(grave)))
    scored = [story for story in stories if story.score is not None]
    held = sum(story.grave for story in scored)
    lines += [
        "",
        f"Only the {len(scored)} texts that carry a score ({held} of them grave):",
        "",
        *lines[2:4],
    ]
    for share in SHARES:
        rounds = [by_severity(scored, left_out(scored, share, seed)) for seed in range(ROUNDS if share else 1)]
        lines.append(_line(f"severity, {share} % of the answers missing", rounds, held))
    for name, order in (("date, newest first", by_date), ("count", by_count), ("score, worst first", by_score)):
        lines.append(_line(name, [order(scored)], held))
    good = sum(story.grave and (story.score or 0) >= 4 for story in scored)
    lines += ["", f"{good} of those {held} grave ones carry a good score (4 or 5): no order by score shows them."]
    return lines


def left_out(stories: Sequence[Story], share: int, seed: int) -> frozenset[str]:
    """The names of those whose answers are taken away: `share` per cent, drawn by `seed`."""
    names = sorted(story.name for story in stories)
    return frozenset(random.Random(seed).sample(names, round(len(names) * share / 100)))


def _line(name: str, rounds: Sequence[Sequence[Story]], grave: int) -> str:
    shown = [sum(story.grave for story in order[:SCREEN]) for order in rounds]
    half = median(_depth(order, grave * 0.5) for order in rounds)
    most = median(_depth(order, grave * 0.9) for order in rounds)
    lowest = str(min(shown)) if len(rounds) > 1 else ""
    return f"| {name} | {mean(shown):.1f} | {lowest} | {half:.0f} | {most:.0f} |"


def _depth(order: Sequence[Story], wanted: float) -> int:
    seen = 0
    for depth, story in enumerate(order, 1):
        seen += story.grave
        if seen >= wanted:
            return depth
    return len(order)


def critical(stories: Sequence[Story]) -> list[str]:
    """Against a judgement that is not ours: the trust's own coders called some comments most critical."""
    called = [story for story in stories if story.critical]
    order = by_severity(stories, frozenset())
    lines = [
        f"{len(called)} of the NHS texts were called most critical by the trust's own coders. Where they stand without "
        "anything missing:",
        "",
        "| place in our order | by score | what the first pass marked | its score |",
        "|---|---|---|---|",
    ]
    scores = by_score(stories)
    for story in sorted(called, key=order.index):
        said = ", ".join(story.first.impact or ()) or (
            "none of these" if story.first.impact is not None else "not said"
        )
        way = f"; another way: {story.first.another_way}" if story.first.another_way else ""
        lines.append(f"| {order.index(story) + 1} | {scores.index(story) + 1} | {said}{way} | {story.score or '–'} |")
    return lines


if __name__ == "__main__":
    main()
