"""Themes: sorting voices, putting two themes together, quoting; and what a page tells of what was expected."""

from __future__ import annotations

import pytest

from collector.decision import Expected
from collector.errors import Refusal
from collector.store.receipts import Opened
from collector.submission import Permissions
from collector.theme import Naming
from tests.store.arrivals import agency_with_page
from tests.town import Town, said

NAME = said("Wonen", "Habiter")


async def test_a_voice_belongs_to_any_number_of_themes_and_to_each_once(hall: Town) -> None:
    await hall.publish("square", hall.file())
    [one] = await hall.voices("square", 1, "Ik woon hier.")
    first, second = [await hall.theme("square", said(n, n), [one]) for n in ("a", "b")]
    again = await hall.store.themes.sort(hall.agency.id, first, add=[one, one], remove=[], now=hall.now, by="Ann")
    assert again.voices == 1
    assert (await hall.store.submissions.one(hall.agency.id, one)).themes == [first, second]
    left = await hall.store.themes.sort(hall.agency.id, first, add=[], remove=[one], now=hall.now, by="Ann")
    assert left.voices == 0 and (await hall.store.submissions.one(hall.agency.id, one)).themes == [second]


async def test_merged_themes_keep_answers_passages_quotes_and_what_was_expected(hall: Town) -> None:
    await hall.publish("square", hall.file(expected=[Expected("bus", said("De bus", "Le bus"))]))
    ids = await hall.voices("square", 3, "Ik woon hier.", permissions=Permissions(quote=True))
    one = await hall.theme("square", NAME, ids[:2], quoted=1, expected="bus")
    other = await hall.theme("square", said("Bewoners", "Habitants"), ids[1:])
    response = await hall.answer([one], "not_changed", said("Nee.", "Non."))
    merged = await hall.store.themes.merge(hall.agency.id, one, other, now=hall.now, by="Ann")
    assert (merged.voices, merged.expected) == (3, "bus")
    assert merged.response is not None and (merged.response.id, merged.response.themes) == (response, [other])
    assert await hall.store.themes.quoted(hall.agency.id, ids[0]) == [other]
    with pytest.raises(Refusal, match="not_found"):
        await hall.store.themes.one(hall.agency.id, one)
    for into in (other, one):
        with pytest.raises(Refusal):
            await hall.store.themes.merge(hall.agency.id, other, into, now=hall.now, by="Ann")


async def test_a_theme_does_not_leave_its_decision_by_being_merged(hall: Town) -> None:
    for key in ("square", "street"):
        await hall.publish(key, hall.file())
    one, other = [await hall.theme(key, NAME, []) for key in ("square", "street")]
    with pytest.raises(Refusal) as refused:
        await hall.store.themes.merge(hall.agency.id, one, other, now=hall.now, by="Ann")
    assert refused.value.fields == ("into",)


async def test_of_two_who_rename_a_theme_the_second_is_told(hall: Town) -> None:
    await hall.publish("square", hall.file())
    theme = await hall.theme("square", NAME, [])
    given = {"now": hall.now, "by": "Ann", "revision": 1}
    await hall.store.themes.write(hall.agency.id, theme, name=said("Huren", "Louer"), **given)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="stale"):
        await hall.store.themes.write(hall.agency.id, theme, name=said("Kopen", "Acheter"), **given)  # type: ignore[arg-type]
    assert (await hall.store.themes.one(hall.agency.id, theme)).name == said("Huren", "Louer")


async def test_a_quote_is_shown_only_as_long_as_its_author_allows_it(hall: Town) -> None:
    await hall.publish("square", hall.file())
    allowed, silent = (
        *await hall.voices("square", 1, "Zeg het maar.", permissions=Permissions(quote=True)),
        *await hall.voices("square", 1, "Niet verder zeggen."),
    )
    theme = await hall.theme("square", NAME, [allowed, silent], quoted=1)
    with pytest.raises(Refusal, match="not_allowed"):
        await hall.store.themes.quote(hall.agency.id, theme, silent, True, now=hall.now, by="Ann")
    decision = hall.store.decisions.by_key("square")
    assert [quote.text for quote in (await hall.store.themes.quotes(decision))[theme]] == ["Zeg het maar."]
    rows = await hall.store.engine.fetch("messages.receipt", agency_id=hall.agency.id, submission_id=allowed)
    opened = Opened(rows[0]["id"], hall.agency.id, hall.page.id, allowed, None)
    await hall.store.receipts.erase(opened, now=hall.now)
    assert [quote.text for quote in (await hall.store.themes.quotes(decision))[theme]] == [None]
    assert (await hall.store.themes.one(hall.agency.id, theme)).voices == 2, "the trail keeps the count"
    with pytest.raises(Refusal, match="not_allowed"):
        await hall.store.themes.quote(hall.agency.id, theme, allowed, True, now=hall.now, by="Ann")


async def test_a_voice_of_another_agency_is_none(hall: Town) -> None:
    other, _ = await agency_with_page(hall.store, "village", "village-page")
    ids = await hall.voices(None, 1, "Hier.")
    with pytest.raises(Refusal, match="not_found"):
        await hall.store.themes.create(other.id, Naming(NAME, submissions=ids), now=hall.now, by="Bob")
    assert await hall.store.themes.list(other.id, "*") == []


async def test_what_nobody_expected_is_told_once_it_is_closed_and_stands_first(hall: Town) -> None:
    expected = [
        Expected("bus", said("De bus moet om.", "Le bus fait un détour.")),
        Expected("noise", said("Lawaai", "Bruit")),
    ]
    await hall.publish("square", hall.file(expected=expected))
    await hall.theme("square", said("De bus", "Le bus"), await hall.voices("square", 12, "De bus."), expected="bus")
    await hall.theme("square", said("Rolstoel", "Chaise"), await hall.voices("square", 6, "Mijn rolstoel."))
    decision, open_ = hall.store.decisions.by_key("square"), hall.now
    assert decision.closes_at is not None
    before = await hall.store.public.document(decision, open_)
    assert before.expected is None and {theme.expected for theme in before.themes} == {None}
    after = await hall.store.public.document(decision, decision.closes_at)
    assert after.expected == [one.text for one in expected]
    assert [(theme.name["nl"], theme.expected, theme.voices) for theme in after.themes] == [
        ("De bus", True, 10), ("Rolstoel", False, 5),
    ]  # fmt: skip
    work = await hall.store.work.one(hall.agency.id, "square", open_)
    assert [(heard.key, heard.voices) for heard in work.expected_heard] == [("bus", 12), ("noise", 0)]
    assert [after.themes[1].id] == work.unexpected
    brief = await hall.store.work.brief(hall.agency.id, "square", open_)
    assert [(line.text["nl"], line.voices) for line in brief.unexpected] == [("Rolstoel", 6)]
    assert [(line.text["nl"], line.voices) for line in brief.expected] == [("De bus moet om.", 12), ("Lawaai", 0)]


async def test_a_theme_is_owed_its_answer_from_the_day_it_closes_and_a_late_one_stands_on_the_desk(hall: Town) -> None:
    await hall.publish("square", hall.file(until=hall.day(2)))
    theme = await hall.theme("square", NAME, await hall.voices("square", 1, "Ik woon hier.", days=0))
    due = (await hall.store.themes.one(hall.agency.id, theme)).due
    assert due is not None and hall.day(62) <= due <= hall.day(66)
    assert (await hall.store.work.desk(hall.agency.id, hall.now)).overdue == []
    hall.now += 70 * 86_400_000
    [late] = (await hall.store.work.desk(hall.agency.id, hall.now)).overdue
    assert (late.subject_id, late.decision, late.day) == (theme, "square", due)
    await hall.answer([theme], "not_changed", said("Nee.", "Non."), days=0)
    assert (await hall.store.work.desk(hall.agency.id, hall.now)).overdue == []
