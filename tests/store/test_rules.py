"""Rules that do not fit: what was said of them, where, and what was done."""

from __future__ import annotations

from collector.rules import FEW, STORIES, may_leave
from collector.store.store import Store
from collector.theme import Answering, Naming
from tests.store.arrivals import NOW, agency_with_page, arrival
from tests.town import said


async def test_voices_of_a_rule_stand_with_their_theme_else_where_they_were_said_the_gravest_first(
    store: Store,
) -> None:
    agency, page = await agency_with_page(store)
    other, _ = await agency_with_page(store, "village", "village-page")
    second = await store.agencies.create_placement(agency, "leave", origins=["https://l.example"], now=NOW)
    ids = []
    for number in range(STORIES + 2):
        impact = ["right"] if number == 4 else ["time"]
        one = arrival(page, f"theme-{number:04}", f"Regel {number}", outcome=None, reason="rule", impact=impact)
        ids.append((await store.submissions.receive(one)).id)
    await store.submissions.receive(arrival(second, "lone-voice", "Mijn man stierf op 30 december.", outcome=None,
                                            reason="rule", impact=["health"], another_way="no"))  # fmt: skip
    await store.submissions.receive(arrival(page, "a-fault-00", "Kapot.", outcome=None, reason="fault"))
    found = await store.submissions.receive(arrival(page, "found-so-0", "Het mag niet van de wet."))
    theme = (
        await store.themes.create(agency.id, Naming(said("Adres", "Adresse"), submissions=ids), now=NOW, by="Ann")
    ).id
    silent = (await store.themes.create(agency.id, Naming(said("Leeftijd", "Âge")), now=NOW, by="Ann")).id
    answering = Answering([theme, silent], "rule", said("We wijken af.", "Nous dérogeons."), "Juridisch", publish=True)
    await store.responses.write(agency, answering, now=NOW, by="Ann")

    seen = await store.rules.see(agency.id)
    lone, grouped, nobody = seen.groups
    assert (lone.theme, lone.placements, lone.voices, lone.grave, lone.few) == (None, ["leave"], 1, 1, True)
    assert [one.text for one in lone.stories] == ["Mijn man stierf op 30 december."] and lone.response is None
    assert (grouped.theme, grouped.placements, grouped.voices, grouped.few) == (theme, ["page"], STORIES + 2, False)
    assert len(grouped.stories) == STORIES and grouped.stories[0].text == "Regel 4"
    assert grouped.response is not None and grouped.response.outcome == "rule"
    assert (nobody.theme, nobody.voices, nobody.few) == (silent, 0, False) and nobody.response == grouped.response
    assert seen.outside == 2 and [may_leave(group) for group in seen.groups] == [False, True, True]
    assert found.id not in {one.id for group in seen.groups for one in group.stories}
    assert (await store.rules.see(other.id)).groups == []


async def test_what_a_reader_found_to_be_a_rule_stands_there_too_and_few_stay_inside(store: Store) -> None:
    agency, page = await agency_with_page(store)
    for number in range(FEW):
        one = await store.submissions.receive(arrival(page, f"key-{number:06}", "Het mag niet van de wet."))
        seen = await store.rules.see(agency.id)
        assert [group.voices for group in seen.groups] == ([number] if number else [])
        assert [group.few for group in seen.groups] == ([True] if number else [])
        await store.submissions.mark(agency.id, one.id, "read", revision=1, by="Ann", now=NOW, kind="rule")
    [group] = (await store.rules.see(agency.id)).groups
    assert group.voices == FEW and not group.few
