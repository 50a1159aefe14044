"""What holds of a decision whatever was done, for `test_life`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from hypothesis.stateful import invariant

from collector.change import DECISION
from collector.decision import Decision, Unanswered
from collector.document import ReceiptDocument
from collector.public import HOUR_MS, PublicDecision, stepped
from collector.severity import GRAVE
from collector.store.decisions import FOR_EVER, Decisions
from collector.store.figures import FiguresTable
from collector.store.submissions import ID_STEPS, Filter
from collector.submission import Submission
from tests.store.lived import Lived

STATES = {"published": "published", "withdrawn": "withdrawn", "reopened": "published", "decided": "decided",
          "merged": "merged"}  # fmt: skip
# acts that tell nothing of where it stands: the calendar may be a moment behind
BESIDE = ("theme", "passage", "changed")


class Laws(Lived):
    """All that is looked at after each step, and at the end."""

    def teardown(self) -> None:
        try:
            self.do(self._every_receipt_follows())
        finally:
            self.do(self.store.close())

    @invariant()
    def everything_holds(self) -> None:
        stands = (self.do(self.store.changes.last()), self.town.now, self.ticked_at)
        if stands == self.checked:
            return
        self.checked = stands
        self.do(self._replayed())
        self.do(self._followed())
        self.do(self._said())
        self.do(self._figures_agree())

    async def _replayed(self) -> None:
        """The log tells the state, and what is kept in memory is what is stored."""
        for key in self.keys:
            decision = self.store.decisions.mine(self.agency_id, key)
            row = (await self.store.engine.fetch("decisions.one", agency_id=self.agency_id, id=decision.id))[0]
            assert decision == self.store.decisions.shown(row)
            history = await self.store.changes.of_decision(self.agency_id, decision.id)
            moments = [step.at for step in history if step.change.removeprefix(DECISION) not in BESIDE]
            assert moments == sorted(moments)
            state, standing, version, answered = "draft", "", 0, set()
            for step in history:
                act = step.change.removeprefix(DECISION)
                if act == "answered":
                    answered.add(step.detail)
                elif act == "version":
                    version = int(step.detail or 0)
                elif step.detail is not None:
                    state, standing = STATES.get(act, state), step.detail
            assert (state, version, answered) == (row["state"], row["version"], set(decision.course.answered))
            if state != "draft":
                phase, _, is_open = standing.partition(" ")
                assert (phase, bool(is_open)) == (row["phase"], bool(row["is_open"])), (key, history)
                if self.ticked_at == self.town.now:
                    now = self.town.now
                    assert (phase, bool(is_open)) == (decision.phase_at(now), decision.is_open(now))
                    assert state == "decided" or self._may_be(decision, phase)

    @staticmethod
    def _may_be(decision: Decision, phase: str) -> bool:
        """Of what is not decided nothing is carried out; where it began with that it did not begin here."""
        return phase != "implementing" or decision.state in ("withdrawn", "merged")

    async def _followed(self) -> None:
        """Open pages ask again for what an act names; a team's screen takes each voice as a change shows it, and asks again
        for those that an act on a decision or theme concerns."""
        told: set[str] = set()
        looks_again = False
        while batch := await self.store.changes.after(self.cursor, 1_000):
            self.cursor = batch[-1].cursor
            for change in batch:
                if change.act is not None:
                    looks_again = True
                    told.update([change.act.decision] if change.act.decision else [])
                elif change.submission is not None:
                    self.followed[change.submission.id] = change.submission
        fresh = {voice.id: voice for voice in await self.store.submissions.list(self.agency_id, Filter(), limit=1_000)}
        if looks_again:
            self.followed |= fresh
        for voice in self.codes:
            known = self.followed[voice]
            if voice in self.erased:
                assert voice not in fresh and known.erased_at is not None and known.text is None
            else:
                assert msgspec.structs.replace(known, alike=1) == msgspec.structs.replace(fresh[voice], alike=1)
        again = Decisions(self.store.engine, self.store.agencies)
        await again.load()
        assert again.all() == self.store.decisions.all()
        for key in self.keys:
            decision = self.store.decisions.mine(self.agency_id, key)
            if decision.public:
                fresh_page = _official(await self.store.public.document(decision, self.town.now))
                if key in told:
                    self.listened[key] = fresh_page
                if self.ticked_at == self.town.now:
                    assert self.listened[key] == fresh_page, key

    async def _said(self) -> None:
        """What waited when it was published in spite of that stands in public until it does not."""
        for key in self.keys:
            decision = self.store.decisions.mine(self.agency_id, key)
            if not decision.public:
                continue
            document = await self.store.public.document(decision, self.town.now)
            override = decision.course.override
            if override is None:
                assert document.override is None
                continue
            waits = await self._waiting(decision, override.at + 1)
            kept = not override.text_unchanged or await self._moved(decision)
            assert (document.override is None) == (waits.none and kept)
            if document.override is not None:
                told = document.override.unanswered
                assert all(number is None or number >= 5 for number in (told.unsorted, told.grave_unread, told.waiting))
                assert told.themes == override.unanswered.themes

    async def _waiting(self, decision: Decision, before: int = FOR_EVER) -> Unanswered:
        """What waits for an answer, counted by hand from what a team sees."""
        listed = await self.store.submissions.list(self.agency_id, Filter(decision=decision.key), limit=1_000)
        voices = [voice for voice in listed if voice.id < before * ID_STEPS]
        themes = await self.store.themes.list(self.agency_id, decision.key)
        own = {theme.id for theme in themes}
        held = (
            set()
            if before == FOR_EVER
            else await self._themes_of(voice for voice in self.codes if voice < before * ID_STEPS)
        )
        return Unanswered(
            unsorted=sum(bool(v.text) and v.status != "aside" and not own & set(v.themes) for v in voices),
            themes=sum(theme.response is None and (theme.created_at < before or theme.id in held) for theme in themes),
            grave_unread=sum(bool(v.text) and v.status == "new" and v.severity <= GRAVE for v in voices),
            waiting=sum(self._asks(voice.id, before) for voice in listed),
        )

    async def _themes_of(self, voices: Iterable[int]) -> set[int]:
        """All themes that these voices belong to, erased ones too: a theme keeps their place."""
        rows = [
            await self.store.engine.fetch("themes.of_submission", agency_id=self.agency_id, submission_id=voice)
            for voice in voices
        ]
        return {row["id"] for found in rows for row in found}

    def _asks(self, voice: int, before: int) -> bool:
        """Whether somebody who spoke on her receipt before that moment has no word of the team since."""
        thread = self.threads.get(voice, [])
        told = max((place for place, (who, _) in enumerate(thread) if who == "agency"), default=-1)
        return any(who == "citizen" and at < before for who, at in thread[told + 1 :])

    async def _moved(self, decision: Decision) -> bool:
        return any(passage.version > 1 and passage.themes for passage in await self.store.sections.passages(decision))

    async def _figures_agree(self) -> None:
        """The desk counts what its lists hold; public figures are theirs of the last full hour, and stand still for one."""
        now, hour = self.town.now, self.town.now // HOUR_MS
        desk = {line.key: line for line in (await self.store.work.desk(self.agency_id, now)).decisions}
        for key in self.keys:
            decision = self.store.decisions.mine(self.agency_id, key)
            voices = await self.store.submissions.list(self.agency_id, Filter(decision=key), limit=1_000)
            waits = await self._waiting(decision)
            line = desk[key]
            assert (line.voices, line.with_words) == (len(voices), sum(bool(voice.text) for voice in voices))
            assert (line.unsorted, line.grave_unread, line.waiting) == (
                waits.unsorted, waits.grave_unread, waits.waiting,
            )  # fmt: skip
            if not decision.public:
                continue
            known = (key, hour)
            found = await FiguresTable(self.store.engine).of(decision, now)  # as after a restart
            if known not in self.figures:
                self.figures[known] = found
                before = [voice for voice in voices if voice.id < hour * HOUR_MS * ID_STEPS]
                assert (found.voices, found.words) == (
                    stepped(len(before)), stepped(sum(bool(voice.text) for voice in before)),
                )  # fmt: skip
            assert found == self.figures[known] == await self.store.figures.of(decision, now)

    async def _every_receipt_follows(self) -> None:
        themes = {theme.id: theme for theme in await self.store.themes.list(self.agency_id, "*")}
        for voice, code in self.codes.items():
            document = await self.store.receipts.document(await self.store.receipts.open(code), self.town.now)
            one = await self.store.submissions.one(self.agency_id, voice)
            assert {trail.id for trail in document.themes} == set(one.themes) <= set(themes)
            for trail in document.themes:
                response = themes[trail.id].response
                assert (trail.response.id if trail.response else None) == (response.id if response else None)
            if voice in self.erased:
                assert (document.text, document.decision, document.messages and document.messages[0].text) in (
                    (None, None, None), (None, None, []),
                )  # fmt: skip
            else:
                self._went_along(voice, document, one)

    def _went_along(self, voice: int, document: ReceiptDocument, one: Submission) -> None:
        """Words stay with what they were said on, wherever that went; those on none may start one."""
        if (said_on := self.about[voice]) is not None:
            went = self.store.decisions.where_it_went(self.store.decisions.by_key(said_on))
            assert one.decision == went.key and document.decision is not None and document.decision.key == went.key
        elif one.decision is not None:
            grown = self.store.decisions.mine(self.agency_id, one.decision)
            assert (document.decision is not None) == grown.public


def _official(document: PublicDecision) -> dict[str, Any]:
    """What of a public page moves by official acts alone: not figures of the hour, what people let be quoted or take back,
    nor the label, which goes when the last of what waited has its answer."""
    page: dict[str, Any] = msgspec.to_builtins(document)
    for name in ("figures", "override", "expected"):
        del page[name]
    for theme in page["themes"]:
        del theme["voices"], theme["quotes"], theme["expected"]
    page["themes"].sort(key=lambda theme: theme["id"])
    return page
