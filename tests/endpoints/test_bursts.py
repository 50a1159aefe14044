"""Bursts over HTTP: said apart, read apart, counted with and without."""

from __future__ import annotations

import asyncio

from collector.burst import LEAST
from tests.start import Running


async def test_a_burst_is_told_and_lists_exports_and_counts_read_it_alone_or_without(run: Running) -> None:
    store = run.app.parts.store
    for number in range(LEAST + 2):
        await run.send(outcome="no", text=f"Stop deze regel voor onze straat {number}")
    other = (await run.send(outcome="yes", text="Ik vond het formulier snel terug")).json()["id"]
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)
    told = (await run.client.get("/api/bursts", headers=run.bearer("viewer"))).json()
    (burst,) = told["items"]
    assert (told["least"], told["minutes"], burst["placement"]) == (LEAST, 5, "page")
    assert (burst["voices"], burst["of"], burst["grave"]) == (LEAST + 2, LEAST + 2, 0)

    async def listed(query: str) -> list[int]:
        answer = await run.client.get(f"/api/submissions?limit=100{query}", headers=run.bearer())
        return [one["id"] for one in answer.json()["items"]]

    alone = await listed(f"&burst={burst['id']}")
    assert len(alone) == LEAST + 2 and await listed("&burst=none") == [other]
    assert await listed("") == [other, *alone], "nothing is left out or moved"
    exported = await run.client.get("/api/export.jsonl?burst=none", headers=run.bearer())
    assert len(exported.text.splitlines()) == 1

    async def counted(query: str) -> tuple[int, dict[str, int], int]:
        counts = (await run.client.get(f"/api/counts{query}", headers=run.bearer())).json()
        return counts["presses"], counts["by"]["outcome"], counts["bursts"]

    assert await counted("") == (LEAST + 3, {"no": LEAST + 2, "yes": 1}, LEAST + 2)
    assert await counted("?burst=none") == (1, {"yes": 1}, 0)
    assert await counted(f"?burst={burst['id']}") == (LEAST + 2, {"no": LEAST + 2}, LEAST + 2)
    refused = await run.client.get("/api/submissions?burst=some", headers=run.bearer())
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["burst"])
