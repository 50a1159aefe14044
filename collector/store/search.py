"""What a person types into the search field, as the index understands it."""

from __future__ import annotations

import re

TERMS = 12
_TERM = re.compile(r"[\w]+\*?|\"[^\"]*\"?")


def match(typed: str, agency_id: int, placement_id: int | None = None) -> str | None:
    """An FTS5 expression: all terms must be there, `word*` finds beginnings, `"two words"` finds them side by side.

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
    facets = f'"a{agency_id}"' + (f' AND facets : "p{placement_id}"' if placement_id is not None else "")
    return f"(facets : {facets}) AND (words : ({' AND '.join(terms)}))"
