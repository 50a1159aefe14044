"""A call-back: a telephone number that a citizen gives in the open, so that somebody rings her. It says when she can be
rung; whether and when somebody does stands on her receipt."""

from __future__ import annotations

import re
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.errors import Refusal

Part = Literal["morning", "afternoon", "evening"]
PARTS: tuple[Part, ...] = ("morning", "afternoon", "evening")
_PHONE = re.compile(r"\+?[0-9][0-9 ./()-]{6,38}")
LEAST_DIGITS, MOST_DIGITS = 8, 15  # E.164


class CallWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/receipt/callback`. `parts`: when she can be rung; none is all day. `language`: in which she
    would like to talk."""

    phone: Annotated[str, Meta(max_length=40)]
    language: Literal["nl", "fr", "de", "en"]
    parts: Annotated[list[Part], Meta(max_length=3)] = []


class Try(msgspec.Struct, frozen=True):
    """Somebody rang. `office`: whose; `by`: who, for colleagues alone. `reached`: she answered, so it is done."""

    at: int
    office: str | None
    reached: bool
    by: str | None = None


class CallState(msgspec.Struct):
    """What a receipt tells of it. `offered`: somebody here calls back, `desk` names who. `ends`: the last two digits of the
    number, while it is kept."""

    offered: bool
    desk: str | None
    asked_at: int | None
    ends: str | None
    parts: list[Part]
    tries: list[Try]
    done_at: int | None


class Call(msgspec.Struct):
    """What somebody needs who rings. `phone` is None once it was done: it is erased then."""

    phone: str | None
    language: str
    parts: list[Part]
    asked_at: int
    done_at: int | None
    tries: list[Try]


class Trying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/submissions/{id}/callback`: somebody rang just now. `reached`: and spoke to her."""

    reached: bool = False


def checked_phone(phone: str) -> str:
    """The number with single spaces. Refusal `invalid` for what cannot be dialled."""
    found = " ".join(phone.split())
    digits = sum(character.isdigit() for character in found)
    if not found.isascii() or not _PHONE.fullmatch(found) or not LEAST_DIGITS <= digits <= MOST_DIGITS:
        raise Refusal("invalid", fields=("phone",))
    return found
