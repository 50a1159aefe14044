"""Backup, restore, migration and check of a store in one file."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from collector.errors import Unusable
from collector.store.connection import connect, index_file
from collector.store.migrate import migrate
from collector.store.sqlite import lock

if TYPE_CHECKING:
    from collector.store.store import Store


class Found(msgspec.Struct):
    """What a check found. `faults`: sentences, empty when all is well. Times are Unix milliseconds, `cursor` is the
    log's newest, `free` bytes left on the disk. `hooks_paused`: by themselves, or since a backup was put
    back; `letters_waiting`: to colleagues, that are to be mailed."""

    faults: list[str]
    submissions: int
    voices: int
    newest: int | None
    grave_unread: int
    cursor: int
    indexed: int
    free: int
    hooks_paused: int
    letters_waiting: int


def back_up(store_file: Path, target: Path) -> int:
    """Copies the store while it is being written, whole and in one piece; returns its bytes. The search index is not
    copied: it is made again. Unusable when `target` exists or cannot be written."""
    if target.exists():
        raise Unusable(f"{target} exists: name a new file, so that no backup is overwritten")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source = connect(store_file)
        try:
            source.execute("vacuum into ?", (str(part),))
        finally:
            source.close()
        copy = connect(part)
        try:
            sound = copy.execute("pragma integrity_check").fetchone()[0]
        finally:
            copy.close()
        if sound != "ok":
            raise Unusable(f"the copy is not sound ({sound}): run `check` on the store")
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise Unusable(f"no backup was made: {error}") from error
    return target.stat().st_size


def restore(backup: Path, store_file: Path, fingerprint: str) -> int:
    """Puts a backup in the place of an empty store; returns how many submissions it holds. Unusable when something is
    there, when the file is no backup of ours, or when it belongs to another secret."""
    if store_file.exists():
        raise Unusable(f"{store_file} exists: move it away first, so that nothing is overwritten")
    if not backup.is_file():
        raise Unusable(f"{backup} is not there")
    store_file.parent.mkdir(parents=True, exist_ok=True)
    held = lock(store_file)
    part = store_file.with_name(store_file.name + ".part")
    try:
        shutil.copyfile(backup, part)
        copy = connect(part)
        try:
            if copy.execute("pragma integrity_check").fetchone()[0] != "ok":
                raise Unusable(f"{backup} is damaged")
            known = copy.execute("select value from meta where name = 'secret'").fetchone()
            if known is not None and known[0] != fingerprint:
                raise Unusable(f"{backup} was made with another TIJDENS_SECRET: set that one, or no receipt opens")
            # readers hold cursors of the life before; a new epoch tells them to start from a fresh list
            copy.execute("update meta set value = ? where name = 'epoch'", (secrets.token_hex(8),))
            copy.execute("delete from sessions")
            if copy.execute("select 1 from sqlite_master where name = 'hooks'").fetchone():
                # whoever tries a backup out on another machine does not mean to tell programs elsewhere
                copy.execute("update hooks set state = 'paused', because = 'restored' where state = 'on'")
            if copy.execute("select 1 from sqlite_master where name = 'alerts'").fetchone():
                copy.execute("delete from letters")
                copy.execute("update alerts set cursor = (select max(cursor) from changes), first_at = null")
                copy.execute("update alerts set seen = cursor")
            number = int(copy.execute("select count(*) from submissions").fetchone()[0])
        finally:
            copy.close()
        index = index_file(store_file)
        for stale in (index, Path(f"{index}-wal"), Path(f"{index}-shm")):
            stale.unlink(missing_ok=True)
        part.rename(store_file)
    except sqlite3.Error as error:
        raise Unusable(f"{backup} is not a backup of ours: {error}") from error
    finally:
        part.unlink(missing_ok=True)
        held.close()
    return number


def bring_up_to_date(store_file: Path) -> tuple[int, int]:
    """Runs the migrations a store lacks: (how many ran, at which step it is). Unusable while a collector serves it."""
    store_file.parent.mkdir(parents=True, exist_ok=True)
    held = lock(store_file)
    try:
        connection = connect(store_file)
        try:
            connection.execute("pragma journal_mode = wal")
            ran = migrate(connection, time.time_ns() // 1_000_000)
            return ran, int(connection.execute("select max(number) from migrations").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise Unusable(f"{store_file} cannot be opened: {error}") from error
    finally:
        held.close()


async def check(store: Store, file: Path) -> Found:
    """Looks through the whole store: pages, references, log, counts, index. Reads only."""
    faults = []
    damage = [
        str(row["quick_check"]) for row in await store.engine.fetch("check.integrity") if row["quick_check"] != "ok"
    ]
    if damage:
        faults.append(f"The file is damaged ({damage[0]}): restore the newest backup.")
    if await store.engine.fetch("check.foreign_keys"):
        faults.append("Some rows point at rows that are not there.")
    facts = (await store.engine.fetch("check.facts"))[0]
    if facts["without_receipt"]:
        faults.append(f"{facts['without_receipt']} submissions have no receipt.")
    if facts["without_change"]:
        faults.append(f"{facts['without_change']} submissions are not in the log.")
    if facts["not_erased"]:
        faults.append(f"{facts['not_erased']} erased submissions still have words.")
    if facts["counted"] != facts["countable"]:
        faults.append(f"The counts say {facts['counted']} and there are {facts['countable']}.")
    if store.engine.index.cursor >= facts["cursor"] and facts["indexed"] != facts["with_text"]:
        faults.append(
            f"The search index holds {facts['indexed']} texts of {facts['with_text']}: delete {index_file(file)} while "
            "the collector is stopped; it is made again."
        )
    return Found(
        faults,
        facts["submissions"],
        facts["voices"],
        facts["newest"],
        facts["grave_unread"],
        facts["cursor"],
        facts["indexed"],
        shutil.disk_usage(file.parent).free,
        facts["hooks_paused"],
        facts["letters_waiting"],
    )
