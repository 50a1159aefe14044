"""Members: invited by a link, in by a password of which only a slow hash is stored."""

from __future__ import annotations

import asyncio

from collector.change import MEMBER, MEMBER_REVOKED
from collector.errors import Refusal
from collector.member import INVITATION_SECONDS, Inviting, Member, checked_inviting, checked_password
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.token import Standing, new_secret, secret_hash

HASHING = 2  # at once: each takes a core and 64 MiB for a moment


class Members:
    """Called by signing in and by the members' endpoints."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._hashing = asyncio.Semaphore(HASHING)
        self._nobody: str | None = None

    async def invite(
        self, agency_id: int, inviting: Inviting, *, now: int, by: str | None, role: Standing | None = None
    ) -> tuple[Member, str]:
        """(the member to be, the secret of a link that works once, for a week). Inviting again before she joined makes a
        new link. `role`: instead of the one that is asked for, which cannot be that of an operator. Refusal `exists` for an
        address that is a member's somewhere, `invalid` naming the field."""
        inviting = checked_inviting(inviting)
        secret = new_secret()

        async def body(tx: Transaction) -> int:
            rows = await tx.fetch(
                "members.insert",
                agency_id=agency_id,
                email=inviting.email,
                name=inviting.name,
                office=inviting.office,
                role=role or inviting.role,
                now=now,
            )
            if not rows:
                raise Refusal("exists", fields=("email",))
            member_id = int(rows[0]["id"])
            await tx.run("members.end_links", id=member_id)
            await tx.run(
                "tokens.insert_link",
                hash=secret_hash(secret), token_id=None, member_id=member_id, expires_at=now + INVITATION_SECONDS * 1000,
            )  # fmt: skip
            await record(tx, agency_id, MEMBER, now, by, member_id)
            return member_id

        return await self.one(agency_id, await self._engine.write(body)), secret

    async def join(self, invitation: str, password: str, *, now: int) -> int:
        """Takes an invitation; returns the member's id. Refusal `sign_in` for one that is unknown, taken or too old,
        `invalid` for a password that is too short."""
        hashed = await self._hash(checked_password(password))

        async def body(tx: Transaction) -> int:
            rows = await tx.fetch("members.use_link", hash=secret_hash(invitation), now=now)
            if not rows or not await tx.run("members.join", id=rows[0]["member_id"], password=hashed, now=now):
                raise Refusal("sign_in")
            return int(rows[0]["member_id"])

        return await self._engine.write(body)

    async def by_password(self, email: str, password: str) -> int:
        """The member of an address and a password. Refusal `sign_in` otherwise, after the same time for an address that
        nobody has."""
        rows = await self._engine.fetch("members.by_email", email=email.strip().lower())
        if self._nobody is None:
            self._nobody = await self._hash(new_secret())
        hashed = rows[0]["password"] if rows else self._nobody
        async with self._hashing:
            right, old = await asyncio.to_thread(_verified, hashed, password)
        if not rows or not right:
            raise Refusal("sign_in")
        member_id = int(rows[0]["id"])
        if old:
            fresh = await self._hash(password)

            async def body(tx: Transaction) -> None:
                await tx.run("members.rehash", id=member_id, password=fresh)

            await self._engine.write(body)
        return member_id

    async def _hash(self, password: str) -> str:
        async with self._hashing:
            return await asyncio.to_thread(_hashed, password)

    async def list(self, agency_id: int) -> list[Member]:
        return [_member(row) for row in await self._engine.fetch("members.list", agency_id=agency_id)]

    async def one(self, agency_id: int, member_id: int) -> Member:
        """Refusal `not_found` for one of nobody, of another agency, or withdrawn."""
        rows = await self._engine.fetch("members.one", agency_id=agency_id, id=member_id)
        if not rows:
            raise Refusal("not_found")
        return _member(rows[0])

    async def revoke(self, agency_id: int, member_id: int, *, now: int, by: str | None) -> None:
        """Takes a member's rights away; her sessions end with it. Refusal `wrong_state` for the last admin."""

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("members.one", agency_id=agency_id, id=member_id)
            if not rows:
                raise Refusal("not_found")
            others = await tx.fetch("members.admins", agency_id=agency_id, id=member_id)
            if rows[0]["role"] == "admin" and rows[0]["joined_at"] is not None and not others[0]["number"]:
                raise Refusal("wrong_state")
            await tx.run("members.revoke", agency_id=agency_id, id=member_id, now=now)
            await tx.run("members.end_sessions", id=member_id)
            await tx.run("members.end_links", id=member_id)
            await record(tx, agency_id, MEMBER_REVOKED, now, by, member_id)

        await self._engine.write(body)


def _hashed(password: str) -> str:
    from argon2 import PasswordHasher  # here and below, so that a start does not wait for it

    return PasswordHasher().hash(password)  # argon2id, parameters of RFC 9106, second recommendation


def _verified(hashed: str, password: str) -> tuple[bool, bool]:
    """(whether it is the password, whether its hash is of older parameters)."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    hasher = PasswordHasher()
    try:
        return hasher.verify(hashed, password), hasher.check_needs_rehash(hashed)
    except (VerificationError, InvalidHashError):
        return False, False


def _member(row: Row) -> Member:
    return Member(**dict(row) | {"second_factor": bool(row["second_factor"])})
