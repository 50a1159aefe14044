"""The words of a text as search compares them: no case, no accents, no signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from collector.text.stopwords import stopwords

SHORTEST, LONGEST = 3, 40
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Lower case, without accents, as the search index reads it."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def plain_words(text: str) -> Iterator[tuple[str, str]]:
    """(folded, as written) of each word that may say what a text is about: no numbers, no marks of a file, no scraps."""
    for found in _WORD.finditer(unicodedata.normalize("NFC", text)):
        written = found[0]
        if SHORTEST <= len(written) <= LONGEST and not any(sign.isdigit() for sign in written):
            yield folded(written), written


def terms(text: str, language: str | None) -> dict[str, str]:
    """What a text is about: folded word → as it is written there first, in the order of the text. Small common words of its
    language, and of all four when that is not known, are left out."""
    small = stopwords(language)
    found: dict[str, str] = {}
    for word, written in plain_words(text):
        if word not in small:
            found.setdefault(word, written)
    return found
