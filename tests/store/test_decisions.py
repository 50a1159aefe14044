"""Writing on a decision, what its calendar writes into the log, and the log read again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from collector.change import Step
from collector.day import end_of, start_of
from collector.decision import File, Planned, Writing
from collector.errors import Refusal
from collector.section import Section
from collector.store.store import Store
from collector.theme import Naming
from tests.store.arrivals import agency_with_page
from tests.town import Town, said

ZONE = "Europe/Brussels"
WHY = said("Er is meer tijd nodig.", "Il faut plus de temps.")


async def write(town: Town, key: str, *, now: int | None = None, **named: Any) -> Any:
    revision = named.pop("revision", None) or town.store.decisions.mine(town.agency.id, key).revision
    writing = Writing(revision=revision, **named)
    return await town.store.decisions.write(town.agency.id, key, writing, now=now or town.now, by="Ann")


async def acts(town: Town, key: str) -> list[Step]:
    return await town.store.changes.of_decision(town.agency.id, town.store.decisions.mine(town.agency.id, key).id)


def spring() -> File:
    return File(
        title=said("a", "a"), open=said("a", "a"), gain=said("a", "a"), until="2027-03-28", contact_point="desk",
        phases=[Planned("drafting", "2027-02-01", "2027-02-20"), Planned("deciding", "2027-03-01"),
                Planned("implementing", "2027-04-01")],
    )  # fmt: skip


async def test_a_key_is_taken_once_anywhere_and_what_it_names_is_ones_own(hall: Town) -> None:
    other, _ = await agency_with_page(hall.store, "village", "village-page")
    await hall.store.decisions.create(hall.agency.id, "square", hall.file(), now=hall.now, by="Ann")
    with pytest.raises(Refusal, match="exists"):
        await hall.store.decisions.create(other.id, "square", File(), now=hall.now, by="Bob")
    for file, field in (
        (hall.file(placements=["village-page"]), "placements"),
        (hall.file(contact_point="x"), "contact_point"),
    ):
        with pytest.raises(Refusal) as refused:
            await hall.store.decisions.create(hall.agency.id, "street", file, now=hall.now, by="Ann")
        assert refused.value.fields == (field,)


async def test_of_two_editors_the_second_is_told_and_loses_nothing(hall: Town) -> None:
    await hall.store.decisions.create(hall.agency.id, "square", hall.file(), now=hall.now, by="Ann")
    ends = await asyncio.gather(
        write(hall, "square", owner="Ann's", revision=1), write(hall, "square", owner="Bob's", revision=1),
        return_exceptions=True,
    )  # fmt: skip
    assert [getattr(end, "code", "") for end in ends].count("stale") == 1
    assert hall.store.decisions.mine(hall.agency.id, "square").revision == 2


async def test_an_answer_makes_nobody_stale_who_writes_on_the_decision_or_its_text(hall: Town) -> None:
    await hall.publish("square", hall.file())
    theme = await hall.theme("square", said("Bomen", "Arbres"), await hall.voices("square", 2, "Bomen."))
    seen = hall.store.decisions.by_key("square")
    await hall.answer([theme], "changed", said("Er komen bomen.", "Il y aura des arbres."), days=0)
    after = hall.store.decisions.by_key("square")
    assert after.revision == seen.revision and after.changed_at > seen.changed_at, "its readers are told all the same"
    await write(hall, "square", owner="Ann's", revision=seen.revision)
    sections = [Section("s1", said("Er komen bomen.", "Il y aura des arbres."))]
    with pytest.raises(Refusal, match="stale"):
        await hall.store.sections.publish(
            seen, sections, {}, revision=seen.revision, languages=("nl", "fr"), now=hall.now, by="Bob"
        )


async def test_a_refused_writing_leaves_everything_as_it_was(hall: Town) -> None:
    before = await hall.publish("square", hall.file())
    with pytest.raises(Refusal, match="invalid"):
        await write(hall, "square", until=hall.day(30), owner="Wij")
    assert hall.store.decisions.by_key("square") == before
    assert [act.change for act in await acts(hall, "square")] == ["decision.created", "decision.published"]


async def test_a_date_that_moved_stands_in_public_with_its_reason(hall: Town) -> None:
    await hall.publish("square", hall.file())
    await write(hall, "square", until=hall.day(30), because=WHY)
    document = await hall.store.public.document(hall.store.decisions.by_key("square"), hall.now)
    assert [(moved.what, moved.before, moved.after, moved.because) for moved in document.moved] == [
        ("until", hall.day(12), hall.day(30), WHY),
    ]


async def test_to_close_it_at_once_is_written_down_at_once(hall: Town) -> None:
    await hall.publish("square", hall.file(), days=3)
    closed = await write(hall, "square", until=hall.day(-1), because=WHY)
    assert not closed.is_open(hall.now)
    assert [(act.change, act.detail) for act in await acts(hall, "square")][-2:] == [
        ("decision.changed", None), ("decision.closed", "agenda"),
    ]  # fmt: skip


async def test_every_opening_and_closing_is_one_change_of_its_own_moment(hall: Town) -> None:
    hall.now = start_of("2027-01-10", ZONE)
    await hall.publish("square", spring(), days=0)
    decisions = hall.store.decisions
    for now in range(start_of("2027-01-11", ZONE), start_of("2027-04-10", ZONE), 5 * 3_600_000):
        await asyncio.gather(decisions.tick(now), decisions.tick(now))
    found = [(act.change.removeprefix("decision."), act.at, act.detail) for act in await acts(hall, "square")]
    assert found[2:] == [
        ("opened", start_of("2027-02-01", ZONE), "drafting open"),
        ("closed", end_of("2027-02-20", ZONE), "drafting"),
        ("phase", start_of("2027-03-01", ZONE), "deciding open"),
        ("opened", start_of("2027-03-01", ZONE), "deciding open"),
        ("closed", end_of("2027-03-28", ZONE), "deciding"),
    ]
    assert end_of("2027-03-28", ZONE) - start_of("2027-03-28", ZONE) == 23 * 3_600_000  # the clock went forward


async def test_what_fell_due_while_no_collector_ran_is_written_down_when_it_runs_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/t.db"
    store = await Store.open(url)
    await agency_with_page(store)
    town = Town(store, start_of("2027-01-10", ZONE))
    await town.publish("square", spring(), days=0)
    await store.close()
    store = await Store.open(url)
    try:
        town = Town(store, start_of("2027-05-01", ZONE))
        assert await store.decisions.tick(town.now) == 5
        assert await store.decisions.tick(town.now) == 0
        found = [act.change.removeprefix("decision.") for act in await acts(town, "square")]
        assert found[2:] == ["opened", "closed", "phase", "opened", "closed"]
        assert [act.at for act in await acts(town, "square")] == sorted(act.at for act in await acts(town, "square"))
    finally:
        await store.close()


async def test_the_calendar_leads_on_what_was_decided_and_not_what_was_withdrawn(hall: Town) -> None:
    hall.now = start_of("2027-02-02", ZONE)
    for key in ("decided", "withdrawn"):
        await hall.publish(key, spring(), days=0)
    await hall.step("decided", "decided", text=said("Ja.", "Oui."))
    await hall.step("withdrawn", "withdraw", text=said("Nee.", "Non."))
    later = start_of("2027-05-01", ZONE)
    await hall.store.decisions.tick(later)
    assert [act.change for act in await acts(hall, "withdrawn")][-1] == "decision.withdrawn"
    assert hall.store.decisions.by_key("decided").phase_at(later) == "implementing"


async def test_an_answer_that_is_given_meanwhile_keeps_no_step_of_the_calendar_from_the_log(hall: Town) -> None:
    hall.now = start_of("2027-02-02", ZONE)
    await hall.publish("square", spring(), days=0)
    theme = await hall.theme(
        "square", said("Wonen", "Habiter"), await hall.voices("square", 1, "Ik woon hier.", days=0)
    )
    await hall.answer([theme], "not_changed", WHY, days=0)
    await hall.store.decisions.tick(start_of("2027-02-25", ZONE))
    assert (await acts(hall, "square"))[-1].change == "decision.closed"


async def test_a_step_that_comes_before_anybody_looked_at_the_calendar_swallows_nothing_of_it(hall: Town) -> None:
    """Each act before it is written down with its own moment, then the step."""
    for name in ("answered", "withdraw", "version", "write", "response"):
        hall.now = start_of("2027-01-10", ZONE)
        await hall.publish(name, spring(), days=0)
        hall.now = start_of("2027-02-21", ZONE) + 7
        match name:
            case "answered":
                await hall.step(name, "answered")
            case "withdraw":
                await hall.step(name, "withdraw", text=WHY)
            case "version":
                await hall.version(name, [Section("a", said("a", "a"))])
            case "write":
                await write(hall, name, owner="Wij")
            case _:
                theme = await hall.theme(name, said("Wonen", "Habiter"), [])
                await hall.answer([theme], "not_changed", WHY, days=0)
        await hall.store.decisions.tick(hall.now)
        found = [(act.change.removeprefix("decision."), act.at, act.detail) for act in await acts(hall, name)]
        own = [act for act in found if act[0] in ("opened", "closed")]
        assert own == [
            ("opened", start_of("2027-02-01", ZONE), "drafting open"), ("closed", end_of("2027-02-20", ZONE), "drafting"),
        ]  # fmt: skip
        assert name == "response" or found.index(own[1]) == len(found) - 2


async def test_a_theme_that_goes_to_another_decision_is_an_act_of_both(hall: Town) -> None:
    for key in ("old", "new"):
        await hall.publish(key, hall.file())
    theme = await hall.theme("old", said("Wonen", "Habiter"), [])
    await hall.store.themes.write(hall.agency.id, theme, revision=1, decision="new", now=hall.now, by="Ann")
    for key in ("old", "new"):
        assert (await acts(hall, key))[-1].change == "decision.theme"
        themes = (await hall.store.public.document(hall.store.decisions.by_key(key), hall.now)).themes
        assert [one.id for one in themes] == ([theme] if key == "new" else [])


async def test_a_theme_becomes_a_decision_with_its_voices_and_their_receipts_say_so(hall: Town) -> None:
    first, second = await hall.voices(None, 2, "Waarom kan dit niet aan het loket?")
    [joined] = await hall.voices(None, 1, "Ik wil dat ook.")
    theme = await hall.store.themes.create(
        hall.agency.id, Naming(said("Het loket", "Le guichet"), submissions=[first, second]), now=hall.now, by="Ann"
    )
    created = await hall.store.decisions.create(
        hall.agency.id, "counter", hall.file(), now=hall.now, by="Ann", theme_id=theme.id
    )
    assert (created.state, created.phase, created.theme_id) == ("draft", "agenda", theme.id)
    one = await hall.store.submissions.one(hall.agency.id, first)
    assert (one.decision, one.phase) == ("counter", "agenda")
    [trail] = await hall.store.themes.of_submission(hall.agency.id, first, now=hall.now)
    assert trail.started is None, "a draft is told to nobody"
    await hall.step("counter", "publish")
    await hall.store.themes.sort(hall.agency.id, theme.id, add=[joined], remove=[], now=hall.now, by="Ann")
    started = {}
    for number in (first, second, joined):
        [trail] = await hall.store.themes.of_submission(hall.agency.id, number, now=hall.now)
        started[number] = trail.started.key if trail.started else None
    assert started == {first: "counter", second: "counter", joined: None}
    with pytest.raises(Refusal):
        await hall.store.decisions.create(
            hall.agency.id, "again", hall.file(), now=hall.now, by="Ann", theme_id=theme.id
        )


async def test_a_theme_of_another_agency_becomes_nothing(hall: Town) -> None:
    other, _ = await agency_with_page(hall.store, "village", "village-page")
    theme = await hall.store.themes.create(
        hall.agency.id, Naming(said("Het loket", "Le guichet")), now=hall.now, by="Ann"
    )
    with pytest.raises(Refusal) as refused:
        await hall.store.decisions.create(other.id, "counter", File(), now=hall.now, by="Bob", theme_id=theme.id)
    assert refused.value.fields == ("theme",)
    with pytest.raises(Refusal, match="not_found"):
        hall.store.decisions.mine(other.id, "counter")
