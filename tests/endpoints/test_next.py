"""What do I do next: grave and not answered, late by the clock, who wrote back and waits, then mine."""

from __future__ import annotations

from typing import Any

from tests.start import Running
from tests.store.arrivals import arrival

DAY = 86_400_000


async def seen(run: Running, header: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """(why, words) in their order."""
    answer = await run.client.get("/api/next", headers=header or run.bearer())
    assert answer.status_code == 200, answer.text
    return [(one["why"], one["submission"]["text"]) for one in answer.json()["items"]]


async def write(run: Running, number: int, kind: str = "question") -> None:
    body = {"text": "Waar was dat?", "kind": kind}
    assert (
        await run.client.post(f"/api/submissions/{number}/messages", json=body, headers=run.bearer())
    ).status_code == 201


async def triage(run: Running, number: int, **wanted: Any) -> None:
    one = (await run.client.get(f"/api/submissions/{number}", headers=run.bearer())).json()
    body = {"revision": one["revision"], **wanted}
    assert (await run.client.patch(f"/api/submissions/{number}", json=body, headers=run.bearer())).status_code == 200


async def say(run: Running, text: str, **said: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await run.send(text=text, outcome="no", **said)).json()
    return found


async def member(run: Running) -> tuple[int, dict[str, str]]:
    """(her id, what she signs in with)."""
    inviting = {"email": "ann@town.example", "name": "Ann Peeters", "office": "Mobility", "role": "editor"}
    made = (await run.client.post("/api/members", json=inviting, headers=run.bearer("admin"))).json()
    taken = {"invitation": made["url"].split("#")[1], "password": "a long enough password"}
    joined = await run.client.post("/api/members/join", json=taken)
    secret = joined.headers["set-cookie"].split(";")[0]
    run.client.cookies.clear()
    return made["member"]["id"], {"cookie": secret}


async def test_the_order_is_grave_then_late_then_who_waits_then_mine(run: Running) -> None:
    ann, header = await member(run)
    store, now = run.app.parts.store, run.app.parts.now()
    page = store.agencies.placement("page")
    mild = await say(run, "Van mij.", impact=["time"], another_way="yes")
    await triage(run, mild["id"], member=ann)
    waits = await say(run, "Ik wacht.", impact=["time"], another_way="yes")
    await write(run, waits["id"])
    await run.client.post(
        "/api/receipt/messages", json={"text": "Aan de kade."}, headers={"authorization": f"Receipt {waits['receipt']}"}
    )
    barrier = arrival(page, "barrier-001", "Het scherm leest niet.", at=now - 40 * DAY, barrier="report")
    await store.submissions.receive(barrier)
    await say(run, "Ik verloor mijn recht.", impact=["right"])
    await say(run, "Mijn gezondheid.", impact=["health"])
    await say(run, "Gewoon ongelezen.", impact=["money"])
    assert await seen(run, header) == [
        ("grave", "Mijn gezondheid."),
        ("grave", "Ik verloor mijn recht."),
        ("late", "Het scherm leest niet."),
        ("waits", "Ik wacht."),
        ("mine", "Van mij."),
    ]
    assert [why for why, _ in await seen(run)] == ["grave", "grave", "late", "waits"], "a token has nothing of its own"


async def test_what_is_not_our_turn_is_not_next(run: Running) -> None:
    ann, header = await member(run)
    voices = [await say(run, f"Ernstig {number}.", impact=["health"]) for number in range(6)]
    passed, asked, anns, claimed, answered, _ = (one["id"] for one in voices)
    await triage(run, passed, status="with", contact_point="desk")
    await write(run, asked)
    await triage(run, anns, status="read", member=ann)
    await run.client.put(f"/api/submissions/{claimed}/claim", json={}, headers=header)
    await triage(run, answered, status="read")
    await triage(run, answered, status="answered")
    assert await seen(run) == [("grave", "Ernstig 5.")]
    assert await seen(run, header) == [("grave", "Ernstig 2."), ("grave", "Ernstig 3."), ("grave", "Ernstig 5.")]


async def test_a_letter_that_waits_too_long_comes_before_those_that_wait(run: Running) -> None:
    store, now = run.app.parts.store, run.app.parts.now()
    page = store.agencies.placement("page")
    for number, days in enumerate((1, 30, 60)):
        said = arrival(
            page, f"waits-{number:05}", f"Brief {days}.", at=now - 70 * DAY, impact=["time"], another_way="yes"
        )
        one = await store.submissions.receive(said)
        opened = await store.receipts.open(said.code_hash)
        await store.messages.add(1, opened.id, one.id, "En nu?", masked=(), now=now - days * DAY)
    assert await seen(run) == [("late", "Brief 60."), ("late", "Brief 30."), ("waits", "Brief 1.")]
    listed = (await run.client.get("/api/next?limit=1", headers=run.bearer())).json()["items"]
    assert [(one["late"], one["submission"]["text"]) for one in listed] == [(True, "Brief 60.")]
