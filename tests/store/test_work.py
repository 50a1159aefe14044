"""What a team sees on its desk: pages with much feedback and no decision, what is missing, how answers felt."""

from __future__ import annotations

from typing import Any

from collector.store.submissions import Arrival
from tests.store.arrivals import agency_with_page, arrival
from tests.town import Town, said

DAY_MS = 86_400_000


async def said_on(town: Town, page: str | None, number: int, *, days: float = 1, **sent: Any) -> None:
    for place in range(number):
        key = f"{page}-{days}-{place}-{sorted(sent)}"
        one: Arrival = arrival(town.page, "".join(c if c.isalnum() else "-" for c in key)[-60:].rjust(8, "x"),
                               sent.get("text", "Het werkt niet."), at=town.ago(days))  # fmt: skip
        one.page, one.decision = page, sent.get("decision")
        await town.store.submissions.receive(one)


async def test_pages_with_much_feedback_and_no_decision_ask_whether_it_should_be_decided(hall: Town) -> None:
    await said_on(hall, "https://www.town.example/old", 9, days=100)
    await hall.publish("square", hall.file())
    await said_on(hall, "https://www.town.example/loud", 7)
    await said_on(hall, "https://www.town.example/some", 5, text=None)
    await said_on(hall, "https://www.town.example/few", 4)
    await said_on(hall, "https://www.town.example/decided", 9, decision="square")
    await said_on(hall, None, 6)
    pages = (await hall.store.work.desk(hall.agency.id, hall.now)).pages
    assert [(page.page, page.voices, page.with_words) for page in pages] == [
        ("https://www.town.example/loud", 7, 7), ("https://www.town.example/some", 5, 0),
    ]  # fmt: skip
    other, _ = await agency_with_page(hall.store, "village", "village-page")
    assert (await hall.store.work.desk(other.id, hall.now)).pages == []


async def test_the_desk_says_what_waits_for_each_decision_and_what_keeps_a_draft_from_being_public(hall: Town) -> None:
    await hall.store.decisions.create(hall.agency.id, "draft", hall.file(gain={"nl": "a"}), now=hall.now, by="Ann")
    await hall.publish("square", hall.file())
    ids = await hall.voices("square", 3, "Ik woon hier.", impact=["health"])
    await hall.voices("square", 2, None, effect="helps")
    await hall.theme("square", said("Wonen", "Habiter"), ids[:1])
    lines = {line.key: line for line in (await hall.store.work.desk(hall.agency.id, hall.now)).decisions}
    square = lines["square"]
    assert (square.voices, square.with_words, square.unsorted, square.grave_unread) == (5, 3, 2, 3)
    assert (square.themes, square.themes_answered, square.is_open) == (1, 0, True)
    assert (lines["draft"].state, lines["draft"].is_open) == ("draft", False)
    work = await hall.store.work.one(hall.agency.id, "draft", hall.now)
    assert work.missing == ("gain.fr",) and work.unanswered.none


async def test_the_brief_tells_the_gravest_word_for_word_and_what_is_still_unanswered(hall: Town) -> None:
    await hall.publish("square", hall.file())
    for text, impact, way in (
        ("Tijd.", ["time"], None), ("Gezondheid.", ["health"], None), ("Geen weg.", [], "no"), ("Recht.", ["right"], None),
        ("Geld.", ["money"], None), ("Niets.", [], None), ("Opzij.", ["health"], None),
    ):  # fmt: skip
        [one] = await hall.voices("square", 1, text, impact=impact, another_way=way)
        if text == "Opzij.":
            await hall.store.submissions.mark(
                hall.agency.id, one, "aside", revision=1, by="Ann", now=hall.now, aside="test"
            )
    await hall.theme("square", said("Wonen", "Habiter"), [])
    brief = await hall.store.work.brief(hall.agency.id, "square", hall.now)
    assert [voice.text for voice in brief.gravest][:4] == ["Gezondheid.", "Recht.", "Geen weg.", "Geld."]
    assert len(brief.gravest) == 5 and (brief.n, brief.with_words) == (7, 7)
    assert [name["nl"] for name in brief.unanswered_themes] == ["Wonen"]
    assert (brief.unanswered.unsorted, brief.unanswered.themes) == (6, 1)
