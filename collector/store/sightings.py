"""Where the widget is met. Counted in memory, since it is counted for every page that is opened, and kept once a minute."""

from __future__ import annotations

from collector.placement import Placement
from collector.sighting import MANY, REFUSED, SCRIPT, STRANGERS, UNKNOWN, Sighting, named_origin, sightings
from collector.store.agencies import Agencies
from collector.store.engine import Engine, Transaction
from collector.store.submissions import ID_STEPS

Key = tuple[int, int, str, str, str]  # placement, agency, day, origin, what


class Sightings:
    """Called by whatever answers a page that carries the widget, and by those who look where it is."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies
        self._counted: dict[Key, int] = {}
        self._strangers: dict[tuple[int, str], set[str]] = {}

    def saw(self, placement: Placement, origin: str, what: str, now: int) -> None:
        """Counts one request of a page of `origin` (the value of its header). Never fails, never waits."""
        day = self._agencies.day(placement.agency_id, now)
        if not placement.allows(origin):
            origin = self._stranger(placement.id, day, origin)
        key = (placement.id, placement.agency_id, day, origin, what)
        self._counted[key] = self._counted.get(key, 0) + 1

    def script(self, origin: str, now: int) -> None:
        """The widget's first file went to a page of `origin`: counted for the placements that list it."""
        for placement in self._agencies.listing(origin):
            self.saw(placement, origin, SCRIPT, now)

    def unknown(self, origin: str, now: int) -> None:
        """A page of `origin` asked for a placement that is not there: those who list the origin want to know."""
        for placement in self._agencies.listing(origin):
            self.saw(placement, origin, UNKNOWN, now)

    def _stranger(self, placement_id: int, day: str, origin: str) -> str:
        """An origin that is not listed, under its own name as long as there are few: anybody can name any."""
        known = self._strangers.setdefault((placement_id, day), set())
        if len(self._strangers) > 10_000:
            self._strangers = {(placement_id, day): known}
        if origin in known:
            return origin
        named = named_origin(origin)
        if named not in known:
            if len(known) >= STRANGERS:
                return MANY
            known.add(named)
        return named

    async def keep(self) -> None:
        """Writes down what was counted since the last time."""
        counted, self._counted = self._counted, {}
        if not counted:
            return

        async def body(tx: Transaction) -> None:
            await tx.run_many("sightings.add", [(*key, number) for key, number in counted.items()])

        try:
            await self._engine.write(body)
        except BaseException:
            for key, number in counted.items():
                self._counted[key] = self._counted.get(key, 0) + number
            raise

    async def of_placement(self, placement: Placement, own: str, *, since: str) -> list[Sighting]:
        """From the day `since` on; what was counted a moment ago is among it. `own`: the collector's own origin."""
        await self.keep()
        rows = await self._engine.fetch(
            "sightings.of_placement", placement_id=placement.id, agency_id=placement.agency_id, since=since
        )
        counted = [(row["origin"], row["day"], row["what"], row["number"]) for row in rows]
        asking = await self._engine.fetch("sightings.asking", agency_id=placement.agency_id, since=since)
        return sightings(counted, placement.origins, own, {row["origin"] for row in asking})

    async def pages(self, placement: Placement, *, since: int) -> list[tuple[str, int, int]]:
        """(page, answers, those with words) since a moment in Unix milliseconds, the most first; of the newest 20,000."""
        rows = await self._engine.fetch("sightings.pages", placement_id=placement.id, after=since * ID_STEPS)
        return [(row["page"], row["voices"], row["words"]) for row in rows]

    async def refusals(self, agency_id: int, *, since: str) -> dict[str, int]:
        """Of answers, by the code of the refusal, from the day `since` on."""
        await self.keep()
        rows = await self._engine.fetch("sightings.refusals", agency_id=agency_id, since=since)
        return {row["what"].removeprefix(REFUSED): row["number"] for row in rows}

    async def expire(self, agency_id: int, *, before: str) -> None:
        """Forgets the days before `before`."""

        async def body(tx: Transaction) -> None:
            await tx.run("sightings.forget", agency_id=agency_id, before=before)

        await self._engine.write(body)
