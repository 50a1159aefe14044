"""A change is one row of the log. It names what happened to which id, never the words."""

from __future__ import annotations

import msgspec

from collector.submission import Submission

RECEIVED = "submission.received"
READ = "submission.read"
CORRECTED = "submission.corrected"
ERASED = "submission.erased"
EXPIRED = "submission.expired"
STATUS = "submission.status"
PLACEMENT = "placement.changed"
CONTACT_POINT = "contact_point.changed"
AGENCY = "agency.changed"
TOKEN_REVOKED = "token.revoked"  # noqa: S105  a kind of change, not a secret


class Change(msgspec.Struct):
    """`cursor`: its place in the log. `by`: the office or member, None for a citizen or the clock. `id`: what changed.
    `submission`: how that stands now, for changes of one."""

    cursor: int
    change: str
    at: int
    by: str | None
    id: int | None
    submission: Submission | None
    agency_id: int


class Step(msgspec.Struct):
    """A change as a history shows it."""

    cursor: int
    change: str
    at: int
    by: str | None
