"""The story of a decision as its page and its feed tell it: the official acts, newest first, and what waits."""

from __future__ import annotations

from typing import Literal

import msgspec

from collector.decision import PHASES, Moved, Phase
from collector.public import PublicDecision, PublicResponse, PublicTheme
from collector.section import Passage
from collector.texts import Texts
from collector.theme import ResponseOutcome

# how a response is drawn: something changes, something stays, or it is not settled. Its words say it all
Voice = Literal["act", "changed", "stays", "unsettled"]
VOICES: dict[ResponseOutcome, Voice] = {
    "changed": "changed",
    "will_change": "changed",
    "rule": "changed",
    "not_changed": "stays",
    "handed": "unsettled",
    "not_known": "unsettled",
}


class Entry(msgspec.Struct):
    """One act. `kind`: `asked`, `ask_heard` (with the question, `asked`), `published`, `phase`, `closed`, `answered`, `moved`,
    `version`, `response`, `decided`, `withdrawn` or `reopened`; `text`: what the team said with it."""

    at: int
    kind: str
    voice: Voice = "act"
    text: Texts = {}
    asked: Texts = {}
    by: str = ""
    phase: Phase | None = None
    version: int = 0
    moved: list[Moved] = []
    response: PublicResponse | None = None
    themes: list[PublicTheme] = []
    passages: list[Passage] = []


def waiting(decision: PublicDecision) -> list[PublicTheme]:
    """The themes without an answer, as they stand."""
    return [theme for theme in decision.themes if theme.response is None]


def story(decision: PublicDecision, now: int) -> list[Entry]:
    """What happened until `now`, newest first."""
    entries = [Entry(decision.published_at, "published")]
    entries += _calendar(decision, now)
    entries += _moved(decision)
    entries += [
        Entry(version.published_at, "version", text=version.note, version=version.version)
        for version in decision.versions
        if version.version > 1
    ]
    entries += _responses(decision)
    entries += _asks(decision)
    for kind in ("decided", "withdrawn", "reopened"):
        ending = getattr(decision, kind)
        if ending is not None:
            entries.append(Entry(ending.at, kind, text=ending.text, by=ending.by or ""))
    # acts of one moment stay in the order in which they are listed here
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def _asks(decision: PublicDecision) -> list[Entry]:
    """What was asked, and what was heard to it."""
    found = [Entry(ask.asked_at, "asked", text=ask.text, by=ask.office) for ask in decision.asks]
    found += [
        Entry(ask.heard_at, "ask_heard", text=ask.heard, asked=ask.text, by=ask.office)
        for ask in decision.asks
        if ask.heard_at is not None
    ]
    return found


def _calendar(decision: PublicDecision, now: int) -> list[Entry]:
    """Phases that began after it was published, phases that were answered, and the day it closed."""
    found = []
    for planned in decision.phases:
        begun = PHASES.index(planned.phase) <= PHASES.index(
            decision.phase
        )  # nothing is carried out before it is decided
        if begun and decision.published_at < planned.opens_at <= now and _ended(decision) >= planned.opens_at:
            found.append(Entry(planned.opens_at, "phase", phase=planned.phase))
        if planned.answered_at is not None:
            found.append(Entry(planned.answered_at, "answered", phase=planned.phase))
    closes_at = decision.closes_at
    if closes_at is not None and decision.published_at < closes_at <= min(now, _ended(decision)):
        found.append(Entry(closes_at, "closed"))
    return found


def _ended(decision: PublicDecision) -> int:
    """From when the calendar moves nothing any more."""
    if decision.state == "withdrawn" and decision.withdrawn is not None:
        return decision.withdrawn.at
    return 2**53


def _moved(decision: PublicDecision) -> list[Entry]:
    """Dates that moved in one go, with one reason, are one entry."""
    found: dict[int, Entry] = {}
    for moved in decision.moved:
        found.setdefault(moved.at, Entry(moved.at, "moved", text=moved.because, moved=[])).moved.append(moved)
    return list(found.values())


def _responses(decision: PublicDecision) -> list[Entry]:
    """One text is one entry, with all themes that it answers."""
    passages = {passage.id: passage for passage in decision.passages}
    found: dict[int, Entry] = {}
    for theme in decision.themes:
        response = theme.response
        if response is None:
            continue
        fresh = Entry(
            response.published_at,
            "response",
            voice=VOICES[response.outcome],
            text=response.reason,
            by=response.office,
            response=response,
            themes=[],
            passages=[],
        )
        entry = found.setdefault(response.id, fresh)
        entry.themes.append(theme)
        entry.passages += [
            passages[number]
            for number in theme.passages
            if number in passages and passages[number] not in entry.passages
        ]
    return list(found.values())
