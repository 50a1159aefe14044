"""What everybody may see of decisions."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from collector.clock import due
from collector.day import end_of, start_of
from collector.decision import Decision
from collector.errors import Refusal
from collector.public import (
    PublicDecision,
    PublicLine,
    PublicOverride,
    PublicPhase,
    PublicTheme,
    PublicUnanswered,
    shown,
)
from collector.receipt import AgencyName
from collector.section import Passage
from collector.store.agencies import Agencies
from collector.store.asks import Asks
from collector.store.decisions import Decisions
from collector.store.engine import Engine
from collector.store.figures import FiguresTable
from collector.store.responses import public
from collector.store.sections import Sections
from collector.store.themes import Themes
from collector.submission import Effect


class OtherVoice(msgspec.Struct):
    """One voice of somebody affected differently, whose author allowed it to be shown."""

    text: str
    language: str | None
    effect: Effect


class Public:
    """Called by the public pages and endpoints, and by the placement document. `url`: how the public reaches us."""

    def __init__(
        self,
        engine: Engine,
        agencies: Agencies,
        decisions: Decisions,
        sections: Sections,
        themes: Themes,
        figures: FiguresTable,
        asks: Asks,
    ) -> None:
        self._engine = engine
        self._agencies = agencies
        self._decisions = decisions
        self._sections = sections
        self._themes = themes
        self._figures = figures
        self._asks = asks
        self.url = ""

    def line(self, decision: Decision, now: int) -> PublicLine:
        """Enough for one line in a list."""
        agency = self._agencies.agency(decision.agency_id)
        file = decision.file
        return PublicLine(
            key=decision.key,
            title=file.title,
            state=decision.state,  # type: ignore[arg-type]  # a draft is not asked for
            phase=decision.phase_at(now),
            promise=file.promise,
            stance=file.stance,
            until=file.until,
            closes_at=decision.closes_at,
            is_open=decision.is_open(now),
            patterns=file.patterns,
            subject=file.subject,
            agency=AgencyName(agency.key, agency.name, agency.names),
            url=f"{self.url}/d/{decision.key}",
            changed_at=decision.changed_at,
        )

    def lines(self, now: int, agency_id: int | None = None) -> list[PublicLine]:
        """All that are public, the last changed first; those that were merged away left out."""
        found = [
            decision
            for decision in self._decisions.all()
            if decision.public and decision.state != "merged" and agency_id in (None, decision.agency_id)
        ]
        found.sort(key=lambda decision: (-decision.changed_at, -decision.id))
        return [self.line(decision, now) for decision in found]

    async def document(self, decision: Decision, now: int) -> PublicDecision:
        """All that is public of one. Refusal `not_found` for a draft."""
        if not decision.public or decision.published_at is None:
            raise Refusal("not_found")
        file, course = decision.file, decision.course
        agency = self._agencies.agency(decision.agency_id)
        points = {point.key: point for point in self._agencies.contact_points(agency.id)}
        told = decision.state != "published" or (decision.closes_at is not None and now >= decision.closes_at)
        themes, passages = await self._public_themes(decision, now, told), await self._sections.passages(decision)
        return PublicDecision(
            key=decision.key,
            agency=AgencyName(agency.key, agency.name, agency.names),
            state=decision.state,  # type: ignore[arg-type]  # never a draft, see above
            title=file.title,
            open=file.open,
            gain=file.gain,
            summary=file.summary,
            fixed=file.fixed,
            owner=file.owner,
            contact_point=points.get(file.contact_point or ""),
            promise=file.promise,
            stance=file.stance,
            stance_note=file.stance_note,
            phase=decision.phase_at(now),
            phases=[
                PublicPhase(
                    planned.phase,
                    planned.opens,
                    planned.closes,
                    start_of(planned.opens, decision.zone),
                    end_of(planned.closes, decision.zone) if planned.closes else None,
                    planned.question,
                    course.answered.get(planned.phase),
                )
                for planned in file.phases
            ],
            until=file.until,
            closes_at=decision.closes_at,
            is_open=decision.is_open(now),
            time_zone=decision.zone,
            version=decision.version,
            versions=await self._sections.versions(decision),
            sections=await self._sections.newest(decision),
            passages=passages,
            figures=await self._figures.of(decision, now),
            themes=themes,
            expected=[expected.text for expected in file.expected] if told and file.expected else None,
            decided=course.decided,
            withdrawn=course.withdrawn,
            reopened=course.reopened,
            asks=self._asks.public_of(decision, now),
            override=await self._override(decision, passages),
            merged_into=self._decisions.key_of(decision.merged_into),
            moved=course.moved,
            published_at=decision.published_at,
            changed_at=decision.changed_at,
            url=f"{self.url}/d/{decision.key}",
        )

    async def _public_themes(self, decision: Decision, now: int, told: bool) -> list[PublicTheme]:
        """The themes that a team has named, those with most voices first: by the stepped figures, so that the order
        tells no more than they do."""
        figures = await self._figures.of(decision, now)
        quotes = await self._themes.quotes(decision)
        passages, until = await self._sections.passages(decision), decision.file.until
        found = [
            PublicTheme(
                id=theme.id,
                name=theme.name,
                voices=figures.themes.get(theme.id),
                expected=(theme.expected is not None) if told and decision.file.expected else None,
                response=public(theme.response),
                passages=[passage.id for passage in passages if theme.id in passage.themes],
                quotes=list(quotes.get(theme.id, ())),
                # of every theme alike: a day that came with its first voice would tell of it
                due=due("theme.answer", until) if until and theme.response is None else None,
            )
            for theme in await self._themes.list(decision.agency_id, decision.key)
        ]
        found.sort(key=lambda theme: (-(theme.voices or 0), theme.id))
        return found

    async def _override(self, decision: Decision, passages: Sequence[Passage]) -> PublicOverride | None:
        """What was published although something waited; None once that has its answer. Who speaks afterwards does not
        bring it back. An office signs; the name is for colleagues."""
        override = decision.course.override
        if override is None:
            return None
        waited = override.told or override.unanswered
        changed = not override.text_unchanged or any(p.version > 1 and p.themes for p in passages)
        if changed and (await self._decisions.unanswered(decision, until=override.at + 1)).none:
            return None
        people = (shown(waited.unsorted), shown(waited.grave_unread), shown(waited.waiting))
        unanswered = PublicUnanswered(waited.themes, *people, promise=override.text_unchanged)
        return PublicOverride(override.office, override.reason, override.sentence, unanswered, override.at)

    async def other_voice(self, decision: Decision, unlike: Effect) -> OtherVoice | None:
        """One voice of somebody to whom it means something else, read by the team and allowed by its author: of the
        effect that differs most, the newest. None when there is none."""
        rows: Sequence[OtherVoice] = [
            OtherVoice(row["text"], row["language"], row["effect"])
            for row in await self._engine.fetch(
                "decisions.other_voice", agency_id=decision.agency_id, key=decision.key, unlike=unlike
            )
        ]
        order = _FARTHEST[unlike]
        return min(rows, key=lambda voice: order.index(voice.effect), default=None)


_FARTHEST: dict[Effect, tuple[Effect, ...]] = {
    "helps": ("harder", "unknown", "none", "helps"),
    "harder": ("helps", "none", "unknown", "harder"),
    "none": ("harder", "helps", "unknown", "none"),
    "unknown": ("harder", "helps", "none", "unknown"),
}
