"""The search index: a file of its own, fed from the log by a process of its own (`indexing`), with its own cursor.

It holds nothing that the log and the words do not hold, so it may be thrown away and is made again. Keeping it out of
the write transaction, and out of this process, keeps acknowledgements short; a search is at most some moments behind.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

from collector.store.connection import connect
from collector.store.engine import Queries
from collector.store.indexing import CLOSE, RING, SCRUB, prepare

START_SECONDS = 1.0  # first the collector comes up, and a command that is done by then needs no index
AGAIN_SECONDS = 1.0  # between the end of a process that nobody asked to end and the next one
CLOSE_SECONDS = 60.0
_CODE = "import sys; sys.path.insert(0, sys.argv[1]); from collector.store.indexing import main; main()"
_ROOT = Path(__file__).parents[2]

log = logging.getLogger("collector.store.index")


class Index:
    """Starts the process, watches it, and starts it again when it ends. `ring` is called by the engine after each commit.
    `cursor`: how far the index has come; `log_cursor`: how far the log had when the index last looked."""

    def __init__(self, store: Path, file: Path, queries: Queries, epoch: str) -> None:
        self._store = store
        self._file = file
        self._queries = queries
        self._epoch = epoch
        self._changed = threading.Condition()  # guards all that follows
        self._process: subprocess.Popen[bytes] | None = None
        self._asleep = self._rung = self._hurried = self._closing = self._dirty = False
        self._wanted = threading.Event()
        self.cursor = 0
        self.log_cursor = 0
        self.failures = 0
        self._watch = threading.Thread(target=self._run, name="tijdens-index")

    def open(self) -> None:
        """Makes the file when it is missing, of another version or of another store; catches up soon after."""
        try:
            self.cursor, self._dirty = prepare(self._file, self._epoch)
        except sqlite3.DatabaseError:
            log.warning("the search index could not be read and is made again")
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._file}{suffix}").unlink(missing_ok=True)
            self.cursor, self._dirty = prepare(self._file, self._epoch)
        store = connect(self._store)
        self.log_cursor = store.execute(self._queries.text("changes.last")).fetchone()[0]
        store.close()
        self._watch.start()

    def ring(self) -> None:
        """There is something new. Costs next to nothing while the process works: it looks again before it sleeps."""
        with self._changed:
            if self._asleep:
                self._asleep = False
                self._ask(RING)
            else:
                self._rung = True

    def wait_for(self, cursor: int, seconds: float) -> bool:
        """Blocks until the index holds everything up to `cursor`; False when that takes longer than `seconds`."""
        self._wanted.set()
        with self._changed:
            return self._changed.wait_for(lambda: self.cursor >= cursor, seconds)

    def scrub_now(self) -> None:
        """Merges as soon as it has caught up, instead of waiting for more to merge with."""
        self._wanted.set()
        with self._changed:
            self._hurried = True
            self._ask(SCRUB)

    def wait_scrubbed(self, seconds: float) -> bool:
        """Blocks until no erased word is left in the index; False when that takes longer than `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._dirty, seconds)

    def close(self) -> None:
        """Ends the process, after it has merged out what was erased."""
        with self._changed:
            self._closing = True
            self._ask(CLOSE)
        self._wanted.set()
        if self._watch.ident is not None:
            self._watch.join()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    def _ask(self, what: bytes) -> None:
        """With `_changed` held. A process that is gone is not asked; the next one reads the log from its cursor."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.write(what)

    def _run(self) -> None:
        self._wanted.wait(START_SECONDS)
        while True:
            process = self._started()
            if process is None:
                return
            with process:
                assert process.stdout is not None
                for line in process.stdout:
                    self._hear(line)
                self._let_end(process)
            with self._changed:
                self._process = None
                if self._closing:
                    return
                self._asleep = False
                self.failures += 1
            log.warning("the search index stopped by itself and is started again", extra={"code": process.returncode})
            self._wanted.clear()
            self._wanted.wait(AGAIN_SECONDS)

    def _started(self) -> subprocess.Popen[bytes] | None:
        """The process, or None when it is no longer wanted."""
        with self._changed:
            if self._closing:
                return None
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                [
                    sys.executable,
                    "-P",
                    "-c",
                    _CODE,
                    str(_ROOT),
                    str(self._store.absolute()),
                    str(self._file.absolute()),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback could quote what somebody wrote
                bufsize=0,
            )
            if self._hurried:
                self._ask(SCRUB)
            return self._process

    def _let_end(self, process: subprocess.Popen[bytes]) -> None:
        try:
            process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()

    def _hear(self, line: bytes) -> None:
        """A report of the process: five numbers and a code, see `Indexing`."""
        *numbers, code = line.split()
        cursor, log_cursor, dirty, failures, asleep = map(int, numbers)
        with self._changed:
            self.cursor, self.log_cursor, self._dirty = cursor, log_cursor, bool(dirty)
            if failures and code != b"-":
                self.failures += 1
            if asleep and self._rung:
                self._rung = False
                self._ask(RING)
            elif asleep:
                self._asleep = True
            self._changed.notify_all()
        if code != b"-":
            log.warning("the search index could not be written, trying again", extra={"code": code.decode()})
