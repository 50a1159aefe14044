"""The search index has a process of its own: what happens when it, or we, go away."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collector.store.store import Store
from collector.store.submissions import Filter
from tests.store.arrivals import agency_with_page, arrival

PROC = Path("/proc")


async def caught_up(store: Store) -> bool:
    return await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 20)


async def found(store: Store, agency_id: int, word: str) -> int:
    return len(await store.submissions.list(agency_id, Filter(q=word), limit=10))


async def test_a_process_that_dies_is_started_again_and_misses_nothing(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await store.submissions.receive(arrival(page, "key-00001", "eerste woorden"))
    assert await caught_up(store)
    first = store.engine.index.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await store.submissions.receive(arrival(page, "key-00002", "tweede woorden"))
    assert await caught_up(store)
    assert await found(store, agency.id, "woorden") == 2
    assert store.engine.index.pid not in (None, first)
    assert store.engine.index.failures == 1


async def test_a_signal_to_all_leaves_its_end_to_us(store: Store) -> None:
    agency, page = await agency_with_page(store)
    await store.submissions.receive(arrival(page, "key-00001", "eerste woorden"))
    assert await caught_up(store)
    pid = store.engine.index.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    os.kill(pid, signal.SIGTERM)
    await store.submissions.receive(arrival(page, "key-00002", "tweede woorden"))
    assert await caught_up(store)
    assert await found(store, agency.id, "woorden") == 2
    assert store.engine.index.pid == pid


async def test_a_command_that_is_soon_done_starts_no_process(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/t.db")
    await agency_with_page(store)
    assert store.engine.index.pid is None
    await store.close()
    assert store.engine.index.pid is None


_OWNER = """
import asyncio, sys
from pathlib import Path
from collector.store.store import Store
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

async def main():
    store = await Store.open(sys.argv[1])
    _, page = await agency_with_page(store)
    await store.submissions.receive(arrival(page, "key-00001", "kanariewoord"))
    await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 20)
    await store.receipts.erase(await store.receipts.open(KEYS.hash(KEYS.code("page", "key-00001"))), now=NOW)
    await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 20)
    print(store.engine.index.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def killed_owner(url: str) -> int:
    """A process that erased words is killed before they are merged out. The index process that it had."""
    with subprocess.Popen([sys.executable, "-c", _OWNER, url], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        owner.kill()
    return pid


def runs(pid: int) -> bool:
    """Whether there is such a process, one that has ended and waits for its parent left out."""
    try:
        return PROC.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not PROC.is_dir(), reason="asks /proc which processes there are")
async def test_it_leaves_when_its_parent_is_killed(tmp_path: Path) -> None:
    pid = killed_owner(f"sqlite:///{tmp_path}/t.db")
    end = time.monotonic() + 5
    while runs(pid):
        assert time.monotonic() < end, "the process is still there"
        await asyncio.sleep(0.02)


async def test_what_was_to_be_merged_out_is_not_forgotten_when_all_are_killed(tmp_path: Path) -> None:
    killed_owner(f"sqlite:///{tmp_path}/t.db")
    store = await Store.open(f"sqlite:///{tmp_path}/t.db")  # held by nobody, at once
    try:
        assert not await asyncio.to_thread(store.engine.index.wait_scrubbed, 0.0)
        store.engine.index.scrub_now()
        assert await asyncio.to_thread(store.engine.index.wait_scrubbed, 20)
        await store.engine.scrub()
        for file in tmp_path.iterdir():
            assert b"kanariewoord" not in file.read_bytes(), file.name
        assert await store.submissions.list(1, Filter(q="kanariewoord"), limit=10) == []
    finally:
        await store.close()


@pytest.mark.parametrize("query", ["search.number", "search.list"])
async def test_what_is_found_is_looked_up_and_not_each_voice_asked_whether_it_is_found(
    store: Store, query: str
) -> None:
    """On 2,988 real voices the count of a saved search took two seconds the other way round."""
    sql = store.engine._queries.text(query, ("words",))
    given = {"match": "words : (weg)", "agency_id": 1, "words": 1, "limit": 50}
    plan = await store.engine._readers[0].execute_fetchall(f"explain query plan {sql}", given)
    steps = [row["detail"] for row in plan if " s " in f" {row['detail']} " or "VIRTUAL" in row["detail"]]
    assert "VIRTUAL TABLE" in steps[0], steps
