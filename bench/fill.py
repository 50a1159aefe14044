"""A store with many rows, written in big transactions: `filled(folder, rows)`."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

WORDS = 20_000
Answers = tuple[str | None, str | None, str | None]  # what it cost, whether there was another way, why she left


def nothing(_: int) -> Answers:
    return None, None, None


def filled(folder: Path, rows: int, answers: Callable[[int], Answers] = nothing) -> None:
    """Adds `rows` submissions with some 35 words of a Zipf vocabulary to the store that a server made in `folder`.
    `answers`: what else the one of that number said."""
    connection = sqlite3.connect(folder / "bench.db", isolation_level=None)
    connection.execute("pragma synchronous = off")
    connection.execute("pragma cache_size = -200000")
    chance = random.Random(5)
    vocabulary = [_word(number) for number in range(WORDS)]
    weights = [1 / (rank + 1) for rank in range(WORDS)]
    bag = chance.choices(vocabulary, weights, k=400_000)
    agency, placement = connection.execute("select agency_id, id from placements limit 1").fetchone()
    start = (int(time.time() * 1000) - 400 * 86_400_000) * 2048
    outcomes, languages = ("yes", "yes", "yes", "hard", "no"), ("nl", "nl", "nl", "fr", "fr", "de", "en")
    for first in range(0, rows, 20_000):
        connection.execute("begin")
        submissions, words, receipts, changes = [], [], [], []
        for number in range(first, min(first + 20_000, rows)):
            id_ = start + number * 60_000_000
            at = id_ // 2048
            outcome, language = chance.choice(outcomes), chance.choice(languages)
            offset = chance.randrange(len(bag) - 40)
            submissions.append((id_, agency, placement, at, outcome, language, id_, *answers(number)))
            words.append((id_, " ".join(bag[offset : offset + 35]), "https://www.town.example/a"))
            receipts.append((agency, placement, id_, chance.randbytes(16)))
            changes.append((agency, at, id_))
        connection.executemany(
            "insert into submissions (id, agency_id, placement_id, received_at, outcome, language, words_id, impact,"
            " another_way, reason, channel, words, quote, invite, status, revision)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'web', 1, 0, 0, 'new', 1)",
            submissions,
        )
        connection.executemany("insert into words (id, text, page) values (?, ?, ?)", words)
        connection.executemany(
            "insert into receipts (agency_id, placement_id, submission_id, code_hash) values (?, ?, ?, ?)", receipts
        )
        connection.executemany(
            "insert into changes (agency_id, change, at, subject_id) values (?, 'submission.received', ?, ?)", changes
        )
        connection.execute("commit")
    connection.close()


def _word(number: int) -> str:
    """A pronounceable word for each number."""
    sounds = ("ba", "de", "ki", "lo", "mu", "ran", "sel", "ti", "vor", "zen")
    return "".join(sounds[int(digit)] for digit in str(number + 10))
