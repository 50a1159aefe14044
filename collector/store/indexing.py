"""The process that keeps the search index: it reads the log by a cursor of its own and writes the index.

It is a process, not a thread, so that it shares neither the interpreter nor a place in the queue with those who wait for
an answer. `Index` starts it and talks to it: one byte is a request, one line a report. When whoever started it is gone,
standard input ends, and it leaves at once; what it was writing is undone, and done again by the next.

It also finds near-duplicates: each text leaves a small sketch (the smallest hashes of its word triples, Broder 1997);
texts that share half of it count as saying the same. They are grouped and counted, never dropped, and those of one agency
alone are compared. Many of a group at one placement within minutes are a burst (`burst.py`). And it counts in how many voices
of an agency each stem stands (`terms`; all of them under the empty one): by that similar ones are found (`similar.py`).
"""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from collector.burst import LEAST, WORDS, stretch
from collector.store.connection import connect
from collector.store.engine import Queries
from collector.text.sketch import sketch
from collector.text.stem import stems

RING, SCRUB, CLOSE = b"r", b"s", b"c"  # look at the log · merge as soon as it is read · finish and leave

BATCH = 1_000
# after a batch some more gather, the longer the more there were: one big segment costs a fifth of many small ones. A
# lone voice after a silence is found at once
GATHER_SECONDS = (0.2, 1.0)
NICE = 10  # of what presses: a tenth of a core, where there is but one and others want all of it
STARVED_SECONDS = 5.0  # what does not press runs only on a core that nobody wants; after that long it presses
SCRUB_SECONDS = 20.0  # erased words leave the index within a minute; merging it more often would only cost
VERSION = 5

_SCHEMA = """
create table if not exists texts_place (version integer not null, epoch text not null, cursor integer not null,
  dirty integer not null);
create virtual table if not exists texts using fts5 (
  words, stems, facets, detail = full, tokenize = "unicode61 remove_diacritics 2");
create table if not exists sketches (hash integer not null, submission_id integer not null, size integer not null,
  primary key (hash, submission_id)) without rowid;
create index if not exists sketches_submission on sketches (submission_id);
create table if not exists alike (submission_id integer primary key, group_id integer not null,
  placement_id integer not null, at integer not null, folds integer not null);
create index if not exists alike_group on alike (group_id, placement_id, at);
create index if not exists alike_members on alike (group_id);
create table if not exists terms (agency_id integer not null, term text not null, voices integer not null,
  primary key (agency_id, term)) without rowid;
create table if not exists bursts (agency_id integer not null, placement_id integer not null, group_id integer not null,
  from_at integer not null, until_at integer not null, primary key (group_id, placement_id, from_at)) without rowid;
create index if not exists bursts_agency on bursts (agency_id, until_at);
"""
_TABLES = ("texts_place", "texts", "sketches", "alike", "bursts", "terms")


def prepare(file: Path, epoch: str) -> tuple[int, bool]:
    """Makes the index of the store `epoch` when it is missing, or of another version or store. Returns its cursor, and
    whether erased words may be left in the file."""
    index = connect(file)
    try:
        index.execute("pragma synchronous = normal")
        place = None
        if index.execute("select 1 from sqlite_master where name = 'texts_place'").fetchone():
            place = index.execute("select version, epoch, cursor, dirty from texts_place").fetchone()
        if place is not None and (place[0], place[1]) == (VERSION, epoch):
            return int(place[2]), bool(place[3])
        index.execute("begin immediate")
        used = place is not None
        for table in _TABLES:
            index.execute(f"drop table if exists {table}")
        for statement in _SCHEMA.split(";"):
            index.execute(statement)
        index.execute("insert into texts_place values (?, ?, 0, ?)", (VERSION, epoch, used))
        index.execute("commit")
        return 0, used
    finally:
        index.close()


class Again(Exception):
    """What was begun is undone and begun again: another process wrote this index, or a batch took too long."""


class Indexing:
    """Reads the log of `store` and writes the index in `file`, until it is asked to close. `dirty`: erased words may
    still be in the file; that is kept in the file itself, so that a restart does not forget it."""

    def __init__(self, store: Path, file: Path) -> None:
        self._queries = Queries("sqlite")
        self._store = connect(store)
        self._store.execute("pragma query_only = on")
        self._store.execute("pragma cache_size = -4096")
        self._index = connect(file)
        self._index.execute("pragma synchronous = normal")
        self._bell = threading.Event()
        self._closing = False
        self._patience = SCRUB_SECONDS
        self._yielding = ThreadPoolExecutor(1, initializer=_yield_to_all)
        self._presses = False
        self._failures = 0
        self._log_cursor = 0
        self._cursor, self._dirty = map(int, self._index.execute("select cursor, dirty from texts_place").fetchone())
        self._dirty_since = time.monotonic()

    def listen(self) -> None:
        """Takes requests from standard input, in a thread of its own."""
        while asked := os.read(0, 64):
            if SCRUB in asked:
                self._patience = 0.0
            if CLOSE in asked:
                self._closing = True
            self._bell.set()
        if not self._closing:
            os._exit(0)

    def run(self) -> None:
        try:
            while not self._closing:
                busy = self._turn()
                if busy:
                    # a full batch says that more waits: go on
                    least, most = GATHER_SECONDS
                    pause = 0 if busy >= BATCH or not self._patience else min(most, max(least, busy / 1_000))
                    self._pause(pause)
                else:
                    self._report(asleep=True)
                    self._bell.wait(min(1.0, self._patience or 0.1) if self._dirty else 10.0)
                    self._bell.clear()
            if self._dirty:
                self._scrub()
        finally:
            self._yielding.shutdown()
            self._index.close()
            self._store.close()

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._closing and self._patience and (left := end - time.monotonic()) > 0:
            self._bell.wait(left)
            self._bell.clear()

    def _turn(self) -> int:
        """One batch, or, when nothing waits, a merge that is due. How many changes there were."""
        try:
            busy = self._give_way()
            if not busy and self._dirty and time.monotonic() >= self._dirty_since + self._patience:
                self._scrub()
            return busy
        except (sqlite3.Error, Again) as error:
            self._failures += isinstance(error, sqlite3.Error)
            if self._index.in_transaction:
                self._index.rollback()
            if isinstance(error, sqlite3.Error):
                self._report(code=str(getattr(error, "sqlite_errorname", "")))
                time.sleep(0.5)
            return 1

    def _give_way(self) -> int:
        """A batch, on a thread that gives way to everybody. When that one starves, or erased words wait, on this one."""
        if not self._presses and not self._dirty:
            batch = self._yielding.submit(self._read_batch)
            try:
                return batch.result(STARVED_SECONDS)
            except TimeoutError:
                self._presses = True
            with contextlib.suppress(Again):
                return batch.result()
            raise Again
        self._presses = False
        busy = self._read_batch()
        self._presses = busy >= BATCH
        return busy

    def _report(self, *, asleep: bool = False, code: str = "") -> None:
        numbers = (self._cursor, self._log_cursor, self._dirty, self._failures, int(asleep))
        os.write(1, f"{' '.join(map(str, numbers))} {code or '-'}\n".encode())

    def _scrub(self) -> None:
        """Merges all segments and writes the file anew: SQLite leaves copies behind in pages that it rebuilds, so only
        a fresh file is sure to hold no erased word. Then empties its log; a reader in between makes it try again."""
        index = self._index
        index.execute("insert into texts (texts) values ('optimize')")
        index.execute("vacuum")
        if index.execute("pragma wal_checkpoint(truncate)").fetchone()[0]:
            return
        index.execute("update texts_place set dirty = 0")
        self._dirty = 0
        self._report()

    def _read_batch(self) -> int:
        self._log_cursor = self._store.execute(self._queries.text("changes.last")).fetchone()[0]
        parameters = {"after": self._cursor, "limit": BATCH}
        rows = self._store.execute(self._queries.text("changes.words_after"), parameters).fetchall()
        if not rows:
            self._cursor = max(self._cursor, self._log_cursor)
            return 0
        index = self._index
        index.execute("begin immediate")
        place = index.execute("select cursor from texts_place").fetchone()[0]
        if place > self._cursor:
            self._cursor = place
            raise Again
        yielding = threading.current_thread() is not threading.main_thread()
        voices: Counter[tuple[int, str]] = Counter()
        for row in rows:
            if yielding and self._presses:
                raise Again
            if row["id"] is None:
                continue
            if row["change"] != "submission.received":
                self._forget(row["id"], row["agency_id"], voices)
            if row["text"]:
                facets = f"a{row['agency_id']} p{row['placement_id']}"
                held = " ".join(key for key, _ in stems(row["text"], row["language"]))
                index.execute(
                    "insert or replace into texts (rowid, words, stems, facets) values (?, ?, ?, ?)",
                    (row["id"], row["text"], held, facets),
                )
                self._group(row)
                voices.update((row["agency_id"], key) for key in _counted(held))
        self._count(voices)
        index.execute("update texts_place set cursor = ?, dirty = ?", (rows[-1]["cursor"], self._dirty))
        index.execute("commit")
        self._cursor = rows[-1]["cursor"]
        self._report()
        return len(rows)

    def _count(self, voices: Counter[tuple[int, str]]) -> None:
        rows = [(*key, number) for key, number in sorted(voices.items()) if number]
        self._index.executemany(
            "insert into terms values (?, ?, ?) on conflict do update set voices = voices + excluded.voices", rows
        )
        fewer = [key for *key, number in rows if number < 0]
        self._index.executemany("delete from terms where agency_id = ? and term = ? and voices <= 0", fewer)

    def _forget(self, submission_id: int, agency_id: int, voices: Counter[tuple[int, str]]) -> None:
        held = self._index.execute("select stems from texts where rowid = ?", (submission_id,)).fetchone()
        if held is not None:
            voices.subtract((agency_id, key) for key in _counted(held[0]))
        self._index.execute("delete from texts where rowid = ?", (submission_id,))
        self._index.execute("delete from sketches where submission_id = ?", (submission_id,))
        self._leave(submission_id)
        if not self._dirty:
            self._dirty, self._dirty_since = 1, time.monotonic()

    def _leave(self, submission_id: int) -> None:
        """It says the same as nobody any more. A burst of which too few are left is none."""
        index = self._index
        left = index.execute("select group_id, placement_id, at from alike where submission_id = ?", (submission_id,))
        for group, placement, at in left.fetchall():
            index.execute("delete from alike where submission_id = ?", (submission_id,))
            index.execute(
                """delete from bursts where group_id = ?1 and placement_id = ?2 and ?3 between from_at and until_at
                and (select count(*) from (select 1 from alike a where a.group_id = ?1 and a.placement_id = ?2
                  and a.at between bursts.from_at and bursts.until_at limit ?4)) < ?4""",
                (group, placement, at, LEAST),
            )

    def _group(self, row: sqlite3.Row) -> None:
        """Joins the group of the nearest text, or stands ready to be joined. Only the first of a group keeps a sketch:
        a sentence that ten thousand people send is compared once, not ten thousand times."""
        submission_id, agency = row["id"], row["agency_id"] << 32
        hashes = [agency | value for value in sketch(row["text"])]
        if not hashes:
            return
        index = self._index
        marks = ",".join("?" * len(hashes))
        nearest = index.execute(
            f"""select submission_id from sketches where hash in ({marks}) and submission_id <> ?
            group by submission_id having count(*) * 2 > max(max(size), ?)
            order by count(*) desc, submission_id limit 1""",  # noqa: S608  only question marks are joined in
            (*hashes, submission_id, len(hashes)),
        ).fetchone()
        if nearest is None:
            rows = [(value, submission_id, len(hashes)) for value in hashes]
            index.executemany("insert or ignore into sketches values (?, ?, ?)", rows)
            return
        group = nearest[0]
        folds = len(hashes) >= WORDS - 2  # a text has two triples fewer than it has words, and none has fewer than one
        if not index.execute("select 1 from alike where submission_id = ?", (group,)).fetchone():
            first = self._store.execute(self._queries.text("submissions.said"), {"id": group}).fetchone()
            index.execute(
                "insert into alike values (?, ?, ?, ?, ?)", (group, group, first["placement_id"], first["at"], folds)
            )
        joined = (submission_id, group, row["placement_id"], row["at"], folds)
        index.execute("insert or replace into alike values (?, ?, ?, ?, ?)", joined)
        if folds:
            self._burst(row, group)

    def _burst(self, row: sqlite3.Row, group: int) -> None:
        """Whether it makes a burst, or one longer, or two into one: the order in which voices come plays no part."""
        index, here = self._index, (group, row["placement_id"])
        around = []
        for beside in ("at <= ?3 and submission_id <> ?4 order by at desc", "at > ?3 order by at"):
            around.append(
                index.execute(
                    f"select at from alike where group_id = ?1 and placement_id = ?2 and {beside} limit ?5",  # noqa: S608
                    (*here, row["at"], row["id"], LEAST - 1),
                ).fetchall()
            )
        before, after = ([place[0] for place in places] for places in around)
        found = stretch([*reversed(before), row["at"], *after], len(before))
        if found is None:
            return
        meets = "group_id = ?1 and placement_id = ?2 and from_at <= ?4 and until_at >= ?3"
        first, last = index.execute(
            f"select min(?3, min(from_at)), max(?4, max(until_at)) from bursts where {meets}",  # noqa: S608
            (*here, *found),
        ).fetchone()
        if first is None:
            first, last = found
        index.execute(f"delete from bursts where {meets}", (*here, *found))  # noqa: S608
        index.execute(
            "insert into bursts values (?, ?, ?, ?, ?)", (row["agency_id"], row["placement_id"], group, first, last)
        )


def _counted(stems: str) -> set[str]:
    """Each stem of a text once, and the empty one for the voice itself."""
    return {"", *stems.split()}


def _yield_to_all() -> None:
    with contextlib.suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _step_back() -> None:
    """Leaves the processor to whoever waits, and the end to whoever started this: a signal to all is for it alone."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    with contextlib.suppress(AttributeError, OSError):
        os.nice(NICE)
    with contextlib.suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def main() -> None:
    """`sys.argv`: the store, the index."""
    _step_back()
    work = Indexing(Path(sys.argv[-2]), Path(sys.argv[-1]))
    threading.Thread(target=work.listen, daemon=True).start()
    work.run()


if __name__ == "__main__":
    main()
