"""Decisions: few rows, looked at by every submission and every page, so they are kept in memory.

The rows in the database are the truth; `load` reads them anew after every change of one.
"""

from __future__ import annotations

from typing import Any

import msgspec

from collector.agency import checked_key
from collector.change import DECISION
from collector.decision import (
    Course,
    Decision,
    File,
    Unanswered,
    Writing,
    checked_file,
    missing_to_publish,
    moves,
)
from collector.errors import Refusal
from collector.placement import Placement
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.store.submissions import ID_STEPS

FOR_EVER = 2**42  # milliseconds since 1970: the year 2109, and an id of a submission still fits in 63 bits


class Decisions:
    """Called by the intake and the pages (look-ups) and by the team's endpoints (writing)."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies
        self._by_id: dict[int, Decision] = {}
        self._by_key: dict[str, Decision] = {}
        self._told: dict[int, tuple[str, bool]] = {}

    async def load(self) -> None:
        found = [self.shown(row) for row in await self._engine.fetch("decisions.all")]
        self._by_id = {decision.id: decision for decision in found}
        self._by_key = {decision.key: decision for decision in found}

    def shown(self, row: Row) -> Decision:
        """A row as the domain knows it."""
        return Decision(
            id=row["id"],
            agency_id=row["agency_id"],
            key=row["key"],
            state=row["state"],
            phase=row["phase"],
            file=msgspec.json.decode(row["file"], type=File),
            course=msgspec.json.decode(row["course"], type=Course),
            version=row["version"],
            zone=self._agencies.agency(row["agency_id"]).time_zone,
            theme_id=row["theme_id"],
            merged_into=row["merged_into"],
            created_at=row["created_at"],
            published_at=row["published_at"],
            changed_at=row["changed_at"],
            revision=row["revision"],
        )

    def all(self) -> list[Decision]:
        return list(self._by_id.values())

    def of_agency(self, agency_id: int) -> list[Decision]:
        """All of one agency, the last changed first."""
        found = [decision for decision in self._by_id.values() if decision.agency_id == agency_id]
        return sorted(found, key=lambda decision: (-decision.changed_at, -decision.id))

    def zone(self, agency_id: int) -> str:
        """The time zone of an agency."""
        return self._agencies.agency(agency_id).time_zone

    def by_id(self, decision_id: int) -> Decision:
        return self._by_id[decision_id]

    def key_of(self, decision_id: int | None) -> str | None:
        """The key of a row, None for none."""
        return self._by_id[decision_id].key if decision_id in self._by_id else None

    def by_key(self, key: str) -> Decision:
        """A public decision. Refusal `not_found` for a key of none, or of a draft."""
        found = self._by_key.get(key)
        if found is None or not found.public:
            raise Refusal("not_found")
        return found

    def mine(self, agency_id: int, key: str) -> Decision:
        """One of an agency, drafts as well. Refusal `not_found` for any other."""
        found = self._by_key.get(key)
        if found is None or found.agency_id != agency_id:
            raise Refusal("not_found")
        return found

    def where_it_went(self, decision: Decision) -> Decision:
        """The decision itself, or the one it was merged into, however often."""
        seen = {decision.id}
        while decision.merged_into is not None and decision.merged_into not in seen:
            decision = self._by_id[decision.merged_into]
            seen.add(decision.id)
        return decision

    def reacted_to(self, placement: Placement, key: str) -> Decision:
        """The decision that a submission names. Refusal `invalid` when this placement's agency has none in public."""
        found = self._by_key.get(key)
        if found is None or not found.public or found.agency_id != placement.agency_id:
            raise Refusal("invalid", fields=("decision",))
        return self.where_it_went(found)

    def bound(self, placement: Placement) -> list[Decision]:
        """The public decisions that a placement may show: bound to it by its key, or to pages by patterns."""
        return [
            decision
            for decision in self.of_agency(placement.agency_id)
            if decision.state in ("published", "decided")
            and (placement.key in decision.file.placements or (decision.file.patterns and not decision.file.placements))
        ]

    async def create(
        self, agency_id: int, key: str, file: File, *, now: int, by: str | None, theme_id: int | None = None
    ) -> Decision:
        """A draft. With `theme_id` it grows out of a theme, in its agenda phase, and takes the theme's voices along.
        Refusal `exists` when the key is taken anywhere, `invalid` with the fields that cannot be."""
        checked_key(key)
        file = self._checked(agency_id, file)

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch(
                "decisions.insert",
                agency_id=agency_id,
                key=key,
                phase="agenda" if theme_id is not None or not file.phases else file.phases[0].phase,
                file=_json(file),
                course=_json(Course()),
                theme_id=theme_id,
                now=now,
            )
            if not rows:
                raise Refusal("exists", fields=("key",))
            if theme_id is not None:
                moved = await tx.run("themes.give", agency_id=agency_id, id=theme_id, decision_id=rows[0]["id"])
                if not moved:
                    raise Refusal("invalid", fields=("theme",))
                await tx.run("themes.give_voices", agency_id=agency_id, theme_id=theme_id, key=key)
            await record(tx, agency_id, DECISION + "created", now, by, rows[0]["id"])

        await self._engine.write(body)
        await self.load()
        return self._by_key[key]

    async def write(self, agency_id: int, key: str, writing: Writing, *, now: int, by: str | None) -> Decision:
        """Changes what is named. Refusal `stale` when it moved on since `writing.revision`; `invalid` for what cannot be,
        for a public date that moves without a reason, and for what is expected once it is public; `incomplete` when a
        public decision would lack what it needs."""
        decision = self.mine(agency_id, key)
        if decision.state in ("withdrawn", "merged"):
            raise Refusal("wrong_state")
        file = self._checked(agency_id, writing.over(decision.file))
        course = decision.course
        if decision.public:
            if file.expected != decision.file.expected:
                raise Refusal("invalid", fields=("expected",))
            if missing := missing_to_publish(file, self._agencies.agency(agency_id).required_languages):
                raise Refusal("incomplete", fields=missing)
            moved = moves(decision.file, file, writing.because, now)
            course = msgspec.structs.replace(course, moved=[*course.moved, *moved])

        async def body(tx: Transaction) -> None:
            touched = await tx.run(
                "decisions.write",
                agency_id=agency_id,
                id=decision.id,
                file=_json(file),
                course=_json(course),
                revision=writing.revision,
                now=now,
            )
            if not touched:
                raise Refusal("stale")
            await record(tx, agency_id, DECISION + "changed", now, by, decision.id)

        await self._engine.write(body)
        await self.load()
        await self.tick(now)
        return self._by_id[decision.id]

    def _checked(self, agency_id: int, file: File) -> File:
        file = checked_file(file)
        points = {point.key for point in self._agencies.contact_points(agency_id)}
        if file.contact_point is not None and file.contact_point not in points:
            raise Refusal("invalid", fields=("contact_point",))
        own = {placement.key for placement in self._agencies.placements(agency_id)}
        if not own.issuperset(file.placements):
            raise Refusal("invalid", fields=("placements",))
        return file

    async def tick(self, now: int) -> int:
        """Lets the calendar do its part: phases that have opened, intake that opened or closed since the last tick. Each
        is one change in the log, written once. Returns how many there were."""
        moved = 0
        for decision in self.all():
            if decision.state != "published":
                continue
            phase, is_open = decision.phase_at(now), decision.is_open(now)

            async def body(
                tx: Transaction, decision: Decision = decision, phase: str = phase, is_open: bool = is_open
            ) -> int:
                rows = await tx.fetch("decisions.one", agency_id=decision.agency_id, id=decision.id)
                if rows[0]["state"] != "published" or rows[0]["revision"] != decision.revision:
                    return 0
                if not await tx.run("decisions.tick", id=decision.id, phase=phase, is_open=int(is_open), now=now):
                    return 0
                acts = []
                if rows[0]["phase"] != phase:
                    acts.append("phase")
                if bool(rows[0]["is_open"]) != is_open:
                    acts.append("opened" if is_open else "closed")
                for act in acts:
                    await record(tx, decision.agency_id, DECISION + act, now, None, decision.id)
                return len(acts)

            if self._told.get(decision.id) != (phase, is_open):
                moved += await self._engine.write(body)
                self._told[decision.id] = (phase, is_open)
        if moved:
            await self.load()
        return moved

    async def unanswered(
        self, decision: Decision, tx: Transaction | None = None, *, until: int | None = None
    ) -> Unanswered:
        """What waits for an answer; inside `tx` when that transaction is to rest on it. `until`: of what came before that
        moment (Unix milliseconds), by default of all."""
        until = FOR_EVER if until is None else until
        given: dict[str, Any] = {
            "agency_id": decision.agency_id,
            "key": decision.key,
            "id": decision.id,
            "until": until,
            "before": until * ID_STEPS,
        }
        rows = await (tx.fetch if tx else self._engine.fetch)("decisions.unanswered", **given)
        return Unanswered(**dict(rows[0]))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
