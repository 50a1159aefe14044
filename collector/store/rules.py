"""Rules that do not fit, gathered from voices and responses."""

from __future__ import annotations

from typing import Any

import msgspec

from collector.rules import FEW, STORIES, Group, Rules, may_leave
from collector.store.agencies import Agencies
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row
from collector.store.responses import Responses
from collector.store.submissions import Submissions
from collector.submission import Submission

Where = tuple[int | None, str | None, str | None]  # theme; without one, decision and placement


class RulesTable:
    """Called by the dashboard's endpoint."""

    def __init__(
        self,
        engine: Engine,
        agencies: Agencies,
        decisions: Decisions,
        submissions: Submissions,
        responses: Responses,
    ) -> None:
        self._engine = engine
        self._agencies = agencies
        self._decisions = decisions
        self._submissions = submissions
        self._responses = responses

    async def see(self, agency_id: int, decision: str | None = None) -> Rules:
        """All that was said of rules that do not fit, and what was answered; of one decision or of all. Refusal
        `not_found` for a decision of nobody or of another agency."""
        given: dict[str, Any] = {"agency_id": agency_id}
        of_themes, fragments, of_theme = dict(given), (), ()
        if decision is not None:
            of = self._decisions.mine(agency_id, decision)
            given["decision"], of_themes["decision_id"] = of.key, of.id
            fragments, of_theme = ("decision",), ("themes_decision",)  # type: ignore[assignment]
        counted = await self._engine.fetch("rules.groups", fragments, **given)
        stories = await self._stories(await self._engine.fetch("rules.stories", fragments, **given, limit=STORIES))
        answered = [row["id"] for row in await self._engine.fetch("rules.answered", of_theme, **of_themes)]
        themes = dict.fromkeys([*(row["theme_id"] for row in counted if row["theme_id"] is not None), *answered])
        listed = msgspec.json.encode(list(themes)).decode()
        named = {row["id"]: row for row in await self._engine.fetch("rules.themes", agency_id=agency_id, themes=listed)}
        responses = await self._responses.of_themes(agency_id, themes)
        groups = []
        for row in sorted(counted, key=lambda row: (row["gravest"], -row["voices"], row["theme_id"] or 0)):
            where = self._where(row)
            groups.append(self._group(row, named.get(where[0] or 0), stories.get(where, []), responses))
        told = {group.theme for group in groups}
        silent: dict[str, Any] = {"decision": None, "placements": None, "voices": 0, "grave": 0}
        for theme in answered:
            if theme not in told:
                groups.append(self._group({**silent, "theme_id": theme}, named[theme], [], responses))
        return Rules(groups, sum(map(may_leave, groups)))

    def _where(self, row: Row) -> Where:
        if row["theme_id"] is not None:
            return row["theme_id"], None, None
        return None, row["decision"], self._placements(row["placements"])[0]

    def _placements(self, joined: str | None) -> list[str]:
        return sorted(self._agencies.placement_by_id(int(part)).key for part in joined.split(",")) if joined else []

    async def _stories(self, rows: list[Row]) -> dict[Where, list[Submission]]:
        shown = []
        for row in rows:
            fields = dict(row)
            fields["themes"] = str(row["themes"]) if row["themes"] is not None else None
            shown.append(self._submissions.shown(fields))
        await self._submissions.count_alike(shown)
        found: dict[Where, list[Submission]] = {}
        for one in shown:
            where: Where = (one.themes[0], None, None) if one.themes else (None, one.decision, one.placement)
            found.setdefault(where, []).append(one)
        return found

    def _group(self, row: Row, theme: Row | None, stories: list[Submission], responses: dict[int, Any]) -> Group:
        decision = self._decisions.key_of(theme["decision_id"]) if theme else row["decision"]
        return Group(
            theme=row["theme_id"],
            name=msgspec.json.decode(theme["name"]) if theme else {},
            decision=decision,
            placements=self._placements(row["placements"]),
            voices=row["voices"],
            grave=row["grave"],
            few=0 < row["voices"] < FEW,
            stories=stories,
            response=responses.get(row["theme_id"] or 0, (None, None))[0],
        )
