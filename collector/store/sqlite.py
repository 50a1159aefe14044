"""SQLite: one file, one writer, a few readers, and the search index in a file beside it."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from traceback import clear_frames
from typing import IO, Any, cast

import aiosqlite

from collector.errors import Refusal, Unusable
from collector.store.connection import PRAGMAS, connect, index_file, readable
from collector.store.engine import Batch, Body, Item, Queries, Row, T
from collector.store.index import Index
from collector.store.migrate import migrate
from collector.store.writer import Writer, storage_refusal

READERS = 2
SCRUB_SECONDS = 15.0
INDEX_CACHE = -16_384  # KiB a reader: each hit is looked up in the longest lists of the index, of agency and placement
CHECKPOINT_PAGES = 8_000  # 32 MiB of log: a page that is written often is copied into the file once, not ten times

log = logging.getLogger("collector.store")


def lock(file: Path) -> IO[str]:
    """Holds the store for one process until it is closed. Unusable when another one holds it."""
    handle = file.with_name(f"{file.name}-lock").open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise Unusable(f"{file} is in use by another collector: stop that one first, or use another file") from None
    return handle


class SqliteEngine:
    """See `collector.store.engine.Engine`. `max_pages` bounds the file, to show what a full disk does."""

    def __init__(self, file: Path, queries: Queries, committed: Callable[[], None], held: IO[str]) -> None:
        self._file = file
        self._queries = queries
        self._committed = committed
        self._held = held
        self._readers: list[aiosqlite.Connection] = []
        self._free = asyncio.Semaphore(READERS)
        self._scrubbing: asyncio.Task[None] | None = None
        self.index: Index
        self.writer: Writer

    @classmethod
    async def open(cls, file: Path, committed: Callable[[], None], *, max_pages: int | None = None) -> SqliteEngine:
        """Locks the file, runs pending migrations, opens writer, readers and index."""
        await asyncio.to_thread(file.parent.mkdir, parents=True, exist_ok=True)
        held = await asyncio.to_thread(lock, file)
        engine = cls(file, await asyncio.to_thread(Queries, "sqlite"), committed, held)
        try:
            epoch = await asyncio.to_thread(_prepare, file)
            engine.index = Index(file, index_file(file), engine._queries, epoch)
            engine.writer = Writer(lambda: _writing(file, max_pages), engine._queries, engine._after_commit)
            await asyncio.to_thread(engine.index.open)
            await engine.writer.open()
            for _ in range(READERS):
                engine._readers.append(await _reading(file))
        except BaseException:
            await engine.close()
            raise
        return engine

    def _after_commit(self) -> None:
        self.index.ring()
        self._committed()

    async def close(self) -> None:
        for reader in self._readers:
            await reader.close()
        self._readers.clear()
        if self._scrubbing is not None:
            self._scrubbing.cancel()
            await asyncio.gather(self._scrubbing, return_exceptions=True)
        if hasattr(self, "writer"):
            await self.writer.close()
        if hasattr(self, "index"):
            await asyncio.to_thread(self.index.close)
        self._held.close()

    async def fetch(self, query: str, fragments: Sequence[str] = (), /, **parameters: object) -> list[Row]:
        async with self._free:
            reader = self._readers.pop()
            try:
                text = self._queries.text(query, fragments)
                try:
                    rows = await reader.execute_fetchall(text, parameters)
                except sqlite3.OperationalError as error:
                    if not str(error).startswith("Could not decode"):
                        raise
                    clear_frames(
                        error.__traceback__
                    )  # the cursor that stands in there keeps what it reads from being written
                    rows = await _readable_rows(reader, text, parameters)
            except sqlite3.Error as error:
                raise storage_refusal(error) or error from error
            finally:
                self._readers.append(reader)
        return cast("list[Row]", rows)

    async def write(self, body: Body[T]) -> T:
        return await self.writer.write(body)

    async def add(self, batch: Batch[Item, T], item: Item) -> T:
        return await self.writer.add(batch, item)

    async def scrub(self) -> None:
        """Empties the write-ahead log into the file, so that no older image of an erased page is left in it."""
        await self.writer.checkpoint()

    def scrub_soon(self) -> None:
        """`scrub` within seconds; many erasures share one."""
        if self._scrubbing is None or self._scrubbing.done():
            self._scrubbing = asyncio.create_task(self._scrub_later())

    async def _scrub_later(self) -> None:
        await asyncio.sleep(SCRUB_SECONDS)
        while True:
            try:
                await self.scrub()
                return
            except Refusal:
                await asyncio.sleep(1)


def _prepare(file: Path) -> str:
    connection = connect(file)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        migrate(connection, int(time.time() * 1000))
        connection.execute("insert or ignore into meta values ('epoch', lower(hex(randomblob(8))))")
        return str(connection.execute("select value from meta where name = 'epoch'").fetchone()[0])
    except sqlite3.Error as error:
        raise Unusable(f"{file} cannot be opened: {error}") from error
    finally:
        connection.close()


def _writing(file: Path, max_pages: int | None) -> sqlite3.Connection:
    connection = connect(file)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma journal_size_limit = 67108864")
    connection.execute(f"pragma wal_autocheckpoint = {CHECKPOINT_PAGES}")
    if max_pages is not None:
        connection.execute(f"pragma max_page_count = {max_pages}")
    return connection


async def _readable_rows(reader: aiosqlite.Connection, text: str, parameters: Any) -> Iterable[sqlite3.Row]:
    """The rows once more, when one of them holds a text that is none. Only then: reading all texts like this takes its time."""
    log.error("a text in the store cannot be read: the disk may be failing; see docs/operating.md")
    reader.text_factory = readable
    try:
        return await reader.execute_fetchall(text, parameters)
    finally:
        reader.text_factory = str


async def _reading(file: Path) -> aiosqlite.Connection:
    reader = await aiosqlite.connect(file, isolation_level=None, cached_statements=256)
    reader.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        await reader.execute(f"pragma {pragma}")
    await reader.execute("attach ? as found", (str(index_file(file)),))
    await reader.execute(f"pragma found.cache_size = {INDEX_CACHE}")
    await reader.execute("pragma query_only = on")
    return reader
