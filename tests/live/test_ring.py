"""The roster: rung for grave words within one's hours, at most every quarter of an hour, with nothing of what was said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from collector.live.mail import Mail
from collector.live.ring import Ring
from collector.timetable import Timetable, read_timetable
from collector.words import Words
from tests.endpoints.test_contact_points import moment
from tests.endpoints.test_members import invited, join
from tests.live.mailbox import Mailbox, mailbox
from tests.patience import PATIENCE
from tests.start import Running

HTML = {"accept": "text/html"}
QUARTER_MS = 900_000
GRAVE: dict[str, Any] = {"outcome": "no", "text": "Ik krijg geen medicijnen meer.", "impact": ["health"]}


def hours(line: str) -> Timetable:
    read = read_timetable([line])
    assert read is not None
    return read


async def on_roster(run: Running, line: str = "mo-fr 09:00-12:00") -> int:
    """The id of Ann, who is rung on weekdays from nine to twelve."""
    await join(run, await invited(run))
    run.client.cookies.clear()
    member = (await run.client.get("/api/members", headers=run.bearer("admin"))).json()["items"][0]
    await run.app.parts.store.roster.put(1, member["id"], hours(line), now=run.app.parts.now(), by="Team")
    return int(member["id"])


class Clock:
    """What time it is, for the pages and for the ring."""

    def __init__(self, run: Running, at: int) -> None:
        self.at = at
        run.app.parts.now = lambda: self.at


@asynccontextmanager
async def ringing(run: Running, box: Mailbox, clock: Clock) -> AsyncIterator[None]:
    mail = Mail(f"smtp://127.0.0.1:{box.port}", "tijdens@town.example")
    store = run.app.parts.store
    async with Ring(store, mail, Words(), run.url, lambda: clock.at, look_seconds=0.02, pauses=(0.05,)):
        async with asyncio.timeout(5 * PATIENCE):
            while store.roster._cursor is None:
                await asyncio.sleep(0.005)
        yield


async def quiet(box: Mailbox, number: int) -> None:
    """After a while there are so many letters, and not one more."""
    await asyncio.sleep(0.3)
    assert len(box.taken) == number


async def test_a_grave_voice_within_her_hours_rings_and_the_letter_says_nothing_of_it(run: Running) -> None:
    await on_roster(run)
    clock = Clock(run, moment("2026-11-25", "10:00"))
    async with mailbox() as box, ringing(run, box, clock):
        await run.send(outcome="no", text="Het duurt lang.", impact=["time"])
        await quiet(box, 0)
        await run.send(**GRAVE)
        await box.wait(1)
        await quiet(box, 1)
    ((to, letter),) = box.taken
    text = letter.get_content()  # type: ignore[attr-defined]
    assert to == "ann@town.example" and letter["Subject"] == "Er is een dringende stem"
    assert f"{run.url}/dashboard?lang=nl#grave=1&status=new" in text.replace("\r\n", "\n")
    for kept_back in ("medicijn", "The town", "health", "gezondheid"):
        assert kept_back not in text


async def test_she_is_rung_once_a_quarter_of_an_hour_at_most_and_not_for_what_was_read(run: Running) -> None:
    await on_roster(run)
    clock = Clock(run, moment("2026-11-25", "10:00"))
    async with mailbox() as box, ringing(run, box, clock):
        await run.send(**GRAVE)
        await box.wait(1)
        for _ in range(3):
            await run.send(**GRAVE)
        clock.at += QUARTER_MS - 60_000
        await quiet(box, 1)
        clock.at += 120_000
        await box.wait(2)
        ids = [one["id"] for one in (await run.client.get("/api/submissions", headers=run.bearer())).json()["items"]]
        last = (await run.send(**GRAVE)).json()["id"]
        await asyncio.sleep(0.1)
        for id_ in (*ids, last):
            await run.client.patch(
                f"/api/submissions/{id_}", json={"status": "read", "revision": 1}, headers=run.bearer()
            )
        clock.at += QUARTER_MS
        await quiet(box, 2)


async def test_outside_her_hours_nobody_is_rung_also_not_in_the_morning(run: Running) -> None:
    await on_roster(run)
    clock = Clock(run, moment("2026-11-25", "22:00"))
    async with mailbox() as box, ringing(run, box, clock):
        await run.send(**GRAVE)
        await quiet(box, 0)
        clock.at = moment("2026-11-26", "09:30")
        await quiet(box, 0)
        await run.send(**GRAVE)
        await box.wait(1)


async def test_a_voice_that_becomes_grave_by_what_is_added_rings_too(run: Running) -> None:
    await on_roster(run)
    clock = Clock(run, moment("2026-11-25", "10:00"))
    async with mailbox() as box, ringing(run, box, clock):
        code = (await run.send(outcome="no", text="Het lukt niet.")).json()["receipt"]
        await quiet(box, 0)
        await run.receipt(code, "PATCH", impact=["right"])
        await box.wait(1)


async def test_outside_all_hours_pages_say_that_nobody_reads_and_show_the_numbers_first(run: Running) -> None:
    nobody = "Op dit moment leest hier niemand van het team. Op donderdag 26 november om 9:00 is er weer iemand."
    clock = Clock(run, moment("2026-11-25", "22:00"))
    assert "leest hier niemand" not in (await run.client.get("/f/page?lang=nl", headers=HTML)).text, "without a roster"
    await on_roster(run)
    assert nobody in (await run.client.get("/f/page?lang=nl", headers=HTML)).text
    assert nobody in (await run.client.get("/talk/town?lang=nl", headers=HTML)).text
    code = (await run.send(outcome="no", text="Mijn recht is weg.", impact=["right"])).json()["receipt"]
    receipt = (await run.client.post("/r?lang=nl", data={"code": code}, headers=HTML)).text
    assert receipt.index(nobody) < receipt.index('id="receipt"')
    document = (await run.client.get("/api/placements/page")).json()
    assert document["reading"] == {"now": False, "until": None, "next": moment("2026-11-26", "09:00")}
    clock.at = moment("2026-11-26", "09:30")
    assert "leest hier niemand" not in (await run.client.get("/f/page?lang=nl", headers=HTML)).text
    assert (await run.client.get("/api/placements/page")).json()["reading"]["now"] is True


async def test_who_leaves_is_off_the_roster_and_only_those_who_manage_write_it(run: Running) -> None:
    id_ = await on_roster(run)
    body = {"timetable": {"hours": [{"days": [1], "opens": "09:00", "closes": "10:00"}]}}
    for role, status in (("viewer", 403), ("editor", 403), ("admin", 204)):
        answer = await run.client.put(f"/api/roster/{id_}", json=body, headers=run.bearer(role))
        assert answer.status_code == status
    listed = (await run.client.get("/api/roster", headers=run.bearer("viewer"))).json()
    assert [(one["name"], one["timetable"]["hours"]) for one in listed["items"]] == [
        ("Ann Peeters", body["timetable"]["hours"])
    ]
    assert listed["rings"] is False, "there is no mail server"
    bad = {"timetable": {"hours": [{"days": [1], "opens": "10:00", "closes": "09:00"}]}}
    assert (await run.client.put(f"/api/roster/{id_}", json=bad, headers=run.bearer("admin"))).status_code == 422
    assert (await run.client.put("/api/roster/999", json=body, headers=run.bearer("admin"))).status_code == 404
    await run.client.delete(f"/api/members/{id_}", headers=run.bearer("admin"))
    assert (await run.client.get("/api/roster", headers=run.bearer("viewer"))).json()["items"] == []
