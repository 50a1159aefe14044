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
    """What a request may do: for which agency, in which role, on which token it rests, and whether a cookie said so
    (a cookie travels by itself, so then the origin of the request is checked as well)."""

    token_id: int
    agency_id: int
    role: Role
    name: str
    by_cookie: bool = False

    def need(self, role: Role) -> None:
        """Refusal `forbidden` below `role`."""
        if ROLES.index(self.role) < ROLES.index(role):
            raise Refusal("forbidden")


def new_secret() -> str:
    """256 random bits as 43 characters."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> bytes:
    """What is stored of a token, a session or a link. A random secret of 256 bits needs no slow hash."""
    return sha256(secret.encode()).digest()
