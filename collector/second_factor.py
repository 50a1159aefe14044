"""The second factor: a code of six digits that changes every thirty seconds (RFC 6238), and recovery codes that work once
each. Nothing is asked of anybody outside."""

from __future__ import annotations

import hmac
import secrets
import struct
from base64 import b32encode
from hashlib import sha1
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
AWAY_STEPS = 1  # a clock that is half a minute wrong, RFC 6238, section 5.2
RECOVERY_CODES = 10
TRIES = 5  # wrong codes in a row; then a member waits, wherever she comes from
WAIT_MS = 15 * 60_000
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # no letter that is taken for another


def code_at(secret: bytes, step: int) -> str:
    """The six digits of a step: RFC 4226, section 5.3, with the step as counter."""
    digest = hmac.new(secret, struct.pack(">Q", step), sha1).digest()
    offset = digest[-1] & 0xF
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(code: str, secret: bytes, now: int, *, after: int) -> int | None:
    """The step whose code this is, at `now` (Unix milliseconds) or one before or behind; None when it is none of these. A
    step up to `after` was used already and does not count again."""
    present = now // 1000 // STEP_SECONDS
    found = None
    for step in range(present - AWAY_STEPS, present + AWAY_STEPS + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def plain_code(typed: str) -> str:
    """What somebody typed, without spaces and dashes, in capitals."""
    return "".join(typed.split()).replace("-", "").upper()


def setup_address(secret: bytes, *, issuer: str, account: str) -> str:
    """What an authenticator app reads from the picture: Google's key URI format, which they all know."""
    named = quote(f"{issuer}:{account}", safe="")
    given = f"secret={spoken(secret)}&issuer={quote(issuer, safe='')}&digits={DIGITS}&period={STEP_SECONDS}"
    return f"otpauth://totp/{named}?{given}"


def spoken(secret: bytes) -> str:
    """The secret for those who type it: base 32."""
    return b32encode(secret).decode().rstrip("=")


def new_recovery_codes() -> list[str]:
    """Ten codes such as `7KQ2-MX4P-9RTC`: 58 bits each, so that a fast hash is enough while tries are few."""
    return [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3)) for _ in range(RECOVERY_CODES)
    ]
