"""What everybody may see says no more than it says: steps of five, once an hour, nothing under five."""

from __future__ import annotations

from typing import Any

from collector.store.steps import Anyway
from tests.start import Running
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
