"""The words of a text as search compares them: no case, no accents, no signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

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
