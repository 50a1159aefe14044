"""The text of a decision as its page shows it: a version, or two beside each other, with the trail of each passage."""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from collector.decision import Decision
from collector.errors import Refusal
from collector.public import PublicDecision, PublicTheme
from collector.section import Compared, Passage, Piece, Section, compare, paragraphs, paragraphs_of, pieces
from collector.store.store import Store
from collector.texts import pick

_KEPT = 128  # comparisons; versions never change, so a comparison does not either


class Trail(msgspec.Struct):
    """A passage, what stayed, went and came in it, and the themes that moved it. `language`: of its words."""

    passage: Passage
    pieces: list[Piece]
    language: str
    themes: list[PublicTheme]


class Row(msgspec.Struct):
    """One section. `place`: which it is in its version, counted from 1. `pieces`: nothing when it is shown as it stands,
    in `paragraphs`. `parts`: how many of its paragraphs one can react to."""

    key: str
    place: int
    title: str
    title_language: str
    kind: Literal["same", "changed", "new", "gone"]
    paragraphs: list[str]
    parts: int
    language: str
    pieces: list[Piece]
    trails: list[Trail]


class Reading(msgspec.Struct):
    """What a reader looks at. `before`: the version it is compared with, None for one as it stands. `lost`: trails of
    passages that the newest version no longer has."""

    version: int
    before: int | None
    rows: list[Row]
    lost: list[Trail]


class Reader:
    """One an app."""

    def __init__(self) -> None:
        self._compared: OrderedDict[tuple[int, int, int, str], list[Compared]] = OrderedDict()

    async def read(
        self, request: Request, store: Store, decision: Decision, shown: PublicDecision, language: str
    ) -> Reading | None:
        """What `?version=` or `?from=&to=` asks for; else the newest beside the one before it. None without a text.
        Refusal `not_found` for a version that is not there."""
        newest = decision.version
        if not newest:
            return None
        asked = request.query_params
        if "version" in asked:
            version, before = _number(asked["version"]), None
        else:
            version = _number(asked["to"]) if "to" in asked else newest
            before = _number(asked["from"]) if "from" in asked else version - 1
        after = (await store.sections.version(decision, version)).sections
        trails = {} if version != newest else await run_in_threadpool(_trails, shown, language)
        lost = [trail for found in trails.values() for trail in found if not trail.passage.stands]
        if not before or before == version:
            return Reading(
                version,
                None,
                [_plain(section, place, language, trails) for place, section in enumerate(after, 1)],
                lost,
            )
        old = (await store.sections.version(decision, before)).sections
        known = (decision.id, before, version, language)
        if known not in self._compared:
            self._compared[known] = await run_in_threadpool(compare, old, after, language)
            if len(self._compared) > _KEPT:
                self._compared.popitem(last=False)
        sections = {one.key: (place, one) for text in (old, after) for place, one in enumerate(text, 1)}
        rows = [_compared(found, *sections[found.key], language, trails) for found in self._compared[known]]
        return Reading(version, before, rows, [t for t in lost if t.passage.section not in {row.key for row in rows}])


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 6:
        raise Refusal("not_found")
    return int(value)


def _plain(section: Section, place: int, language: str, trails: dict[str, list[Trail]]) -> Row:
    text, said_in = pick(section.text, language)
    title, title_language = pick(section.title, language)
    shown, parts = paragraphs(text), paragraphs_of(section.text)
    return Row(
        section.key, place, title, title_language, "same", shown, parts, said_in, [], trails.get(section.key, [])
    )


def _compared(found: Compared, place: int, section: Section, language: str, trails: dict[str, list[Trail]]) -> Row:
    row = _plain(section, place, language, trails)
    row.kind = found.kind
    row.pieces = [] if found.kind == "same" else found.pieces
    return row


def moved_pieces(passage: Passage, language: str) -> tuple[list[Piece], str]:
    """What stayed, went and came in a passage, and the language of its words."""
    after, said_in = pick(passage.after or passage.before, language)
    before, before_in = pick(passage.before, language)
    if not passage.after:
        return [Piece("gone", before)], said_in
    if not passage.before or before_in != said_in:
        return [Piece("new", after)], said_in
    return pieces(before, after), said_in


def _trails(shown: PublicDecision, language: str) -> dict[str, list[Trail]]:
    """section → its passages that people's words moved."""
    themes = {theme.id: theme for theme in shown.themes}
    found: dict[str, list[Trail]] = {}
    for passage in shown.passages:
        moved, said_in = moved_pieces(passage, language)
        moved_by = [themes[number] for number in passage.themes if number in themes]
        found.setdefault(passage.section, []).append(Trail(passage, moved, said_in, moved_by))
    return found
