"""Group commit: one thread, one connection, one transaction for whatever waits.

While one transaction is on its way to the disk, the next ones gather; they commit together and each sender is answered
after that commit, never before. `synchronous=FULL` with a write-ahead log makes that one fsync a group.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from itertools import chain
from queue import Empty, SimpleQueue
from typing import Any, cast

from collector.errors import Refusal
from collector.store.engine import Batch, Body, Item, Queries, Row, T, Transaction

GROUP = 1_000  # at most so many jobs a transaction: keeps one commit short
WAITING = 8_000  # more than that at once, and senders are asked to come back
ROWS = (64, 16, 4)  # so many rows in one statement, while there are as many

_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE"}


def storage_refusal(error: sqlite3.Error) -> Refusal | None:
    """What to tell a client when the database itself cannot: full or busy. None for an error of our own making."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name in _FULL:
        return Refusal("full")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_CANTOPEN")):
        return Refusal("busy")
    return None


class SqliteTransaction:
    """A transaction on the writer's connection. Its coroutines never wait, so a body can be driven to its end."""

    def __init__(self, connection: sqlite3.Connection, queries: Queries) -> None:
        self._connection = connection
        self._queries = queries

    def bound(self, pages: int) -> None:
        """How many pages the file may have."""
        self._connection.execute(f"pragma max_page_count = {pages:d}")

    async def run(self, query: str, **parameters: object) -> int:
        return self._connection.execute(self._queries.text(query), parameters).rowcount

    async def run_many(self, query: str, rows: Sequence[Sequence[object]]) -> int:
        """In statements of many rows: each gives the interpreter away once and has to get it back once, and not for each
        row. A row costs a third less, and the loop is not kept from its work two hundred times a group."""
        touched = at = 0
        for size in ROWS:
            while len(rows) - at >= size:
                values = tuple(chain.from_iterable(rows[at : at + size]))
                touched += self._connection.execute(self._queries.of_rows(query, size), values).rowcount
                at += size
        if at < len(rows):
            touched += self._connection.executemany(self._queries.text(query), rows[at:]).rowcount
        return touched

    async def fetch(self, query: str, **parameters: object) -> list[Row]:
        return cast("list[Row]", self._connection.execute(self._queries.text(query), parameters).fetchall())


def drive(body: Awaitable[T]) -> T:
    """The result of a coroutine that never really waits. RuntimeError if it does: a transaction must not."""
    coroutine = cast("Coroutine[Any, Any, T]", body)
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast("T", done.value)
    coroutine.close()
    raise RuntimeError("a write transaction waited for something outside the database")


class _Job:
    __slots__ = ("batch", "body", "error", "future", "item", "result")

    def __init__(self, future: asyncio.Future[Any], body: Body[Any] | None, batch: Batch[Any, Any] | None, item: Any):
        self.future = future
        self.body = body
        self.batch = batch
        self.item = item
        self.result: Any = None
        self.error: BaseException | None = None

    @property
    def writes(self) -> bool:
        return self.body is not None or self.batch is not None


class Writer:
    """`committed` is called on the loop after each commit that changed anything."""

    def __init__(
        self, connect: Callable[[], sqlite3.Connection], queries: Queries, committed: Callable[[], None]
    ) -> None:
        self._connect = connect
        self._queries = queries
        self._committed = committed
        self._gathered: list[_Job] = []
        self._jobs: SimpleQueue[list[_Job] | None] = SimpleQueue()
        self._waiting = 0
        self._loop = asyncio.get_running_loop()
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._closed: asyncio.Future[None] = self._loop.create_future()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="tijdens-writer")

    async def open(self) -> None:
        self._thread.start()
        await self._opened

    async def close(self) -> None:
        """Commits what waits, then closes the connection."""
        if not self._closing:
            self._closing = True
            self._hand_over()
            self._jobs.put(None)
        await asyncio.shield(self._closed)
        self._thread.join()

    @property
    def waiting(self) -> int:
        """How many senders are not answered yet."""
        return self._waiting

    async def write(self, body: Body[T]) -> T:
        return cast("T", await self._put(body, None, None))

    async def add(self, batch: Batch[Item, T], item: Item) -> T:
        return cast("T", await self._put(None, batch, item))

    async def grow(self, pages: int) -> None:
        """Lets the file grow to `pages` pages: a disk that was full has room again."""

        async def body(tx: Transaction) -> None:
            cast("SqliteTransaction", tx).bound(pages)

        await self.write(body)

    async def checkpoint(self) -> None:
        """Moves the whole write-ahead log into the file and empties it. Refusal `busy` while a reader holds it."""
        await self._put(None, None, None)

    def _put(self, body: Body[Any] | None, batch: Batch[Any, Any] | None, item: object) -> asyncio.Future[Any]:
        if self._waiting >= WAITING or self._closing:
            raise Refusal("busy")
        self._waiting += 1
        future: asyncio.Future[Any] = self._loop.create_future()
        if not self._gathered:
            self._loop.call_soon(self._hand_over)
        self._gathered.append(_Job(future, body, batch, item))
        return future

    def _hand_over(self) -> None:
        """What came in one turn of the loop goes to the thread together. One by one, the first would be on its way to the
        disk before the second has been read, and many would share an fsync only by chance."""
        if self._gathered:
            self._jobs.put(self._gathered)
            self._gathered = []

    def _run(self) -> None:
        try:
            connection = self._connect()
        except BaseException as error:
            self._loop.call_soon_threadsafe(self._opened.set_exception, error)
            return
        self._loop.call_soon_threadsafe(self._opened.set_result, None)
        transaction = SqliteTransaction(connection, self._queries)
        open_ = True
        while open_:
            gathered = self._jobs.get()
            jobs: list[_Job] = []
            while True:
                if gathered is None:
                    open_ = False
                    break
                jobs += gathered
                if len(jobs) >= GROUP:
                    break
                try:
                    gathered = self._jobs.get_nowait()
                except Empty:
                    break
            if jobs:
                self._commit(connection, transaction, [job for job in jobs if job.writes])
                for job in jobs:
                    if not job.writes:
                        job.error = _checkpoint(connection)
                self._loop.call_soon_threadsafe(self._answer, jobs)
        connection.close()
        self._loop.call_soon_threadsafe(self._closed.set_result, None)

    def _commit(self, connection: sqlite3.Connection, transaction: Transaction, jobs: list[_Job]) -> None:
        if not jobs:
            return
        try:
            connection.execute("begin immediate")
            for group in _runs(jobs):
                self._run_group(connection, transaction, group)
            connection.execute("commit")
        except BaseException as error:
            if connection.in_transaction:
                connection.rollback()
            refusal = storage_refusal(error) if isinstance(error, sqlite3.Error) else None
            for job in jobs:
                job.error = refusal or error

    def _run_group(self, connection: sqlite3.Connection, transaction: Transaction, group: list[_Job]) -> None:
        """Jobs of one batch function run as one; if that fails, one by one, so that a poisoned row falls alone."""
        connection.execute("savepoint job")
        try:
            batch, body = group[0].batch, group[0].body
            if batch is not None:
                outcomes = drive(batch(transaction, [job.item for job in group]))
                for job, outcome in zip(group, outcomes, strict=True):
                    if isinstance(outcome, Exception):
                        job.error = outcome
                    else:
                        job.result = outcome
            elif body is not None:
                group[0].result = drive(body(transaction))
            connection.execute("release job")
        except Exception as error:
            if not connection.in_transaction or (isinstance(error, sqlite3.Error) and storage_refusal(error)):
                raise
            connection.execute("rollback to job")
            connection.execute("release job")
            if len(group) == 1:
                group[0].error = error
            else:
                for job in group:
                    job.error = None
                    self._run_group(connection, transaction, [job])

    def _answer(self, jobs: list[_Job]) -> None:
        self._waiting -= len(jobs)
        for job in jobs:
            if job.future.done():
                continue
            if job.error is None:
                job.future.set_result(job.result)
            else:
                job.future.set_exception(job.error)
        self._committed()


def _checkpoint(connection: sqlite3.Connection) -> Refusal | None:
    try:
        blocked = connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    except sqlite3.Error as error:
        return storage_refusal(error) or Refusal("busy")
    return Refusal("busy") if blocked else None


def _runs(jobs: list[_Job]) -> list[list[_Job]]:
    """The jobs in their order, neighbours of the same batch function together."""
    runs: list[list[_Job]] = []
    for job in jobs:
        if runs and job.batch is not None and runs[-1][0].batch is job.batch:
            runs[-1].append(job)
        else:
            runs.append([job])
    return runs
