"""Counts within a decision or a theme, and of what waits: each is the number of what the same filter lists."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.start import Running

HARD = {"another_way": "no"}


async def decided(run: Running, key: str = "heating") -> None:
    """A decision to react on, as a draft: that is enough to sort voices for it."""
    made = await run.client.post("/api/decisions", json={"key": key}, headers=run.bearer())
    assert made.status_code == 201, made.text


async def spoken(run: Running) -> list[int]:
    """Six voices and a press; the ids of the voices in their order."""
    said: list[dict[str, Any]] = [
        {"text": "Een.", "outcome": "no", "language": "nl"},
        {"text": "Twee.", "outcome": "no", "language": "nl", **HARD},
        {"text": "Trois.", "outcome": "yes", "language": "fr"},
        {"text": "Vier.", "outcome": "hard", "language": "nl", "placement": "gateway"},
        {"text": "Vijf.", "outcome": "hard", "language": "nl", "impact": ["health"]},
    ]
    ids = [(await run.send(**one)).json()["id"] for one in said]
    await run.send(outcome="yes", language="nl")
    return ids


async def themed(run: Running, ids: list[int], **naming: Any) -> int:
    body = {"name": {"nl": "Loket", "fr": "Guichet"}, "submissions": ids, **naming}
    made = await run.client.post("/api/themes", json=body, headers=run.bearer())
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


async def counted(run: Running, query: str) -> dict[str, Any]:
    response = await run.client.get(f"/api/counts?{query}", headers=run.bearer("viewer"))
    assert response.status_code == 200, response.text
    return dict(response.json())


async def listed(run: Running, query: str) -> int:
    response = await run.client.get(f"/api/submissions?limit=500&{query}", headers=run.bearer("viewer"))
    return len(response.json()["items"])


async def test_every_count_is_the_number_of_what_the_same_filter_lists(run: Running) -> None:
    ids = await spoken(run)
    theme = await themed(run, ids[:3])
    for scope in ("", "placement=page", "language=nl", f"theme={theme}", "theme=none", f"theme={theme}&language=nl"):
        counts = await counted(run, scope)
        assert counts["presses"] == await listed(run, scope), scope
        assert counts["words"] == await listed(run, f"{scope}&words=1"), scope
        assert counts["unread"] == await listed(run, f"{scope}&words=1&status=new"), scope
        assert counts["grave_unread"] == await listed(run, f"{scope}&grave=1&status=new"), scope
        assert counts["waiting"] == await listed(run, f"{scope}&words=1&waiting=1"), scope
        for name, values in counts["by"].items():
            for value, presses in values.items():
                narrowed = f"{scope}&{name}={value}" if f"{name}=" not in scope else scope
                assert presses == await listed(run, narrowed), (scope, name, value)
        assert sum(day["presses"] for day in counts["days"]) == counts["presses"]


async def test_what_is_read_in_one_place_does_not_wait_in_its_count(run: Running) -> None:
    ids = await spoken(run)
    theme = await themed(run, ids[1:2])
    assert (await counted(run, f"theme={theme}"))["grave_unread"] == 1
    for role, status in (("editor", "read"),):
        body = {"status": status, "revision": 1}
        done = await run.client.patch(f"/api/submissions/{ids[1]}", json=body, headers=run.bearer(role))
        assert done.status_code == 200
    counts = await counted(run, f"theme={theme}")
    assert (counts["unread"], counts["grave_unread"], counts["words"]) == (0, 0, 1)
    assert (await counted(run, ""))["unread"] == 4


async def test_an_erased_voice_leaves_the_counts_of_its_theme(run: Running) -> None:
    told = (await run.send(text="Dit gaat weg.", outcome="no", language="nl")).json()
    theme = await themed(run, [told["id"]])
    await run.receipt(told["receipt"], "DELETE")
    counts = await counted(run, f"theme={theme}")
    assert (counts["presses"], counts["words"], counts["unread"]) == (0, 0, 0)


async def test_days_narrow_the_counts_of_a_theme_as_well(run: Running) -> None:
    theme = await themed(run, await spoken(run))
    (day,) = {day["day"] for day in (await counted(run, ""))["days"]}
    assert (await counted(run, f"theme={theme}&from={day}&to={day}"))["presses"] == 5
    assert (await counted(run, f"theme={theme}&to=2020-01-01"))["presses"] == 0
    assert (await counted(run, f"theme={theme}&from=2100-01-01"))["presses"] == 0


@pytest.mark.parametrize("query", ["from=2026-13-01", "to=2026-02-30", "from=9999-12-31", "to=0001-01-01"])
async def test_a_day_that_cannot_be_is_refused_by_name(run: Running, query: str) -> None:
    response = await run.client.get(f"/api/counts?theme=none&{query}", headers=run.bearer())
    assert (response.status_code, list(response.json()["fields"])) == (422, [query.split("=")[0]])


async def test_a_decision_counts_its_own_and_no_other_agency_sees_it(run: Running) -> None:
    await decided(run)
    assert (await counted(run, "decision=heating"))["presses"] == 0
    assert (await counted(run, "decision=nothing"))["presses"] == 0
    store, now = run.app.parts.store, run.app.parts.now()
    village = await store.agencies.create("village", "The village", now=now)
    _, token = await store.tokens.create(village.id, "admin", name="Village", now=now)
    theme = await themed(run, await spoken(run))
    theirs = {"authorization": f"Bearer {token}"}
    for query in (f"theme={theme}", "placement=page", "theme=none", ""):
        counts = (await run.client.get(f"/api/counts?{query}", headers=theirs)).json()
        assert (counts["presses"], counts["unread"], counts["waiting"]) == (0, 0, 0), query


async def test_an_export_holds_what_the_filter_lists(run: Running) -> None:
    ids = await spoken(run)
    theme = await themed(run, ids[:3])
    for query in (
        f"theme={theme}",
        "theme=none&words=1",
        "grave=1",
        f"after={ids[2]}&words=1",
        f"before={ids[2]}",
        "waiting=1",
    ):
        lines = (await run.client.get(f"/api/export.jsonl?{query}", headers=run.bearer("viewer"))).text.splitlines()
        assert len(lines) == await listed(run, query), query
        assert all(json.loads(line)["id"] in ids for line in lines if "words=1" in query)
