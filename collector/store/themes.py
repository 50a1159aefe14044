"""Themes: what several submissions are about. A submission belongs to any number of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from collector.change import DECISION, SORTED, THEME
from collector.clock import due
from collector.day import day_of
from collector.decision import Decision
from collector.document import Started, Trail
from collector.errors import Refusal
from collector.public import Quote
from collector.store.changes import record
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row, Transaction
from collector.store.figures import FiguresTable
from collector.store.responses import Responses, public
from collector.store.routing import Routings
from collector.store.sections import Sections
from collector.submission import Submission
from collector.texts import LINE, Texts, checked_texts
from collector.theme import Naming, Theme, checked_naming

ALL = "*"


class Themes:
    """Called by the team's endpoints, by receipts and by the public pages."""

    def __init__(
        self,
        engine: Engine,
        decisions: Decisions,
        sections: Sections,
        responses: Responses,
        figures: FiguresTable,
        shown: Callable[[Row], Submission],
        routings: Routings,
    ) -> None:
        self._engine = engine
        self._decisions = decisions
        self._sections = sections
        self._responses = responses
        self._figures = figures
        self.shown = shown
        self._routings = routings

    async def create(self, agency_id: int, naming: Naming, *, now: int, by: str | None) -> Theme:
        """Refusal `invalid` for a name that says nothing, an unknown decision or expectation, or a voice of nobody."""
        naming = checked_naming(naming)
        decision = self._decision(agency_id, naming.decision)
        _expected(decision, naming.expected)

        async def body(tx: Transaction) -> int:
            rows = await tx.fetch(
                "themes.insert",
                agency_id=agency_id,
                decision_id=decision.id if decision else None,
                name=msgspec.json.encode(naming.name).decode(),
                expected=naming.expected,
                now=now,
            )
            theme_id = int(rows[0]["id"])
            await self._changed(tx, agency_id, theme_id, decision, now, by)
            for submission_id in dict.fromkeys(naming.submissions):
                await self._add(tx, agency_id, theme_id, submission_id, now, by)
            return theme_id

        return await self.one(agency_id, await self._engine.write(body))

    async def write(
        self,
        agency_id: int,
        theme_id: int,
        *,
        revision: int,
        now: int,
        by: str | None,
        name: Texts | None = None,
        decision: str | None = None,
        expected: str | msgspec.UnsetType | None = msgspec.UNSET,
    ) -> Theme:
        """Another name, decision, or what had been expected. Refusal `stale`, `not_found`, `invalid`."""
        theme = await self.one(agency_id, theme_id)
        of = self._decision(agency_id, decision or theme.decision)
        moved = of is not None and of.key != theme.decision
        kept = None if moved else theme.expected  # what was expected of one decision says nothing of another
        wanted = kept if expected is msgspec.UNSET else expected
        if expected is not msgspec.UNSET:
            _expected(of, wanted)
        named = checked_texts(name, "name", LINE) if name is not None else theme.name
        if not named:
            raise Refusal("invalid", fields=("name",))

        async def body(tx: Transaction) -> None:
            touched = await tx.run(
                "themes.write",
                agency_id=agency_id,
                id=theme_id,
                revision=revision,
                name=msgspec.json.encode(named).decode(),
                expected=wanted,
                decision_id=of.id if of else None,
            )
            if not touched:
                raise Refusal("stale")
            await self._changed(tx, agency_id, theme_id, of, now, by)
            if moved and theme.decision is not None:  # its page has one theme less
                left = self._decisions.mine(agency_id, theme.decision)
                if left.public:
                    await record(tx, agency_id, DECISION + "theme", now, by, left.id)

        await self._engine.write(body)
        return await self.one(agency_id, theme_id)

    async def merge(self, agency_id: int, theme_id: int, into: int, *, now: int, by: str | None) -> Theme:
        """All its voices, responses and passages go to another theme. Refusal `not_found`; `invalid` into itself, or out of
        the decision that it belongs to."""
        theme = await self.one(agency_id, theme_id)
        if theme_id == into:
            raise Refusal("invalid", fields=("into",))

        async def body(tx: Transaction) -> None:
            target = await _alive(tx, agency_id, into)
            source = await _alive(tx, agency_id, theme_id)
            if source["decision_id"] not in (None, target["decision_id"]):
                raise Refusal("invalid", fields=("into",))
            await tx.run("themes.merged", agency_id=agency_id, id=theme_id, into=into)
            for query in ("merge", "merge_passages", "merge_responses"):
                await tx.run(f"themes.{query}", id=theme_id, into=into)
            for query in ("empty", "empty_passages", "empty_responses"):
                await tx.run(f"themes.{query}", id=theme_id)
            of = self._of(target)
            if of is not None and source["decision_id"] is None:
                await tx.run("themes.give_voices", agency_id=agency_id, theme_id=into, key=of.key)
            await tx.run("themes.expect", id=into, expected=source["expected"])
            await record(tx, agency_id, THEME, now, by, theme.id)
            await self._changed(tx, agency_id, into, of, now, by)

        await self._engine.write(body)
        return await self.one(agency_id, into)

    async def sort(
        self, agency_id: int, theme_id: int, *, add: Sequence[int], remove: Sequence[int], now: int, by: str | None
    ) -> Theme:
        """Puts voices into a theme and takes others out. Refusal `not_found` for a theme or voice of nobody."""

        async def body(tx: Transaction) -> None:
            await _alive(tx, agency_id, theme_id)
            for submission_id in dict.fromkeys(add):
                await self._add(tx, agency_id, theme_id, submission_id, now, by)
            for submission_id in dict.fromkeys(remove):
                if await tx.run("themes.remove", agency_id=agency_id, theme_id=theme_id, submission_id=submission_id):
                    await record(tx, agency_id, SORTED, now, by, submission_id)
                    await self._routings.apply(tx, agency_id, submission_id, now)

        await self._engine.write(body)
        return await self.one(agency_id, theme_id)

    async def quote(
        self, agency_id: int, theme_id: int, submission_id: int, quoted: bool, *, now: int, by: str
    ) -> None:
        """Shows a voice's words with its theme in public. Refusal `not_allowed` when their author did not allow it."""

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch(
                "themes.permission", agency_id=agency_id, theme_id=theme_id, submission_id=submission_id
            )
            if not rows:
                raise Refusal("not_found")
            if quoted and (not rows[0]["quote"] or rows[0]["erased_at"] is not None):
                raise Refusal("not_allowed")
            await tx.run("themes.quote", theme_id=theme_id, submission_id=submission_id, quoted=int(quoted))
            of = self._of(await _alive(tx, agency_id, theme_id))
            await self._changed(tx, agency_id, theme_id, of, now, by)

        await self._engine.write(body)

    async def one(self, agency_id: int, theme_id: int) -> Theme:
        """Refusal `not_found` for one of nobody, of another agency, or merged away."""
        found = await self._list(agency_id, ("one",), id=theme_id)
        if not found:
            raise Refusal("not_found")
        return found[0]

    async def list(self, agency_id: int, decision: str | None) -> Sequence[Theme]:
        """The themes of a decision, of none (None), or all (`ALL`); most voices first."""
        if decision == ALL:
            return await self._list(agency_id, ())
        if decision is None:
            return await self._list(agency_id, ("no_decision",))
        of = self._decisions.mine(agency_id, decision)
        return await self._list(agency_id, ("decision",), decision_id=of.id)

    async def _list(self, agency_id: int, fragments: Sequence[str], **parameters: Any) -> Sequence[Theme]:
        rows = await self._engine.fetch("themes.list", fragments, agency_id=agency_id, **parameters)
        answered = await self._responses.of_themes(agency_id, [row["id"] for row in rows])
        found = []
        for row in rows:
            response, draft = answered.get(row["id"], (None, None))
            found.append(
                Theme(
                    id=row["id"],
                    decision=self._decisions.key_of(row["decision_id"]),
                    name=msgspec.json.decode(row["name"]),
                    expected=row["expected"],
                    voices=row["voices"],
                    grave=row["grave"],
                    unread=row["unread"],
                    response=response,
                    draft=draft,
                    merged_into=row["merged_into"],
                    created_at=row["created_at"],
                    due=None if response else self._due(row),
                    revision=row["revision"],
                )
            )
        return found

    def _due(self, row: Row) -> str | None:
        """By when it is owed an answer: counted from the day the intake closes, or from its first voice without one.
        Nothing is owed any more on what was withdrawn."""
        decision = self._of(row)
        if decision is not None:
            owed = decision.file.until is not None and decision.state in ("published", "decided")
            return due("theme.answer", decision.file.until or "") if owed else None
        if not row["voices"]:
            return None
        return due("theme.answer", day_of(row["first_at"] or row["created_at"], self._decisions.zone(row["agency_id"])))

    async def submissions(
        self, agency_id: int, theme_id: int, *, before: int | None, limit: int
    ) -> Sequence[Submission]:
        """Its voices, newest first, none that was erased."""
        await self.one(agency_id, theme_id)
        rows = await self._engine.fetch(
            "themes.submissions", agency_id=agency_id, theme_id=theme_id, before=before or 2**53, limit=limit
        )
        return [self.shown(row) for row in rows]

    async def of_submission(self, agency_id: int, submission_id: int, *, now: int | None = None) -> Sequence[Trail]:
        """What became of one voice, theme by theme. Also of one that was erased: the trail keeps its place. `now` in Unix
        milliseconds, by default the present."""
        now = time.time_ns() // 1_000_000 if now is None else now
        rows = await self._engine.fetch("themes.of_submission", agency_id=agency_id, submission_id=submission_id)
        answered = await self._responses.of_themes(agency_id, [row["id"] for row in rows])
        moved = await self._sections.of_themes([row["id"] for row in rows])
        found = []
        for row in rows:
            of = self._of(row)
            voices = (await self._figures.of(of, now)).themes.get(row["id"]) if of and of.public else None
            found.append(
                Trail(
                    row["id"],
                    msgspec.json.decode(row["name"]),
                    voices,
                    public(answered.get(row["id"], (None, None))[0]),
                    moved.get(row["id"], []),
                    self._started(row["started"]),
                    None if answered.get(row["id"], (None, None))[0] else self._due(row),
                )
            )
        return found

    def _started(self, decision_id: int | None) -> Started | None:
        """The decision that a voice started, once it is public, wherever it went."""
        if decision_id is None:
            return None
        decision = self._decisions.by_id(decision_id)
        if not decision.public:
            return None
        decision = self._decisions.where_it_went(decision)
        return Started(decision.key, decision.file.title)

    async def quoted(self, agency_id: int, submission_id: int) -> Sequence[int]:
        """Ids of the themes with which the words of one voice are shown."""
        rows = await self._engine.fetch("themes.quoted", agency_id=agency_id, submission_id=submission_id)
        return [row["theme_id"] for row in rows]

    async def quotes(self, decision: Decision) -> dict[int, Sequence[Quote]]:
        """theme → the voices shown with it. One that its author withdrew keeps its place and loses its words."""
        found: dict[int, list[Quote]] = {}
        for row in await self._engine.fetch("themes.quotes", decision_id=decision.id):
            allowed = row["quote"] and row["erased_at"] is None
            quote = Quote(row["text"], row["language"]) if allowed else Quote(None, None)
            found.setdefault(row["theme_id"], []).append(quote)
        return dict(found)

    def _of(self, row: Row) -> Decision | None:
        return self._decisions.by_id(row["decision_id"]) if row["decision_id"] is not None else None

    def _decision(self, agency_id: int, key: str | None) -> Decision | None:
        if not key:
            return None
        try:
            return self._decisions.where_it_went(self._decisions.mine(agency_id, key))
        except Refusal:
            raise Refusal("invalid", fields=("decision",)) from None

    async def _add(
        self, tx: Transaction, agency_id: int, theme_id: int, submission_id: int, now: int, by: str | None
    ) -> None:
        if not await tx.fetch("submissions.one", agency_id=agency_id, id=submission_id):
            raise Refusal("not_found")
        given = {"agency_id": agency_id, "theme_id": theme_id, "submission_id": submission_id}
        if await tx.run("themes.add", **given, now=now, by=by):
            await record(tx, agency_id, SORTED, now, by, submission_id)
            await self._routings.apply(tx, agency_id, submission_id, now)

    @staticmethod
    async def _changed(
        tx: Transaction, agency_id: int, theme_id: int, decision: Decision | None, now: int, by: str | None
    ) -> None:
        await record(tx, agency_id, THEME, now, by, theme_id)
        if decision is not None and decision.public:
            await record(tx, agency_id, DECISION + "theme", now, by, decision.id)


async def _alive(tx: Transaction, agency_id: int, theme_id: int) -> Row:
    """The row of a theme as this transaction sees it. Refusal `not_found` for one of nobody or merged away."""
    rows = await tx.fetch("themes.one", agency_id=agency_id, id=theme_id)
    if not rows or rows[0]["merged_into"] is not None:
        raise Refusal("not_found")
    return rows[0]


def _expected(decision: Decision | None, key: str | None) -> None:
    """Refusal `invalid` for an expectation that the decision does not name."""
    if key is not None and (decision is None or key not in {expected.key for expected in decision.file.expected}):
        raise Refusal("invalid", fields=("expected",))
