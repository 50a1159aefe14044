"""What is like one voice, found through the search index: bounded by how many places of the index are looked at, never by how
many voices there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from collector.errors import Refusal
from collector.similar import (
    LEAST,
    REASONS,
    SHARED,
    SHOWN,
    Beside,
    Neighbour,
    Similar,
    Suggestion,
    commonest,
    nearness,
    rarity,
    suggested,
)
from collector.store.agencies import Agencies
from collector.store.decisions import Decisions
from collector.store.engine import Engine
from collector.store.search import one_stem
from collector.store.submissions import Submissions
from collector.submission import Submission
from collector.text.stem import terms

PLACES = 2_500  # of the index that are looked at, the rarest words first
WORDS = 20
FEW = 40  # of fewer voices no word is common yet
COMMON = 0.2  # a word that so many of all voices have says nothing of what this one is about
CANDIDATES = 16  # whose words are compared, and as many that are sorted


class SimilarTable:
    """Called by the dashboard's endpoint."""

    def __init__(self, engine: Engine, agencies: Agencies, submissions: Submissions, decisions: Decisions) -> None:
        self._engine = engine
        self._agencies = agencies
        self._submissions = submissions
        self._decisions = decisions

    async def beside(self, agency_id: int, submission_id: int) -> Beside:
        """The voices of the same agency that are most like one, those left out that say nearly the same; and the theme that
        this suggests. Refusal `not_found` for one of nobody, of another agency, or erased."""
        one = await self._submissions.one(agency_id, submission_id)
        if one.erased_at is not None:
            raise Refusal("not_found")
        if not one.text:
            return Beside([], None)
        neighbours = await self._neighbours(agency_id, one)
        items = [
            Similar(near.submission, _as_written(near.submission, near.shared[:REASONS]))
            for near in neighbours
            if near.nearness >= LEAST
        ]
        return Beside(items[:SHOWN], await self._suggestion(agency_id, one, neighbours))

    async def _neighbours(self, agency_id: int, one: Submission) -> list[Neighbour]:
        """The nearest first, none that says nearly the same, and of those that say nearly the same as each other one."""
        own = terms(one.text or "", one.language)
        known, of = await self._voices(agency_id, own)
        looked = _rarest(known, of)
        if not looked:
            return []
        among = agency_id if len(self._agencies.all()) > 1 else None
        asked = [(one_stem(word, among), rarity(known[word], of) ** 2) for word in looked]
        rows = await self._engine.fetch(
            "search.similar", agency_id=agency_id, id=one.id, words=_json(asked), limit=CANDIDATES
        )
        found = [self._submissions.shown(row) for row in rows]
        await self._submissions.count_alike(found)
        theirs = [terms(other.text or "", other.language) for other in found]
        known, of = await self._voices(agency_id, {word for words in (own, *theirs) for word in words})

        def weights(words: Iterable[str]) -> dict[str, float]:
            return {word: rarity(known.get(word, 1), of) for word in words}

        mine = weights(own)
        near = []
        for other, words in zip(found, theirs, strict=True):
            shared = sorted((word for word in words if mine.get(word)), key=lambda word: -mine[word])
            if len(shared) >= SHARED:
                near.append(Neighbour(other, nearness(mine, weights(words)), shared))
        return sorted(near, key=lambda neighbour: (-neighbour.nearness, -neighbour.submission.id))

    async def _voices(self, agency_id: int, words: Collection[str]) -> tuple[dict[str, int], int]:
        """(word → how many voices of the agency have it, how many voices there are)."""
        rows = await self._engine.fetch("search.voices", agency_id=agency_id, words=_json(["", *words]))
        known = {row["term"]: row["voices"] for row in rows}
        return known, known.pop("", 0)

    async def _suggestion(self, agency_id: int, one: Submission, neighbours: list[Neighbour]) -> Suggestion | None:
        """Only a theme of its decision or of none, and none that it is in."""
        decision_id = None
        if one.decision:
            decision_id = self._decisions.where_it_went(self._decisions.mine(agency_id, one.decision)).id
        rows = await self._engine.fetch("themes.offered", agency_id=agency_id, decision_id=decision_id)
        offered = {row["id"] for row in rows} - set(one.themes)
        if not offered:
            return None
        same = await self._engine.fetch("search.themes_alike", agency_id=agency_id, id=one.id)
        for row in same:
            if row["theme_id"] in offered:
                return Suggestion(row["theme_id"], row["voices"], 0, 0, [])
        found = suggested([near for near in neighbours if near.nearness >= LEAST], offered)
        if found is None:
            return None
        theme, inside, of = found
        shared = _as_written(one, commonest([near.shared for near in inside]))
        return Suggestion(theme, 0, len(inside), of, shared)


def _rarest(known: Mapping[str, int], of: int) -> list[str]:
    """The words by which similar texts are looked for: the rarest first, as long as they are in few enough places."""
    heard = sorted(
        (voices, word) for word, voices in known.items() if voices > 1
    )  # what one alone says leads to nobody
    looked: list[str] = []
    places = 0
    for voices, word in heard[:WORDS]:
        if of > FEW and voices > of * COMMON:
            break
        if looked and places + voices > PLACES:
            break
        looked.append(word)
        places += voices
    return looked


def _as_written(submission: Submission, words: Iterable[str]) -> list[str]:
    written = terms(submission.text or "", submission.language)
    return [written[word] for word in words if word in written]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
