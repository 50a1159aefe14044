"""Nothing public tells of a group under five: not by one answer, not by two subtracted from each other, not in the next hour.

Two towns live through the same official acts at the same moments. Who spoke in them differs, but only in what is never told:
nobody against four, five against nine. Somebody who fetches all that everybody may fetch, in both and at each moment, must
not be able to tell one from the other; then no subtraction tells anything.
"""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.routing import Route

from collector.decision import STEP, Expected
from collector.section import Section
from collector.store.receipts import Opened
from collector.store.steps import Anyway
from collector.store.submissions import Filter
from collector.submission import Effect
from tests.often import often, proof
from tests.start import Running, running
from tests.store.arrivals import KEYS, arrival
from tests.town import Town, said

HOUR_MS = 3_600_000
DAYS_MS = 6 * 24 * HOUR_MS  # a story begins five days before its first look
NOON = datetime(2027, 3, 1, 12, 20, tzinfo=UTC)
EFFECTS: tuple[Effect, ...] = get_args(Effect)
WHY = said("Daarom.", "Voilà.")
_numbers = itertools.count(1)

# what the names in the addresses of public pages stand for, `{d}` being the decision; a new page with a new name fails here
# until it is said what that stands for
NAMED = {
    "decision": "{d}", "agency": "town", "placement": "page", "version": "1",
    "key": {"decisions": "{d}", "placements": "page"},
}  # fmt: skip
ASKED: dict[str, list[str]] = {
    "/api/decisions/{key}/compare": ["?from=1&to=2"],
    "/api/decisions/{key}/voice": [f"?unlike={effect}" for effect in EFFECTS],
    "/api/placements/{key}": ["", "?decision={d}"],
    "/f/{placement}": ["", "?decision={d}", "?decision={d}&section=who"],
    "/d": ["", "?agency=town"],
    "/d.atom": ["", "?agency=town"],
    "/d/{decision}": ["?lang=nl", "?lang=fr", "?from=1&to=2"],
}
# where figures and quotes stand: looked at in every hour, the others in one of them
MOVES = (
    "/api/decisions/{d}/voice",
    "/d/{d}?lang=nl",
    "/d/{d}.atom",
    "/d.atom?agency",
    "/d?agency",
    "/api/placements/page?",
)
ABSENT = {"/inclusion/page"}  # in a town that has none of it
LEFT = {
    "/api/decisions/{key}/acts": "a stream of official acts, which name nobody",
    "/openapi.json": "made of the code alone",
    "/docs": "made of the code alone",
    "/poster/{placement}": "a drawing of its own address, which differs between two installations; no voice is in it",
    "/paper/{placement}": "made anew each time it is loaded; nothing of it is stored",
    "/metrics": "for operators, within the network",
    "/preview/{placement}": "for colleagues: their own widget",
    "/sign-in/with/{key}": "for colleagues: the way to a provider",
    "/sign-in/back": "for colleagues: the way back from one",
    "/widget/v1/{path:path}": "a file",
    "/widget/{version}/{path:path}": "a file",
    "/assets/dashboard/{path:path}": "a file",
    "/assets/pages/{path:path}": "a file",
}


def addresses(run: Running, decision: str) -> list[str]:
    """Of everything that anybody may get, from the routes themselves."""
    found = []
    for route in run.app.router.routes:
        operation = getattr(getattr(route, "endpoint", None), "operation", None)
        if not isinstance(route, Route) or "GET" not in (route.methods or ()) or route.path in LEFT:
            continue
        if operation is not None and (operation.need is not None or operation.receipt):
            continue
        path = route.path
        for name in re.findall(r"{(\w+)", path):
            stands_for: Any = NAMED[name]
            if isinstance(stands_for, dict):
                stands_for = stands_for[path.split("/")[2]]
            path = path.replace(f"{{{name}}}", stands_for)
        found += [(path + asked).replace("{d}", decision) for asked in ASKED.get(route.path, [""])]
    return found


@dataclass
class World:
    """One of the two. `codes` of receipts that whoever looks holds herself, by decision."""

    run: Running
    town: Town
    codes: dict[str, str]

    async def look(self, decision: str, *, everywhere: bool = True) -> dict[str, str]:
        """All that she can fetch: every public address, and her own receipt. Or only where figures stand."""
        asked = [
            address
            for address in addresses(self.run, decision)
            if everywhere
            or address == f"/api/decisions/{decision}"
            or address.replace(decision, "{d}").startswith(MOVES)
        ]
        found = dict(zip(asked, await asyncio.gather(*(self._told(address) for address in asked)), strict=True))
        found["receipt"] = (await self.run.receipt(self.codes[decision])).text.replace(self.run.url, "")
        return found

    async def _told(self, address: str) -> str:
        answer = await self.run.client.get(address)
        there = address in ABSENT or answer.status_code in (200, 204, 302, 303)
        assert there, (address, answer.status_code, answer.text)
        # a form has a fresh key each time it is shown, and each world its own port
        text = re.sub(r'name="key" value="[^"]+"', "", answer.text).replace(self.run.url, "")
        # how soon words are read: of ten and more, and of what the team does; it moves by days
        text = re.sub(r'"read_days":(\d+|null)', "", text)
        return f"{answer.status_code} {text}"


@dataclass
class Crowd:
    """How many spoke, by effect (None: without one), with words and without. `themes`: how many of those with words belong to
    the first theme and to the second; `waiting`: how many of the others wait. `more`: the effect that one more says in the
    next hour; `erased`: how many of those without words or effect take it back in the hour after."""

    words: dict[Effect | None, int]
    presses: dict[Effect | None, int]
    themes: tuple[int, int]
    waiting: int
    more: Effect | None
    erased: int


@st.composite
def alike(draw: st.DrawFn) -> tuple[Crowd, Crowd]:
    """Two crowds of which everything told is the same: within each group the same step, and as many in all, brought there by
    people who said no effect."""

    def pair(most: int) -> tuple[int, int]:
        base = draw(st.sampled_from([0, 0, STEP, 2 * STEP]))
        base = base if base + STEP <= most else 0
        one, other = (min(most, base + draw(st.integers(0, STEP - 1))) for _ in range(2))
        return one, other

    of: dict[Effect, tuple[int, int]] = {effect: pair(50) for effect in EFFECTS}
    words: list[dict[Effect | None, int]] = [
        {effect: draw(st.integers(0, numbers[place])) for effect, numbers in of.items()} for place in (0, 1)
    ]
    presses: list[dict[Effect | None, int]] = [
        {effect: numbers[place] - words[place][effect] for effect, numbers in of.items()} for place in (0, 1)
    ]
    spoke = max(sum(one.values()) for one in words)
    for place in (0, 1):
        words[place][None] = spoke - sum(words[place].values())
    pressed = max(sum(one.values()) for one in presses)
    for place in (0, 1):
        presses[place][None] = pressed - sum(presses[place].values())
    everybody = spoke + pressed + 1  # and whoever looks
    first, second, waiting = pair(spoke), pair(spoke), pair(STEP - 1)
    # one more in either, or in both, as long as no step is passed in one alone
    effect = draw(st.sampled_from(EFFECTS))
    more = [draw(st.booleans()) for _ in range(2)]
    if len({((everybody + more[p]) // STEP, (of[effect][p] + more[p]) // STEP) for p in (0, 1)}) > 1:
        more = [True, True] if len({(of[effect][p] + 1) // STEP for p in (0, 1)}) == 1 else [False, False]
    erased = [min(presses[p][None], draw(st.integers(0, 2))) for p in (0, 1)]
    if len({(everybody + more[p] - erased[p]) // STEP for p in (0, 1)}) > 1:
        erased = [0, 0]
    one, other = (
        Crowd(words[p], presses[p], (first[p], second[p]), waiting[p], effect if more[p] else None, erased[p])
        for p in (0, 1)
    )
    return one, other


@asynccontextmanager
async def two_worlds(folder: Path) -> AsyncIterator[tuple[World, World]]:
    async with running(folder / "one") as one, running(folder / "other") as other:
        yield World(one, Town(one.app.parts.store, 0), {}), World(other, Town(other.app.parts.store, 0), {})


async def first_days(world: World, key: str, crowd: Crowd, closed: bool, decided: bool) -> None:
    """What happens until the first look."""
    town = world.town
    town.now = world.run.app.parts.now()
    file = town.file(until=town.day(-1 if closed else 12), expected=[Expected("bus", said("De bus", "Le bus"))])
    await town.publish(key, file, days=5)
    for text in ("Niemand.", "Bewoners."):
        await town.version(key, [Section("who", said(text, text))], days=5)
    more: dict[str, Any] = {"impact": ["health"], "days": 3}
    spoken = [
        id_
        for effect in (*EFFECTS, None)
        for id_ in await town.voices(key, crowd.words[effect], "Ik woon hier.", effect=effect, **more)
    ]
    for effect in (*EFFECTS, None):
        await town.voices(key, crowd.presses[effect], None, effect=effect, **more)
    # whoever looks has spoken herself, without an effect, and holds a receipt
    code = KEYS.code("page", f"own-{key}-0000")
    own = arrival(town.page, f"own-{key}-0000", "Ik kijk mee.", at=town.ago(2), impact=[], outcome=None)
    own.decision, own.phase = key, "agenda"
    mine = (await town.store.submissions.receive(own)).id
    world.codes[key] = code
    a, b = max(0, crowd.themes[0] - 1), crowd.themes[1]  # her own voice is one of the first theme
    answered = await town.theme(key, said("Wonen", "Habiter"), [*spoken[:a], mine])
    await town.theme(key, said("De bus", "Le bus"), spoken[len(spoken) - b :], expected="bus")
    rest = spoken[a : len(spoken) - b][crowd.waiting :]
    kept = {*rest, *spoken[:a], *spoken[len(spoken) - b :], mine}
    await asyncio.gather(*(
        town.store.submissions.mark(town.agency.id, id_, "aside" if id_ in rest else "read", revision=1, by="Ann",
                                    now=town.now, aside="test" if id_ in rest else None)
        for id_ in sorted(kept)
    ))  # fmt: skip
    await town.answer([answered], "not_changed", WHY)
    if decided:
        await town.step(key, "decided", text=WHY, anyway=Anyway(WHY))
    await town.store.decisions.tick(town.now)


async def an_hour_later(world: World, key: str, crowd: Crowd, hour: int) -> None:
    """Somebody speaks, or takes back what she said; an hour goes by."""
    town = world.town
    if hour == 1 and crowd.more is not None:
        await town.voices(key, 1, None, days=0, effect=crowd.more)
    if hour == 2 and crowd.erased:
        listed = await world.run.client.get(
            f"/api/submissions?decision={key}&words=0&limit=500", headers=world.run.bearer()
        )
        bare = [one["id"] for one in listed.json()["items"] if one["effect"] is None]
        for id_ in bare[: crowd.erased]:
            rows = await town.store.engine.fetch("messages.receipt", agency_id=town.agency.id, submission_id=id_)
            opened = Opened(rows[0]["id"], town.agency.id, town.page.id, id_, None)
            await town.store.receipts.erase(opened, now=town.now)


async def all_read(world: World) -> None:
    town = world.town
    unread = await town.store.submissions.list(town.agency.id, Filter(status="new", words=True), limit=500)
    await asyncio.gather(*(
        town.store.submissions.mark(town.agency.id, one.id, "read", revision=one.revision, by="Ann", now=town.now)
        for one in unread
    ))  # fmt: skip


@proof
def test_whoever_fetches_everything_cannot_tell_who_spoke_in_a_group_under_five(tmp_path: Path) -> None:
    erased, told = [0, 0], list[AssertionError]()
    with (
        time_machine.travel(NOON, tick=False) as clock,
        asyncio.Runner() as runner,
    ):
        worlds = two_worlds(tmp_path)
        both = runner.run(worlds.__aenter__())
        try:

            @settings(
                max_examples=often(3, 40),
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(crowds=alike(), closed=st.booleans(), decided=st.booleans(), whole=st.sampled_from([0, 1, 2]))
            def tell(crowds: tuple[Crowd, Crowd], closed: bool, decided: bool, whole: int) -> None:
                sums = [erased[p] + crowds[p].erased for p in (0, 1)]
                if sums[0] // STEP != sums[1] // STEP:  # how many took something back is told in steps as well
                    crowds[0].erased = crowds[1].erased = 0
                    sums = erased
                erased[:] = sums
                # two worlds that have come apart are not fit for a second look
                if told:
                    raise told[0]
                try:
                    runner.run(story(crowds, f"decision-{next(_numbers)}", closed, decided, whole))
                except AssertionError as error:
                    told.append(error)
                    raise

            async def story(crowds: tuple[Crowd, Crowd], key: str, closed: bool, decided: bool, whole: int) -> None:
                lived = list(zip(both, crowds, strict=True))
                await asyncio.gather(*(first_days(world, key, crowd, closed, decided) for world, crowd in lived))
                for hour in (0, 1, 2):
                    seen = await asyncio.gather(*(world.look(key, everywhere=hour == whole) for world in both))
                    for address, one in seen[0].items():
                        assert one == seen[1][address], (address, hour)
                    await asyncio.gather(*(an_hour_later(world, key, crowd, hour + 1) for world, crowd in lived))
                    # within the hour nothing that is public has moved
                    again = await both[1].look(key, everywhere=False)
                    assert again == {address: seen[1][address] for address in again}
                    clock.shift(HOUR_MS / 1000)
                    for world in both:
                        world.town.now = world.run.app.parts.now()
                        await world.town.store.decisions.tick(world.town.now)
                # how many are unread here is told in steps as well, over all decisions
                await asyncio.gather(*(all_read(world) for world in both))
                clock.shift(DAYS_MS / 1000)  # ids are moments: what comes later is not told at an earlier one

            tell()
        finally:
            runner.run(worlds.__aexit__(None, None, None))


async def test_whoever_fetches_everything_sees_the_fifth(tmp_path: Path) -> None:
    """The look above is not blind: one in each world, four against five."""
    none: dict[Effect | None, int] = dict.fromkeys((*EFFECTS, None), 0)
    with time_machine.travel(NOON, tick=False):
        async with two_worlds(tmp_path) as both:
            for world, number in zip(both, (4, 5), strict=True):
                crowd = Crowd({**none, "harder": number}, none, (0, 0), 0, None, 0)
                await first_days(world, "square", crowd, closed=False, decided=False)
            seen = [await world.look("square") for world in both]
            told = {address for address, one in seen[0].items() if one != seen[1][address]}
            assert told == {"/api/decisions/square", "/d/square?lang=nl", "/d/square?lang=fr", "/d/square?from=1&to=2"}
