"""The text of a decision in versions, and the passages that people's words moved."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from collector.change import DECISION
from collector.decision import Decision
from collector.errors import Refusal
from collector.public import PublicVersion
from collector.section import QUOTE, Compared, Passage, Section, Version, checked_sections, compare
from collector.store.changes import record
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Transaction
from collector.texts import LINE, Texts, checked_texts, missing_languages


class Sections:
    """Called by the team's endpoints, by the public pages and by receipts."""

    def __init__(self, engine: Engine, decisions: Decisions) -> None:
        self._engine = engine
        self._decisions = decisions

    async def versions(self, decision: Decision) -> list[PublicVersion]:
        """All versions, oldest first."""
        return [
            PublicVersion(row["version"], row["published_at"], msgspec.json.decode(row["note"]))
            for row in await self._engine.fetch("sections.versions", id=decision.id)
        ]

    async def version(self, decision: Decision, number: int) -> Version:
        """Refusal `not_found` for a version that is not there."""
        rows = await self._engine.fetch("sections.version", id=decision.id, version=number)
        if not rows:
            raise Refusal("not_found")
        row = rows[0]
        sections = msgspec.json.decode(row["sections"], type=list[Section])
        return Version(row["version"], row["published_at"], msgspec.json.decode(row["note"]), sections)

    async def newest(self, decision: Decision) -> list[Section]:
        """The sections of the newest version; none while there is no text."""
        return (await self.version(decision, decision.version)).sections if decision.version else []

    async def compare(self, decision: Decision, before: int, after: int, language: str) -> list[Compared]:
        """Two versions, section by section."""
        old, new = await self.version(decision, before), await self.version(decision, after)
        return compare(old.sections, new.sections, language)

    async def publish(
        self,
        decision: Decision,
        sections: list[Section],
        note: Texts,
        *,
        revision: int,
        languages: tuple[str, ...],
        now: int,
        by: str | None,
    ) -> Decision:
        """A new version of the whole text. Refusal `stale` when the decision moved on, `incomplete` when a section of a
        public decision lacks a required language."""
        sections, note = checked_sections(sections), checked_texts(note, "note", LINE)
        if decision.state in ("withdrawn", "merged"):
            raise Refusal("wrong_state")
        if decision.public:
            missing = [f"sections.{lang}" for s in sections for lang in missing_languages(s.text, languages)]
            if missing:
                raise Refusal("incomplete", fields=tuple(dict.fromkeys(missing)))

        async def body(tx: Transaction) -> None:
            row = (await tx.fetch("decisions.one", agency_id=decision.agency_id, id=decision.id))[0]
            touched = await tx.run(
                "decisions.set_version",
                agency_id=decision.agency_id, id=decision.id, version=row["version"] + 1, revision=revision, now=now,
            )  # fmt: skip
            if not touched:
                raise Refusal("stale")
            await tx.run(
                "sections.insert_version",
                id=decision.id,
                version=row["version"] + 1,
                now=now,
                note=msgspec.json.encode(note).decode(),
                sections=msgspec.json.encode(sections).decode(),
            )
            await record(tx, decision.agency_id, DECISION + "version", now, by, decision.id)

        await self._engine.write(body)
        await self._decisions.load()
        return self._decisions.by_id(decision.id)

    async def passages(self, decision: Decision) -> list[Passage]:
        """All changed passages that are linked. `stands` is false when the newest version lacks their section."""
        rows = await self._engine.fetch("sections.passages", id=decision.id)
        if not rows:
            return []
        keys = {section.key for section in await self.newest(decision)}
        return [
            Passage(
                row["id"],
                row["section"],
                row["version"],
                msgspec.json.decode(row["before"]),
                msgspec.json.decode(row["after"]),
                sorted(int(theme) for theme in row["themes"].split(",")) if row["themes"] else [],
                row["at"],
                row["section"] in keys,
            )
            for row in rows
        ]

    async def link(
        self,
        decision: Decision,
        *,
        section: str,
        version: int,
        before: Texts,
        after: Texts,
        themes: Sequence[int],
        now: int,
        by: str | None,
    ) -> Passage:
        """Says which themes moved a passage. Refusal `invalid` for a section that neither that version nor the one before
        it has, for no words, and for a theme that is not of this decision."""
        old = await self.version(decision, version - 1) if version > 1 else None
        here = await self.version(decision, version)
        keys = {s.key for s in here.sections} | {s.key for s in (old.sections if old else [])}
        if section not in keys:
            raise Refusal("invalid", fields=("section",))
        before, after = checked_texts(before, "before", QUOTE), checked_texts(after, "after", QUOTE)
        if not before and not after:
            raise Refusal("invalid", fields=("after",))

        async def body(tx: Transaction) -> int:
            await self._own(tx, decision, themes)
            rows = await tx.fetch(
                "sections.insert_passage",
                agency_id=decision.agency_id,
                decision_id=decision.id,
                section=section,
                version=version,
                before=msgspec.json.encode(before).decode(),
                after=msgspec.json.encode(after).decode(),
                now=now,
            )
            await tx.run_many("sections.link", [(theme, rows[0]["id"]) for theme in dict.fromkeys(themes)])
            await record(tx, decision.agency_id, DECISION + "passage", now, by, decision.id)
            return int(rows[0]["id"])

        found = await self._engine.write(body)
        return next(passage for passage in await self.passages(decision) if passage.id == found)

    async def relink(
        self, agency_id: int, passage_id: int, before: Texts, after: Texts, themes: Sequence[int], *, now: int, by: str
    ) -> Passage:
        """The same for a passage that is linked already. Refusal `not_found` for one of nobody or of another agency."""
        decision = await self._decision_of(agency_id, passage_id)
        before, after = checked_texts(before, "before", QUOTE), checked_texts(after, "after", QUOTE)

        async def body(tx: Transaction) -> None:
            await self._own(tx, decision, themes)
            await tx.run(
                "sections.update_passage",
                id=passage_id,
                before=msgspec.json.encode(before).decode(),
                after=msgspec.json.encode(after).decode(),
                now=now,
            )
            await tx.run("sections.unlink", id=passage_id)
            await tx.run_many("sections.link", [(theme, passage_id) for theme in dict.fromkeys(themes)])
            await record(tx, agency_id, DECISION + "passage", now, by, decision.id)

        await self._engine.write(body)
        return next(passage for passage in await self.passages(decision) if passage.id == passage_id)

    async def unlink(self, agency_id: int, passage_id: int, *, now: int, by: str) -> None:
        """Takes a passage away."""
        decision = await self._decision_of(agency_id, passage_id)

        async def body(tx: Transaction) -> None:
            await tx.run("sections.unlink", id=passage_id)
            await tx.run("sections.delete_passage", id=passage_id)
            await record(tx, agency_id, DECISION + "passage", now, by, decision.id)

        await self._engine.write(body)

    async def _decision_of(self, agency_id: int, passage_id: int) -> Decision:
        rows = await self._engine.fetch("sections.passage", agency_id=agency_id, id=passage_id)
        if not rows:
            raise Refusal("not_found")
        return self._decisions.by_id(rows[0]["decision_id"])

    @staticmethod
    async def _own(tx: Transaction, decision: Decision, themes: Sequence[int]) -> None:
        own = {row["id"] for row in await tx.fetch("themes.of_decision", decision_id=decision.id)}
        if not own.issuperset(themes):
            raise Refusal("invalid", fields=("themes",))
