"""A decision opens and closes at its time: in the night in which the clock changes, and in the second in which somebody
sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from collector.decision import Planned
from collector.live import calendar
from tests.start import Running, running
from tests.town import Town

# nights of 2027 in Brussels: (day, its first moment, its last one, both in UTC)
FORWARD = ("2027-03-28", "2027-03-27T23:00:00", "2027-03-28T22:00:00")  # at 2:00 it is 3:00; Easter Sunday
BACK = ("2027-10-31", "2027-10-30T22:00:00", "2027-10-31T23:00:00")  # at 3:00 it is 2:00 again; All Saints comes next


def moment(utc: str) -> datetime:
    return datetime.fromisoformat(utc).replace(tzinfo=UTC)


def ms(utc: str) -> int:
    return int(moment(utc).timestamp() * 1000)


@asynccontextmanager
async def at(utc: str, folder: Path) -> AsyncIterator[tuple[Running, Any]]:
    """The whole product at another time, and its clock, which goes on from there."""
    with time_machine.travel(moment(utc), tick=True) as clock, pytest.MonkeyPatch.context() as patched:
        patched.setattr(calendar, "LOOK_SECONDS", 0.02)  # a clock that was set is seen soon
        async with running(folder) as run:
            yield run, clock


async def acts(run: Running, key: str, wanted: str) -> list[tuple[str, int]]:
    """(act, its moment) once the calendar has written `wanted`."""
    store = run.app.parts.store
    async with asyncio.timeout(10):
        while True:
            history = await store.changes.of_decision(1, store.decisions.by_key(key).id)
            found = [(step.change.removeprefix("decision."), step.at) for step in history]
            if any(act == wanted for act, _ in found):
                return found
            await asyncio.sleep(0.01)


async def stands(run: Running, key: str = "square") -> tuple[str, bool]:
    shown = (await run.client.get(f"/api/decisions/{key}")).json()
    return shown["phase"], shown["is_open"]


async def phase_of(run: Running, sent: dict[str, Any]) -> str:
    return str((await run.receipt(sent["receipt"])).json()["phase"])


@pytest.mark.parametrize("night", [FORWARD, BACK], ids=["forward", "back"])
async def test_a_day_on_which_the_clock_changes_opens_and_closes_at_its_own_midnight(
    tmp_path: Path, night: tuple[str, str, str]
) -> None:
    day, first, last = night
    before = f"{first[:11]}{int(first[11:13]) - 1:02}:59:59"
    async with at(before, tmp_path) as (run, clock):
        town = Town(run.app.parts.store, run.app.parts.now())
        phases = [Planned("drafting", day, day), Planned("deciding", "2027-12-01")]
        await town.publish("square", town.file(until=day, phases=phases, promise="tell"), days=0)
        assert await stands(run) == ("drafting", False)
        clock.move_to(moment(first))
        assert await stands(run) == ("drafting", True)
        assert ("opened", ms(first)) in await acts(run, "square", "opened")
        # half past two: an hour that there is not, or that there is twice
        spoken = []
        for utc in (f"{day}T00:30:00", f"{day}T00:59:59", f"{day}T01:00:00", f"{day}T01:30:00"):
            clock.move_to(moment(utc))
            spoken.append((await run.send(text=f"Om {utc}.", decision="square")).json())
        clock.move_to(moment(f"{last[:11]}{int(last[11:13]) - 1:02}:59:59"))
        assert await stands(run) == ("drafting", True)
        spoken.append((await run.send(text="Op de valreep.", decision="square")).json())
        clock.move_to(moment(last))
        assert await stands(run) == ("drafting", False)
        late = (await run.send(text="Te laat.", decision="square")).json()
        assert [await phase_of(run, one) for one in [*spoken, late]] == ["drafting"] * 5 + ["monitoring"]
        history = await acts(run, "square", "closed")
        assert [act for act in history if act[0] in ("opened", "closed")] == [
            ("opened", ms(first)),
            ("closed", ms(last)),
        ]
        hours = (ms(last) - ms(first)) / 3_600_000
        assert hours == (23 if night is FORWARD else 25)
        counted = (await run.client.get("/api/counts", headers=run.bearer())).json()["days"]
        assert next((one["day"], one["presses"]) for one in counted if one["presses"]) == (day, 5)
        assert sum(one["presses"] for one in counted) == 6
        assert [one["id"] for one in spoken] == sorted(one["id"] for one in spoken), "what came later stands later"


# a moment, and by when what is grave is read and a message answered: within one and within ten working days
OWED = [
    ("2027-03-25T22:59:00", "2027-03-26", "2027-04-09"),  # Thursday, a minute before midnight
    ("2027-03-25T23:01:00", "2027-03-30", "2027-04-12"),  # Friday, a minute after it; the Monday is Easter's
    ("2027-03-28T00:59:00", "2027-03-30", "2027-04-12"),  # a minute before the clock goes forward
    ("2027-03-28T01:01:00", "2027-03-30", "2027-04-12"),
    ("2027-03-28T22:01:00", "2027-03-30", "2027-04-12"),
    ("2027-10-31T00:30:00", "2027-11-02", "2027-11-16"),  # half past two, the first time; the Monday is All Saints
    ("2027-10-31T01:30:00", "2027-11-02", "2027-11-16"),  # and the second
    ("2027-10-31T22:59:00", "2027-11-02", "2027-11-16"),  # Sunday, a minute before midnight
    ("2027-11-01T23:01:00", "2027-11-03", "2027-11-17"),  # Tuesday, a minute after it
]


async def test_working_days_are_counted_from_the_day_that_it_is_here(tmp_path: Path) -> None:
    async with at("2027-03-01T12:00:00", tmp_path) as (run, clock):
        for utc, read_by, answer_by in OWED:
            clock.move_to(moment(utc))
            sent = (await run.send(text=f"Geen loket, {utc}.", another_way="no", impact=["right"])).json()
            assert (await run.receipt(sent["receipt"])).json()["next"] == {"what": "read", "by": read_by}, utc
            headers = {"authorization": f"Receipt {sent['receipt']}"}
            added = await run.client.post("/api/receipt/messages", json={"text": "En nu?"}, headers=headers)
            assert added.status_code == 201
            assert (await run.receipt(sent["receipt"])).json()["next"] == {"what": "message", "by": answer_by}, utc


async def test_in_the_second_in_which_it_closes_words_belong_to_it_or_are_told_that_they_came_too_late(
    tmp_path: Path,
) -> None:
    last = BACK[2]
    async with at("2027-10-31T12:00:00", tmp_path) as (run, clock):
        town = Town(run.app.parts.store, run.app.parts.now())
        await town.publish("square", town.file(until="2027-10-31", promise="answer"), days=0)
        clock.move_to(datetime.fromtimestamp(ms(last) / 1000 - 0.25, UTC))
        sent: list[dict[str, Any]] = []

        async def speaking(place: int) -> None:
            number = 0
            while run.app.parts.now() < ms(last) + 250:
                number += 1
                answer = await run.send(text=f"Nummer {place}.{number}.", decision="square", language="nl")
                assert answer.status_code == 201
                sent.append(answer.json())

        await asyncio.gather(*(speaking(place) for place in range(12)))
        history = await acts(run, "square", "closed")
        assert history[-1] == ("closed", ms(last))
        log = await run.app.parts.store.changes.after(0, 10_000)
        cursors = {one.id: one.cursor for one in log if one.change == "submission.received"}
        closed = next(one.cursor for one in log if one.change == "decision.closed")
        listed = (await run.client.get("/api/submissions?decision=square&limit=500", headers=run.bearer())).json()
        assert {one["id"] for one in listed["items"]} >= {one["id"] for one in sent} or listed["next"] is not None
        in_time = [one for one in sent if one["received_at"] < ms(last)]
        late = [one for one in sent if one["received_at"] >= ms(last)]
        assert in_time and late
        for one in in_time:
            assert one["too_late"] is None and cursors[one["id"]] < closed
        for one in late:
            assert "evaluatie" in one["too_late"]
        for one in (*in_time[-3:], *late[:3]):
            assert await phase_of(run, one) == ("agenda" if one in in_time else "monitoring")
        again = await run.client.get("/d/square?lang=nl")
        assert "evaluatie" in again.text


async def test_whoever_sends_the_same_again_after_it_closed_is_told_what_was_true_when_it_came(tmp_path: Path) -> None:
    async with at("2027-10-31T12:00:00", tmp_path) as (run, clock):
        town = Town(run.app.parts.store, run.app.parts.now())
        await town.publish("square", town.file(until="2027-10-31"), days=0)
        said_ = {"key": "the-same-key", "text": "Op tijd.", "decision": "square", "language": "fr"}
        first = await run.send(**said_)
        clock.move_to(moment("2027-11-01T12:00:00"))
        again = await run.send(**said_)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["too_late"] is None and again.json()["too_late"] is None
        other = await run.send(**{**said_, "key": "another-key"})
        assert "évaluation" in other.json()["too_late"]
        pressed = {"step": "press", "key": "a-third-key", "effect": "harder", "decision": "square", "lang": "nl"}
        page = await run.client.post("/f/page?lang=nl", data=pressed)
        assert page.status_code == 200 and "evaluatie" in page.text
