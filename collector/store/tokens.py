"""Tokens, the sessions they open in a browser, and one-time links."""

from __future__ import annotations

from collector.change import TOKEN_REVOKED
from collector.errors import Refusal
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.token import LINK_SECONDS, SESSION_SECONDS, Right, Role, new_secret, secret_hash


class Tokens:
    """Called by whatever asks who is there. Secrets come in and go out; only their hashes are stored."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def create(self, agency_id: int, role: Role, *, name: str, now: int) -> tuple[int, str]:
        """(id, secret) of a new token. The secret is shown once."""
        secret = new_secret()

        async def body(tx: Transaction) -> int:
            rows = await tx.fetch(
                "tokens.insert", agency_id=agency_id, role=role, name=name, hash=secret_hash(secret), created_at=now
            )
            return int(rows[0]["id"])

        return await self._engine.write(body), secret

    async def by_secret(self, secret: str) -> Right:
        """Refusal `sign_in` when no token has it, or it was revoked."""
        rows = await self._engine.fetch("tokens.by_hash", hash=secret_hash(secret))
        return _right(rows, by_cookie=False)

    async def by_session(self, secret: str, *, now: int) -> Right:
        """Refusal `sign_in` when the session is over or its token was revoked."""
        rows = await self._engine.fetch("tokens.by_session", hash=secret_hash(secret), now=now)
        return _right(rows, by_cookie=True)

    async def open_session(self, token_id: int | None = None, *, member_id: int | None = None, now: int) -> str:
        """The secret for the cookie of a new session, which rests on a token or on a member."""
        secret = new_secret()

        async def body(tx: Transaction) -> None:
            await tx.run("tokens.delete_old", now=now)
            await tx.run(
                "tokens.insert_session",
                hash=secret_hash(secret), token_id=token_id, member_id=member_id, created_at=now,
                expires_at=now + SESSION_SECONDS * 1000,
            )  # fmt: skip

        await self._engine.write(body)
        return secret

    async def close_session(self, secret: str) -> None:
        async def body(tx: Transaction) -> None:
            await tx.run("tokens.delete_session", hash=secret_hash(secret))

        await self._engine.write(body)

    async def create_link(self, token_id: int | None = None, *, member_id: int | None = None, now: int) -> str:
        """The secret of a link that signs in once, within an hour: with the right of a token, or as a member."""
        secret = new_secret()

        async def body(tx: Transaction) -> None:
            await tx.run(
                "tokens.insert_link",
                hash=secret_hash(secret), token_id=token_id, member_id=member_id, expires_at=now + LINK_SECONDS * 1000,
            )  # fmt: skip

        await self._engine.write(body)
        return secret

    async def use_link(self, secret: str, *, now: int) -> tuple[int | None, int | None]:
        """(token, member) of a link, which is spent by this; one of both. Refusal `sign_in` when it is unknown, spent or
        too old."""

        async def body(tx: Transaction) -> tuple[int | None, int | None]:
            rows = await tx.fetch("tokens.use_link", hash=secret_hash(secret), now=now)
            if not rows:
                raise Refusal("sign_in")
            return rows[0]["token_id"], rows[0]["member_id"]

        return await self._engine.write(body)

    async def revoke(self, agency_id: int, token_id: int, *, now: int) -> None:
        """Withdraws a token, its sessions with it; the log says so, which ends its open sockets."""

        async def body(tx: Transaction) -> None:
            if not await tx.run("tokens.revoke", agency_id=agency_id, id=token_id, now=now):
                raise Refusal("not_found")
            await record(tx, agency_id, TOKEN_REVOKED, now, None, token_id)

        await self._engine.write(body)

    async def seen(self, right: Right, submission_id: int, *, now: int) -> None:
        """Notes up to which submission somebody has looked, and when."""
        noun, who = ("tokens", right.token_id) if right.member_id is None else ("members", right.member_id)

        async def body(tx: Transaction) -> None:
            await tx.run(f"{noun}.seen", id=who, at=now, cursor=submission_id)

        await self._engine.write(body)

    async def last_seen(self, right: Right) -> tuple[int, int] | None:
        """(when, up to which submission) somebody last looked; None for the first visit."""
        noun, who = ("tokens", right.token_id) if right.member_id is None else ("members", right.member_id)
        rows = await self._engine.fetch(f"{noun}.last_seen", id=who)
        if not rows or rows[0]["seen_at"] is None:
            return None
        return rows[0]["seen_at"], rows[0]["seen_cursor"]


def _right(rows: list[Row], *, by_cookie: bool) -> Right:
    if not rows:
        raise Refusal("sign_in")
    row = rows[0]
    return Right(row["id"], row["agency_id"], row["role"], row["name"], by_cookie, row["member_id"], row["office"])
