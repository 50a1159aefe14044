"""The search index: a file of its own, fed from the log by its own thread with its own cursor.

It holds nothing that the log and the words do not hold, so it may be thrown away and is made again. Keeping it out of
the write transaction keeps acknowledgements short; a search is at most some moments behind.

It also finds near-duplicates: each text leaves a small sketch (the smallest hashes of its word triples, Broder 1997);
texts that share half of it count as saying the same. They are grouped and counted, never dropped.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

from collector.store.engine import Queries

BATCH = 2_000
GATHER_SECONDS = 1.0  # under load rows gather this long: one big segment costs a fifth of many small ones
NICE = 10
SKETCH = 8
SCRUB_SECONDS = 20.0  # erased words leave the index within a minute; merging it more often would only cost
_VERSION = 1
_WORD = re.compile(r"\w+")

_SCHEMA = """
create table if not exists place (version integer not null, epoch text not null, cursor integer not null);
create virtual table if not exists texts using fts5 (
  words, facets, detail = full, tokenize = "unicode61 remove_diacritics 2");
create table if not exists sketches (hash integer not null, submission_id integer not null, size integer not null,
  primary key (hash, submission_id)) without rowid;
create index if not exists sketches_submission on sketches (submission_id);
create table if not exists alike (submission_id integer primary key, group_id integer not null);
create index if not exists alike_group on alike (group_id);
"""

log = logging.getLogger("collector.store.index")


def sketch(text: str) -> list[int]:
    """At most eight numbers that nearly equal texts share: case, accents, digits and punctuation do not matter.
    Empty for a text without words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = [word for word in _WORD.findall(plain) if not word.isdigit()]
    if not words:
        return []
    if len(words) < 3:
        return [crc32(" ".join(words).encode())]
    triples = {crc32(f"{a} {b} {c}".encode()) for a, b, c in zip(words, words[1:], words[2:], strict=False)}
    return sorted(triples)[:SKETCH]


class Index:
    """The thread that reads the log and writes the index. `rung` by the writer after each commit."""

    def __init__(
        self, store: Path, file: Path, queries: Queries, epoch: str, connect: Callable[[Path], sqlite3.Connection]
    ):
        self._store = store
        self._file = file
        self._queries = queries
        self._epoch = epoch
        self._connect = connect
        self._bell = threading.Event()
        self._closing = False
        self._dirty_since: float | None = None
        self._patience = SCRUB_SECONDS
        self._caught_up = threading.Condition()
        self.cursor = 0
        self.log_cursor = 0
        self.failures = 0
        self._thread = threading.Thread(target=self._run, name="tijdens-index")

    def open(self) -> None:
        """Makes the file when it is missing, of another version or of another store; then starts to catch up."""
        try:
            index = self._prepared()
        except sqlite3.DatabaseError:
            log.warning("the search index could not be read and is made again")
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._file}{suffix}").unlink(missing_ok=True)
            index = self._prepared()
        index.close()
        self._thread.start()

    def _prepared(self) -> sqlite3.Connection:
        index = self._connect(self._file)
        try:
            index.execute("pragma synchronous = normal")
            index.executescript(_SCHEMA)
            place = index.execute("select version, epoch, cursor from place").fetchone()
            if place is None or (place[0], place[1]) != (_VERSION, self._epoch):
                index.execute("begin immediate")
                for table in ("place", "texts", "sketches", "alike"):
                    index.execute(f"delete from {table}")  # noqa: S608  a fixed name
                index.execute("insert into place values (?, ?, 0)", (_VERSION, self._epoch))
                index.execute("commit")
                self.cursor = 0
            else:
                self.cursor = place[2]
        except BaseException:
            index.close()
            raise
        return index

    def ring(self) -> None:
        self._bell.set()

    def wait_for(self, cursor: int, seconds: float) -> bool:
        """Blocks until the index holds everything up to `cursor`; False when that takes longer than `seconds`."""
        with self._caught_up:
            return self._caught_up.wait_for(lambda: self.cursor >= cursor, seconds)

    def scrub_now(self) -> None:
        """Merges as soon as it has caught up, instead of waiting for more to merge with."""
        self._patience = 0.0
        self._bell.set()

    def wait_scrubbed(self, seconds: float) -> bool:
        """Blocks until no erased word is left in the index; False when that takes longer than `seconds`."""
        with self._caught_up:
            return self._caught_up.wait_for(lambda: self._dirty_since is None, seconds)

    def close(self) -> None:
        self._closing = True
        self._bell.set()
        self._thread.join()

    def _run(self) -> None:
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                # on Linux a thread has a priority of its own: whoever waits for an answer goes first
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        index, store = self._connect(self._file), self._connect(self._store)
        index.execute("pragma synchronous = normal")
        store.execute("pragma query_only = on")
        try:
            while not self._closing:
                try:
                    busy = self._read_batch(index, store)
                    if (
                        not busy
                        and self._dirty_since is not None
                        and time.monotonic() >= self._dirty_since + self._patience
                    ):
                        self._scrub(index)
                except sqlite3.Error as error:
                    self.failures += 1
                    if index.in_transaction:
                        index.rollback()
                    log.warning(
                        "the search index could not be written, trying again",
                        extra={"code": str(getattr(error, "sqlite_errorname", ""))},
                    )
                    busy = 0
                    time.sleep(0.5)
                if busy:
                    # a full batch says that more waits: go on. After the last one let some gather: the more there
                    # were, the longer; a few voices are found at once
                    time.sleep(0 if self._closing or busy >= BATCH else min(GATHER_SECONDS, busy / 1_000))
                else:
                    self._bell.wait(min(1.0, self._patience) if self._dirty_since is not None else 10.0)
                    self._bell.clear()
            if self._dirty_since is not None:
                self._scrub(index)
        finally:
            index.close()
            store.close()

    def _scrub(self, index: sqlite3.Connection) -> None:
        """Merges all segments and writes the file anew: SQLite leaves copies behind in pages that it rebuilds, so only
        a fresh file is sure to hold no erased word. Then empties its log; a reader in between makes it try again."""
        index.execute("insert into texts (texts) values ('optimize')")
        index.execute("vacuum")
        if index.execute("pragma wal_checkpoint(truncate)").fetchone()[0]:
            return
        with self._caught_up:
            self._dirty_since = None
            self._caught_up.notify_all()

    def _read_batch(self, index: sqlite3.Connection, store: sqlite3.Connection) -> int:
        last = store.execute(self._queries.text("changes.last")).fetchone()[0]
        self.log_cursor = last
        parameters = {"after": self.cursor, "limit": BATCH}
        rows = store.execute(self._queries.text("changes.words_after"), parameters).fetchall()
        if not rows:
            self._arrive(max(self.cursor, last))
            return 0
        index.execute("begin immediate")
        for row in rows:
            if row["id"] is None:
                continue
            if row["change"] != "submission.received":
                self._forget(index, row["id"])
            if row["text"]:
                facets = f"a{row['agency_id']} p{row['placement_id']}"
                index.execute(
                    "insert or replace into texts (rowid, words, facets) values (?, ?, ?)",
                    (row["id"], row["text"], facets),
                )
                self._group(index, row["id"], row["text"])
        index.execute("update place set cursor = ?", (rows[-1]["cursor"],))
        index.execute("commit")
        self._arrive(rows[-1]["cursor"])
        return len(rows)

    def _arrive(self, cursor: int) -> None:
        with self._caught_up:
            self.cursor = cursor
            self._caught_up.notify_all()

    def _forget(self, index: sqlite3.Connection, submission_id: int) -> None:
        index.execute("delete from texts where rowid = ?", (submission_id,))
        index.execute("delete from sketches where submission_id = ?", (submission_id,))
        index.execute("delete from alike where submission_id = ?", (submission_id,))
        if self._dirty_since is None:
            self._dirty_since = time.monotonic()

    def _group(self, index: sqlite3.Connection, submission_id: int, text: str) -> None:
        """Joins the group of the nearest text, or stands ready to be joined. Only the first of a group keeps a sketch:
        a sentence that ten thousand people send is compared once, not ten thousand times."""
        hashes = sketch(text)
        if not hashes:
            return
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
        index.execute("insert or ignore into alike values (?, ?)", (group, group))
        index.execute("insert or replace into alike values (?, ?)", (submission_id, group))
