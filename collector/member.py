"""A member is someone of the agency: a name and an office for colleagues, a role that says what she may do."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from msgspec import Meta

from collector.agency import checked_name
from collector.errors import Refusal
from collector.token import Role

INVITATION_SECONDS = 7 * 24 * 3600
PASSWORD_CHARACTERS = 15  # NIST SP 800-63B-4, 3.1.1.2, for a password that stands alone: long, and no other rule
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,60}\Z")


class Member(msgspec.Struct):
    """`joined_at`: when the invitation was taken; None while it waits.
    `second_factor`: she gives a code of her phone as well."""

    id: int
    email: str
    name: str
    office: str
    role: Role
    invited_at: int
    joined_at: int | None
    second_factor: bool = False


class Inviting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/members`."""

    email: Annotated[str, Meta(max_length=254)]
    name: str
    office: str
    role: Role


class Joining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/members/join`: the secret of the invitation and the password that is chosen."""

    invitation: Annotated[str, Meta(max_length=100)]
    password: Annotated[str, Meta(max_length=1_000)]


def checked_inviting(inviting: Inviting) -> Inviting:
    """Refusal `invalid` naming the field."""
    email = inviting.email.strip().lower()
    if not _EMAIL.match(email):
        raise Refusal("invalid", fields=("email",))
    name, office = checked_name(inviting.name), checked_name(inviting.office, "office")
    return Inviting(email, name, office, inviting.role)


def checked_password(password: str) -> str:
    """Refusal `invalid` for one that is too short. Every character counts and none is forbidden."""
    if len(password) < PASSWORD_CHARACTERS:
        raise Refusal("invalid", fields=("password",))
    return password
