"""The radar, as it stands. It is kept by the store in the transaction of each voice (see the migration), so it costs what
there are themes, not what there are voices."""

from __future__ import annotations

from typing import Any

import msgspec

from collector.radar import ALONE, Alone, Point, Radar, height, in_order, point
from collector.severity import GRAVE
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row
from collector.store.submissions import Submissions


class RadarTable:
    """Called by the dashboard's endpoint."""

    def __init__(self, engine: Engine, decisions: Decisions, submissions: Submissions) -> None:
        self._engine = engine
        self._decisions = decisions
        self._submissions = submissions

    async def see(self, agency_id: int, decision: str | None = None) -> Radar:
        """Of all themes, or of those of one decision. Refusal `not_found` for a decision of nobody or of another agency."""
        given: dict[str, Any] = {"agency_id": agency_id}
        of_themes, of_voices = dict(given), dict(given)
        if decision is not None:
            of = self._decisions.mine(agency_id, decision)
            of_themes["decision_id"], of_voices["decision"] = of.id, of.key
        narrowed = decision is not None
        rows = await self._engine.fetch("radar.points", ("themes_decision",) if narrowed else (), **of_themes)
        fragments = ("decision",) if narrowed else ()
        alone = await self._engine.fetch("radar.alone", fragments, **of_voices, limit=ALONE)
        levels = [0] * (GRAVE + 1)
        for row in await self._engine.fetch("radar.alone_levels", ("alone_decision",) if narrowed else (), **of_voices):
            levels[row["severity"]] = row["voices"]
        found = [self._submissions.shown(row) for row in alone]
        await self._submissions.count_alike(found)
        stands = [row["stands"] for row in alone]
        singles = [Alone(one, at, height(at, 1)) for one, at in zip(found, stands, strict=True)]
        bursts = await self._engine.fetch("radar.bursts", agency_id=agency_id)
        in_bursts = {row["theme_id"]: row["voices"] for row in bursts}
        return Radar(in_order(self._points(rows, in_bursts)), singles, levels)

    def _points(self, rows: list[Row], in_bursts: dict[int, int]) -> list[Point]:
        by_theme: dict[int, list[Row]] = {}
        for row in rows:
            by_theme.setdefault(row["id"], []).append(row)
        found = [
            point(
                theme,
                msgspec.json.decode(own[0]["name"]),
                self._decisions.key_of(own[0]["decision_id"]),
                {row["severity"]: row["voices"] for row in own},
                unread=sum(row["unread"] for row in own),
                answered=bool(own[0]["answered"]),
                burst=in_bursts.get(theme, 0),
            )
            for theme, own in by_theme.items()
        ]
        return [one for one in found if one is not None]
