"""One agency hands a voice to another of the installation: nothing is seen there before it says yes, the citizen may say no,
one receipt shows both, and what she erases is gone in both."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from collector.contact_point import ContactPoint
from collector.offer import Deciding
from tests.endpoints.test_roles import neighbour
from tests.start import DESK, Running

WORDS = "De brug over de vaart is van de provincie, en ze is te smal."


class Two:
    """A town that asks, and a village that is asked."""

    def __init__(self, run: Running, village: dict[str, str]) -> None:
        self.run = run
        self.village = village

    @classmethod
    async def start(cls, run: Running) -> Two:
        agency, header = await neighbour(run)
        store, now = run.app.parts.store, run.app.parts.now()
        await store.agencies.create_placement(agency, "square", origins=["https://village.example"], now=now)
        return cls(run, header)

    async def say(self, **more: Any) -> tuple[int, str]:
        """(id, receipt) of what a citizen sends to the town."""
        sent = (await self.run.send(text=WORDS, outcome="no", language="nl", impact=["right"], **more)).json()
        return sent["id"], sent["receipt"]

    async def offer(self, number: int, note: str = "Deze brug is van u.", to: str = "village") -> Any:
        body = {"agency": to, "note": note}
        return await self.run.client.post(f"/api/submissions/{number}/offer", json=body, headers=self.run.bearer())

    async def incoming(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.run.client.get("/api/offers", headers=self.village)).json()["items"]
        return found

    async def decide(self, offer: int, **body: Any) -> Any:
        return await self.run.client.post(f"/api/offers/{offer}", json=body, headers=self.village)

    async def take(self, number: int) -> int:
        assert (await self.offer(number)).status_code == 201
        offer = (await self.incoming())[-1]["id"]
        made = await self.decide(offer, take=True, placement="square")
        assert made.status_code == 200, made.text
        copy: int = made.json()["submission"]
        return copy

    async def seen(self, number: int, header: dict[str, str] | None = None) -> Any:
        return await self.run.client.get(f"/api/submissions/{number}", headers=header or self.village)


async def test_nothing_of_the_words_is_seen_before_the_other_agency_says_yes(run: Running) -> None:
    two = await Two.start(run)
    number, code = await two.say()
    asked = (await two.offer(number)).json()["items"]
    assert [(one["agency"]["key"], one["status"], one["note"]) for one in asked] == [
        ("village", "open", "Deze brug is van u.")
    ]
    listed = await run.client.get("/api/offers", headers=two.village)
    assert WORDS not in listed.text
    (incoming,) = listed.json()["items"]
    assert (incoming["agency"]["key"], incoming["language"], incoming["grave"]) == ("town", "nl", True)
    assert (await two.seen(number)).status_code == 404
    assert (await run.client.get("/api/submissions", headers=two.village)).json()["items"] == []
    assert (await two.offer(number)).status_code == 409, "once is enough"
    assert (await two.offer(number, to="town")).status_code == 422
    told = (await run.receipt(code)).json()["offers"]
    assert [(one["agency"]["key"], one["status"], one["note"], one["receipt"]) for one in told] == [
        ("village", "open", "Deze brug is van u.", None)
    ]


async def test_what_is_taken_on_is_a_voice_of_its_own_and_what_the_first_agency_knew_stays_there(run: Running) -> None:
    two = await Two.start(run)
    number, code = await two.say(permissions={"quote": True, "invite": True})
    note = {"text": "Wij bekijken het.", "kind": "note"}
    await run.client.post(f"/api/submissions/{number}/messages", json=note, headers=run.bearer())
    copy = (await two.seen(await two.take(number))).json()
    assert (copy["text"], copy["placement"], copy["status"], copy["messages"]) == (WORDS, "square", "new", [])
    assert copy["permissions"] == {"quote": False, "invite": False}, "she allowed the town, not the village"
    assert (copy["came_from"]["agency"]["key"], copy["came_from"]["note"]) == ("town", "Deze brug is van u.")
    assert (await two.seen(number)).status_code == 404
    assert (await two.seen(copy["id"], run.bearer())).status_code == 404, "nor does the town see the village's"
    first = (await two.seen(number, run.bearer())).json()
    assert [one["status"] for one in first["offers"]] == ["taken"] and len(first["messages"]) == 1

    answer = {"text": "In mei wordt ze breder.", "kind": "question"}
    written = await run.client.post(f"/api/submissions/{copy['id']}/messages", json=answer, headers=two.village)
    assert written.status_code == 201
    document = (await run.receipt(code)).json()
    assert [one["text"] for one in document["messages"]] == ["Wij bekijken het."]
    (taken,) = document["offers"]
    assert taken["receipt"]["agency"]["key"] == "village"
    assert [one["text"] for one in taken["receipt"]["messages"]] == ["In mei wordt ze breder."]
    said = {"authorization": f"Receipt {code}"}
    reply = {"text": "Dank u.", "agency": "village"}
    assert (await run.client.post("/api/receipt/messages", json=reply, headers=said)).status_code == 201
    nowhere = {"text": "Dank u.", "agency": "elsewhere"}
    assert (await run.client.post("/api/receipt/messages", json=nowhere, headers=said)).status_code == 422
    threads = [(await two.seen(copy["id"])).json(), (await two.seen(number, run.bearer())).json()]
    assert [len(one["messages"]) for one in threads] == [2, 1]
    counted = (await run.client.get("/api/counts", headers=two.village)).json()
    assert (counted["presses"], counted["words"], counted["waiting"]) == (1, 1, 1)
    page = await run.client.post("/r?lang=en", data={"code": code, "step": "see"})
    assert "The village took your words on too." in page.text and "In mei wordt ze breder." in page.text


async def test_what_she_corrects_and_erases_is_corrected_and_erased_in_both(run: Running) -> None:
    two = await Two.start(run)
    number, code = await two.say()
    copy = await two.take(number)
    await run.receipt(code, "PATCH", text="De brug is gevaarlijk smal.", impact=["health"])
    changed = (await two.seen(copy)).json()
    assert (changed["text"], changed["impact"]) == ("De brug is gevaarlijk smal.", ["health"])
    assert changed["history"][-1]["change"] == "submission.corrected"
    assert (await run.receipt(code, "DELETE")).status_code == 200
    tombstones = [(await two.seen(copy)).json(), (await two.seen(number, run.bearer())).json()]
    assert [(one["text"], bool(one["erased_at"])) for one in tombstones] == [(None, True)] * 2
    assert [tombstones[0]["came_from"]["note"], tombstones[1]["offers"][0]["note"]] == [None, None]
    counted = (await run.client.get("/api/counts", headers=two.village)).json()
    assert (counted["presses"], counted["words"]) == (0, 0)
    file = run.app.config.store.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as left:
        assert not [text for (text,) in left.execute("select text from words") if text and "brug" in text]


async def test_the_citizen_can_say_no_as_long_as_nobody_said_yes(run: Running) -> None:
    two = await Two.start(run)
    number, code = await two.say()
    await two.offer(number)
    offer = (await two.incoming())[0]["id"]
    page = await run.client.post("/r?lang=en", data={"code": code, "step": "stay"})
    assert "You said that your words stay with The town." in page.text
    assert await two.incoming() == []
    assert (await two.decide(offer, take=True, placement="square")).status_code == 404
    assert (await run.receipt(code, "DELETE")).status_code == 200
    refused = await run.client.delete("/api/receipt/offer", headers={"authorization": f"Receipt {code}"})
    assert refused.status_code == 409


async def test_an_agency_says_why_not_and_the_citizen_reads_it(run: Running) -> None:
    two = await Two.start(run)
    number, code = await two.say()
    await two.offer(number)
    offer = (await two.incoming())[0]["id"]
    assert (await two.decide(offer, take=False)).status_code == 422
    assert (await two.decide(offer, take=True, placement="page")).status_code == 422, "a placement of its own"
    assert (await two.decide(offer, take=False, reason="De brug is van het gewest.")).json() == {"submission": None}
    (told,) = (await run.receipt(code)).json()["offers"]
    assert (told["status"], told["reason"], told["receipt"]) == ("declined", "De brug is van het gewest.", None)
    history = (await two.seen(number, run.bearer())).json()["history"]
    assert [step["change"] for step in history] == [
        "submission.received", "submission.offered", "submission.declined",
    ]  # fmt: skip
    assert (await two.offer(number)).status_code == 201, "one may ask again"
    withdrawn = await run.client.delete(f"/api/submissions/{number}/offer", headers=run.bearer())
    assert withdrawn.status_code == 204 and await two.incoming() == []


async def test_who_took_it_on_can_hand_it_on_and_one_code_shows_all_three(run: Running) -> None:
    two = await Two.start(run)
    store, now = run.app.parts.store, run.app.parts.now()
    city = await store.agencies.create("city", "The city", now=now)
    await store.agencies.add_contact_point(city, DESK, now=now)
    await store.agencies.add_contact_point(city, ContactPoint("quay", "Quay desk", counter="Kaai 1"), now=now)
    await store.agencies.create_placement(city, "bridge", origins=["https://city.example"], now=now)
    number, code = await two.say()
    copy = await two.take(number)
    body = {"agency": "city", "note": "Toch van u."}
    asked = await run.client.post(f"/api/submissions/{copy}/offer", json=body, headers=two.village)
    assert asked.status_code == 201
    back = await run.client.post(
        f"/api/submissions/{copy}/offer", json={"agency": "town", "note": ""}, headers=two.village
    )
    assert back.status_code == 409, "it is there already"
    (incoming,) = await store.offers.incoming(city.id)
    last = await store.offers.decide(city.id, incoming.id, Deciding(True, "bridge"), "", now=now, by="Eve, City")
    document = (await run.receipt(code)).json()
    assert [(one["asked_by"]["key"], one["agency"]["key"], one["status"]) for one in document["offers"]] == [
        ("town", "village", "taken"), ("village", "city", "taken"),
    ]  # fmt: skip
    await run.receipt(code, "DELETE")
    assert last is not None and (await store.submissions.one(city.id, last)).erased_at is not None
