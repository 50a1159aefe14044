"""What those who work here did and read. It never holds a citizen's words, nor what was searched for in them."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from collector.submission import Submission

OPENED = "words.opened"
LISTED = "words.listed"
SHOWN = "words.shown"
EXPORTED = "words.exported"
STREAMED = "words.streamed"
SIGNED_IN = "signed.in"
SIGNED_OUT = "signed.out"
AUDIT_READ = "audit.read"
AUDIT_EXPORTED = "audit.exported"
AGAIN_MS = 600_000  # the same words before the same eyes within ten minutes are one reading

Kind = Literal["read", "did", "signed"]


class Entry(msgspec.Struct):
    """One thing that somebody did or read. `who`: name and office as they were then, or the name of a token. `act`: a change
    of the log, or one of those above. `subject_id`: what it was done to; `decision`: its key. `number`: of how many voices
    the words were before her eyes. `at`: Unix milliseconds."""

    id: int
    at: int
    who: str
    act: str
    subject_id: int | None
    detail: str | None
    number: int | None
    decision: str | None


class Sought(msgspec.Struct, frozen=True):
    """What of the log is asked for. `q`: part of a name, an office or an act. `since`, `until`: Unix milliseconds."""

    q: str | None = None
    kind: Kind | None = None
    submission: int | None = None
    since: int | None = None
    until: int | None = None


def words_in(answer: Any) -> list[int]:
    """The ids of all voices whose words stand in an answer, however deep; each once."""
    found: dict[int, None] = {}
    waiting = [answer]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Submission):
            if part.text:
                found[part.id] = None
        elif isinstance(part, msgspec.Struct):
            waiting.extend(getattr(part, name) for name in part.__struct_fields__)
        elif isinstance(part, dict):
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)
    return list(found)
