"""Brings a decision from a file into the store.

What is there already is left as it is: the same file again changes nothing, and a file of which half came in is simply
brought in again.
"""

from __future__ import annotations

from typing import Any

import msgspec

from collector.agency import Agency
from collector.commands.decision_file import Document, FileTheme
from collector.decision import PHASES, Decision, File, Writing, missing_to_publish
from collector.errors import Refusal, Unusable
from collector.section import checked_sections
from collector.store.steps import Member, Step
from collector.store.store import Store
from collector.texts import LINE, checked_texts
from collector.theme import Naming, Response, Theme, checked_answering

_ORDER = ("draft", "published", "decided", "withdrawn")


class Bringing:
    """Brings one document into the store, part by part. `under`: which part of the file is at work, for errors. `done`:
    what was done, in words."""

    def __init__(self, store: Store, agency: Agency, document: Document, now: int) -> None:
        self._store = store
        self._agency = agency
        self._document = document
        self._now = now
        self._by = document.owner or agency.name
        self.under = ""
        self.done: list[str] = []

    async def bring(self) -> Decision:
        """Refusal with `fields` of the file, under `self.under`; Unusable for what a file cannot do."""
        await self._store.decisions.load()  # outside a server, nothing else reads what a response moved
        wanted, decision = self._document, self._there()
        if decision is not None:
            self._possible(decision)
            if decision.state == "withdrawn":
                return decision
        self._complete(decision)
        decision = await self._file(decision)
        decision = await self._texts(decision)
        if decision.state == "draft" and wanted.state != "draft":
            decision = await self._step(decision, "publish", "published")
        decision = await self._phase(decision)
        ids = await self._themes(decision)
        await self._responses(ids)
        await self._passages(decision, ids)
        await self._store.decisions.load()
        decision = self._store.decisions.by_id(decision.id)
        if wanted.state in ("decided", "withdrawn") and decision.state != wanted.state:
            self.under = ""
            kind = "decided" if wanted.state == "decided" else "withdraw"
            decision = await self._step(decision, kind, wanted.state)
        return decision

    def _there(self) -> Decision | None:
        try:
            return self._store.decisions.mine(self._agency.id, self._document.key)
        except Refusal:
            return None

    def _possible(self, decision: Decision) -> None:
        wanted = self._document.state
        if decision.state == "merged":
            raise Unusable(f"{decision.key} was merged into another decision: bring in that one")
        if _ORDER.index(wanted) < _ORDER.index(decision.state):
            raise Unusable(
                f"{decision.key} is {decision.state} already: write `state: {decision.state}`; a file leads only forward"
            )

    def _complete(self, decision: Decision | None) -> None:
        """All that would be refused on the way is said before anything is written."""
        wanted, languages = self._document, self._agency.required_languages
        if wanted.state == "draft":
            return
        if missing := missing_to_publish(wanted.file, languages):
            raise Refusal("incomplete", fields=missing)
        for place, text in enumerate(wanted.text):
            for number, section in enumerate(text.sections):
                if lacking := [language for language in languages if language not in section.text]:
                    self.under = f"text.{place}.sections.{number}"
                    raise Refusal("incomplete", fields=tuple(f"text.{language}" for language in lacking))
        ends = wanted.state in ("decided", "withdrawn") and (decision is None or decision.state != wanted.state)
        if ends and (lacking := [language for language in languages if language not in wanted.result]):
            raise Refusal("incomplete", fields=tuple(f"result.{language}" for language in lacking))
        for place, response in enumerate(wanted.responses):
            self.under = f"responses.{place}"
            checked_answering(response.answering(dict.fromkeys(response.themes, 1)), languages)
        self.under = ""

    async def _file(self, decision: Decision | None) -> Decision:
        wanted = self._document.file
        if decision is None:
            self.done.append("written down as a draft")
            return await self._store.decisions.create(
                self._agency.id, self._document.key, wanted, now=self._now, by=self._by
            )
        changed = {
            name: new
            for name in File.__struct_fields__
            if (new := getattr(wanted, name)) != getattr(decision.file, name)
        }
        if not changed:
            return decision
        self.done.append(f"changed: {', '.join(changed)}")
        writing = Writing(revision=decision.revision, because=self._document.because, **changed)
        return await self._store.decisions.write(self._agency.id, decision.key, writing, now=self._now, by=self._by)

    async def _texts(self, decision: Decision) -> Decision:
        for number, text in enumerate(self._document.text, 1):
            self.under = f"text.{number - 1}"
            if number <= decision.version:
                there = await self._store.sections.version(decision, number)
                if checked_sections(there.sections) != checked_sections(text.sections) or there.note != checked_texts(
                    text.note, "note", LINE
                ):
                    raise Unusable(
                        f"version {number} of the text stands already and stays as it is: "
                        "add what is new under it, as another version"
                    )
                continue
            decision = await self._store.sections.publish(
                decision, text.sections, text.note, revision=decision.revision,
                languages=self._agency.required_languages, now=self._now, by=self._by,
            )  # fmt: skip
            self.done.append(f"version {number} of the text")
        self.under = ""
        return decision

    async def _phase(self, decision: Decision) -> Decision:
        phase = self._document.phase
        if phase is None or not decision.public or PHASES.index(phase) <= PHASES.index(decision.phase_at(self._now)):
            return decision
        return await self._step(decision, "phase", f"phase {phase}")

    async def _step(self, decision: Decision, kind: Any, words: str) -> Decision:
        step = Step(kind, decision.revision, phase=self._document.phase, text=self._document.result)
        member = Member(self._by, self._by, named=False)
        self.done.append(words)
        return await self._store.steps.take(self._agency.id, decision.key, step, member, now=self._now)

    async def _themes(self, decision: Decision) -> dict[str, int]:
        """The keys of the file and the ids they stand for. A theme is known by its name in any language."""
        there = list(await self._store.themes.list(self._agency.id, decision.key)) if self._document.themes else []
        ids = {}
        for place, theme in enumerate(self._document.themes):
            self.under = f"themes.{place}"
            known = next((one for one in there if _same_name(one, theme)), None)
            if known is None:
                naming = Naming(theme.name, decision=decision.key, expected=theme.expected)
                known = await self._store.themes.create(self._agency.id, naming, now=self._now, by=self._by)
                self.done.append(f"theme {theme.key}")
            elif known.name != theme.name or known.expected != theme.expected:
                known = await self._store.themes.write(
                    self._agency.id, known.id, revision=known.revision, name=theme.name, expected=theme.expected,
                    now=self._now, by=self._by,
                )  # fmt: skip
                self.done.append(f"theme {theme.key}")
            ids[theme.key] = known.id
        self.under = ""
        return ids

    async def _responses(self, ids: dict[str, int]) -> None:
        for place, response in enumerate(self._document.responses):
            self.under = f"responses.{place}"
            first = await self._store.themes.one(self._agency.id, ids[response.themes[0]])
            there = first.draft if first.response is None or (first.draft and not response.publish) else first.response
            answering = checked_answering(response.answering(ids), self._agency.required_languages)
            if there is not None:  # it may answer themes of other decisions as well
                others = [theme for theme in there.themes if theme not in ids.values()]
                answering = msgspec.structs.replace(answering, themes=[*answering.themes, *others])
            if there is not None and _says(there) == _says(answering):
                continue
            revision = there.revision if there is not None else None
            await self._store.responses.write(
                self._agency, msgspec.structs.replace(answering, revision=revision), now=self._now, by=self._by,
                response_id=there.id if there is not None else None,
            )  # fmt: skip
            self.done.append(f"response to {', '.join(response.themes)}")
        self.under = ""

    async def _passages(self, decision: Decision, ids: dict[str, int]) -> None:
        there = await self._store.sections.passages(decision)
        for place, passage in enumerate(self._document.passages):
            self.under = f"passages.{place}"
            before, after = checked_texts(passage.before, "before"), checked_texts(passage.after, "after")
            themes = sorted(ids[key] for key in passage.themes)
            at = [one for one in there if (one.section, one.version) == (passage.section, passage.version)]
            if any((one.before, one.after, one.themes) == (before, after, themes) for one in at):
                continue
            known = next((one for one in at if one.after == after or one.before == before), None)
            self.done.append(f"passage in {passage.section}")
            if known is None:
                await self._store.sections.link(
                    decision, section=passage.section, version=passage.version, before=before, after=after,
                    themes=themes, now=self._now, by=self._by,
                )  # fmt: skip
            else:
                await self._store.sections.relink(
                    self._agency.id, known.id, before, after, themes, now=self._now, by=self._by
                )
        self.under = ""


def _same_name(there: Theme, wanted: FileTheme) -> bool:
    return any(there.name.get(language) == text for language, text in wanted.name.items())


_SAYS = ("outcome", "reason", "did_not_know", "by_day", "office", "handed_to")


def _says(one: Any) -> tuple[Any, ...]:
    public = one.published_at is not None if isinstance(one, Response) else one.publish
    return (*(getattr(one, name) for name in _SAYS), sorted(one.themes), public)
