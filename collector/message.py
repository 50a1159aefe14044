"""A message is what citizen and agency say to each other behind a receipt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from collector.day import Day
from collector.errors import Refusal
from collector.severity import Weight
from collector.text.clean import clean_line

# `addition`: the citizen adds; `reply`: she answers a question; `question`: the agency asks back; `note`: it tells;
# `invitation`: it invites to talk; `weighing`: how grave it found this, and why, which asks and answers nothing; `handover`:
# it proposes to hand it to a desk for one's own case
MessageKind = Literal["addition", "reply", "question", "note", "invitation", "weighing", "handover"]
Felt = Literal["heard", "not_really", "again"]
_PHONE = re.compile(r"\+?[0-9][0-9 ./()-]{4,58}")
_VIDEO = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")


class Invitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where and when one can talk: `place`, `phone` (they call nobody: this is the number to ring), `video` (an address
    where sign language is spoken)."""

    day: Day
    time: Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d\Z")]
    place: Annotated[str, Meta(max_length=300)] = ""
    phone: Annotated[str, Meta(max_length=60)] = ""
    video: Annotated[str, Meta(max_length=500)] = ""


class Message(msgspec.Struct):
    """`by` and `office` are of the member who wrote it, None for a citizen. `text` is None once it was erased.
    `weight`: of a weighing. `contact_point`: the key of the one that a handover proposes."""

    id: int
    sender: Literal["citizen", "agency"]
    kind: MessageKind
    text: str | None
    by: str | None
    office: str | None
    invitation: Invitation | None
    at: int
    masked: list[str]
    weight: Weight | None
    contact_point: str | None = None


class Added(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/receipt/messages`: what the citizen adds or answers. `agency`: the key of the one to which it
    goes, where another took it on; the first one without."""

    text: Annotated[str, Meta(max_length=5_000)]
    agency: Annotated[str, Meta(max_length=63)] | None = None


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/submissions/{id}/messages`. `invitation` and `contact_point` come with
    their own kinds, and may need no text."""

    text: Annotated[str, Meta(max_length=5_000)]
    kind: Literal["question", "note", "invitation", "handover"]
    invitation: Invitation | None = None
    contact_point: Annotated[str, Meta(max_length=63)] | None = None


class Weighing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/submissions/{id}/weighing`: what its reader finds it to weigh, and why (`text`).
    `revision`: of the submission as she saw it."""

    weight: Weight
    text: Annotated[str, Meta(max_length=5_000)]
    revision: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)]


class Feeling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/receipt/felt`: how an answer felt. `again`: open it again. `agency`: as in `Added`."""

    felt: Felt
    agency: Annotated[str, Meta(max_length=63)] | None = None


class HandingOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/receipt/handover`: the key of the desk."""

    contact_point: Annotated[str, Meta(max_length=63)]


def waiting_since(messages: Sequence[Message]) -> int | None:
    """Since when (Unix milliseconds) what a citizen wrote waits for an answer; None when the agency spoke last."""
    since = None
    for message in _talk(messages):
        if message.sender == "agency":
            since = None
        elif since is None:
            since = message.at
    return since


def asked(messages: Sequence[Message]) -> bool:
    """Whether the agency's last word is something to answer: a question, or an invitation."""
    talk = _talk(messages)
    return bool(talk) and talk[-1].kind in ("question", "invitation")


def _talk(messages: Sequence[Message]) -> list[Message]:
    """What is said from one to the other: a weighing waits for nobody, and nobody waits for it."""
    return [message for message in messages if message.kind != "weighing"]


def checked_saying(saying: Saying, today: Day) -> Saying:
    """Refusal `invalid` naming `contact_point` when a handover names none, or another kind does; naming `invitation` when
    one is missing or comes with another kind, has a day that no calendar has or that is over, or neither a place nor a
    number nor an address to see each other."""
    if (saying.contact_point is not None) != (saying.kind == "handover"):
        raise Refusal("invalid", fields=("contact_point",))
    invited = saying.invitation
    if (invited is not None) != (saying.kind == "invitation"):
        raise Refusal("invalid", fields=("invitation",))
    if invited is None:
        return saying
    try:
        date.fromisoformat(invited.day)
    except ValueError:
        raise Refusal("invalid", fields=("invitation",)) from None
    place, phone, video = (clean_line(part) for part in (invited.place, invited.phone, invited.video))
    sound = (not phone or _PHONE.fullmatch(phone)) and (not video or _VIDEO.fullmatch(video))
    if not sound or not (place or phone or video) or invited.day < today:
        raise Refusal("invalid", fields=("invitation",))
    return replace(saying, invitation=Invitation(invited.day, invited.time, place, phone, video))
