"""`replay`: every row once, whatever happens on the way."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from collector.commands.replay import Plan, Replay, read_ratings
from collector.commands.rows import rows
from collector.decision import File
from collector.errors import Refusal, Unusable
from collector.store.steps import Member, Step
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


async def test_rows_react_to_a_decision_by_their_own_keys_and_at_their_own_time(run: Running, tmp_path: Path) -> None:
    parts = run.app.parts
    file_ = File(
        {"nl": "Een park?", "fr": "Un parc ?"},
        {"nl": "Alles", "fr": "Tout"},
        "2031-01-01",
        "desk",
        {"nl": "x", "fr": "x"},
    )
    decision = await parts.store.decisions.create(1, "park", file_, now=parts.now(), by=None)
    step = Step("publish", decision.revision)
    await parts.store.steps.take(1, "park", step, Member("Team", "Team", named=False), now=parts.now())
    file = tmp_path / "in.csv"
    head = "id,when,words,on,part,v,means\n"
    file.write_text(head + "a1,2015-10-01,Meer bomen,park,trees,2,helps\nlong-enough-key,2015-10-02,,park,,,harder\n")
    plan = Plan(
        "page", "nl", channel="import", key="id",
        text="words", time="when", decision="on", section="part", version="v", effect="means",
    )  # fmt: skip
    work = Replay(run.url, plan, "file", None, run.tokens["editor"])
    await work.run(iter(rows(file)), lambda: None)
    assert work.tally.accepted == 2, work.tally
    listed = (await run.client.get("/api/submissions?decision=park", headers=run.bearer())).json()["items"]
    told = {(one["text"], one["section"], one["version"], one["effect"], one["channel"]) for one in listed}
    assert told == {("Meer bomen", "trees", 2, "helps", "import"), (None, None, None, "harder", "import")}
    assert {one["sent_at"] for one in listed} == {1_443_657_600_000, 1_443_744_000_000}
    moved = tmp_path / "moved.csv"
    moved.write_text(head + "new,2015-10-03,Een bank,park,,,helps\na1,2015-10-01,Meer bomen,park,trees,2,helps\n")
    again = Replay(run.url, plan, "another-file", None, run.tokens["editor"])
    await again.run(iter(rows(moved)), lambda: None)
    assert (again.tally.accepted, again.tally.repeated) == (1, 1), "a row is known by its key, wherever it stands"
