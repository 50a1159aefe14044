"""A submission is one thing that one citizen sent."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from collector.claim import Claim
from collector.contradiction import Contradiction
from collector.errors import Refusal
from collector.status import Aside, Status

Outcome = Literal["yes", "hard", "no"]
Effect = Literal["helps", "none", "harder", "unknown"]
Reason = Literal["sign_in", "fault", "unclear", "rule", "person", "later"]
AnotherWay = Literal["yes", "help", "no"]
Impact = Literal["time", "money", "right", "health"]
Channel = Literal["web", "form", "kiosk", "paper", "phone", "counter", "staff", "workshop", "import"]
Barrier = Literal["report", "another_form"]
Kind = Literal[
    "fault", "unclear", "rule", "person", "idea", "praise"
]  # "rule": it does not fit; "person": one is needed

KINDS: tuple[Kind, ...] = ("fault", "unclear", "rule", "person", "idea", "praise")
IMPACTS: tuple[Impact, ...] = ("time", "money", "right", "health")
OPEN_CHANNELS = ("web", "form")  # any other says that a team typed it in, and takes a team's token
TEXT_CHARACTERS = 5_000
SENT_AT_TOLERANCE_MS = 86_400_000  # a client's clock is believed within a day

PlacementKey = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}\Z")]
SenderKey = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,64}\Z")]
Text = Annotated[str, Meta(max_length=TEXT_CHARACTERS)]
Rating = Annotated[int, Meta(ge=1, le=5)]
Tag = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}\Z")]
Reference = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")]
Impacts = Annotated[list[Impact], Meta(max_length=4)]
Milliseconds = Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]


class Permissions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What its author allows: to show the words without a name, to be invited to talk. Both no until said."""

    quote: bool = False
    invite: bool = False


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/submissions`, as it comes. `impact` `[]` says "none of these"; absent says nothing.
    `paragraph`: of the section, counted from 1, parted by empty lines. `barrier`: it reports one, or asks for the same in
    another form; that takes words. `ask`: the id of the question that it answers, see `ask.py`; that takes words and nothing
    else, and its decision is the question's."""

    placement: PlacementKey
    key: SenderKey
    outcome: Outcome | None = None
    effect: Effect | None = None
    reason: Reason | None = None
    text: Text | None = None
    another_way: AnotherWay | None = None
    impact: Impacts | None = None
    rating: Rating | None = None
    page: Annotated[str, Meta(max_length=8_000)] | None = None
    language: Tag | None = None
    decision: Reference | None = None
    version: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    section: Reference | None = None
    paragraph: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    permissions: Permissions | None = None
    sent_at: Milliseconds | None = None
    channel: Channel | None = None
    barrier: Barrier | None = None
    ask: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)] | None = None
    proof: Annotated[str, Meta(max_length=8_192)] | None = None


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PATCH /api/receipt`: what is named changes, `null` takes it back, what is absent stays."""

    outcome: Outcome | UnsetType | None = UNSET
    effect: Effect | UnsetType | None = UNSET
    reason: Reason | UnsetType | None = UNSET
    text: Text | UnsetType | None = UNSET
    another_way: AnotherWay | UnsetType | None = UNSET
    impact: Impacts | UnsetType | None = UNSET
    rating: Rating | UnsetType | None = UNSET
    permissions: Permissions | UnsetType = UNSET


class Submission(msgspec.Struct):
    """As it is stored and shown to a team. Times are Unix milliseconds. `masked`: what was found and masked.
    `phase`: of its decision when it came. `kind`: what a reader says it is; its author is not asked.
    `themes`: ids of those it belongs to.
    `severity`: what its author said of it, 0 (health) to 6, see `severity.py`; it orders reading. `weight`: the same, or
    what its reader found instead; it counts for everything else. `alike`: how many say nearly the same, this one
    included; 1 when it stands alone. `burst`: many of these came within minutes, see `burst.py`. `desk`: the key of the
    contact point to which its author handed it; `callback`: she waits to be rung. `contact_point`: the key of the one to whom
    the team passed it. `aside`: why it was set aside. `claim`: who answers it. `member`: the id of the
    colleague whose it is. `ask`: the id of the question that it answers. `routed`: the rule that said
    where it goes, 0 once a person decided. `contradiction`: its score says the opposite of what it cost, see
    `contradiction.py`."""

    id: int
    placement: str
    received_at: int
    sent_at: int | None
    outcome: Outcome | None
    effect: Effect | None
    reason: Reason | None
    rating: int | None
    text: str | None
    another_way: AnotherWay | None
    impact: list[Impact] | None
    severity: int
    weight: int
    page: str | None
    language: str | None
    channel: Channel
    decision: str | None
    version: int | None
    section: str | None
    paragraph: int | None
    phase: str | None
    themes: list[int]
    barrier: Barrier | None
    status: Status
    kind: Kind | None
    masked: list[str]
    permissions: Permissions
    alike: int
    burst: bool
    read_at: int | None
    read_by: str | None
    erased_at: int | None
    revision: int
    desk: str | None
    callback: bool
    contact_point: str | None
    aside: Aside | None
    claim: Claim | None
    member: int | None
    routed: int | None
    ask: int | None
    contradiction: Contradiction | None


def says_something(sent: Sent, text: str | None) -> bool:
    """Whether anything is said at all; `text` is the cleaned one. `impact` `[]` is an answer, a permission is not."""
    return (
        bool(text)
        or sent.outcome is not None
        or sent.effect is not None
        or sent.reason is not None
        or sent.rating is not None
        or sent.another_way is not None
        or sent.impact is not None
    )


def joined_impact(impact: list[Impact] | None) -> str | None:
    """The set in its fixed order as the store keeps it: `time,right`; empty for "none of these"; None for not said."""
    if impact is None:
        return None
    return ",".join([name for name in IMPACTS if name in impact]) if impact else ""


def split_impact(stored: str | None) -> list[Impact] | None:
    """The reverse of `joined_impact`."""
    if stored is None:
        return None
    return [name for name in IMPACTS if name in stored.split(",")] if stored else []


def believed_sent_at(sent_at: int | None, now: int, *, vouched: bool) -> int | None:
    """The sender's own time: kept within a day of ours; an older one only when a team vouches for it (imports)."""
    if sent_at is None or abs(now - sent_at) <= SENT_AT_TOLERANCE_MS:
        return sent_at
    return sent_at if vouched and sent_at < now else None


def allowed_channel(channel: Channel | None, *, vouched: bool) -> Channel:
    """`web` when nothing is said. Refusal `forbidden` for a channel that only a team may name."""
    if channel is None:
        return "web"
    if channel not in OPEN_CHANNELS and not vouched:
        raise Refusal("forbidden", fields=("channel",))
    return channel
