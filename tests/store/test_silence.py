"""Who is not heard, from the store: what is kept is what the rows say, of its own agency and of the last ninety days."""

from __future__ import annotations

import random

from collector.silence import DAYS, Silence
from collector.store.silence import DAY_MS
from collector.store.store import Store
from collector.submission import AnotherWay, Channel, Correction
from collector.theme import Answering, Naming, ResponseOutcome
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival


async def test_another_way_is_counted_with_every_voice_corrected_with_it_and_gone_with_it(store: Store) -> None:
    agency, page = await agency_with_page(store)
    chance = random.Random(4)
    keys = [f"key-{number:06}" for number in range(60)]
    ways: list[AnotherWay | None] = [None, "yes", "help", "no"]
    for number, key in enumerate(keys):
        at = NOW - number * DAY_MS // 2
        await store.submissions.receive(arrival(page, key, at=at, another_way=chance.choice(ways)))
    for key in chance.sample(keys, 40):
        opened = await store.receipts.open(KEYS.hash(KEYS.code(page.key, key)))
        if chance.random() < 0.4:
            await store.receipts.erase(opened, now=NOW)
        else:
            said = Correction(another_way=chance.choice(ways), outcome="no")
            await store.receipts.correct(opened, said, text=None, masked=(), now=NOW)
    async with store.engine._free:
        reader = store.engine._readers[0]
        kept = await reader.execute_fetchall("select day, another_way, voices from ways where voices <> 0")
        rows = await reader.execute_fetchall(
            "select received_at / 86400000, another_way, count(*) from submissions where another_way is not null group by 1, 2"
        )
    assert {tuple(row) for row in kept} == {tuple(row) for row in rows} and len(list(rows)) > 10
    [barriers] = (await store.silence.see(agency, language="nl", now=NOW)).barriers
    assert barriers.asked == sum(row[2] for row in rows) == sum(barriers.ways.values())


async def see(store: Store, key: str) -> Silence:
    return await store.silence.see(store.agencies.by_key(key), language="nl", now=NOW)


async def test_voices_are_told_by_language_channel_and_placement_and_staff_and_old_ones_are_not_among_them(
    store: Store,
) -> None:
    agency, page = await agency_with_page(store)
    await agency_with_page(store, "village", "village-page")
    quiet = await store.agencies.create_placement(agency, "quiet", origins=["https://q.example"], now=NOW)
    many: list[tuple[Channel, str, int]] = [
        ("web", "nl-BE", 90),
        ("web", "fr", 30),
        ("phone", "nl", 4),
        ("staff", "nl", 50),
    ]
    for channel, language, number in many:
        for n in range(number):
            one = arrival(page, f"{channel}-{language}-{n:04}", outcome=None, reason="sign_in" if n % 3 else "rule")
            one.channel, one.language = channel, language
            await store.submissions.receive(one)
    old = arrival(page, "long-ago-00", at=NOW - (DAYS + 2) * DAY_MS)
    old.channel = "counter"
    await store.submissions.receive(old)
    seen = await see(store, "town")
    assert (seen.n, seen.apart) == (124, 50)
    assert [(one.value, one.voices) for one in seen.languages] == [("nl", 94), ("fr", 30)]
    assert [(one.value, one.voices) for one in seen.channels] == [("web", 120), ("phone", 4)]
    [gap] = seen.gaps
    assert (gap.key, gap.heard, gap.n) == ("screen", 4, 124) and gap.helper is not None and gap.helper.language == "nl"
    verdicts = {measure.figure.key: measure.verdict for measure in seen.measures}
    assert verdicts == {"screen": "gap", "nl": "heard", "fr": "heard", "de": "too_few"}
    here, there = seen.barriers
    assert (here.placement, here.voices, here.left) == ("page", 124, 124) and sum(here.reasons.values()) == 124
    assert (there.placement, there.voices, there.left) == (quiet.key, 0, 0)
    village = await see(store, "village")
    assert (village.n, village.gaps, [one.voices for one in village.barriers]) == (0, [], [0])
    assert {measure.verdict for measure in village.measures} == {"too_few"}


async def test_who_serves_one_language_area_is_not_measured_by_the_whole_country(store: Store) -> None:
    await store.agencies.create("ghent", "Ghent", now=NOW, required_languages=("nl",))
    seen = await see(store, "ghent")
    assert [measure.figure.key for measure in seen.measures] == ["screen"]
    assert {figure.key for figure in seen.figures} == {"screen", "offline"}


async def test_acceptance_counts_a_voice_once_and_only_the_answer_that_stands(store: Store) -> None:
    agency, page = await agency_with_page(store)
    ids: dict[Channel, list[int]] = {"web": [], "counter": [], "paper": []}
    for channel, number in (("web", 12), ("counter", 6), ("paper", 4)):
        for n in range(number):
            one = arrival(page, f"{channel}-{n:04}")
            one.channel = channel
            ids[channel].append((await store.submissions.receive(one)).id)  # type: ignore[index]
    everybody = [*ids["web"], *ids["counter"], *ids["paper"]]
    first, second, third = [
        (await store.themes.create(agency.id, Naming({"nl": name}, submissions=some), now=NOW, by="Ann")).id
        for name, some in (("Een", everybody), ("Twee", ids["web"]), ("Drie", ids["counter"]))
    ]

    async def answer(theme: int, outcome: ResponseOutcome) -> None:
        said = Answering([theme], outcome, {"nl": "Ja", "fr": "Oui"}, "Dienst", publish=True)
        await store.responses.write(agency, said, now=NOW, by="Ann")

    assert await store.silence.acceptance(agency.id) == []
    await answer(first, "not_changed")
    await answer(second, "changed")
    await answer(third, "changed")
    await answer(third, "not_changed")
    found = {one.channel: (one.voices, one.changed) for one in await store.silence.acceptance(agency.id)}
    assert found == {"web": (10, 10), "counter": (5, None)}
