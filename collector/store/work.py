"""What a team sees of its decisions: all of the file, what waits, what was expected beside what was heard."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from collector.agency import Agency
from collector.change import Step
from collector.clock import due
from collector.day import Day, day_of
from collector.decision import Course, Decision, File, Phase, Promise, State, Unanswered, missing_to_publish
from collector.public import PublicLine, PublicVersion
from collector.section import Passage, Section
from collector.store.agencies import Agencies
from collector.store.changes import Changes
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row
from collector.store.public import Public
from collector.store.sections import Sections
from collector.store.submissions import ID_STEPS
from collector.store.themes import ALL, Themes
from collector.submission import Submission
from collector.texts import Texts
from collector.theme import Theme

DAY_MS = 86_400_000
PAGES_DAYS = 90
GRAVEST = 5


class Heard(msgspec.Struct):
    """What the team expected, and how many voices said it."""

    key: str
    text: Texts
    voices: int
    themes: list[int]


class Felt(msgspec.Struct):
    """Of `answered` receipts, `came_back` said how it felt. No percentage is made of these."""

    answered: int
    came_back: int
    heard: int
    not_really: int
    again: int


class Work(msgspec.Struct):
    """One decision as its team works on it. `missing`: what keeps it from being published; `warned`: what should be there
    as well. `started_by`: the theme it grew out of. `unexpected`: themes nobody expected, most voices first."""

    key: str
    state: State
    phase: Phase
    is_open: bool
    file: File
    course: Course
    version: int
    versions: list[PublicVersion]
    sections: list[Section]
    passages: list[Passage]
    missing: tuple[str, ...]
    warned: tuple[str, ...]
    unanswered: Unanswered
    voices: int
    with_words: int
    started_by: int | None
    merged_into: str | None
    time_zone: str
    closes_at: int | None
    expected_heard: list[Heard]
    unexpected: list[int]
    felt: Felt
    history: list[Step]
    url: str
    changed_at: int
    published_at: int | None
    revision: int


class WorkLine(msgspec.Struct):
    """One decision in the team's list."""

    key: str
    title: Texts
    state: State
    phase: Phase
    promise: Promise
    is_open: bool
    until: Day | None
    closes_at: int | None
    voices: int
    with_words: int
    unsorted: int
    waiting: int
    grave_unread: int
    themes: int
    themes_answered: int
    changed_at: int
    revision: int


class Undecided(msgspec.Struct):
    """A page with much feedback and no decision: should this be decided?"""

    page: str
    voices: int
    with_words: int


class Overdue(msgspec.Struct):
    """A theme whose answer is late."""

    kind: str
    subject_id: int
    day: Day
    decision: str | None
    theme: Texts


class Named(msgspec.Struct):
    key: str
    name: str


class Desk(msgspec.Struct):
    """All that waits for a team."""

    decisions: list[WorkLine]
    pages: list[Undecided]
    overdue: list[Overdue]
    contact_points: list[Named]
    placements: list[Named]
    required_languages: tuple[str, ...]
    warned_languages: tuple[str, ...]


class BriefLine(msgspec.Struct):
    """What was said, and by how many."""

    text: Texts
    voices: int


class Brief(msgspec.Struct):
    """One page for the evening before it is decided. `n`: people who chose to speak, not a survey."""

    decision: PublicLine
    open: Texts
    n: int
    with_words: int
    gravest: list[Submission]
    expected: list[BriefLine]
    unexpected: list[BriefLine]
    unanswered: Unanswered
    unanswered_themes: list[Texts]
    generated_at: int


class WorkTable:
    """Called by the team's endpoints and by the brief."""

    def __init__(
        self,
        engine: Engine,
        agencies: Agencies,
        decisions: Decisions,
        sections: Sections,
        themes: Themes,
        public: Public,
        changes: Changes,
    ) -> None:
        self._engine = engine
        self._agencies = agencies
        self._decisions = decisions
        self._sections = sections
        self._themes = themes
        self._public = public
        self._changes = changes

    async def one(self, agency_id: int, key: str, now: int) -> Work:
        """Refusal `not_found` for a key of another agency."""
        decision = self._decisions.mine(agency_id, key)
        agency = self._agencies.agency(agency_id)
        totals = (await self._totals(agency_id)).get(key, (0, 0))
        themes = await self._themes.list(agency_id, key)
        return Work(
            key=key,
            state=decision.state,
            phase=decision.phase_at(now) if decision.public else decision.phase,
            is_open=decision.is_open(now),
            file=decision.file,
            course=decision.course,
            version=decision.version,
            versions=await self._sections.versions(decision),
            sections=await self._sections.newest(decision),
            passages=await self._sections.passages(decision),
            missing=missing_to_publish(decision.file, agency.required_languages),
            warned=_warned(decision, agency),
            unanswered=await self._decisions.unanswered(decision),
            voices=totals[0],
            with_words=totals[1],
            started_by=decision.theme_id,
            merged_into=self._decisions.key_of(decision.merged_into),
            time_zone=decision.zone,
            closes_at=decision.closes_at,
            expected_heard=_heard(decision, themes),
            unexpected=[theme.id for theme in themes if theme.expected is None],
            felt=await self._felt(decision),
            history=await self._changes.of_decision(agency_id, decision.id),
            url=f"{self._public.url}/d/{key}",
            changed_at=decision.changed_at,
            published_at=decision.published_at,
            revision=decision.revision,
        )

    async def desk(self, agency_id: int, now: int) -> Desk:
        """All decisions of an agency, the pages that have none, and what is late."""
        agency = self._agencies.agency(agency_id)
        totals = await self._totals(agency_id)
        themes: dict[str | None, list[Theme]] = {}
        for theme in await self._themes.list(agency_id, ALL):
            themes.setdefault(theme.decision, []).append(theme)
        lines = []
        for decision in self._decisions.of_agency(agency_id):
            waiting = await self._decisions.unanswered(decision)
            own = themes.get(decision.key, [])
            lines.append(
                WorkLine(
                    key=decision.key,
                    title=decision.file.title,
                    state=decision.state,
                    phase=decision.phase_at(now) if decision.public else decision.phase,
                    promise=decision.file.promise,
                    is_open=decision.is_open(now),
                    until=decision.file.until,
                    closes_at=decision.closes_at,
                    voices=totals.get(decision.key, (0, 0))[0],
                    with_words=totals.get(decision.key, (0, 0))[1],
                    unsorted=waiting.unsorted,
                    waiting=waiting.waiting,
                    grave_unread=waiting.grave_unread,
                    themes=len(own),
                    themes_answered=sum(theme.response is not None for theme in own),
                    changed_at=decision.changed_at,
                    revision=decision.revision,
                )
            )
        today = day_of(now, agency.time_zone)
        late = [
            Overdue("theme.answer", theme.id, theme.due, theme.decision, theme.name)
            for own in themes.values()
            for theme in own
            if theme.due is not None and theme.due < today
        ]
        return Desk(
            decisions=lines,
            pages=await self._pages(agency_id, now),
            overdue=sorted(late, key=lambda found: found.day),
            contact_points=[Named(point.key, point.name) for point in self._agencies.contact_points(agency_id)],
            placements=[Named(placement.key, placement.name) for placement in self._agencies.placements(agency_id)],
            required_languages=agency.required_languages,
            warned_languages=agency.warned_languages,
        )

    async def brief(self, agency_id: int, key: str, now: int) -> Brief:
        """What somebody who decides reads the evening before."""
        decision = self._decisions.mine(agency_id, key)
        themes = await self._themes.list(agency_id, key)
        n, with_words = (await self._totals(agency_id)).get(key, (0, 0))
        rows = await self._engine.fetch("decisions.gravest", agency_id=agency_id, key=key, limit=GRAVEST)
        return Brief(
            decision=self._public.line(decision, now),
            open=decision.file.open,
            n=n,
            with_words=with_words,
            gravest=[self._themes.shown(row) for row in rows],
            expected=[BriefLine(heard.text, heard.voices) for heard in _heard(decision, themes)],
            unexpected=[BriefLine(theme.name, theme.voices) for theme in themes if theme.expected is None],
            unanswered=await self._decisions.unanswered(decision),
            unanswered_themes=[theme.name for theme in themes if theme.response is None],
            generated_at=now,
        )

    async def _totals(self, agency_id: int) -> dict[str, tuple[int, int]]:
        rows = await self._engine.fetch("decisions.totals", agency_id=agency_id)
        return {row["key"]: (row["voices"], row["words"]) for row in rows}

    async def _pages(self, agency_id: int, now: int) -> list[Undecided]:
        after = (now - PAGES_DAYS * DAY_MS) * ID_STEPS
        rows: list[Row] = await self._engine.fetch("decisions.pages", agency_id=agency_id, after=after)
        return [Undecided(row["page"], row["voices"], row["words"]) for row in rows]

    async def _felt(self, decision: Decision) -> Felt:
        rows = await self._engine.fetch("decisions.felt", agency_id=decision.agency_id, key=decision.key)
        said = {row["felt"]: row["number"] for row in rows}
        answered = await self._engine.fetch("decisions.answered_receipts", id=decision.id)
        return Felt(
            answered=answered[0]["answered"],
            came_back=sum(said.values()),
            heard=said.get("heard", 0),
            not_really=said.get("not_really", 0),
            again=said.get("again", 0),
        )


def message_due(at: int, zone: str) -> str:
    """By when what a citizen wrote on her receipt is owed an answer."""
    return due("message.answer", day_of(at, zone))


def _heard(decision: Decision, themes: Sequence[Theme]) -> list[Heard]:
    found = []
    for expected in decision.file.expected:
        own = [theme for theme in themes if theme.expected == expected.key]
        found.append(Heard(expected.key, expected.text, sum(t.voices for t in own), [theme.id for theme in own]))
    return found


def _warned(decision: Decision, agency: Agency) -> tuple[str, ...]:
    if not agency.warned_languages:
        return ()
    missing = missing_to_publish(decision.file, agency.warned_languages)
    return tuple(name for name in missing if "." in name)
