"""The radar and the silence map of a million voices: from cold, and after one more voice."""

from __future__ import annotations

import itertools
import re
import shutil
import sqlite3
import time
from pathlib import Path

import httpx2

from bench.fill import Answers
from bench.machine import middle, server, stored
from bench.result import ROUNDS, Result
from bench.size import indexed
from collector.store.migrate import statements, steps

THEMES = 200
ASKED = 20
KEPT = {"radar": ("theme_tallies", "alone"), "silence": ("ways", "counts")}
# what the store counts as voices come, for rows that came otherwise; here the days of UTC will do
COUNTS = """
insert into counts (agency_id, placement_id, day, language, channel, outcome, effect, reason, rating, presses, words)
select agency_id, placement_id, date(received_at / 1000, 'unixepoch'), coalesce(language, ''), channel,
  coalesce(outcome, ''), coalesce(effect, ''), coalesce(reason, ''), coalesce(rating, 0), count(*), sum(words)
from submissions where erased_at is null group by 1, 2, 3, 4, 5, 6, 7, 8, 9"""


def _fillings() -> dict[str, str]:
    """table → the statement with which a migration counts it from the rows."""
    found = {"counts": COUNTS}
    for _, _, sql in steps("sqlite"):
        for statement in statements(sql):
            if into := re.match(r"insert into (theme_tallies|alone|ways)\b", statement):
                found[into[1]] = statement
    return found


def _spoken(number: int) -> Answers:
    """One voice in ten said what it cost, half of these something grave; some had no other way, some left for a reason."""
    impact = {0: "right", 1: "health", 2: "money", 3: "time"}.get(number % 40)
    another_way = {0: "no", 1: "help", 2: "yes"}.get(number % 25)
    return impact, another_way, {0: "sign_in", 1: "rule"}.get(number % 30)


def _sorted_in(folder: Path) -> None:
    """Puts two of three voices into themes. The search index is told that it has read the log: to read a million texts takes
    it far longer than all that is measured here, and of it the radar alone asks how many say the same as sixty voices, which
    takes a twentieth of a millisecond when it has read them."""
    connection = sqlite3.connect(folder / "bench.db", isolation_level=None)
    connection.execute("pragma synchronous = off")
    triggers = connection.execute(
        "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'theme_submissions'"
    ).fetchall()
    connection.execute("begin")
    for name, _ in triggers:
        connection.execute(f"drop trigger {name}")
    agency = connection.execute("select agency_id from placements limit 1").fetchone()[0]
    connection.executemany(
        "insert into themes (id, agency_id, name, created_at) values (?, ?, ?, 0)",
        [(number, agency, f'{{"nl":"Thema {number}"}}') for number in range(1, THEMES + 1)],
    )
    # ids are a whole number of steps apart
    connection.execute(
        "insert into theme_submissions (theme_id, submission_id, at)"
        " select id / 60000000 % :themes + 1, id, 0 from submissions where id / 60000000 % 3 > 0",
        {"themes": THEMES},
    )
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("commit")
    read = connection.execute("select max(cursor) from changes").fetchone()
    connection.close()
    index = sqlite3.connect(folder / "bench.db-search", isolation_level=None)
    index.execute("update texts_place set cursor = ?", read)
    index.close()


def _recounted(folder: Path, what: str) -> float:
    """Milliseconds to count from the rows what is kept for one of them, as an upgrade does."""
    fillings = _fillings()
    connection = sqlite3.connect(folder / "bench.db", isolation_level=None)
    connection.execute("pragma cache_size = -64000")
    started = time.perf_counter()
    connection.execute("begin")
    for table in KEPT[what]:
        connection.execute(f"delete from {table}")
        connection.execute(fillings[table])
    connection.execute("commit")
    spent = time.perf_counter() - started
    connection.close()
    return spent * 1000


def _ask(client: httpx2.Client, what: str) -> float:
    started = time.perf_counter()
    response = client.get(f"/api/{what}")
    spent = (time.perf_counter() - started) * 1000
    response.raise_for_status()
    return spent


def _one_more(client: httpx2.Client, number: int) -> None:
    """A grave voice comes and is sorted."""
    said = {
        "placement": "page",
        "key": f"one-more-{number:06}",
        "text": "Nog een.",
        "outcome": "no",
        "impact": ["right"],
    }
    answer = client.post("/api/submissions", json=said)
    answer.raise_for_status()
    add = {"add": [answer.json()["id"]]}
    client.put(f"/api/themes/{number % THEMES + 1}/submissions", json=add).raise_for_status()


def heard(big: int = 1_000_000) -> list[Result]:
    """Both from cold (counted from the rows and asked for the first time), against asking after one more voice."""
    folder = stored(big, _spoken)
    cold: dict[str, list[float]] = {what: [] for what in KEPT}
    warm: dict[str, list[float]] = {what: [] for what in KEPT}
    numbers = itertools.count(1)
    try:
        _sorted_in(folder)
        for _ in range(ROUNDS):
            counted = {what: _recounted(folder, what) for what in KEPT}
            with server("tijdens", folder) as at:
                indexed(at)
                headers = {"authorization": f"Bearer {at.token}"}
                with httpx2.Client(base_url=at.url, trust_env=False, headers=headers, timeout=60) as client:
                    for what in KEPT:
                        cold[what].append(counted[what] + _ask(client, what))
                        times = []
                        for _ in range(ASKED):
                            _one_more(client, next(numbers))
                            times.append(_ask(client, what))
                        warm[what].append(middle(times))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [_result(what, big, warm[what], cold[what]) for what in KEPT]


def _result(what: str, big: int, ours: list[float], peer: list[float]) -> Result:
    runs = [a / b for a, b in zip(ours, peer, strict=True)]
    name = f"the {'radar' if what == 'radar' else 'silence map'} of {big:,} voices after one more ÷ from cold (ms)"
    return Result(name, middle(runs), 0.02, False, middle(ours), middle(peer), runs)
