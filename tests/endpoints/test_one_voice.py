"""Whoever says it again, and again, is one voice in every count."""

from __future__ import annotations

from typing import Any

from collector.public import HOUR_MS
from tests.start import Running
from tests.town import Town, said


async def test_one_receipt_is_one_voice_in_every_count_however_often_it_speaks(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    told: dict[str, Any] = {
        "key": "the-same-1",
        "decision": "square",
        "effect": "harder",
        "text": "Ik kom er niet door.",
    }
    first = await run.send(**told, impact=["right"], another_way="no")
    again = await run.send(**told, impact=["right"], another_way="no")
    assert (first.status_code, again.status_code) == (201, 200)
    code, voice = first.json()["receipt"], first.json()["id"]
    headers = {"authorization": f"Receipt {code}"}
    for number in range(3):
        await run.receipt(code, "PATCH", text=f"Ik kom er niet door, {number + 1} keer geprobeerd.")
        added = await run.client.post("/api/receipt/messages", json={"text": f"Nog iets, {number}."}, headers=headers)
        assert added.status_code == 201, added.text
    for name in ("Doorgang", "Parkeren"):
        await town.theme("square", said(name, name), [voice])

    async def asked(path: str) -> Any:
        return (await run.client.get(path, headers=run.bearer())).json()

    for query in ("", "?decision=square", "?placement=page", "?burst=none"):
        counts = await asked(f"/api/counts{query}")
        assert (counts["presses"], counts["words"], counts["grave_unread"]) == (1, 1, 1), query
        assert sum(counts["by"]["effect"].values()) == 1
    assert [point["reach"] for point in (await asked("/api/radar"))["points"]] == [1, 1], "one in each of its themes"
    assert [theme["voices"] for theme in (await asked("/api/themes?decision=square"))["items"]] == [1, 1]
    silence = await asked("/api/silence")
    assert (silence["n"], sum(one["voices"] for one in silence["channels"])) == (1, 1)
    lane = await asked("/api/reading/lane")
    assert (lane["number"], lane["open"], len(lane["items"])) == (1, 1, 1)
    assert len((await asked("/api/reading"))["items"]) == len((await asked("/api/submissions"))["items"]) == 1
    await town.voices("square", 4, effect="helps")  # the public is told nothing under five, and then steps of five
    decision = town.store.decisions.by_key("square")
    figures = await town.store.figures.of(decision, run.app.parts.now() + 2 * HOUR_MS)
    assert figures.voices == 5
    await run.receipt(code, "DELETE")
    assert (await asked("/api/counts"))["presses"] == 4
    assert [point["reach"] for point in (await asked("/api/radar"))["points"]] == []
