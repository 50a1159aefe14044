"""A backup that is put back tells nobody outside anything: whoever tries one out on another machine does not mean to."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from collector.commands.actions import check
from collector.commands.told import Place
from collector.store.copies import back_up, restore
from collector.store.store import Store
from tests.live.test_alerts import DAY_MS, sitting
from tests.live.test_hooks import hooked


@pytest.fixture
async def copied(store: Store, tmp_path: Path) -> Path:
    """A copy of a store in which a letter waits, a view has something new, and a hook is on."""
    async with sitting(store) as desk:
        await hooked(store, store.agencies.by_key("town"), "https://hooks.example/")
        await desk.view({"words": "1"}, rhythm="at_once", language="en")
        await desk.voices(1)
        await store.alerts.follow(desk.clock())
        assert len(await store.letters.due(desk.clock())) == 1
        await desk.voices(2)
    await asyncio.to_thread(back_up, tmp_path / "t.db", tmp_path / "copy.db")
    await asyncio.to_thread(restore, tmp_path / "copy.db", tmp_path / "other" / "t.db", "x")
    return tmp_path / "other" / "t.db"


async def test_its_hooks_are_paused_and_what_waited_to_be_told_is_not(copied: Path) -> None:
    other = await Store.open(f"sqlite:///{copied}")
    try:
        agency = other.agencies.by_key("town")
        (hook,) = await other.hooks.list(agency.id)
        assert (hook.state, hook.because) == ("paused", "restored")
        other.alerts.offered = True
        last = (await other.changes.after(0, 1_000))[-1].at
        await other.alerts.follow(last + DAY_MS)
        assert await other.letters.due(last + DAY_MS) == []
        told = await check(other, Place(copied, "https://tijdens.example", ""), {})
        assert "Hooks that are paused: 1;" in told.out and "Letters" not in told.out
    finally:
        await other.close()
