"""Tokens, the sessions they open in a browser, and one-time links."""

from __future__ import annotations

from msgspec.structs import replace

from collector.change import TOKEN, TOKEN_REVOKED
from collector.errors import Refusal
from collector.placement import Placement
from collector.session import SESSION_SECONDS
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.decisions import Decisions
from collector.store.engine import Engine, Row, Transaction
from collector.store.sessions import idle_since
from collector.token import (
    ENDED_DAYS,
    LINK_SECONDS,
    Asking,
    Right,
    Role,
    Token,
    new_secret,
    secret_hash,
)

USED_MS = 60_000  # how exactly we know when a token was last used: a write for every request would be dear
DAY_MS = 86_400_000


class Tokens:
    """Called by whatever asks who is there. Secrets come in and go out; only their hashes are stored."""

    def __init__(self, engine: Engine, agencies: Agencies, decisions: Decisions) -> None:
        self._engine = engine
        self._agencies = agencies
        self._decisions = decisions
        self._used: dict[int, int] = {}

    async def create(
        self,
        agency_id: int,
        role: Role,
        *,
        name: str,
        now: int,
        by: str | None = None,
        valid_days: int | None = None,
        placement: Placement | None = None,
        decision: str | None = None,
    ) -> tuple[int, str]:
        """(id, secret) of a new token, for the whole agency unless a placement or a decision (its key) of it is named. The
        secret is shown once."""
        secret = new_secret()

        async def body(tx: Transaction) -> int:
            rows = await tx.fetch(
                "tokens.insert",
                agency_id=agency_id,
                role=role,
                name=name,
                hash=secret_hash(secret),
                placement_id=placement.id if placement else None,
                decision=decision,
                created_at=now,
                created_by=by,
                expires_at=now + valid_days * DAY_MS if valid_days else None,
            )
            await record(tx, agency_id, TOKEN, now, by, rows[0]["id"])
            return int(rows[0]["id"])

        return await self._engine.write(body), secret

    async def make(self, agency_id: int, asking: Asking, *, now: int, by: str | None) -> tuple[int, str]:
        """(id, secret) of the token that is asked for. Refusal `placement` or `not_found` when what it is for is no placement
        or decision of this agency."""
        placement = self._agencies.placement(asking.placement) if asking.placement else None
        if placement is not None and placement.agency_id != agency_id:
            raise Refusal("placement")
        decision = self._decisions.mine(agency_id, asking.decision).key if asking.decision else None
        return await self.create(
            agency_id, asking.role, name=asking.name, now=now, by=by, valid_days=asking.valid_days, placement=placement,
            decision=decision,
        )  # fmt: skip

    async def list(self, agency_id: int, *, now: int) -> list[Token]:
        """Those that work, and those whose time was over lately."""
        rows = await self._engine.fetch("tokens.list", agency_id=agency_id, since=now - ENDED_DAYS * DAY_MS)
        return [Token(**dict(row)) for row in rows]

    async def by_secret(self, secret: str, *, now: int) -> Right:
        """Refusal `sign_in` when no token has it, it was revoked, or its time is over."""
        rows = await self._engine.fetch("tokens.by_hash", hash=secret_hash(secret), now=now)
        right = _right(rows, by_cookie=False)
        await self._use(rows[0], now)
        return right

    async def by_session(self, secret: str, *, now: int) -> Right:
        """Refusal `sign_in` when the session is over, nobody was there for too long, or its token was revoked."""
        rows = await self._engine.fetch(
            "sessions.by_hash", hash=secret_hash(secret), now=now, idle_since=idle_since(now)
        )
        right = _right(rows, by_cookie=True)
        if right.member_id is None:
            await self._use(rows[0], now)
        return replace(right, session_id=rows[0]["session_id"], must_enrol=bool(rows[0]["must_enrol"]))

    async def _use(self, row: Row, now: int) -> None:
        """Notes that a token is used, once a minute."""
        token_id = row["id"]
        if now - max(row["used_at"] or 0, self._used.get(token_id, 0)) < USED_MS:
            return
        self._used[token_id] = now

        async def body(tx: Transaction) -> None:
            await tx.run("tokens.used", id=token_id, now=now)

        try:
            await self._engine.write(body)
        except Refusal:  # a full disk keeps nobody from reading
            del self._used[token_id]

    async def expire(self, *, now: int) -> None:
        """Ends the tokens whose time is over; the log says so, which ends their open sockets."""
        if not await self._engine.fetch("tokens.over", now=now):
            return

        async def body(tx: Transaction) -> None:
            for row in await tx.fetch("tokens.expire", now=now):
                await record(tx, row["agency_id"], TOKEN_REVOKED, now, None, row["id"])

        await self._engine.write(body)

    async def open_session(
        self, token_id: int | None = None, *, member_id: int | None = None, now: int, way: str = "", device: str = ""
    ) -> str:
        """The secret for the cookie of a new session, which rests on a token or on a member. `way`: how somebody got in;
        `device`: browser and system, by their names."""
        secret = new_secret()

        async def body(tx: Transaction) -> None:
            await tx.run(
                "sessions.insert", hash=secret_hash(secret), token_id=token_id, member_id=member_id, way=way, device=device,
                now=now, expires_at=now + SESSION_SECONDS * 1000,
            )  # fmt: skip

        await self._engine.write(body)
        return secret

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

    async def revoke(self, agency_id: int, token_id: int, *, now: int, by: str | None = None) -> None:
        """Withdraws a token, its sessions with it; the log says so, which ends its open sockets. Refusal `not_found` for one of
        nobody, of another agency, or that is over already."""

        async def body(tx: Transaction) -> None:
            if not await tx.run("tokens.revoke", agency_id=agency_id, id=token_id, now=now):
                raise Refusal("not_found")
            await record(tx, agency_id, TOKEN_REVOKED, now, by, token_id)

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
    return Right(
        row["id"], row["agency_id"], row["role"], row["name"], by_cookie, row["member_id"], row["office"],
        row["placement"], row["decision"],
    )  # fmt: skip
