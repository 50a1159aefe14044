"""The picture, as it is asked for."""

from __future__ import annotations

import asyncio

from tests.start import Running
from tests.town import Town


async def test_it_counts_within_what_is_chosen_and_says_what_it_cannot_take(run: Running, town: Town) -> None:
    await town.street()
    store = run.app.parts.store
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)
    asked = {
        "": 98, "?decision=school-street&effect=harder": 19, "?weight=0": 6, "?language=fr": 6, "?q=winkel": 13,
        f"?from={town.day(-2)}&to={town.day(-2)}": 42, "?burst=any&decision=nowhere": 0,
    }  # fmt: skip
    for query, presses in asked.items():
        answer = await run.client.get(f"/api/picture{query}", headers=run.bearer("viewer"))
        assert (answer.status_code, answer.json()["presses"]) == (200, presses), query
    over = (await run.client.get("/api/picture?over=effect", headers=run.bearer())).json()
    assert {one["value"]: sum(one["presses"]) for one in over["over"]} == {
        "helps": 68,
        "none": 9,
        "harder": 19,
        "unknown": 2,
    }
    assert (over["from"], over["to"]) == (town.day(-89), town.day(0))
    assert over["by"]["severity"][0] == {"value": "0", "presses": 6, "words": 6, "grave": 6, "bursts": 0}
    for query, field in (
        ("from=2026-02-30", "from"),
        ("to=2026-13-01", "to"),
        ("from=1990-01-01", "from"),
        ("over=age", "over"),
    ):
        refused = await run.client.get(f"/api/picture?{query}", headers=run.bearer())
        assert (refused.status_code, [*refused.json()["fields"]]) == (422, [field]), query
    assert (await run.client.get("/api/picture")).status_code == 401


async def test_a_token_for_one_decision_sees_the_picture_of_that_one(run: Running, town: Town) -> None:
    await town.street()
    await town.publish("square", town.file())
    await town.voices("square", 3, "Ik woon hier al lang.", effect="helps")
    body = {"name": "Report", "role": "viewer", "decision": "square", "valid_days": 30}
    made = await run.client.post("/api/tokens", json=body, headers=run.bearer("admin"))
    assert made.status_code == 201, made.text
    headers = {"authorization": f"Bearer {made.json()['secret']}"}
    answer = await run.client.get("/api/picture", headers=headers)
    assert answer.status_code == 200, answer.text
    picture = answer.json()
    assert picture["presses"] == 3 and [one["value"] for one in picture["by"]["decision"]] == ["square"]
    beyond = await run.client.get("/api/picture?decision=school-street", headers=headers)
    assert beyond.status_code == 403
