"""What a person types into the search field, as the index understands it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from collector.text.stem import stems, stems_sought
from collector.text.terms import SHORTEST, folded

TERMS = 12
Found = Literal["exact", "forms"]
_TERM = re.compile(r"[\w]+\*?|\"[^\"]*\"?")


def match(
    typed: str, agency_id: int | None = None, placement_id: int | None = None, found: Found | None = None
) -> str | None:
    """An FTS5 expression: all terms must be there, `word*` finds beginnings, `"two words"` finds them side by side. A word by
    itself also finds its other forms in our four languages; in quotes it does not. `found`: only what holds the words as
    they are typed, or only what holds another form of one. Of one agency and one placement where they are named: that spares a
    look at what others were sent, and costs a look into the longest lists of the index for each hit.

    Every term is quoted, so nothing typed is ever an operator. None when no word is left, or none has another form."""
    exact, wide = [], []
    for term in _TERM.findall(typed.replace("\0", " "))[:TERMS]:
        words = re.findall(r"\w+", term)
        if not words:
            continue
        said = '"' + " ".join(words) + '"' + ("*" if term.endswith("*") else "")
        exact.append(f"words : {said}")
        forms = stems_sought(words[0]) if _has_forms(term) else set()
        wide.append(f"(words : {said} OR stems : ({' OR '.join(sorted(map(_quoted, forms)))}))" if forms else exact[-1])
    if not exact:
        return None
    as_typed, all_forms = " AND ".join(exact), " AND ".join(wide)
    if found == "exact" or (found is None and as_typed == all_forms):
        return _among(as_typed, agency_id, placement_id)
    if found is None:
        return _among(all_forms, agency_id, placement_id)
    return None if as_typed == all_forms else _among(f"({all_forms}) NOT ({as_typed})", agency_id, placement_id)


def other_forms(typed: str, texts: Iterable[tuple[str, str | None]]) -> list[str]:
    """The folded words of texts (each with its language) that are another form of one that is typed: what to mark in them."""
    sought = set[str]()
    for term in _TERM.findall(typed.replace("\0", " "))[:TERMS]:
        if _has_forms(term):
            sought |= stems_sought(term)
    if not sought:
        return []
    return sorted(
        {folded(written) for text, language in texts for key, written in stems(text, language) if key in sought}
    )


def one_stem(key: str, agency_id: int | None) -> str:
    """An FTS5 expression for one stem, of one agency where it is named."""
    return _among(f"stems : {_quoted(key)}", agency_id, None)


def _has_forms(term: str) -> bool:
    """A word by itself, of letters alone and no scrap."""
    return term.isalpha() and len(term) >= SHORTEST


def _quoted(word: str) -> str:
    return f'"{word}"'


def _among(said: str, agency_id: int | None, placement_id: int | None) -> str:
    facets = [f'"{letter}{id_}"' for letter, id_ in (("a", agency_id), ("p", placement_id)) if id_ is not None]
    return f"(facets : ({' AND '.join(facets)})) AND ({said})" if facets else said
