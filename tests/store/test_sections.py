"""The text of a decision: versions that stand still, and passages that people moved, through whatever becomes of either."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from collector.change import ERASED
from collector.errors import Refusal
from collector.section import Passage, Section
from collector.store.receipts import Opened
from collector.texts import Texts
from tests.store.arrivals import agency_with_page
from tests.town import Town, said

NOBODY, RESIDENTS = (
    said("Niemand mag door.", "Personne ne passe."),
    said("Bewoners mogen door.", "Les habitants passent."),
)
BUSES = said("Bussen ook.\n\nEn taxi's.", "Les bus aussi.\n\nEt les taxis.")
FIRST = [Section("who", NOBODY, said("Wie", "Qui")), Section("bus", BUSES)]
SECOND = [Section("bus", BUSES), Section("who", RESIDENTS, said("Wie mag door", "Qui passe"))]


async def begun(hall: Town, key: str = "square") -> list[int]:
    """A public decision with a text in two versions, and a theme of three voices; the ids of these."""
    await hall.publish(key, hall.file())
    await hall.version(key, FIRST, said("Het eerste.", "Le premier."), days=3)
    await hall.version(key, SECOND, days=1)
    return await hall.voices(key, 3, "Ik woon hier.", version=1, section="who")


async def linked(hall: Town, themes: list[int], key: str = "square", **more: Any) -> Passage:
    given: dict[str, Any] = {"section": "who", "version": 2, "before": NOBODY, "after": RESIDENTS, **more}
    decision = hall.store.decisions.by_key(key)
    return await hall.store.sections.link(decision, themes=themes, now=hall.now, by="Ann", **given)


async def refused(hall: Town, themes: list[int], **more: Any) -> tuple[str, ...]:
    """The fields that a link is refused for."""
    with pytest.raises(Refusal, match="invalid") as found:
        await linked(hall, themes, **more)
    return found.value.fields


async def test_each_version_stays_as_it_was_published(hall: Town) -> None:
    await begun(hall)
    decision = hall.store.decisions.by_key("square")
    first, second = [await hall.store.sections.version(decision, number) for number in (1, 2)]
    assert (first.sections, first.published_at, first.note["fr"]) == (FIRST, hall.ago(3), "Le premier.")
    assert (second.sections, second.note) == (SECOND, {})
    assert await hall.store.sections.newest(decision) == SECOND
    assert [one.version for one in await hall.store.sections.versions(decision)] == [1, 2]
    for number in (0, 3):
        with pytest.raises(Refusal, match="not_found"):
            await hall.store.sections.version(decision, number)
    compared = await hall.store.sections.compare(decision, 1, 2, "fr")
    assert [(one.key, one.title, one.kind) for one in compared] == [
        ("bus", "", "same"),
        ("who", "Qui passe", "changed"),
    ]


async def test_two_who_publish_at_once_do_not_overwrite_each_other(hall: Town) -> None:
    await begun(hall)
    decision = hall.store.decisions.by_key("square")
    cursor = await hall.store.changes.last()

    async def publish(text: str) -> int:
        section = Section("who", said(text, text))
        found = await hall.store.sections.publish(
            decision, [section], {}, revision=decision.revision, languages=("nl", "fr"), now=hall.now, by="Ann"
        )
        return found.version

    answers = await asyncio.gather(publish("Eén"), publish("Twee"), return_exceptions=True)
    assert sorted(str(answer) for answer in answers) == ["3", "stale"]
    kept = ("Eén", "Twee")[answers.index(3)]
    assert (await hall.store.sections.newest(hall.store.decisions.by_key("square")))[0].text["nl"] == kept
    assert await hall.store.changes.last() == cursor + 1


@pytest.mark.parametrize(
    ("section", "note", "lacks"),
    [
        (Section("who", {"nl": "Ja."}), {}, ("sections.fr",)),
        (Section("who", said("Ja.", "Oui."), {"fr": "Qui"}), {}, ("sections.nl",)),
        (Section("who", said("Ja.", "Oui.")), {"nl": "Nieuw."}, ("note.fr",)),
        (Section("who", {"de": "Ja."}), {}, ("sections.nl", "sections.fr")),
    ],
)
async def test_a_public_text_stands_in_every_language_that_is_owed(
    hall: Town, section: Section, note: Texts, lacks: tuple[str, ...]
) -> None:
    await begun(hall)
    with pytest.raises(Refusal, match="incomplete") as found:
        await hall.version("square", [section], note)
    assert found.value.fields == lacks
    assert hall.store.decisions.by_key("square").version == 2


async def test_in_a_draft_a_text_may_still_lack_one(hall: Town) -> None:
    await hall.store.decisions.create(hall.agency.id, "square", hall.file(), now=hall.now, by="Ann")
    assert (await hall.version("square", [Section("who", {"nl": "Ja."})])).version == 1


async def test_no_text_comes_to_what_was_withdrawn(hall: Town) -> None:
    await begun(hall)
    await hall.step("square", "withdraw", text=said("Weg.", "Retiré."))
    with pytest.raises(Refusal, match="wrong_state"):
        await hall.version("square", FIRST)


async def test_only_words_that_stood_there_and_changed_are_a_passage(hall: Town) -> None:
    theme = await hall.theme("square", said("Wonen", "Habiter"), await begun(hall))
    assert await refused(hall, [theme], section="nowhere") == ("section",)
    assert await refused(hall, [theme], before=said("Fietsers", "Les vélos")) == ("before",)
    assert await refused(hall, [theme], after=NOBODY) == ("after",)
    assert await refused(hall, [theme], section="bus", before=BUSES, after=BUSES) == ("after",)
    # in one language they stand there, in the other they do not
    assert await refused(hall, [theme], after=said("Bewoners mogen door.", "Personne ne passe.")) == ("after",)
    # a part of the sentence, however its lines are broken, is a passage
    passage = await linked(
        hall, [theme], before=said("Niemand\n mag", "Personne"), after=said("Bewoners", "Les habitants")
    )
    assert passage.themes == [theme]
    # what came is a passage as well, and so is what went
    assert (await linked(hall, [theme], before={})).before == {}
    assert (await linked(hall, [theme], after={})).after == {}


async def test_a_passage_stays_when_its_section_moves_and_says_when_it_is_gone(hall: Town) -> None:
    theme = await hall.theme("square", said("Wonen", "Habiter"), await begun(hall))
    await linked(hall, [theme])

    async def stands() -> list[bool]:
        decision = hall.store.decisions.by_key("square")
        of_theme = (await hall.store.sections.of_themes([theme]))[theme]
        assert of_theme == await hall.store.sections.passages(decision)
        return [passage.stands for passage in of_theme]

    await hall.version("square", [Section("who", said("Allen.", "Tous."), said("Anders", "Autrement")), FIRST[1]])
    assert await stands() == [True]
    await hall.version("square", [FIRST[1]])
    assert await stands() == [False]
    # what went is compared with any version before, not only with the last
    assert (await linked(hall, [theme], version=4, after={})).before == NOBODY
    await hall.version("square", FIRST)
    assert await stands() == [True, True]


async def test_a_passage_is_linked_anew_and_taken_away_and_the_log_names_no_words(hall: Town) -> None:
    ids = await begun(hall)
    one = await hall.theme("square", said("Wonen", "Habiter"), ids[:2])
    two = await hall.theme("square", said("Leveren", "Livrer"), ids[2:])
    cursor = await hall.store.changes.last()
    passage = await linked(hall, [one, one])
    assert passage.themes == [one]
    short = said("Bewoners", "Les habitants")
    agency = hall.agency.id
    again = await hall.store.sections.relink(agency, passage.id, NOBODY, short, [two], now=hall.now, by="Ann")
    assert (again.id, again.after, again.themes) == (passage.id, short, [two])
    assert set(await hall.store.sections.of_themes([one, two])) == {two}
    with pytest.raises(Refusal, match="invalid"):
        await hall.store.sections.relink(agency, passage.id, NOBODY, NOBODY, [one], now=hall.now, by="Ann")
    assert (await hall.store.sections.of_themes([two]))[two] == [again]
    await hall.store.sections.unlink(agency, passage.id, now=hall.now, by="Ann")
    with pytest.raises(Refusal, match="not_found"):
        await hall.store.sections.unlink(agency, passage.id, now=hall.now, by="Ann")
    assert await hall.store.sections.of_themes([one, two]) == {}
    rows = await hall.store.engine.fetch("changes.after", after=cursor, limit=100)
    assert [row["change"] for row in rows] == ["decision.passage"] * 3
    assert not any("Bewoners" in str(value) or "Niemand" in str(value) for row in rows for value in row)


async def test_a_theme_of_another_decision_moved_nothing_here(hall: Town) -> None:
    await begun(hall)
    other = await hall.theme("street", said("Wonen", "Habiter"), await begun(hall, "street"))
    assert await refused(hall, [other]) == ("themes",)
    assert await refused(hall, [other, 999_999]) == ("themes",)


async def test_a_voice_shows_the_words_of_the_version_it_is_about_whatever_the_text_says_today(hall: Town) -> None:
    await begun(hall)
    [one] = await hall.voices("square", 1, "Ook 's nachts?", version=1, section="bus", paragraph=2)
    await hall.version("square", [FIRST[0]])
    voice = await hall.store.submissions.one(hall.agency.id, one)
    part = await hall.store.sections.part(hall.agency.id, voice)
    assert part is not None
    assert (part.version, part.place, part.paragraph, part.text["fr"]) == (1, 2, 2, "Et les taxis.")


async def test_with_a_voice_erased_the_trail_keeps_its_count_and_nothing_of_what_it_was_about(hall: Town) -> None:
    ids = await begun(hall)
    theme = await hall.theme("square", said("Wonen", "Habiter"), ids)
    passage = await linked(hall, [theme])
    rows = await hall.store.engine.fetch("messages.receipt", agency_id=hall.agency.id, submission_id=ids[0])
    opened = Opened(rows[0]["id"], hall.agency.id, hall.page.id, ids[0], None)
    cursor = await hall.store.changes.last()
    await hall.store.receipts.erase(opened, now=hall.now)
    voice = await hall.store.submissions.one(hall.agency.id, ids[0])
    assert (voice.text, voice.section, voice.version) == (None, None, None)
    assert await hall.store.sections.part(hall.agency.id, voice) is None
    assert await hall.store.sections.of_themes([theme]) == {theme: [passage]}
    [kept] = await hall.store.themes.list(hall.agency.id, "square")
    assert kept.voices == 3
    rows = await hall.store.engine.fetch("changes.after", after=cursor, limit=10)
    assert [(row["change"], row["subject_id"]) for row in rows] == [(ERASED, ids[0])]


async def test_where_others_were_merged_into_it_no_words_stand_beside_a_voice(hall: Town) -> None:
    ids = await begun(hall)
    own = await begun(hall, "street")
    await hall.step("square", "merge", into="street")
    for number in (*ids, *own):
        voice = await hall.store.submissions.one(hall.agency.id, number)
        assert voice.decision == "street"
        assert await hall.store.sections.part(hall.agency.id, voice) is None


async def test_another_agency_sees_and_touches_none_of_it(hall: Town) -> None:
    passage = await linked(hall, [await hall.theme("square", said("Wonen", "Habiter"), await begun(hall))])
    ids = await hall.voices("square", 1, "Ik ook.", version=1, section="who")
    voice = await hall.store.submissions.one(hall.agency.id, ids[0])
    other, _ = await agency_with_page(hall.store, "village", "village-page")
    for attempt in (
        hall.store.sections.relink(other.id, passage.id, NOBODY, RESIDENTS, [], now=hall.now, by="Mal"),
        hall.store.sections.unlink(other.id, passage.id, now=hall.now, by="Mal"),
        hall.store.sections.part(other.id, voice),
    ):
        with pytest.raises(Refusal, match="not_found"):
            await attempt
    assert await hall.store.sections.passages(hall.store.decisions.by_key("square")) == [passage]
