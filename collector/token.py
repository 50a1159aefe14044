"""A token lets a team's script or browser in. Only its hash is stored."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from collector.agency import checked_name
from collector.errors import Refusal

Role = Literal["viewer", "editor", "admin"]
ROLES: tuple[str, ...] = get_args(Role)
Standing = Role | Literal["operator"]
OPERATOR: Literal["operator"] = "operator"  # of the installation, and of no agency: none of the roles, and above none
LINK_SECONDS = 3600
ENDED_DAYS = 90  # so long one whose time is over stays in the list, for whoever wonders why a script stopped


class Right(msgspec.Struct, frozen=True):
    """What a request may do: for which agency (an operator for that of operators, which has nothing else), in which role, on
    which token or member it rests (`token_id` is 0 for a member's), and whether a cookie said so (a cookie travels by itself,
    so then the origin of the request is checked as well). `name` and `office` are shown to colleagues. `placement`, `decision`:
    the key of the one that a token is for. `session_id`: of the cookie's session. `must_enrol`: she sets up a second factor
    before anything else."""

    token_id: int
    agency_id: int
    role: Standing
    name: str
    by_cookie: bool = False
    member_id: int | None = None
    office: str = ""
    placement: str | None = None
    decision: str | None = None
    session_id: int | None = None
    must_enrol: bool = False

    @property
    def scoped(self) -> bool:
        """Whether it is for one placement or one decision alone."""
        return self.placement is not None or self.decision is not None

    def covers(self, placement: str, decision: str | None) -> bool:
        """Whether what belongs to this placement and decision (keys) is its to see."""
        return self.placement in (None, placement) and self.decision in (None, decision)

    @property
    def signed(self) -> str:
        """How it stands in the log: the name, and the office with it."""
        name = self.name.replace(",", "")
        return f"{name}, {self.office}" if self.office else name

    @property
    def holder(self) -> tuple[str, int]:
        """What its open sockets hang on: when that is withdrawn, they end."""
        return ("token", self.token_id) if self.member_id is None else ("member", self.member_id)

    @property
    def holder_name(self) -> str:
        """The same in one word, such as `member-3`."""
        return "{}-{}".format(*self.holder)

    def need(self, role: Standing) -> None:
        """Refusal `forbidden` below `role`. An operator is nothing to a team, and nobody of a team is an operator."""
        team = self.role != OPERATOR and role != OPERATOR
        enough = ROLES.index(self.role) >= ROLES.index(role) if team else self.role == role
        if not enough:
            raise Refusal("forbidden")


class Token(msgspec.Struct):
    """A token as those who manage see it; never its secret. `placement`, `decision`: the key of the one it is for.
    `used_at` is right to the minute. `ended_at`: its time is over. Times are Unix milliseconds."""

    id: int
    name: str
    role: Role
    placement: str | None
    decision: str | None
    created_at: int
    created_by: str | None
    expires_at: int | None
    used_at: int | None
    ended_at: int | None


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/tokens`. `valid_days`: for so long; null: until it is withdrawn. At most one of `placement` and
    `decision`, and then it reads or sorts, and does not manage."""

    name: str
    role: Role
    valid_days: Annotated[int, Meta(ge=1, le=730)] | None
    placement: Annotated[str, Meta(max_length=100)] | None = None
    decision: Annotated[str, Meta(max_length=100)] | None = None


def checked_asking(asking: Asking) -> Asking:
    """With its name as it is kept. Refusal `invalid` naming the field."""
    if asking.placement is not None and asking.decision is not None:
        raise Refusal("invalid", fields=("decision",))
    if asking.role == "admin" and (asking.placement is not None or asking.decision is not None):
        raise Refusal("invalid", fields=("role",))
    return msgspec.structs.replace(asking, name=checked_name(asking.name))


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
