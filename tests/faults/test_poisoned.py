"""One row that cannot be read: words that are no UTF-8, as a failing disk leaves them. All others are served as before."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.patience import PATIENCE
from tests.start import Running, running


async def poison(run: Running, folder: Path, number: int) -> None:
    with closing(sqlite3.connect(folder / "t.db", isolation_level=None)) as file:
        file.execute("update words set text = cast(x'4e6f20c328ff' as text) where id = ?", (number,))
        assert file.total_changes == 1


async def test_a_row_that_cannot_be_read_takes_no_other_with_it(tmp_path: Path) -> None:
    async with running(tmp_path) as run, run.live() as socket:
        assert json.loads(await socket.recv())["type"] == "hello"
        told = [(await run.send(text=f"woorden {number}")).json() for number in range(3)]
        ids = [one["id"] for one in told]
        await poison(run, tmp_path, ids[1])
        listed = await run.client.get("/api/submissions", headers=run.bearer())
        assert [one["id"] for one in listed.json()["items"]] == ids[::-1]
        assert listed.json()["items"][1]["text"] == "No \ufffd(\ufffd"
        for path in ("/api/export.csv", "/api/export.jsonl", "/api/reading", f"/api/submissions/{ids[1]}"):
            answer = await run.client.get(path, headers=run.bearer())
            assert answer.status_code == 200 and "\ufffd" in answer.text, path
        assert (await run.receipt(told[1]["receipt"])).json()["text"] == "No \ufffd(\ufffd"
        assert (await run.receipt(told[1]["receipt"], "DELETE")).status_code == 200
        after = (await run.send(text="gaat voort")).json()["id"]
        seen: list[int] = []
        async with asyncio.timeout(5 * PATIENCE):
            while after not in seen:
                frame = json.loads(await socket.recv())
                seen += [one["id"] for one in frame.get("items", ())]
        assert set(ids) <= set(seen)
        index = run.app.parts.store.engine.index
        last = await run.app.parts.store.changes.last()
        assert await asyncio.to_thread(index.wait_for, last, 20)
        found = await run.client.get("/api/submissions?q=voort", headers=run.bearer())
        assert [one["id"] for one in found.json()["items"]] == [after]
