"""What happens to the process while people send and dashboards watch: it stands still, its disk is slow, it is started again
with every dashboard coming back at once. What was acknowledged is there, once, and every dashboard has seen it, once."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

from tests.faults.disk import SlowDisk
from tests.faults.served import Senders, Served, Watcher, served, watching
from tests.figures import figures
from tests.often import often, proof

FROZEN_SECONDS = often(1, 20)
DISK_SECONDS = 0.25  # more than most disks that turn
DASHBOARDS = often(30, 500)
SENDERS = 8


@proof
async def test_what_was_acknowledged_outlives_a_freeze_a_slow_disk_and_a_restart_with_all_dashboards(
    tmp_path: Path,
) -> None:
    disk = SlowDisk(tmp_path)
    async with served(tmp_path / "store", **disk.env) as place, watching(place, DASHBOARDS) as dashboards:
        senders = Senders(place, 1.0)
        async with senders.sending(SENDERS):
            await senders.more(40)
            await frozen(place, senders)
            if disk.env:
                await slow(place, senders, disk)
            await back_at_once(place, senders, dashboards)
        everything = set(senders.acknowledged.values())
        await asyncio.gather(*(one.complete(everything) for one in dashboards))
        assert all(len(one.seen) == len(set(one.seen)) for one in dashboards)
        assert await place.end() == 0
        senders.settled("all of it")


async def frozen(place: Served, senders: Senders) -> None:
    """People give up waiting and send the same again meanwhile."""
    tried = senders.tries
    place.process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(FROZEN_SECONDS)
    async with asyncio.timeout(60):
        while senders.tries < tried + SENDERS:
            await asyncio.sleep(0.02)
    place.process.send_signal(signal.SIGCONT)
    begun = time.monotonic()
    await senders.more(40)
    figures(f"frozen for {FROZEN_SECONDS} s", seconds_to_forty_more=round(time.monotonic() - begun, 2))


async def slow(place: Served, senders: Senders, disk: SlowDisk) -> None:
    """Nobody is answered before the disk has the words; many share one write; who reads what anybody may
    read does not wait. (Opening people's words does: that somebody opened them is noted first.)"""
    disk.waits(DISK_SECONDS)
    await senders.more(2 * SENDERS)  # those who were on their way
    first, begun = len(senders.waits), time.monotonic()
    async with place.client() as client:
        reads = []
        for _ in range(5):
            asked = time.monotonic()
            assert (await client.get("/api/decisions")).status_code == 200
            reads.append(time.monotonic() - asked)
    await senders.more(5 * SENDERS)
    waits, seconds = senders.waits[first:], time.monotonic() - begun
    disk.waits(0)
    a_write = round(len(waits) / (seconds / DISK_SECONDS), 1)
    figures(f"each write {DISK_SECONDS} s longer", shortest=round(min(waits), 3), longest=round(max(waits), 3),
            acknowledged_a_write=a_write, shortest_read=round(min(reads), 3))  # fmt: skip
    assert min(waits) >= DISK_SECONDS
    assert len(waits) > seconds / DISK_SECONDS
    assert min(reads) < DISK_SECONDS


async def back_at_once(place: Served, senders: Senders, dashboards: list[Watcher]) -> None:
    known = [one.connected for one in dashboards]
    assert await place.end() == 0
    down = time.monotonic()
    await place.start()
    begun = time.monotonic()
    async with asyncio.timeout(120):
        while not all(one.connected > before for one, before in zip(dashboards, known, strict=True)):
            await asyncio.sleep(0.01)
    back = time.monotonic() - begun
    await senders.more(40)
    figures(
        "started again", dashboards=len(dashboards), seconds_down=round(begun - down, 2), seconds_to_all=round(back, 2)
    )
