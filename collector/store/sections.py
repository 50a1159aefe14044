"""The text of a decision in versions, and the passages that people's words moved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import msgspec

from collector.change import DECISION
from collector.decision import Decision
from collector.errors import Refusal
from collector.public import PublicVersion
from collector.section import (
    QUOTE,
    Compared,
    Part,
    Passage,
    Section,
    Version,
    checked_sections,
    compare,
    part_of,
    stands_in,
)
from collector.store.changes import record
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row, Transaction
from collector.submission import Submission
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

    async def part(self, agency_id: int, submission: Submission) -> Part | None:
        """The words of the text that a voice reacts to. None when it names none, or none that was there; and where others
        were merged into its decision, for then its version may be of another text."""
        if submission.decision is None or submission.version is None or submission.section is None:
            return None
        decision = self._decisions.mine(agency_id, submission.decision)
        if any(other.merged_into == decision.id for other in self._decisions.of_agency(agency_id)):
            return None
        rows = await self._engine.fetch("sections.version", id=decision.id, version=submission.version)
        sections = msgspec.json.decode(rows[0]["sections"], type=list[Section]) if rows else []
        return part_of(submission.version, sections, submission.section, submission.paragraph)

    async def compare(self, decision: Decision, before: int, after: int, language: str) -> list[Compared]:
        """Two versions, section by section."""
        old, new = await self.version(decision, before), await self.version(decision, after)
        return await asyncio.to_thread(compare, old.sections, new.sections, language)

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

        async def body(tx: Transaction) -> None:
            row = (await tx.fetch("decisions.one", agency_id=decision.agency_id, id=decision.id))[0]
            await self._decisions.catch_up(tx, row, now)
            if row["state"] in ("withdrawn", "merged"):
                raise Refusal("wrong_state")
            touched = await tx.run(
                "decisions.set_version",
                agency_id=decision.agency_id, id=decision.id, version=row["version"] + 1, revision=revision, now=now,
            )  # fmt: skip
            if not touched:
                raise Refusal("stale")
            if row["state"] != "draft" and (missing := _missing(sections, note, languages)):
                raise Refusal("incomplete", fields=missing)
            await tx.run(
                "sections.insert_version",
                id=decision.id,
                version=row["version"] + 1,
                now=now,
                note=msgspec.json.encode(note).decode(),
                sections=msgspec.json.encode(sections).decode(),
            )
            version = str(row["version"] + 1)
            await record(tx, decision.agency_id, DECISION + "version", now, by, decision.id, detail=version)

        await self._engine.write(body)
        await self._decisions.load()
        return self._decisions.by_id(decision.id)

    async def passages(self, decision: Decision) -> list[Passage]:
        """All changed passages that are linked. `stands` is false when the newest version lacks their section."""
        rows = await self._engine.fetch("sections.passages", id=decision.id)
        if not rows:
            return []
        keys = {section.key for section in await self.newest(decision)}
        return [_passage(row, keys) for row in rows]

    async def of_themes(self, themes: Iterable[int]) -> dict[int, list[Passage]]:
        """theme → the passages that it moved, of whichever decision: what was merged away keeps its text."""
        listed = msgspec.json.encode(list(themes)).decode()
        found: dict[int, list[Passage]] = {}
        keys: dict[int, set[str]] = {}
        for row in await self._engine.fetch("sections.of_themes", themes=listed):
            decision = self._decisions.by_id(row["decision_id"])
            if not decision.public:
                continue
            if decision.id not in keys:
                keys[decision.id] = {section.key for section in await self.newest(decision)}
            found.setdefault(row["theme_id"], []).append(_passage(row, keys[decision.id]))
        return found

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
        """Says which themes moved a passage. Refusal `invalid` for a section that neither that version nor one before it
        has, for words that do not stand there, or that did not change, and for a theme that is not of this decision."""
        before, after = await self._changed(decision, section, version, before, after)

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
        row = await self._row(agency_id, passage_id)
        decision = self._decisions.by_id(row["decision_id"])
        before, after = await self._changed(decision, row["section"], row["version"], before, after)

        async def body(tx: Transaction) -> None:
            await self._own(tx, decision, themes)
            found = await tx.run(
                "sections.update_passage",
                id=passage_id,
                before=msgspec.json.encode(before).decode(),
                after=msgspec.json.encode(after).decode(),
                now=now,
            )
            if not found:
                raise Refusal("not_found")
            await tx.run("sections.unlink", id=passage_id)
            await tx.run_many("sections.link", [(theme, passage_id) for theme in dict.fromkeys(themes)])
            await record(tx, agency_id, DECISION + "passage", now, by, decision.id)

        await self._engine.write(body)
        return next(passage for passage in await self.passages(decision) if passage.id == passage_id)

    async def unlink(self, agency_id: int, passage_id: int, *, now: int, by: str) -> None:
        """Takes a passage away."""
        decision_id = (await self._row(agency_id, passage_id))["decision_id"]

        async def body(tx: Transaction) -> None:
            await tx.run("sections.unlink", id=passage_id)
            if not await tx.run("sections.delete_passage", id=passage_id):
                raise Refusal("not_found")
            await record(tx, agency_id, DECISION + "passage", now, by, decision_id)

        await self._engine.write(body)

    async def _row(self, agency_id: int, passage_id: int) -> Row:
        rows = await self._engine.fetch("sections.passage", agency_id=agency_id, id=passage_id)
        if not rows:
            raise Refusal("not_found")
        return rows[0]

    async def _changed(
        self, decision: Decision, section: str, number: int, before: Texts, after: Texts
    ) -> tuple[Texts, Texts]:
        """The words of a passage, when they stood in that section before version `number` and stand in it there, and are
        not the same. Refusal `invalid` otherwise."""
        before, after = checked_texts(before, "before", QUOTE), checked_texts(after, "after", QUOTE)
        here = _section(await self.version(decision, number), section)
        earlier = [_section(await self.version(decision, n), section) for n in range(number - 1, 0, -1)]
        if here is None and not any(earlier):
            raise Refusal("invalid", fields=("section",))
        if before == after or not stands_in(after, [here]):
            raise Refusal("invalid", fields=("after",))
        if not stands_in(before, earlier):
            raise Refusal("invalid", fields=("before",))
        return before, after

    @staticmethod
    async def _own(tx: Transaction, decision: Decision, themes: Sequence[int]) -> None:
        own = {row["id"] for row in await tx.fetch("themes.of_decision", decision_id=decision.id)}
        if not own.issuperset(themes):
            raise Refusal("invalid", fields=("themes",))


def _passage(row: Row, standing: set[str]) -> Passage:
    """`standing`: the keys of the sections that the newest version has."""
    return Passage(
        row["id"],
        row["section"],
        row["version"],
        msgspec.json.decode(row["before"]),
        msgspec.json.decode(row["after"]),
        sorted(int(theme) for theme in row["themes"].split(",")) if row["themes"] else [],
        row["at"],
        row["section"] in standing,
    )


def _section(version: Version, key: str) -> Section | None:
    return next((section for section in version.sections if section.key == key), None)


def missing_in(row: Row, languages: tuple[str, ...]) -> tuple[str, ...]:
    """What a stored version lacks in `languages`: `sections.fr`, `note.fr`."""
    sections = msgspec.json.decode(row["sections"], type=list[Section])
    return _missing(sections, msgspec.json.decode(row["note"]), languages)


def _missing(sections: Sequence[Section], note: Texts, languages: tuple[str, ...]) -> tuple[str, ...]:
    texts = [text for section in sections for text in (section.text, section.title or section.text)]
    found = [f"sections.{language}" for text in texts for language in missing_languages(text, languages)]
    if note:
        found += [f"note.{language}" for language in missing_languages(note, languages)]
    return tuple(dict.fromkeys(found))
