"""Decisions: few rows, looked at by every submission and every page, so they are kept in memory.

The rows in the database are the truth; `load` reads them anew after every change of one.
"""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from collector.agency import checked_key
from collector.change import DECISION, THEME
from collector.decision import (
    Course,
    Decision,
    File,
    Phase,
    Unanswered,
    Writing,
    checked_change,
    checked_file,
    first_phase,
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
        self._stored: dict[int, tuple[str, bool]] = {}  # phase and openness as the last act left them
        self._looked: dict[int, int] = {}  # until when the calendar was looked at
        self._loading = asyncio.Lock()

    async def load(self) -> None:
        async with self._loading:  # one after another: an older answer never replaces a newer one
            rows = await self._engine.fetch("decisions.all")
            found = [self.shown(row) for row in rows]
            self._by_id = {decision.id: decision for decision in found}
            self._by_key = {decision.key: decision for decision in found}
            self._stored = {row["id"]: (row["phase"], bool(row["is_open"])) for row in rows}

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
        found = self.named(placement, key)
        if found is None:
            raise Refusal("invalid", fields=("decision",))
        return found

    def named(self, placement: Placement, key: str) -> Decision | None:
        """The public decision of the placement's agency with that key, or the one it went on in; None without one."""
        found = self._by_key.get(key)
        if found is None or not found.public or found.agency_id != placement.agency_id:
            return None
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
                phase=first_phase(file, grown=theme_id is not None),
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
                await tx.run("themes.started", theme_id=theme_id, decision_id=rows[0]["id"])
                await record(tx, agency_id, THEME, now, by, theme_id)
            await record(tx, agency_id, DECISION + "created", now, by, rows[0]["id"])

        await self._engine.write(body)
        await self.load()
        return self._by_key[key]

    async def write(self, agency_id: int, key: str, writing: Writing, *, now: int, by: str | None) -> Decision:
        """Changes what is named. Refusal `stale` when it moved on since `writing.revision`; `invalid` for what cannot be,
        for a public date that moves without a reason, for what is expected once it is public, and for a promise that gets
        smaller; `incomplete` when a public decision would lack what it needs."""
        decision = self.mine(agency_id, key)
        languages = self._agencies.agency(agency_id).required_languages

        async def body(tx: Transaction) -> None:
            row = (await tx.fetch("decisions.one", agency_id=agency_id, id=decision.id))[0]
            fresh, _ = await self.catch_up(tx, row, now)
            if fresh.revision != writing.revision:
                raise Refusal("stale")
            if fresh.state in ("withdrawn", "merged"):
                raise Refusal("wrong_state")
            file, course = self._checked(agency_id, writing.over(fresh.file)), fresh.course
            if fresh.public:
                moved = checked_change(fresh, file, writing.because, languages, now)
                course = msgspec.structs.replace(course, moved=[*course.moved, *moved])
            await tx.run(
                "decisions.write",
                agency_id=agency_id,
                id=fresh.id,
                file=_json(file),
                course=_json(course),
                revision=writing.revision,
                now=now,
            )
            await record(tx, agency_id, DECISION + "changed", now, by, fresh.id)

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
        """Lets the calendar do its part: phases that have opened, intake that opened or closed since the last act, also
        while no collector ran. Each is one change in the log, of its own moment, written once. Returns how many."""
        moved = 0
        for decision in self.all():
            if decision.state not in ("published", "decided"):
                continue
            since = self._looked.get(decision.id, decision.changed_at)
            stands = (decision.phase_at(now), decision.is_open(now))
            if self._stored[decision.id] == stands and not any(since < at <= now for at in decision.moments()):
                continue

            async def body(tx: Transaction, decision: Decision = decision) -> int:
                row = (await tx.fetch("decisions.one", agency_id=decision.agency_id, id=decision.id))[0]
                return (await self.catch_up(tx, row, now))[1]

            moved += await self._engine.write(body)
            self._looked[decision.id] = now
        if moved:
            await self.load()
        return moved

    async def catch_up(self, tx: Transaction, row: Row, now: int) -> tuple[Decision, int]:
        """Writes down what the calendar moved since the last act of the decision in `row`, and returns it as it is then, and
        how many acts that were. Every act begins with it, in its own transaction: none swallows one of the calendar."""
        decision = self.shown(row)
        acts = _by_calendar(decision, bool(row["is_open"]), now)
        if not acts:
            return decision, 0
        for act, at, phase, is_open in acts:
            await record(tx, decision.agency_id, DECISION + act, at, None, decision.id, detail=standing(phase, is_open))
        await tx.run("decisions.tick", id=decision.id, phase=phase, is_open=int(is_open), now=now)
        return msgspec.structs.replace(decision, phase=phase, changed_at=now), len(acts)

    async def follow(self) -> None:
        """What came to a decision that was merged away, on its way while that was written, goes where it went."""
        for decision in self.all():
            if decision.state != "merged":
                continue
            into = self.where_it_went(decision)

            async def body(tx: Transaction, decision: Decision = decision, into: Decision = into) -> None:
                given = {"agency_id": decision.agency_id}
                await tx.run("decisions.move_submissions", **given, key=decision.key, into=into.key)
                await tx.run("decisions.move_themes", **given, id=decision.id, into_id=into.id)

            await self._engine.write(body)

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


def standing(phase: str, is_open: bool) -> str:
    """How a decision stands after an act, as the log keeps it: its phase, and whether one can react."""
    return f"{phase} open" if is_open else phase


def _by_calendar(decision: Decision, is_open: bool, now: int) -> list[tuple[str, int, Phase, bool]]:
    """(act, its moment, phase, openness after it) for all that the calendar moved since the last act."""
    if decision.state not in ("published", "decided"):
        return []
    acts: list[tuple[str, int, Phase, bool]] = []
    phase = decision.phase
    for at in [*(at for at in decision.moments() if decision.changed_at < at < now), now]:
        here = msgspec.structs.replace(decision, phase=phase)
        was, phase, open_now = phase, here.phase_at(at), here.is_open(at)
        if phase != was:
            acts.append(("phase", at, phase, open_now))
        if open_now != is_open:
            acts.append(("opened" if open_now else "closed", at, phase, open_now))
            is_open = open_now
    return acts


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
