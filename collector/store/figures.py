"""Public figures: of the last full hour, in steps of five. They are kept, so that they stay what they are until the hour is
over, whatever is erased or sorted meanwhile and however often the collector starts."""

from __future__ import annotations

from typing import get_args

import msgspec

from collector.burst import LEAST
from collector.decision import STEP, Decision
from collector.public import HOUR_MS, Figures, stepped
from collector.store.engine import Engine, Row, Transaction
from collector.store.submissions import ID_STEPS
from collector.submission import Effect


class FiguresTable:
    """Called by the public pages and by receipts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[int, tuple[int, Figures]] = {}

    async def of(self, decision: Decision, now: int) -> Figures:
        """The figures of the hour that `now` (Unix milliseconds) is in."""
        hour = now // HOUR_MS
        known = self._known.get(decision.id)
        if known is None or known[0] != hour:
            known = self._known[decision.id] = await self._kept(decision, hour)
        return known[1]

    async def _kept(self, decision: Decision, hour: int) -> tuple[int, Figures]:
        rows = await self._engine.fetch("decisions.figures", id=decision.id)
        if not rows or rows[0]["hour"] < hour:
            document = msgspec.json.encode(await self._counted(decision, hour * HOUR_MS)).decode()

            async def body(tx: Transaction) -> list[Row]:
                """Who counted first is right for the hour, whatever was erased since; a clock set back changes nothing."""
                await tx.run("decisions.put_figures", id=decision.id, hour=hour, document=document)
                return await tx.fetch("decisions.figures", id=decision.id)

            rows = await self._engine.write(body)
        return hour, msgspec.json.decode(rows[0]["document"], type=Figures)

    async def _counted(self, decision: Decision, at: int) -> Figures:
        before = at * ID_STEPS
        # each effect stands there, whether nobody said it or four did; of the themes, only those with five voices
        effects: dict[Effect, int | None] = dict.fromkeys(get_args(Effect))
        voices = words = 0
        given = {"agency_id": decision.agency_id, "key": decision.key}
        for row in await self._engine.fetch("decisions.effects", **given, before=before):
            voices += row["number"]
            words += row["words"]
            if row["effect"] is not None:
                effects[row["effect"]] = stepped(row["number"])
        themes = await self._engine.fetch("decisions.theme_voices", id=decision.id, before=before)
        bursts = await self._engine.fetch("decisions.bursts", **given, at=at, before=before, least=LEAST)
        return Figures(
            at=at,
            voices=stepped(voices),
            words=stepped(words),
            effects=effects,
            # each burst in steps of its own: their sum tells of none of them more than its step does
            bursts=sum(row["number"] - row["number"] % STEP for row in bursts) or None,
            themes={row["theme_id"]: stepped(row["number"]) for row in themes if stepped(row["number"])},
        )
