"""Second factors: codes from a phone, recovery codes, and the wait after too many wrong ones."""

from __future__ import annotations

import secrets

import msgspec

from collector.change import AGENCY, MEMBER
from collector.errors import Refusal
from collector.receipt import Keys
from collector.second_factor import TRIES, WAIT_MS, new_recovery_codes, plain_code, step_of
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.token import new_secret, secret_hash

HALF_MS = 5 * 60_000


class State(msgspec.Struct):
    """`on_at`: since when a code is asked for, null when none is. `codes_left`: recovery codes that still work."""

    email: str
    has_password: bool
    on_at: int | None
    codes_left: int


class SecondFactors:
    """Called by signing in and by the page where a member sets hers up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def state(self, agency_id: int, member_id: int) -> State:
        """Refusal `not_found` for nobody's."""
        row = await self._row(agency_id, member_id)
        return State(row["email"], bool(row["has_password"]), row["on_at"], row["codes_left"])

    async def begin(self, agency_id: int, member_id: int) -> bytes:
        """The salt of the key that waits to be turned on; the same again until it is."""

        async def body(tx: Transaction) -> None:
            await tx.run("second_factors.begin", agency_id=agency_id, id=member_id, salt=secrets.token_bytes(16))

        await self._engine.write(body)
        salt: bytes = (await self._row(agency_id, member_id))["totp_salt"]
        return salt

    async def turn_on(
        self, agency_id: int, member_id: int, code: str, keys: Keys, *, now: int, by: str | None
    ) -> list[str]:
        """The recovery codes, which are shown once. Refusal `second_factor` for a wrong code, `wrong_state` when it is on."""
        if (await self._row(agency_id, member_id))["on_at"] is not None:
            raise Refusal("wrong_state")
        await self._check(agency_id, member_id, code, keys, now=now)
        codes = new_recovery_codes()

        async def body(tx: Transaction) -> None:
            if not await tx.run("second_factors.turn_on", agency_id=agency_id, id=member_id, now=now):
                raise Refusal("wrong_state")
            await _keep(tx, member_id, codes, keys)
            await record(tx, agency_id, MEMBER, now, by, member_id, detail="second factor on")

        await self._engine.write(body)
        return codes

    async def renew_codes(self, agency_id: int, member_id: int, code: str, keys: Keys, *, now: int) -> list[str]:
        """Ten fresh recovery codes; the old ones open nothing any more. Refusal as for `turn_on`."""
        await self._check(agency_id, member_id, code, keys, now=now)
        codes = new_recovery_codes()

        async def body(tx: Transaction) -> None:
            await _keep(tx, member_id, codes, keys)

        await self._engine.write(body)
        return codes

    async def turn_off(
        self, agency_id: int, member_id: int, code: str, keys: Keys, *, now: int, by: str | None
    ) -> None:
        """Refusal `second_factor` for a wrong code."""
        await self._check(agency_id, member_id, code, keys, now=now)
        await self.reset(agency_id, member_id, now=now, by=by)

    async def reset(self, agency_id: int, member_id: int, *, now: int, by: str | None) -> None:
        """Takes it away without a code: for a colleague whose phone is lost. Refusal `not_found` for one of another agency or
        who has none."""

        async def body(tx: Transaction) -> None:
            if not await tx.run("second_factors.turn_off", agency_id=agency_id, id=member_id):
                raise Refusal("not_found")
            await tx.run("second_factors.forget_codes", id=member_id)
            await record(tx, agency_id, MEMBER, now, by, member_id, detail="second factor off")

        await self._engine.write(body)

    async def require(self, agency_id: int, required: bool, *, member_id: int | None, now: int, by: str | None) -> None:
        """Asks one of every member with a password, or no longer. Refusal `wrong_state` when `member_id`, who asks for it, has
        none herself: she would shut herself out of what she was doing."""
        state = await self.state(agency_id, member_id) if member_id is not None else None
        if required and state is not None and state.has_password and state.on_at is None:
            raise Refusal("wrong_state")

        async def body(tx: Transaction) -> None:
            await tx.run("second_factors.require", agency_id=agency_id, required=int(required))
            await record(tx, agency_id, AGENCY, now, by, agency_id, detail="second factor")

        await self._engine.write(body)

    async def halve(self, member_id: int, *, now: int) -> str | None:
        """For somebody whose password was right: the secret that stands for that, five minutes long, when a code is asked for
        as well; None when the password is all."""
        if not await self._engine.fetch("second_factors.agency_of", id=member_id):
            return None
        secret = new_secret()

        async def body(tx: Transaction) -> None:
            await tx.run(
                "second_factors.insert_half", hash=secret_hash(secret), member_id=member_id, expires_at=now + HALF_MS
            )

        await self._engine.write(body)
        return secret

    async def whole(self, half: str, code: str, keys: Keys, *, now: int) -> int:
        """The member whose password was right and whose code is. Refusal `sign_in` for a half that is unknown or too old,
        `second_factor` for a wrong or used code, `slow_down` after five wrong ones."""
        rows = await self._engine.fetch("second_factors.half", hash=secret_hash(half), now=now)
        found = await self._engine.fetch("second_factors.agency_of", id=rows[0]["member_id"]) if rows else []
        if not found:
            raise Refusal("sign_in")
        member_id = int(rows[0]["member_id"])
        await self._check(found[0]["agency_id"], member_id, code, keys, now=now)

        async def body(tx: Transaction) -> None:
            await tx.run("second_factors.forget_half", hash=secret_hash(half), now=now)

        await self._engine.write(body)
        return member_id

    async def _check(self, agency_id: int, member_id: int, code: str, keys: Keys, *, now: int) -> None:
        """Uses up a code of the phone or a recovery code. What goes wrong is counted, so it is not raised inside: that would
        undo the counting."""
        plain = plain_code(code)

        async def body(tx: Transaction) -> Refusal | None:
            rows = await tx.fetch("second_factors.state", agency_id=agency_id, id=member_id)
            if not rows or rows[0]["totp_salt"] is None:
                return Refusal("not_found")
            row = rows[0]
            if row["waits_until"] > now:
                return Refusal("slow_down", retry_after=-(-(row["waits_until"] - now) // 1000))
            step = step_of(plain, keys.second_factor(row["totp_salt"]), now, after=row["totp_step"])
            hashed = _hash(keys, member_id, plain)
            if step is None and not await tx.run("second_factors.use_code", id=member_id, hash=hashed, now=now):
                await tx.run("second_factors.wrong", id=member_id, tries=TRIES, until=now + WAIT_MS)
                return Refusal("second_factor")
            await tx.run("second_factors.right", id=member_id, step=step or 0)
            return None

        refusal = await self._engine.write(body)
        if refusal is not None:
            raise refusal

    async def _row(self, agency_id: int, member_id: int) -> Row:
        rows = await self._engine.fetch("second_factors.state", agency_id=agency_id, id=member_id)
        if not rows:
            raise Refusal("not_found")
        return rows[0]


async def _keep(tx: Transaction, member_id: int, codes: list[str], keys: Keys) -> None:
    await tx.run("second_factors.forget_codes", id=member_id)
    await tx.run_many(
        "second_factors.insert_codes", [(member_id, _hash(keys, member_id, plain_code(code))) for code in codes]
    )


def _hash(keys: Keys, member_id: int, code: str) -> bytes:
    return keys.hash(f"recovery {member_id} {code}")
