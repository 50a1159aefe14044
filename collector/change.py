"""A change is one row of the log. It names what happened to which id, never the words."""

from __future__ import annotations

import msgspec

from collector.submission import Submission

SUBMISSION = "submission."  # and what happened to it
RECEIVED = "submission.received"
READ = "submission.read"
CORRECTED = "submission.corrected"
ERASED = "submission.erased"
EXPIRED = "submission.expired"
STATUS = "submission.status"
KIND = "submission.kind"
WEIGHED = "submission.weighed"
NO_KIND = "none"  # its detail when a kind was taken away
SORTED = "submission.sorted"
MESSAGE = "submission.message"
ADDED = "submission.added"
FELT = "submission.felt"
HANDED = "submission.handed"
ROUTED = "submission.routed"
CLAIMED = "submission.claimed"
RELEASED = "submission.released"
ASSIGNED = "submission.assigned"  # its detail: the id of a member, `NO_KIND` when it is nobody's
VIEW = "view.changed"  # a saved view was kept or let go
AMONG_US = (CLAIMED, RELEASED, ASSIGNED)  # what colleagues settle among themselves: no receipt tells it
CALL_ASKED = "submission.call_asked"
CALL_TRIED = "submission.call_tried"
DECISION = (
    "decision."  # and the act: created, changed, published, phase, closed, answered, decided, withdrawn, reopened…
)
THEME = "theme.changed"
RESPONSE = "response.published"
RESPONSE_DRAFT = "response.changed"
MEMBER = "member.changed"
MEMBER_REVOKED = "member.revoked"
INCLUSION = "inclusion.changed"  # the inclusion test of a placement: written, signed, published, open again
MORNING = "morning.changed"  # who gets the story of a decision, and whether; and that one was drawn
PLACEMENT = "placement.changed"
CONTACT_POINT = "contact_point.changed"
AGENCY = "agency.changed"
OFFER = "offer.changed"  # another agency asks something of us, or does no longer
# what became of asking another agency, by the status of the offer; told to the agency that asks, and on the receipt
OFFERED = {
    "open": "submission.offered",
    "taken": "submission.taken",
    "declined": "submission.declined",
    "refused": "submission.kept",
    "withdrawn": "submission.unoffered",
}
ROUTING = "routing.changed"  # the rules by which voices go somewhere; its detail: how many there are
ALARM = "alarm."
ALARM_RAISED = "alarm.raised"
ALARM_SEEN = "alarm.seen"
ALERT = "alert."
ALERT_DUE = "alert.due"  # a saved view has something to tell; its detail: `new 12`, `unanswered 4`
HOOK = "hook.changed"  # somebody set it up or changed it, or it was paused because it fails
STATEMENT = "statement.changed"
DEVICE = "device.changed"
PROVIDER = "provider.changed"
SESSION_ENDED = "session.ended"
TOKEN = "token.created"  # noqa: S105
TOKEN_REVOKED = "token.revoked"  # noqa: S105  a kind of change, not a secret


class Concerns(msgspec.Struct, frozen=True):
    """What a change that is no submission's concerns: the key of a decision, the id of a theme."""

    decision: str | None = None
    theme: int | None = None


class Change(msgspec.Struct):
    """`cursor`: its place in the log. `by`: the office or member, None for a citizen or the clock. `id`: what changed.
    `submission`: how that stands now, for changes of one. `act`: what it concerns, for those of decisions and themes."""

    cursor: int
    change: str
    at: int
    by: str | None
    id: int | None
    submission: Submission | None
    agency_id: int
    act: Concerns | None = None


class Step(msgspec.Struct, omit_defaults=True):
    """A change as a history shows it. `detail`: the kind that a reader gave (`NO_KIND` when it was taken
    away), what she found it to weigh, the status that she set with its reason or contact point (`with harbour`,
    `aside twice`), the contact point to which it goes; of a decision: how it stands after it: the phase, with ` open` while one
    can react; the phase that was answered; the number of a version."""

    cursor: int
    change: str
    at: int
    by: str | None
    detail: str | None = None
