"""A message is what citizen and agency say to each other behind a receipt."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.day import Day

# `addition`: the citizen adds; `reply`: she answers a question; `question`: the agency asks back; `note`: it tells;
# `invitation`: it invites to talk
MessageKind = Literal["addition", "reply", "question", "note", "invitation"]
FROM_CITIZENS = ("addition", "reply")
Felt = Literal["heard", "not_really", "again"]


class Invitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where and when one can talk: `place`, `phone` (they call nobody: this is the number to ring), `video` (an address
    where sign language is spoken)."""

    day: Day
    time: Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d\Z")]
    place: Annotated[str, Meta(max_length=300)] = ""
    phone: Annotated[str, Meta(max_length=60)] = ""
    video: Annotated[str, Meta(max_length=500)] = ""


class Message(msgspec.Struct):
    """`by` and `office` are of the member who wrote it, None for a citizen. `text` is None once it was erased."""

    id: int
    sender: Literal["citizen", "agency"]
    kind: MessageKind
    text: str | None
    by: str | None
    office: str | None
    invitation: Invitation | None
    at: int
    masked: list[str]


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/receipt/messages` (`text` alone) and of `POST /api/submissions/{id}/messages`."""

    text: Annotated[str, Meta(max_length=5_000)]
    kind: MessageKind | None = None
    invitation: Invitation | None = None
