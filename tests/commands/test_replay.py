"""`replay`: every row once, whatever happens on the way."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from collector.commands.replay import Plan, Replay, read_ratings
from collector.commands.rows import rows
from collector.errors import Refusal, Unusable
from tests.start import Running


async def replayed(run: Running, file: Path, plan: Plan) -> Replay:
    work = Replay(run.url, plan, "file-0123456789", None)
    await work.run(iter(rows(file)), lambda: None)
    return work


async def test_rows_are_accepted_repeated_or_refused_with_a_reason(run: Running, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("body,score\ngoed,1\nslecht,5\n,7\n" + "x" * 5_001 + ",1\n")
    plan = Plan("gateway", "nl", text="body", rating="score", ratings=read_ratings("1:5,5:1"))
    first = (await replayed(run, file, plan)).tally
    assert (first.sent, first.accepted, first.repeated, first.refused) == (4, 2, 0, 2)
    assert dict(first.reasons) == {"nothing_to_say": 1, "invalid": 1}
    again = (await replayed(run, file, plan)).tally
    assert (again.accepted, again.repeated, again.refused) == (0, 2, 2)
    listed = (await run.client.get("/api/submissions", headers=run.bearer())).json()["items"]
    assert {(one["text"], one["rating"], one["language"]) for one in listed} == {("goed", 5, "nl"), ("slecht", 1, "nl")}


async def test_a_collector_that_is_busy_gets_the_row_again_with_the_same_key(run: Running, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(f'{{"t": "regel {n}"}}\n' for n in range(40)))
    store, calls = run.app.parts.store, 0
    receive = store.submissions.receive

    async def sometimes(arrival: object) -> object:
        nonlocal calls
        calls += 1
        if calls % 5 == 0:
            await receive(arrival)  # type: ignore[arg-type]
            raise Refusal("busy", retry_after=0)
        return await receive(arrival)  # type: ignore[arg-type]

    store.submissions.receive = sometimes  # type: ignore[method-assign, assignment]
    async with asyncio.timeout(30):
        tally = (await replayed(run, file, Plan("page", text="t"))).tally
    assert tally.sent == tally.accepted + tally.repeated == 40
    listed = (await run.client.get("/api/submissions?limit=100", headers=run.bearer())).json()["items"]
    assert len(listed) == 40


@pytest.mark.parametrize("value", ["1", "1:9", "a:b:c", "1:5;2:4"])
def test_a_rating_map_that_cannot_be_read_is_refused_with_an_example(value: str) -> None:
    with pytest.raises(Unusable, match="1:5,2:4"):
        read_ratings(value)
