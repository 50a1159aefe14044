"""What the forms of a word share, in our four languages, by the algorithms of Snowball (Porter 2001): *vergunningen* and
*vergunning*, *fermée* and *fermé*. A stem is written with its language before it, so that none of one finds a word of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

import snowballstemmer

from collector.text.stopwords import stopwords
from collector.text.terms import folded, plain_words

# of the two for Dutch, the one that leaves *ge-* alone: the other makes *gemeente* a form of *menen*
ALGORITHMS = {"nl": "dutch_porter", "fr": "french", "de": "german", "en": "english"}
OTHER = "xx"  # of a text whose language is not known, or none of ours: its words as they are
KNOWN = 65_536  # words whose stem is kept: people use few, again and again


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(ALGORITHMS[language])


@lru_cache(maxsize=KNOWN)
def stem(word: str, language: str) -> str:
    """`word` in lower case with its accents; `language`: one of ours, or `xx`."""
    if language == OTHER:
        return language + folded(word)
    stemmed = _stemmer(language).stemWord(word)
    if language == "nl":  # it takes the s of *fiets* for a plural, and that of *fietsen* only at a second look
        stemmed = _stemmer(language).stemWord(stemmed)
    return language + folded(stemmed)


def stems(text: str, language: str | None) -> Iterator[tuple[str, str]]:
    """(stem, as written) of each word that may say what a text is about; small common words are left out."""
    code = (language or "").split("-")[0].lower()
    code = code if code in ALGORITHMS else OTHER
    small = stopwords(language)
    for word, written in plain_words(text):
        if word not in small:
            yield stem(written.lower(), code), written


def stems_sought(word: str) -> set[str]:
    """What a word that somebody types may be a form of, in each language; she may have left out its accents."""
    forms = {word.lower(), folded(word)}
    return {stem(form, language) for language in ALGORITHMS for form in forms}


def terms(text: str, language: str | None) -> dict[str, str]:
    """What a text is about: stem → as it is written there first, in the order of the text."""
    found: dict[str, str] = {}
    for stemmed, written in stems(text, language):
        found.setdefault(stemmed, written)
    return found
