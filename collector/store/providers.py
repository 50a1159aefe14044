"""Providers of OpenID Connect, who is on the way through one, and which member comes back."""

from __future__ import annotations

from collector.change import MEMBER, PROVIDER
from collector.errors import Refusal
from collector.provider import ON_THE_WAY_MS, Claims, Provider, Wayfarer, checked_provider, domain_of
from collector.receipt import Keys
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.token import new_secret, secret_hash


class Providers:
    """Called by the pages of signing in, and by the command line that sets them up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add(self, provider: Provider, keys: Keys, *, now: int) -> None:
        """Refusal `invalid` naming the field, `exists` for a key that is taken. Its secret is sealed."""
        provider = checked_provider(provider)

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch(
                "providers.insert", agency_id=provider.agency_id, key=provider.key, name=provider.name,
                issuer=provider.issuer.rstrip("/"), client_id=provider.client_id,
                client_secret=keys.seal(provider.client_secret), scope=provider.scope, acr=" ".join(provider.acr),
                domains=" ".join(provider.domains), role=provider.role, office=provider.office, now=now,
            )  # fmt: skip
            if not rows:
                raise Refusal("exists", fields=("key",))
            await record(tx, provider.agency_id, PROVIDER, now, None, rows[0]["id"])

        await self._engine.write(body)

    async def remove(self, agency_id: int, key: str, *, now: int) -> None:
        """Nobody comes in by it any more; who is in stays until her session ends. Refusal `not_found`."""

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("providers.remove", agency_id=agency_id, key=key, now=now)
            if not rows:
                raise Refusal("not_found")
            await record(tx, agency_id, PROVIDER, now, None, rows[0]["id"])

        await self._engine.write(body)

    async def all(self, keys: Keys | None = None) -> list[Provider]:
        """Of every agency; with their secrets only for whoever has the keys."""
        return [_provider(row, keys) for row in await self._engine.fetch("providers.all")]

    async def one(self, key: str, keys: Keys) -> Provider:
        """Refusal `not_found` for one that is not there, or no longer."""
        found = next((one for one in await self.all(keys) if one.key == key), None)
        if found is None:
            raise Refusal("not_found")
        return found

    async def set_out(self, provider: Provider, *, invitation: str | None, now: int) -> tuple[str, str, Wayfarer]:
        """(state, secret of the browser, what must come back). `invitation`: the secret that she came with."""
        state, browser = new_secret(), new_secret()
        wayfarer = Wayfarer(provider.id, new_secret(), new_secret(), invitation)

        async def body(tx: Transaction) -> None:
            await tx.run("providers.forget", now=now)
            await tx.run(
                "providers.set_out", state=secret_hash(state), provider_id=provider.id, browser=secret_hash(browser),
                nonce=wayfarer.nonce, verifier=wayfarer.verifier, invitation=invitation, expires_at=now + ON_THE_WAY_MS,
            )  # fmt: skip

        await self._engine.write(body)
        return state, browser, wayfarer

    async def come_back(self, state: str, browser: str, *, now: int) -> Wayfarer:
        """Refusal `sign_in` for a state that is unknown, used or too old, or of another browser. It is used up by this."""

        async def body(tx: Transaction) -> list[Row]:
            return await tx.fetch("providers.come_back", state=secret_hash(state))

        rows = await self._engine.write(body)
        if not rows or rows[0]["browser"] != secret_hash(browser) or rows[0]["expires_at"] <= now:
            raise Refusal("sign_in")
        row = rows[0]
        return Wayfarer(row["provider_id"], row["nonce"], row["verifier"], row["invitation"])

    async def member(self, provider: Provider, claims: Claims, keys: Keys, *, invitation: str | None, now: int) -> int:
        """The member that somebody is: known from before; invited, by the link she came with or by her verified address; or
        new, when her verified address is in a domain whose people may come in. Refusal `not_invited` for anybody else."""
        subject = keys.hash(f"subject {provider.id} {claims.subject}")
        email = claims.email.strip().lower() if claims.email else None
        ours = email is not None and domain_of(email) in provider.domains
        given = {"provider_id": provider.id, "subject": subject}

        async def body(tx: Transaction) -> int:
            known = await tx.fetch("providers.known", **given)
            if known and known[0]["revoked_at"] is None and invitation is None:
                return int(known[0]["id"])
            member_id = await self._invited(tx, provider, invitation, now)
            if member_id is None and known:
                if known[0]["revoked_at"] is not None:
                    raise Refusal("not_invited")
                return int(known[0]["id"])
            if member_id is None and ours:
                member_id = await self._of_address(tx, provider, str(email), claims.name, now)
            if member_id is None:
                raise Refusal("not_invited")
            if not await tx.run("providers.arrive", id=member_id, agency_id=provider.agency_id, now=now):
                raise Refusal("not_invited")
            await tx.run("providers.know", **given, member_id=member_id)
            await record(tx, provider.agency_id, MEMBER, now, None, member_id)
            return member_id

        return await self._engine.write(body)

    async def _invited(self, tx: Transaction, provider: Provider, invitation: str | None, now: int) -> int | None:
        """Whom an invitation is for; it is taken by this. Refusal `not_invited` for one of another agency, taken or too old."""
        if invitation is None:
            return None
        rows = await tx.fetch("members.use_link", hash=secret_hash(invitation), now=now)
        if not rows or not await tx.fetch("members.one", agency_id=provider.agency_id, id=rows[0]["member_id"]):
            raise Refusal("not_invited")
        return int(rows[0]["member_id"])

    async def _of_address(
        self, tx: Transaction, provider: Provider, email: str, name: str | None, now: int
    ) -> int | None:
        """Who has this verified address here; who may come in by its domain is added. None for who was withdrawn, or who is
        a member of another agency."""
        rows = await tx.fetch("providers.by_email", agency_id=provider.agency_id, email=email)
        if rows:
            return int(rows[0]["id"]) if rows[0]["revoked_at"] is None else None
        if provider.role is None or await tx.fetch("providers.anywhere", email=email):
            return None
        added = await tx.fetch(
            "providers.insert_member", agency_id=provider.agency_id, email=email, name=(name or email)[:200],
            office=provider.office, role=provider.role, now=now,
        )  # fmt: skip
        return int(added[0]["id"])


def _provider(row: Row, keys: Keys | None) -> Provider:
    given = dict(row)
    given["client_secret"] = keys.unseal(row["client_secret"]) if keys else ""
    for name in ("acr", "domains"):
        given[name] = tuple(row[name].split())
    return Provider(**given)
