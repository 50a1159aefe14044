"""What a plain form is about, when it is about a decision: what is open, who decides, until when, and the part of the text
one reacts to. It is said before one writes, also that it is too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from collector.agency import LANGUAGES
from collector.day import Days
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.pages.decision import opens_again, question_of
from collector.placement import Placement
from collector.public import PublicDecision, PublicLine, PublicPhase
from collector.section import Part, paragraphs, paragraphs_of, part_of
from collector.texts import Texts, pick

OFFERED = 5
SHOWN = 700  # characters of a section that stand there at once; the rest unfolds


class About(msgspec.Struct):
    """`version`: the one that is reacted to, 0 without a text. `part`: the section, or one paragraph of it. `paragraphs`:
    how many of it there are to choose from, 1 when one is chosen. `older`: there is a newer version. `again`: the phase
    in which it opens again. `question`: what the team asks in this phase. `went`: it was named by what was merged into it."""

    d: PublicDecision
    version: int
    part: Part | None
    paragraphs: int
    older: bool
    again: PublicPhase | None
    question: Texts
    went: bool

    @property
    def takes_words(self) -> bool:
        """What is withdrawn has nobody who reads on."""
        return self.d.state != "withdrawn"


async def about_of(parts: Parts, placement: Placement, asked: Callable[[str], str], now: int) -> About | None:
    """What `decision`, `version` and `section` name; None when no decision is named. A version or section that is not
    there is left out. Refusal `not_found` for a decision that is not public, or of another agency."""
    key = asked("decision")
    if not key:
        return None
    store = parts.store
    named = store.decisions.by_key(key)
    decision = store.decisions.where_it_went(named)
    if decision.agency_id != placement.agency_id:
        raise Refusal("not_found")
    shown = await store.public.document(decision, now)
    version, sections = shown.version, shown.sections
    wanted = asked("version")
    if named is decision and 0 < (number := _number(wanted)) < version:
        version = number
        sections = (await store.sections.version(decision, version)).sections
    named_part = (asked("section"), _number(asked("paragraph")))
    part = part_of(version, sections, *named_part) if named is decision else None
    return About(
        d=shown,
        version=version,
        part=part,
        paragraphs=paragraphs_of(part.text) if part else 1,
        older=version < shown.version,
        again=opens_again(shown, now),
        question=question_of(shown),
        went=named is not decision,
    )


def offered(parts: Parts, placement: Placement, now: int) -> list[PublicLine]:
    """The decisions a placement may show that are open now; what closes first stands first."""
    lines = [parts.store.public.line(decision, now) for decision in parts.store.decisions.bound(placement)]
    return sorted((line for line in lines if line.is_open), key=lambda line: line.closes_at or 0)[:OFFERED]


def about_words(parts: Parts, placement: Placement, about: About | None, language: str, now: int) -> dict[str, Any]:
    """What the template of the form needs to say it."""
    zone = parts.store.agencies.agency(placement.agency_id).time_zone
    words = pick(about.part.text, language)[0] if about and about.part else ""
    head, rest = _at_a_paragraph(words) if about and about.paragraphs > 1 else _parted(words)
    return {
        "about": about,
        "days": Days(language if language in LANGUAGES else "nl", zone, now),
        "pick": lambda texts: pick(texts, language),
        "quoted": {"head": head, "rest": rest},
        "offered": [] if about else offered(parts, placement, now),
    }


def _number(said: str) -> int:
    """What an address names by a number; 0 for anything else."""
    return int(said[:6]) if said.isascii() and said.isdigit() else 0


def _at_a_paragraph(text: str) -> tuple[list[str], list[str]]:
    """(paragraphs that stand there, those that unfold): whole ones, so that each can be reacted to by its number."""
    found = paragraphs(text)
    shown = 1
    while shown < len(found) and sum(map(len, found[: shown + 1])) <= SHOWN:
        shown += 1
    return found[:shown], found[shown:]


def _parted(text: str) -> tuple[list[str], list[str]]:
    """(paragraphs that stand there, those that unfold): parted at the end of a paragraph, sentence or word."""
    if len(text) <= SHOWN:
        return paragraphs(text), []
    for mark in ("\n\n", ". ", " "):
        place = text.rfind(mark, SHOWN // 3, SHOWN)
        if place > 0:
            return paragraphs(text[: place + len(mark)].rstrip()), paragraphs(text[place + len(mark) :].lstrip())
    return [text[:SHOWN]], [text[SHOWN:]]
