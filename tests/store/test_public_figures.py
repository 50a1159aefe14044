"""What everybody may see says no more than it says: steps of five, once an hour, nothing under five."""

from __future__ import annotations

import asyncio
from typing import Any

from collector.agency import LANGUAGES
from collector.burst import LEAST
from collector.public import HOUR_MS
from collector.store.steps import Anyway
from tests.start import Running
from tests.store.arrivals import arrival
from tests.town import Town, said

YES = Anyway(said("Daarom.", "Voilà."))


async def document(run: Running, key: str) -> dict[str, Any]:
    found: dict[str, Any] = (await run.client.get(f"/api/decisions/{key}")).json()
    return found


async def test_nobody_and_four_look_the_same(run: Running, town: Town) -> None:
    for key, number in (("nobody", 0), ("four", 4)):
        await town.publish(key, town.file())
        ids = await town.voices(key, number, "Ik woon hier.", effect="harder")
        await town.theme(key, said("Wonen", "Habiter"), ids)
    nobody, four = await document(run, "nobody"), await document(run, "four")
    for shown in (nobody, four):
        assert set(shown["figures"]["effects"].values()) == {None}
        assert shown["figures"]["themes"] == {}
        for name in ("key", "url", "changed_at", "published_at"):
            del shown[name]
        for theme in shown["themes"]:
            del theme["id"]
    assert nobody == four


async def test_what_comes_within_the_hour_changes_nothing_that_is_public(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    ids = await town.voices("square", 7, "Ik woon hier.", effect="harder")
    await town.theme("square", said("Wonen", "Habiter"), ids)
    before = await document(run, "square")
    assert before["figures"]["voices"] == 5
    await town.voices("square", 30, "Ik ook.", days=0, effect="harder")
    assert await document(run, "square") == before


async def test_a_label_names_nobody_under_five_and_a_late_voice_does_not_bring_it_back(
    run: Running, town: Town
) -> None:
    await town.publish("square", town.file())
    ids = await town.voices("square", 3, "Ik woon hier.", effect="harder")
    await town.step("square", "decided", days=1, text=said("Ja.", "Oui."), anyway=YES)
    shown = (await document(run, "square"))["override"]
    assert shown["unanswered"] == {
        "themes": 0, "unsorted": None, "grave_unread": None, "waiting": None, "promise": False,
    }  # fmt: skip
    assert shown["office"] == "Mobility office" and "Ann" not in str(shown)
    theme = await town.theme("square", said("Wonen", "Habiter"), ids)
    assert (await document(run, "square"))["override"] is not None
    await town.answer([theme], "not_changed", said("Er is geen plaats.", "Il n'y a pas de place."), days=0)
    assert (await document(run, "square"))["override"] is None
    await town.voices("square", 2, "Te laat, maar toch.", days=0, effect="harder")
    assert (await document(run, "square"))["override"] is None


async def test_a_promise_to_change_the_text_that_was_not_kept_stays_until_it_is(run: Running, town: Town) -> None:
    await town.publish("square", town.file(promise="change"))
    await town.step("square", "decided", text=said("Ja.", "Oui."), anyway=YES)
    assert (await document(run, "square"))["override"]["unanswered"]["promise"] is True


async def test_a_response_is_a_step_and_the_next_step_names_its_revision(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    ids = await town.voices("square", 1, "Ik woon hier.", effect="harder")
    theme = await town.theme("square", said("Wonen", "Habiter"), ids)
    for _ in range(3):
        await town.answer([theme], "not_changed", said("Er is geen plaats.", "Il n'y a pas de place."), days=0)
        await town.step("square", "phase", phase="deciding")


SAME = "Laat onze straat zoals ze is"
SAID = {"nl": "bijna dezelfde woorden", "fr": "presque les mêmes mots", "de": "fast denselben Worten",
        "en": "nearly the same words"}  # fmt: skip


async def caught_up(run: Running) -> None:
    store = run.app.parts.store
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 30)


async def told(run: Running, key: str, now: int | None = None) -> int | None:
    await caught_up(run)
    store = run.app.parts.store
    return (await store.figures.of(store.decisions.by_key(key), now or run.app.parts.now())).bursts


async def test_what_came_in_nearly_the_same_words_within_minutes_is_said_apart_in_steps_of_five(
    run: Running, town: Town
) -> None:
    for key, number in (("one", LEAST + 1), ("other", LEAST + 4), ("more", LEAST + 5)):
        await town.publish(key, town.file())
        await town.voices(key, 10, None, effect="helps")
        await town.voices(key, number, f"{SAME} {key}", days=3 + number / 10, effect="harder")
    for key, number in (("one", 20), ("other", 20), ("more", 25)):
        assert await told(run, key) == number
        assert (await document(run, key))["figures"]["bursts"] == number
    for language in LANGUAGES:
        page = (await run.client.get(f"/d/more?lang={language}")).text
        (sentence,) = (line for line in page.split("<p>") if SAID[language] in line)
        assert " 25 " in sentence


async def test_two_bursts_are_told_together_by_the_step_of_each(run: Running, town: Town) -> None:
    await town.publish("square", town.file())
    for place, number in enumerate((LEAST + 4, LEAST + 3)):
        await town.voices("square", number, f"{SAME} nummer {place}", days=2 + place, effect="harder")
    assert await told(run, "square") == 2 * LEAST, "not 45: then one voice more in either would be seen in the sum"


async def test_a_burst_is_told_once_its_hour_is_over_and_only_for_twenty_of_the_decisions_own_citizens(
    run: Running, town: Town
) -> None:
    for key in ("square", "street", "park", "desk"):
        await town.publish(key, town.file())
    hour = run.app.parts.now() // HOUR_MS * HOUR_MS
    town.now = hour - 1_000
    await town.voices("square", LEAST, SAME, days=0)
    for key in ("street", "park"):
        await town.voices(key, LEAST - 1, "Wij willen bomen en geen stenen", days=0)
    staff = [arrival(town.page, f"staff-{n:04}", "Het loket kan dit werk niet aan", at=town.now) for n in range(LEAST)]
    for one in staff:
        one.decision, one.channel = "desk", "staff"
    await asyncio.gather(*(town.store.submissions.receive(one) for one in staff))
    town.now = hour + 1_000
    await town.voices("square", 1, SAME, days=0)
    await caught_up(run)
    assert len((await town.store.bursts.list(town.agency.id, now=hour + HOUR_MS)).items) == 3, "the team sees them all"
    assert await told(run, "square", hour) is None, "it goes on"
    for key, number in (("square", LEAST), ("street", None), ("park", None), ("desk", None)):
        assert await told(run, key, hour + HOUR_MS) == number
