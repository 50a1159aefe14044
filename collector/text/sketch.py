"""What nearly equal texts share: a small sketch, the smallest hashes of a text's word triples (Broder 1997)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from zlib import crc32

SKETCH = 8
_WORD = re.compile(r"\w+")


def sketch(text: str) -> list[int]:
    """At most eight numbers that nearly equal texts share: case, accents, digits and punctuation do not matter.
    Empty for a text without words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = [word for word in _WORD.findall(plain) if not word.isdigit()]
    if not words:
        return []
    if len(words) < 3:
        return [crc32(" ".join(words).encode())]
    triples = {crc32(f"{a} {b} {c}".encode()) for a, b, c in zip(words, words[1:], words[2:], strict=False)}
    return sorted(triples)[:SKETCH]


def nearly_same(one: Collection[int], other: Collection[int]) -> bool:
    """Whether two sketches share more than half of the longer one."""
    return len(set(one) & set(other)) * 2 > max(len(one), len(other))
