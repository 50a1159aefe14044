"""What the radar keeps is what the rows say, whatever happened, in whichever order."""

from __future__ import annotations

import random
from typing import Any

import pytest

from collector.agency import Agency
from collector.errors import Refusal
from collector.message import Weighing
from collector.placement import Placement
from collector.radar import ALONE, Point
from collector.severity import NO_OTHER_WAY, RIGHT, TIME, WEIGHTS
from collector.status import FOLLOWS
from collector.store.receipts import Opened
from collector.store.store import Store
from collector.submission import Correction, Impact
from collector.theme import Answering, Naming
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

COUNTED = """
select ts.theme_id, s.weight, count(*), sum(s.status = 'new') from theme_submissions ts
join submissions s on s.id = ts.submission_id where s.erased_at is null group by ts.theme_id, s.weight"""
LONELY = """
select s.id, s.weight from submissions s
where s.words = 1 and s.weight <= 2 and s.status <> 'aside' and s.erased_at is null
  and not exists (select 1 from theme_submissions ts where ts.submission_id = s.id)"""
SAID: tuple[dict[str, Any], ...] = (
    {"impact": ["health"]}, {"impact": ["right"], "another_way": "no"}, {"another_way": "no"}, {"impact": ["money"]},
    {}, {"impact": ["time"]}, {"outcome": "yes"}, {"impact": []},
)  # fmt: skip


async def kept_is_counted(store: Store) -> None:
    """The kept tallies against a count of all rows."""
    async with store.engine._free:  # a reader of its own, for questions that the product does not ask
        reader = store.engine._readers[0]
        counted = {tuple(row) for row in await reader.execute_fetchall(COUNTED)}
        kept = await reader.execute_fetchall(
            "select theme_id, severity, voices, unread from theme_tallies where voices <> 0 or unread <> 0"
        )
        lonely = {tuple(row) for row in await reader.execute_fetchall(LONELY)}
        alone = await reader.execute_fetchall("select submission_id, severity from alone")
    assert {tuple(row) for row in kept} == counted
    assert {tuple(row) for row in alone} == lonely


async def opened(store: Store, page: Placement, key: str) -> Opened:
    return await store.receipts.open(KEYS.hash(KEYS.code(page.key, key)))


async def themes(store: Store, agency: Agency, number: int) -> list[int]:
    made = [await store.themes.create(agency.id, Naming({"nl": f"T{n}"}), now=NOW, by="Ann") for n in range(number)]
    return [theme.id for theme in made]


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_to_voices_what_is_kept_is_what_the_rows_say(store: Store, seed: int) -> None:
    agency, page = await agency_with_page(store)
    chance = random.Random(seed)
    alive = await themes(store, agency, 4)
    voices: dict[str, int] = {}
    for step in range(120):
        doing = chance.choice(["say", "say", "say", "in", "in", "out", "mark", "weigh", "correct", "erase", "merge"])
        key = chance.choice(list(voices)) if voices else ""
        if doing == "say" or not key:
            key = f"key-{step:06}"
            text = chance.choice(["Mijn recht is weg.", None])
            one = arrival(page, key, text, at=NOW + step, **{"outcome": "no", **chance.choice(SAID)})
            voices[key] = (await store.submissions.receive(one)).id
        elif doing in ("in", "out"):
            ids = chance.sample(list(voices.values()), min(3, len(voices)))
            given = {"add": ids if doing == "in" else [], "remove": ids if doing == "out" else []}
            await store.themes.sort(agency.id, chance.choice(alive), now=NOW, by="Ann", **given)
        elif doing == "mark":
            one_ = await store.submissions.one(agency.id, voices[key])
            status = chance.choice([after for after in FOLLOWS[one_.status] if after != "answered"])
            aside: Any = "test" if status == "aside" else None
            await store.submissions.mark(
                agency.id, one_.id, status, revision=one_.revision, by="Ann", now=NOW, aside=aside
            )
        elif doing == "weigh":
            seen_ = await store.submissions.one(agency.id, voices[key])
            weighing = Weighing(chance.choice(list(WEIGHTS)), "Zo lezen wij het.", seen_.revision)
            await store.messages.weigh(agency.id, seen_.id, weighing, masked=(), by="Ann", now=NOW)
        elif doing == "correct":
            impacts: list[list[Impact] | None] = [None, ["time"], ["right"], ["health"]]
            said = Correction(
                impact=chance.choice(impacts), another_way=chance.choice([None, "no", "yes"]), outcome="no"
            )
            await store.receipts.correct(await opened(store, page, key), said, text=None, masked=(), now=NOW)
        elif doing == "erase":
            await store.receipts.erase(await opened(store, page, key), now=NOW)
            del voices[key]
        elif len(alive) > 2:
            source, target = chance.sample(alive, 2)
            await store.themes.merge(agency.id, source, target, now=NOW, by="Ann")
            alive.remove(source)
    await kept_is_counted(store)
    await store.submissions.expire(agency.id, before=NOW + 60, after=0, now=NOW)
    await kept_is_counted(store)
    seen = await store.radar.see(agency.id)
    assert all(one.submission.text for one in seen.alone)
    assert sum(one.reach for one in seen.points) > 0


async def test_the_same_voices_in_any_order_of_arrival_and_of_sorting_give_the_same_radar(store: Store) -> None:
    found: list[list[Point]] = []
    for place, key in enumerate(("town", "village")):
        agency, page = await agency_with_page(store, key, f"{key}-page")
        said = [(number % 3, SAID[number % len(SAID)]) for number in range(40)]
        if place:
            random.Random(7).shuffle(said)
        own = await themes(store, agency, 3)
        for number, (theme, answers) in enumerate(said):
            one = arrival(page, f"{key}-{number:06}", at=NOW + number, **{"outcome": "no", **answers})
            id_ = (await store.submissions.receive(one)).id
            await store.themes.sort(agency.id, own[theme], add=[id_], remove=[], now=NOW, by="Ann")
        points = (await store.radar.see(agency.id)).points
        found.append(
            [Point(own.index(p.theme), *(getattr(p, name) for name in Point.__struct_fields__[1:])) for p in points]
        )
    assert found[0] == found[1] and len(found[0]) == 3


async def test_a_single_grave_voice_is_a_point_until_it_is_sorted_or_set_aside(store: Store) -> None:
    agency, page = await agency_with_page(store)
    other, _ = await agency_with_page(store, "village", "village-page")
    grave = [
        (await store.submissions.receive(arrival(page, f"key-{n:06}", at=NOW + n, impact=["right"]))).id
        for n in range(3)
    ]
    way = (await store.submissions.receive(arrival(page, "no-other-way", another_way="no"))).id
    await store.submissions.receive(arrival(page, "mild-voice", impact=["time"]))
    await store.submissions.receive(arrival(page, "bare-press", None, impact=["health"]))
    seen = await store.radar.see(agency.id)
    assert (
        [one.submission.id for one in seen.alone] == [*grave, way]
        and seen.alone_levels == [0, 3, 1]
        and seen.points == []
    )
    assert seen.alone[0].height > seen.alone[-1].height
    [theme] = await themes(store, agency, 1)
    await store.themes.sort(agency.id, theme, add=[grave[0], way], remove=[], now=NOW, by="Ann")
    await store.submissions.mark(agency.id, grave[1], "aside", revision=1, by="Ann", now=NOW, aside="twice")
    seen = await store.radar.see(agency.id)
    assert [one.submission.id for one in seen.alone] == [grave[2]]
    [point] = seen.points
    assert (point.severity, point.gravest, point.reach, point.grave, point.unread) == (RIGHT, 1, 2, 2, 2)
    assert not point.answered and point.levels[NO_OTHER_WAY] == 1 and point.levels[TIME] == 0
    await store.responses.write(
        agency, Answering([theme], "changed", {"nl": "Ja", "fr": "Oui"}, "Dienst", publish=True), now=NOW, by="Ann"
    )
    assert (await store.radar.see(agency.id)).points[0].answered
    assert await store.radar.see(other.id) == type(seen)([], [], [0, 0, 0])
    with pytest.raises(Refusal):
        await store.radar.see(agency.id, "nowhere")


async def test_of_many_single_voices_the_gravest_and_oldest_are_shown_and_all_are_counted(store: Store) -> None:
    agency, page = await agency_with_page(store)
    for number in range(ALONE + 7):
        impact = ["health"] if number == ALONE + 6 else ["right"]
        await store.submissions.receive(arrival(page, f"key-{number:06}", at=NOW + number, impact=impact))
    seen = await store.radar.see(agency.id)
    assert len(seen.alone) == ALONE and seen.alone_levels == [1, ALONE + 6, 0]
    assert seen.alone[0].submission.impact == ["health"]
    ids = [one.submission.id for one in seen.alone[1:]]
    assert ids == sorted(ids)
