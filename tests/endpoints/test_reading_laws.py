"""The laws of the order of reading, of what the product answers: through the store, the pages of the API and back."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path
from typing import Any, get_args

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collector.reading import KEPT, TEN
from collector.severity import GRAVE, NOT_SAID
from collector.submission import Channel, Impact
from tests.start import DESK, ORIGIN, Running, running
from tests.store.arrivals import arrival

IMPACTS = st.one_of(st.none(), st.lists(st.sampled_from(get_args(Impact)), unique=True, max_size=2))
SAID = st.tuples(IMPACTS, st.sampled_from([None, "yes", "help", "no"]))
MILD: tuple[list[str], str] = (["time"], "yes")
_worlds = itertools.count(1)

Voice = tuple[str, Any, str]  # its words, what was pressed, how it came


async def order(run: Running, voices: list[Voice], size: int) -> list[tuple[str, int]]:
    """(words, severity) in the order in which an agency of their own reads them, asked for in pages of `size`."""
    store, now, key = run.app.parts.store, run.app.parts.now(), f"world-{next(_worlds)}"
    agency = await store.agencies.create(key, key, now=now)
    await store.agencies.add_contact_point(agency, DESK, now=now)
    page = await store.agencies.create_placement(agency, f"{key}-page", origins=[ORIGIN], now=now)
    _, secret = await store.tokens.create(agency.id, "viewer", name="Reader", now=now)
    arrivals = []
    for place, (words, (impact, another_way), channel) in enumerate(voices):
        one = arrival(page, f"voice-{place:04}", words, at=now, impact=impact, another_way=another_way)
        one.channel = channel
        arrivals.append(one)
    await asyncio.gather(
        *(store.submissions.receive(one) for one in arrivals)
    )  # together, and still one after the other
    found: list[tuple[str, int]] = []
    query = f"?limit={size}"
    while query:
        answer = await run.client.get(f"/api/reading{query}", headers={"authorization": f"Bearer {secret}"})
        document = answer.json()
        found += [(one["submission"]["text"], one["submission"]["severity"]) for one in document["items"]]
        query = f"?limit={size}&from={document['next']}" if document["next"] else ""
    return found


async def laws_hold(run: Running, said: list[Any], channels: list[str], mild: list[int], size: int) -> None:
    plain: list[Voice] = [(f"Stem {place}.", one, "web") for place, one in enumerate(said)]
    other = [(words, one, channels[place % len(channels)]) for place, (words, one, _) in enumerate(plain)]
    more = plain[:]
    for number, place in enumerate(mild):  # among the others, and after them
        more.insert(place, (f"Milde stem {number}.", MILD, "web"))
    listed, by_others, with_more = [await order(run, voices, size) for voices in (plain, other, more)]

    assert sorted(words for words, _ in listed) == sorted(words for words, _, _ in plain), "everybody, once"
    assert by_others == listed, "how it came plays no part"
    assert [one for one in with_more if one[1] < NOT_SAID] == [one for one in listed if one[1] < NOT_SAID]
    for place, one in enumerate(listed):
        if one[1] <= GRAVE:
            assert with_more[place] == one, "volume moves no grave one from its place"
    for found in (listed, with_more):
        for place, (_, severity) in enumerate(found):
            after = [one for _, one in found[place:]]
            if place % TEN in KEPT:
                assert severity == NOT_SAID or NOT_SAID not in after, "two of ten are theirs"
            elif severity == NOT_SAID:
                assert min(after) == NOT_SAID, "and at all other places they stand where their severity says"
            else:
                assert severity == min(one for one in after if one != NOT_SAID), "the gravest of those that are left"


def test_neither_volume_nor_channel_moves_a_grave_voice_and_two_of_ten_places_are_of_those_who_did_not_say(
    tmp_path: Path,
) -> None:
    with asyncio.Runner() as runner:
        product = running(tmp_path)
        run = runner.run(product.__aenter__())
        try:

            @settings(
                max_examples=12,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(
                said=st.lists(SAID, min_size=12, max_size=30),
                channels=st.lists(st.sampled_from(get_args(Channel)), min_size=1, max_size=5),
                mild=st.lists(st.integers(0, 30), max_size=30),
                size=st.sampled_from([7, 10, 100]),
            )
            def hold(said: list[Any], channels: list[str], mild: list[int], size: int) -> None:
                runner.run(laws_hold(run, said, channels, mild, size))

            hold()
        finally:
            runner.run(product.__aexit__(None, None, None))
