"""A token lets a team's script or browser in. Only its hash is stored."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Literal, get_args

import msgspec

from collector.errors import Refusal

Role = Literal["viewer", "editor", "admin"]
ROLES: tuple[str, ...] = get_args(Role)
SESSION_SECONDS = 12 * 3600
LINK_SECONDS = 3600


class Right(msgspec.Struct, frozen=True):
    """What a request may do: for which agency, in which role, on which token or member it rests (`token_id` is 0 for a
    member's), and whether a cookie said so (a cookie travels by itself, so then the origin of the request is checked as
    well). `name` and `office` are shown to colleagues."""

    token_id: int
    agency_id: int
    role: Role
    name: str
    by_cookie: bool = False
    member_id: int | None = None
    office: str = ""

    @property
    def signed(self) -> str:
        """How it stands in the log: the name, and the office with it."""
        name = self.name.replace(",", "")
        return f"{name}, {self.office}" if self.office else name

    @property
    def holder(self) -> tuple[str, int]:
        """What its open sockets hang on: when that is withdrawn, they end."""
        return ("token", self.token_id) if self.member_id is None else ("member", self.member_id)

    def need(self, role: Role) -> None:
        """Refusal `forbidden` below `role`."""
        if ROLES.index(self.role) < ROLES.index(role):
            raise Refusal("forbidden")


def office_of(signed: str | None) -> str | None:
    """What a citizen is told of who did something: the office, where it has one."""
    return signed.split(", ", 1)[-1] if signed else None


def secret_in(header: str, scheme: str) -> str | None:
    """The secret in an `Authorization` header such as `Bearer SECRET`; None for another scheme, or none at all."""
    named, _, secret = header.strip().partition(" ")
    return secret.strip() if named.lower() == scheme.lower() else None


def new_secret() -> str:
    """256 random bits as 43 characters."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> bytes:
    """What is stored of a token, a session or a link. A random secret of 256 bits needs no slow hash."""
    return sha256(secret.encode()).digest()
