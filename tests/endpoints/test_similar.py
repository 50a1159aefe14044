"""What is alike over HTTP: a folded list, and what stands beside one voice."""

from __future__ import annotations

import asyncio

from tests.start import Running
from tests.store.test_similar import LIFT, REST


async def test_a_list_is_folded_when_that_is_asked_for_and_what_is_like_one_is_told_with_its_words(
    run: Running,
) -> None:
    store = run.app.parts.store
    told = [(await run.send(outcome="no", text=text, language="nl")).json()["id"] for text in (*LIFT, *REST)]
    copy = (await run.send(outcome="no", text=LIFT[0] + "!", impact=["health"], language="nl")).json()["id"]
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)

    async def asked(path: str, role: str = "viewer") -> dict[str, object]:
        answer = await run.client.get(path, headers=run.bearer(role))
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    plain = await asked("/api/submissions?limit=100")
    assert len(plain["items"]) == len(told) + 1 and plain["folded"] == {}  # type: ignore[arg-type]
    folded = await asked(f"/api/submissions?limit=100&fold={2**53 - 1}")
    assert [one["id"] for one in folded["items"]] == [copy, *told[:0:-1]]  # type: ignore[attr-defined]
    assert folded["folded"] == {str(copy): {"others": 1, "grave": 0}}
    behind = await asked(f"/api/submissions?alike={copy}&before={copy}")
    assert [one["id"] for one in behind["items"]] == told[:1]  # type: ignore[attr-defined]
    beside = await asked(f"/api/submissions/{copy}/similar")
    assert {one["submission"]["id"] for one in beside["items"]} == set(told[1 : len(LIFT)])  # type: ignore[attr-defined]
    assert beside["suggestion"] is None
    read = await asked("/api/audit?kind=read", "admin")
    assert read["items"], "whose words stood beside it is noted"
    for path, status in ((f"/api/submissions?fold={2**53}", 422), ("/api/submissions?alike=x", 422)):
        assert (await run.client.get(path, headers=run.bearer("viewer"))).status_code == status


async def test_a_search_tells_which_words_are_another_form_of_what_is_typed(run: Running) -> None:
    store = run.app.parts.store
    told = []
    for text in ("Twee vergunningen voor een straatfeest", "Ik wacht op mijn vergunning"):
        told.append((await run.send(outcome="no", text=text, language="nl")).json()["id"])
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)
    for asked, ids, forms in (
        ("q=vergunning", told[::-1], ["vergunning", "vergunningen"]),
        ("q=vergunning&found=exact", told[1:], ["vergunning"]),
        ("q=vergunning&found=forms", told[:1], ["vergunningen"]),
        ('q="vergunning"', told[1:], []),
        ("q=straatfeest&found=forms", [], []),
    ):
        page = (await run.client.get(f"/api/submissions?{asked}", headers=run.bearer("viewer"))).json()
        assert ([one["id"] for one in page["items"]], page["forms"]) == (ids, forms), asked
    refused = await run.client.get("/api/submissions?q=x&found=all", headers=run.bearer("viewer"))
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["found"])
