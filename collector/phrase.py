"""Phrases that recur: two to five words in a row that many voices of a view use, and more so than the others do.

How much more is the log-likelihood ratio of Dunning (1993, "Accurate methods for the statistics of surprise and coincidence",
Computational Linguistics 19), which stays honest with small numbers. What counts is in how many voices a phrase stands, not how
often; voices that say nearly the same as each other are one, so neither copies nor a burst make a phrase.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from collector.text.stopwords import stopwords
from collector.text.terms import folded

SHORTEST, LONGEST = 2, 5  # words
LEAST = 3  # voices that use it, in different words otherwise
BESIDE = 10  # fewer voices beside the view are nothing to compare with: then what most of the view say comes first
SHOWN = 12  # of a language
SURE = 3.84  # G²: seldomer than once in twenty by chance (one degree of freedom)
SAME = 0.6  # two phrases of which so many voices are the same say it once
NEGATIONS = frozenset(
    ("niet", "geen", "nooit", "niets", "pas", "aucun", "aucune", "jamais", "plus", "rien", "nicht", "kein", "keine", "keinen",
     "nie", "nichts", "not", "never", "nothing")
)  # fmt: skip
_STRETCH = re.compile(r"[^.,;:!?…()\[\]{}\"«»“”„\n\r\t/|–—]+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Said(msgspec.Struct, frozen=True):
    """One text. `group`: the same for those that say nearly the same."""

    id: int
    group: int
    language: str
    text: str


class Phrase(msgspec.Struct):
    """`text` as it was written first, in lower case; in `voices` of this view and in `others` of the rest it was compared with.
    `more`: how many times more often than there, null when nobody there says it."""

    text: str
    voices: int
    others: int
    more: float | None


class Spoken(msgspec.Struct):
    """The phrases of one language, what is said most surely more than elsewhere first; out of `voices` of the view and `others`
    beside it, each counted once of those that say nearly the same."""

    language: str
    voices: int
    others: int
    phrases: list[Phrase]


class Phrases(msgspec.Struct):
    """`least`: voices that a phrase needs. `looked_at`: the newest so many of the view."""

    items: list[Spoken]
    least: int
    looked_at: int


def likelihood(inside: int, of: int, outside: int, of_others: int) -> float:
    """G² of Dunning for a phrase in `inside` of `of` voices here and `outside` of `of_others` there."""
    share = (inside + outside) / (of + of_others)
    observed = ((inside, of * share), (outside, of_others * share), (of - inside, of * (1 - share)),
                (of_others - outside, of_others * (1 - share)))  # fmt: skip
    return 2 * sum(seen * math.log(seen / expected) for seen, expected in observed if seen and expected)


def recurring(view: Sequence[Said], rest: Iterable[Said]) -> list[Spoken]:
    """The phrases of each language of the view in which enough was said; the language with most voices first."""
    mine, theirs = _by_language(view), _by_language(rest)
    found = [
        Spoken(language, len(groups), len(theirs[language]), _of_language(language, groups, theirs[language]))
        for language, groups in mine.items()
        if len(groups) >= LEAST
    ]
    return sorted((one for one in found if one.phrases), key=lambda one: -one.voices)


def _by_language(voices: Iterable[Said]) -> defaultdict[str, dict[int, Said]]:
    """language → group → one of it."""
    found: defaultdict[str, dict[int, Said]] = defaultdict(dict)
    for voice in voices:
        found[voice.language.split("-")[0].lower()].setdefault(voice.group, voice)
    return found


def _of_language(language: str, groups: dict[int, Said], others: dict[int, Said]) -> list[Phrase]:
    small = stopwords(language) - NEGATIONS
    places: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    written: dict[tuple[str, ...], str] = {}
    for group, said in groups.items():
        for words, text in _phrases(said.text, small):
            places[words].add(group)
            written.setdefault(words, text)
    many = {words: where for words, where in places.items() if len(where) >= LEAST}
    outside: Counter[tuple[str, ...]] = Counter()
    for said in others.values():
        outside.update({words for words, _ in _phrases(said.text, small) if words in many})
    ranked = []
    for words, where in many.items():
        inside, seen = len(where), outside[words]
        if len(others) >= BESIDE:
            if inside * len(others) <= seen * len(groups):
                continue
            sure = likelihood(inside, len(groups), seen, len(others))
            if sure < SURE:
                continue
        else:
            sure = float(inside)
        ranked.append((sure, len(words), words))
    kept: list[tuple[str, ...]] = []
    for _, _, words in sorted(ranked, key=lambda one: (-one[0], -one[1], one[2])):
        longer = next((place for place, other in enumerate(kept) if _overlap(words, other, many)), None)
        if longer is None:
            kept.append(words)
        elif len(words) > len(kept[longer]) and set(kept[longer]) <= set(words):
            kept[longer] = words  # the same voices, said in full
    return [
        Phrase(
            written[words],
            len(many[words]),
            outside[words],
            _more(len(many[words]), len(groups), outside[words], len(others)),
        )
        for words in kept[:SHOWN]
    ]


def _more(inside: int, of: int, outside: int, of_others: int) -> float | None:
    return round((inside / of) / (outside / of_others), 1) if outside else None


def _overlap(one: tuple[str, ...], other: tuple[str, ...], places: dict[tuple[str, ...], set[int]]) -> bool:
    """Whether two share a word that means something and most of their voices."""
    if not set(one) & set(other):
        return False
    both = len(places[one] & places[other])
    return both >= SAME * min(len(places[one]), len(places[other]))


def _phrases(text: str, small: frozenset[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """(folded words, as written in lower case) of each stretch of a text that begins and ends with a word that means something,
    crosses no sign and holds no number."""
    for stretch in _STRETCH.finditer(text):
        written = [word.lower() for word in _WORD.findall(stretch[0])]
        words = [folded(word) for word in written]
        heavy = [word not in small and len(word) > 2 for word in words]
        numbers = [any(sign.isdigit() for sign in word) for word in words]
        for start in range(len(words)):
            if not heavy[start]:
                continue
            for end in range(start + 1, min(start + LONGEST, len(words))):
                if numbers[end] or numbers[start]:
                    break
                if heavy[end] and words[end] not in NEGATIONS:
                    yield tuple(words[start : end + 1]), " ".join(written[start : end + 1])
