"""The clock of the machine is set back an hour while it serves: order is the log's, not the clock's."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from collector.live.calendar import Calendar
from tests.patience import PATIENCE
from tests.start import running
from tests.town import Town


async def test_when_the_clock_goes_back_an_hour_nothing_loses_its_order_and_no_clock_fires_twice(
    tmp_path: Path,
) -> None:
    real = datetime.now(UTC)
    with time_machine.travel(real, tick=True) as clock:
        async with running(tmp_path, rate_limit=True) as run, run.live() as socket:
            assert json.loads(await socket.recv())["type"] == "hello"
            town = Town(run.app.parts.store, run.app.parts.now())
            await town.street()
            entered = await run.client.post("/api/session", json={"token": run.tokens["editor"]})
            cookie = {"cookie": entered.headers["set-cookie"].split(";")[0], "origin": run.url}
            before = [(await run.send(text=f"voor {number}")).json() for number in range(3)]
            await town.store.decisions.tick(run.app.parts.now())
            last = await town.store.changes.last()

            clock.shift(timedelta(hours=-1))

            async with Calendar(town.store, run.app.parts.now):  # one that has just started
                await asyncio.sleep(0.05)
            await town.store.decisions.tick(run.app.parts.now())
            assert await town.store.changes.last() == last, "what had happened happened again"
            after = [(await run.send(text=f"na {number}")).json() for number in range(3)]
            ids = [one["id"] for one in (*before, *after)]
            assert ids == sorted(set(ids))
            listed = (await run.client.get("/api/submissions?limit=6", headers=cookie)).json()["items"]
            assert [one["id"] for one in listed] == ids[::-1]
            told: list[int] = []
            async with asyncio.timeout(10 * PATIENCE):
                while ids[-1] not in told:
                    frame = json.loads(await socket.recv())
                    told += [one["id"] for one in frame.get("items", ()) if one["change"] == "submission.received"]
            assert told[-6:] == ids
            again = (await run.receipt(before[0]["receipt"], "PATCH", text="Toch anders.")).status_code
            assert again == 200
            history = (await run.receipt(before[0]["receipt"])).json()["history"]
            assert [step["change"] for step in history] == ["submission.received", "submission.corrected"]
            assert (await run.receipt(after[0]["receipt"])).json()["text"] == "na 0"
            assert (await run.client.get("/api/me", headers=cookie)).status_code == 200
