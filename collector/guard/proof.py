"""Proof of work: a source that sends like a script pays for each further submission with a moment of computing.

ALTCHA version 2, self-hosted: no third party sees who writes to an agency. The work is PBKDF2, which browsers compute
natively (`crypto.subtle`), so a script gains little by being written in something faster.

Making a challenge must not itself be a way to exhaust the collector. So the work is many cheap steps rather than few
dear ones: the server takes one of them (0.2 ms) to make a challenge and none to check it, the client takes COUNTER.
Challenges are only made for sources that have used up what is free, and no more than the limit of that source allows.

Which challenges were used lives in the memory of a process, and so does the key that signs them: what a process before
this one made is no longer believed, so nothing counts a second time after a restart. Whoever was at work gets a new one.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altcha

ALGORITHM = "PBKDF2/SHA-256"
ROUNDS = 1000  # of PBKDF2 in one step
# Steps until the answer is found: 0.11 s in Chromium on a laptop, 0.7 s at a sixth of that speed. The range is narrow,
# so that nobody is unlucky for long.
COUNTER = (600, 800)
VALID_SECONDS = 600
USED = 100_000  # solved challenges remembered at most, some 20 MB
PAYLOAD = 4096  # characters; a real one has about 1,000
MINUTE = 60


class Proofs:
    """`secret`: 32 bytes that no client knows and that live as long as this object, which alone knows what was used."""

    def __init__(self, secret: bytes | None = None) -> None:
        secret = secret or secrets.token_bytes(32)
        self._sign = hmac.digest(secret, b"challenge", sha256)
        self._sign_key = hmac.digest(secret, b"derived key", sha256)
        self._used: dict[int, set[str]] = {}

    def challenge(self, placement: str, now: int) -> dict[str, Any]:
        """A new challenge for one submission to `placement` (its key), valid for VALID_SECONDS from `now` (Unix
        seconds), as ALTCHA's widget and libraries read it."""
        import altcha  # here and below, so that a start does not wait for it

        low, high = COUNTER
        made = altcha.create_challenge(
            ALGORITHM,
            ROUNDS,
            counter=low + secrets.randbelow(high - low),
            expires_at=now + VALID_SECONDS,
            data={"placement": placement},
            hmac_secret=self._sign,
            hmac_key_secret=self._sign_key,
        )
        challenge: dict[str, Any] = made.to_dict()
        return challenge

    def verify(self, payload: str, placement: str, now: int) -> bool:
        """Whether `payload` (base64 of challenge and solution) solves a challenge of ours for `placement` that is still
        valid at `now` (Unix seconds) and was not used before; it is used then. Never raises for what a client sends."""
        import altcha

        solved = _read(payload)
        if solved is None:
            return False
        try:
            result = altcha.verify_solution(solved, self._sign, hmac_key_secret=self._sign_key)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            return False
        parameters, expires_at = solved.challenge.parameters, solved.challenge.parameters.expires_at or 0
        if not result.verified or parameters.data != {"placement": placement} or expires_at <= now:
            return False
        return self._use(solved.challenge.signature or "", expires_at, now)

    def _use(self, signature: str, expires_at: int, now: int) -> bool:
        """False when it was used before, or when nothing more can be remembered: then nothing more is believed."""
        for minute in [minute for minute in self._used if (minute + 1) * MINUTE <= now]:
            del self._used[minute]
        used = self._used.setdefault(expires_at // MINUTE, set())
        if signature in used or sum(map(len, self._used.values())) >= USED:
            return False
        used.add(signature)
        return True


def _read(payload: str) -> altcha.Payload | None:
    if len(payload) > PAYLOAD:
        return None
    import altcha

    try:
        return altcha.Payload.from_dict(json.loads(base64.b64decode(payload, validate=True)))
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None
