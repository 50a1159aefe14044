"""What is shown to a meeting: of those alone who allowed it, in the order of reading, and noted."""

from __future__ import annotations

from typing import Any

from collector.status import Aside, Status
from collector.submission import Permissions
from tests.start import Running
from tests.store.arrivals import KEYS, arrival
from tests.town import Town

DAY_MS = 86_400_000


async def spoken(
    town: Town, text: str, days: int, quote: bool = True, status: Status | None = "read", **said: Any
) -> int:
    one = arrival(
        town.page,
        f"voice-{text}",
        f"{text} en nog wat woorden",
        at=town.ago(days),
        permissions=Permissions(quote=quote),
        **said,
    )
    id_ = (await town.store.submissions.receive(one)).id
    if status is not None:
        aside: Aside | None = "test" if status == "aside" else None
        await town.store.submissions.mark(
            town.agency.id,
            id_,
            status,
            revision=1,
            by="Ann",
            now=town.now,
            aside=aside,
        )
    return id_


async def shown(run: Running, query: str = "") -> list[str]:
    """The first word of each, one asked after the other."""
    found, place = [], ""
    while True:
        answer = await run.client.get(f"/api/meeting?{query}{place}", headers=run.bearer("viewer"))
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [one["submission"]["text"].split()[0] for one in page["items"]]
        if page["next"] is None:
            assert page["number"] == len(found), query
            return found
        place = f"&place={page['next']}"


async def test_only_words_that_may_be_shown_come_the_gravest_first_and_then_the_oldest(
    run: Running, town: Town
) -> None:
    await spoken(town, "mild", 9, impact=["time"])
    await spoken(town, "secret", 8, quote=False, impact=["health"])
    await spoken(town, "set-aside", 7, status="aside", impact=["health"])
    await spoken(town, "right", 6, impact=["right"])
    await spoken(town, "unread", 5, status=None, impact=["health"])
    await spoken(town, "older", 4, impact=["health"])
    await spoken(town, "newer", 3, impact=["health"])
    await spoken(town, "silent", 2)
    assert await shown(run) == ["older", "newer", "right", "silent", "mild"]
    assert await shown(run, "unread=1") == ["unread", "older", "newer", "right", "silent", "mild"]
    assert await shown(run, f"from={town.day(-6)}&to={town.day(-3)}") == ["older", "newer", "right"]
    assert await shown(run, "decision=nowhere") == []
    for _ in range(30):  # volume moves nothing that is grave
        await spoken(town, f"crowd-{_}", 1, impact=["money"])
    assert (await shown(run))[:3] == ["older", "newer", "right"]

    await run.receipt(KEYS.code("page", "voice-newer"), "PATCH", permissions={"quote": False, "invite": False})
    await run.receipt(KEYS.code("page", "voice-older"), "DELETE")
    assert (await shown(run))[:2] == ["right", "crowd-0"], "what may no longer be shown is not"
    refused = await run.client.get("/api/meeting?q=woorden", headers=run.bearer())
    assert refused.status_code == 422
    assert (await run.client.get("/api/meeting")).status_code == 401


async def test_each_voice_that_is_shown_is_noted_as_shown(run: Running, town: Town) -> None:
    ids = [await spoken(town, name, 3 - n, impact=["health"]) for n, name in enumerate(("one", "two"))]
    await run.client.get("/api/meeting", headers=run.bearer("viewer"))
    entries = (await run.client.get("/api/audit?kind=read", headers=run.bearer("admin"))).json()["items"]
    assert [(one["act"], one["number"]) for one in entries] == [("words.shown", 1)]
    of = (await run.client.get(f"/api/audit?submission={ids[1]}", headers=run.bearer("admin"))).json()["items"]
    assert of == [] or all(one["act"] != "words.shown" for one in of), "the second was not asked for"
