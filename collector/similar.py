"""Voices that are like another, and why; and the theme that this suggests.

How alike two texts are is the cosine of their words, each weighed by how rare it is among the voices of the agency (tf–idf;
Salton, Wong and Yang 1975, "A vector space model for automatic indexing"; a word counts once a text). What two share can
be shown, so that a reader sees why. A theme is suggested by its nearest neighbours (k-NN; Cover and Hart 1967): what
most of those that are sorted already are sorted into. It is a suggestion with its reason, and nothing acts on it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import msgspec

from collector.submission import Submission

LEAST = 0.2  # of 1: below, two texts share words, not a subject
SHARED = 2  # words that two texts share at least
FEW = 300
SHOWN = 6
REASONS = 4  # words that are named
NEIGHBOURS = 6
IN_THEME = 3  # of the neighbours, and more than half of them


class Similar(msgspec.Struct):
    """A voice, and the words that it shares with the one it is like, the rarest first, as they are written there."""

    submission: Submission
    shared: list[str]


class Suggestion(msgspec.Struct):
    """A theme, and why: `nearly_same`: so many that say nearly the same are in it; else `voices` `of` the sorted ones that are
    most like it are, and `shared` are the words that it shares with these."""

    theme: int
    nearly_same: int
    voices: int
    of: int
    shared: list[str]


class Beside(msgspec.Struct):
    """What stands beside one voice: the most similar first."""

    items: list[Similar]
    suggestion: Suggestion | None


class Neighbour(msgspec.Struct):
    """`nearness` of 0 to 1; `shared`: folded words."""

    submission: Submission
    nearness: float
    shared: list[str]


def rarity(voices: int, of: int) -> float:
    """How much a word says that `voices` of `of` have. Among few voices every word is rare in the language, so `of` counts as
    some hundreds at least; and what nobody else says counts half, since no two can share it."""
    return math.log((max(of, FEW) + 1) / (voices + 0.5)) * (1.0 if voices > 1 else 0.5)


def nearness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two texts, each given as word → weight."""
    product = sum(weight * other[word] for word, weight in one.items() if word in other)
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return product / lengths if lengths else 0.0


def suggested(neighbours: Sequence[Neighbour], offered: Collection[int]) -> tuple[int, list[Neighbour], int] | None:
    """(theme, the neighbours in it, how many were asked) for the nearest six that are in a theme of `offered`; None when they
    do not agree."""
    asked = [one for one in neighbours if any(theme in offered for theme in one.submission.themes)][:NEIGHBOURS]
    votes = Counter(theme for one in asked for theme in one.submission.themes if theme in offered)
    if not votes:
        return None
    theme, number = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if number < IN_THEME or number * 2 <= len(asked):
        return None
    return theme, [one for one in asked if theme in one.submission.themes], len(asked)


def commonest(shared: Sequence[Sequence[str]]) -> list[str]:
    """The words that most of them share, at most four; each row stands with the rarest first."""
    votes = Counter(word for words in shared for word in words)
    return [word for word, _ in votes.most_common(REASONS)]
