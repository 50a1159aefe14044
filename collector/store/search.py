"""What a person types into the search field, as the index understands it."""

from __future__ import annotations

import re

TERMS = 12
_TERM = re.compile(r"[\w]+\*?|\"[^\"]*\"?")


def match(typed: str, agency_id: int | None = None, placement_id: int | None = None) -> str | None:
    """An FTS5 expression: all terms must be there, `word*` finds beginnings, `"two words"` finds them side by side. Of one
    agency and one placement where they are named: that spares a look at what others were sent, and costs a look into the
    longest lists of the index for each hit.

    Every term is quoted, so nothing typed is ever an operator. None when no word is left."""
    terms = []
    for term in _TERM.findall(typed.replace("\0", " "))[:TERMS]:
        words = re.findall(r"\w+", term)
        if not words:
            continue
        quoted = '"' + " ".join(words) + '"'
        terms.append(quoted + "*" if term.endswith("*") else quoted)
    if not terms:
        return None
    return _among(f"words : ({' AND '.join(terms)})", agency_id, placement_id)


def one_word(word: str, agency_id: int | None) -> str:
    """An FTS5 expression for one folded word, of one agency where it is named."""
    return _among(f'words : "{word}"', agency_id, None)


def _among(said: str, agency_id: int | None, placement_id: int | None) -> str:
    facets = [f'"{letter}{id_}"' for letter, id_ in (("a", agency_id), ("p", placement_id)) if id_ is not None]
    return f"(facets : ({' AND '.join(facets)})) AND ({said})" if facets else said
