"""Alarms: raised from the log by a follower, seen by a person with a name."""

from __future__ import annotations

from typing import Any

import msgspec

from collector.alarm import DAY_MS, About, Alarm, Voice, independent
from collector.change import ALARM_RAISED, ALARM_SEEN
from collector.errors import Refusal
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction

READ = 500  # changes looked at in one turn


class Alarms:
    """Called by the routine that looks and by the team's endpoints. `open_number`: how many nobody has
    seen, in all agencies."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies
        self._cursor: int | None = None
        self.open_number = 0

    async def follow(self, *, now: int) -> int:
        """Reads on in the log from where it was; the first time ever it begins at the end. Raises an alarm where as many
        independent grave ones came within as many days as the rule of their agency says, not more than one that nobody has
        seen for each subject, and none for what was there when the last one was seen. Returns how many were raised."""
        if self._cursor is None:
            self._cursor = await self._engine.write(_begin)
            await self._count()
        upto = int((await self._engine.fetch("changes.last"))[0]["cursor"])
        rows = await self._engine.fetch("alarms.log", after=self._cursor, upto=upto, limit=READ)
        if len(rows) == READ:
            upto = rows[-1]["cursor"]
        subjects: dict[tuple[int, About, int], None] = {}
        for row in rows:
            subjects[row["agency_id"], "placement", row["placement_id"]] = None
            if row["decision_id"] is not None:
                subjects[row["agency_id"], "decision", row["decision_id"]] = None
            for theme in (row["themes"] or "").split(","):
                if theme:
                    subjects[row["agency_id"], "theme", int(theme)] = None

        async def body(tx: Transaction) -> int:
            raised = 0
            for (agency_id, about, subject_id), ids in found.items():
                subject: dict[str, Any] = {"agency_id": agency_id, "about": about, "subject_id": subject_id}
                days = self._agencies.agency(agency_id).alarm_days
                made = await tx.fetch(
                    "alarms.raise", **subject, voices=msgspec.json.encode(ids).decode(), days=days, now=now
                )
                if made:
                    await record(tx, agency_id, ALARM_RAISED, now, None, made[0]["id"])
                    raised += 1
            await tx.run("alarms.go_on", cursor=upto)
            return raised

        found = {subject: ids for subject in subjects if (ids := await self._pattern(*subject, now))}
        raised = await self._engine.write(body) if rows else 0
        self._cursor = upto
        if raised:
            await self._count()
        return raised

    async def _pattern(self, agency_id: int, about: About, subject_id: int, now: int) -> list[int] | None:
        """Ids of the independent grave voices of a subject, when there are enough of them."""
        agency = self._agencies.agency(agency_id)
        seen = (await self._engine.fetch("alarms.last_seen", agency_id=agency_id, about=about, subject_id=subject_id))[
            0
        ]["at"]
        since = max(now - agency.alarm_days * DAY_MS, seen or 0)
        rows = await self._engine.fetch(
            "alarms.voices", (about,), agency_id=agency_id, subject_id=subject_id, since=since
        )
        apart = independent(Voice(row["id"], row["placement_id"], row["received_at"], row["text"]) for row in rows)
        return [voice.id for voice in apart] if len(apart) >= agency.alarm_voices else None

    async def open(self, agency_id: int) -> list[Alarm]:
        """Those that nobody has seen, the oldest first."""
        return [self._shown(row) for row in await self._engine.fetch("alarms.open", agency_id=agency_id)]

    async def one(self, agency_id: int, alarm_id: int) -> Alarm:
        """Refusal `not_found` for one of nobody or of another agency."""
        rows = await self._engine.fetch("alarms.one", agency_id=agency_id, id=alarm_id)
        if not rows:
            raise Refusal("not_found")
        return self._shown(rows[0])

    async def see(self, agency_id: int, alarm_id: int, done: str, *, by: str, now: int) -> Alarm:
        """A person with a name (`by`) has seen it, and says what is done. Refusal `not_found`, `wrong_state` when a colleague
        was first."""

        await self.one(agency_id, alarm_id)

        async def body(tx: Transaction) -> None:
            if not await tx.run("alarms.see", agency_id=agency_id, id=alarm_id, done=done, by=by, now=now):
                raise Refusal("wrong_state")
            await record(tx, agency_id, ALARM_SEEN, now, by, alarm_id)

        await self._engine.write(body)
        await self._count()
        return await self.one(agency_id, alarm_id)

    async def _count(self) -> None:
        self.open_number = (await self._engine.fetch("alarms.count"))[0]["number"]

    def _shown(self, row: Row) -> Alarm:
        about: About = row["about"]
        subject = row["decision_key"] if about == "decision" else str(row["subject_id"])
        if about == "placement":
            subject = self._agencies.placement_by_id(row["subject_id"]).key
        return Alarm(
            id=row["id"],
            about=about,
            subject=subject,
            voices=msgspec.json.decode(row["voices"], type=list[int]),
            days=row["days"],
            raised_at=row["raised_at"],
            seen_at=row["seen_at"],
            seen_by=row["seen_by"],
            done=row["done"],
        )


async def _begin(tx: Transaction) -> int:
    await tx.run("alarms.follow")
    return int((await tx.fetch("alarms.follower"))[0]["cursor"])
