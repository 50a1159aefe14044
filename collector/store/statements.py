"""Barriers that wait for an answer, and the accessibility statement of an agency: as it is written, and as it stands in
public."""

from __future__ import annotations

import msgspec

from collector.agency import Agency
from collector.barrier import Statement, answer_by, checked_statement, missing_to_publish
from collector.change import STATEMENT
from collector.day import Day, checked_day, day_of
from collector.errors import Refusal
from collector.public import stepped
from collector.store.changes import record
from collector.store.engine import Engine, Transaction
from collector.store.submissions import ID_STEPS, Submissions
from collector.submission import Submission

WAITING = 500  # barriers shown at once
YEAR_MS = 365 * 86_400_000


class Written(msgspec.Struct):
    """`draft`: as the team writes it. `published`: what everybody reads, since `published_at` (Unix milliseconds).
    `missing`: what keeps the draft from being published. `revision`: 0 while nothing was ever written."""

    draft: Statement
    published: Statement | None
    published_at: int | None
    missing: tuple[str, ...]
    revision: int


class Waiting(msgspec.Struct):
    """One barrier that is not answered yet. `due`: the last day on which its answer is in time."""

    submission: Submission
    due: Day
    late: bool


class Answered(msgspec.Struct):
    """Of the last year, in steps of five; None under five: reported or asked, answered, answered in time."""

    number: int | None
    answered: int | None
    in_time: int | None


class Statements:
    """Called by the endpoints and the pages about accessibility."""

    def __init__(self, engine: Engine, submissions: Submissions) -> None:
        self._engine = engine
        self._submissions = submissions

    async def one(self, agency: Agency) -> Written:
        rows = await self._engine.fetch("statements.of_agency", agency_id=agency.id)
        if not rows:
            draft = Statement()
            return Written(draft, None, None, missing_to_publish(draft, agency.required_languages), 0)
        row = rows[0]
        draft = msgspec.json.decode(row["draft"], type=Statement)
        published = msgspec.json.decode(row["published"], type=Statement) if row["published"] else None
        missing = missing_to_publish(draft, agency.required_languages)
        return Written(draft, published, row["published_at"], missing, row["revision"])

    async def write(
        self, agency: Agency, statement: Statement, *, revision: int, publish: bool, now: int, by: str | None
    ) -> Written:
        """Keeps the draft, and publishes it when that is asked. Refusal `invalid` naming a field, `incomplete` with what is
        missing, `stale` when somebody else wrote since `revision`."""
        statement = checked_statement(statement)
        for field, day in [("assessed_on", statement.assessed_on), *(("gaps", gap.until) for gap in statement.gaps)]:
            if day is not None:
                checked_day(day, field)
        if publish and (missing := missing_to_publish(statement, agency.required_languages)):
            raise Refusal("incomplete", missing=missing)
        text = msgspec.json.encode(statement).decode()

        async def body(tx: Transaction) -> None:
            touched = await tx.run(
                "statements.replace" if revision else "statements.put",
                agency_id=agency.id,
                draft=text,
                published=text if publish else None,
                published_at=now if publish else None,
                revision=revision,
            )
            if not touched:
                raise Refusal("stale")
            await record(tx, agency.id, STATEMENT, now, by, None)

        await self._engine.write(body)
        return await self.one(agency)

    async def waiting(self, agency: Agency, *, now: int) -> list[Waiting]:
        """Barriers that wait for their answer, the oldest first."""
        statement = (await self.one(agency)).published
        today = day_of(now, agency.time_zone)
        found = []
        for row in await self._engine.fetch("statements.barriers", agency_id=agency.id, limit=WAITING):
            due = answer_by(day_of(row["received_at"], agency.time_zone), statement)
            found.append(Waiting(self._submissions.shown(row), due, late=due < today))
        return found

    async def answered(self, agency: Agency, *, now: int) -> Answered:
        """What became of the barriers of the last year. In time: the team's note stood on the receipt by its day."""
        statement = (await self.one(agency)).published
        rows = await self._engine.fetch("statements.since", agency_id=agency.id, after=(now - YEAR_MS) * ID_STEPS)
        noted = [row for row in rows if row["status"] == "answered" and row["noted_at"] is not None]
        in_time = 0
        for row in noted:
            due = answer_by(day_of(row["received_at"], agency.time_zone), statement)
            in_time += day_of(row["noted_at"], agency.time_zone) <= due
        return Answered(stepped(len(rows)), stepped(len(noted)), stepped(in_time))
