"""A claim says who answers a voice, so that two do not answer one. It ends by hand, by time, or when the voice is with somebody
else, answered or set aside."""

from __future__ import annotations

import msgspec

CLAIM_MS = 30 * 60_000  # long enough to write an answer; whoever is still at it claims again


class Claim(msgspec.Struct, frozen=True):
    """`holder`: the member or token, such as `member-3`, the same as in `me`. `by`: name and office. `until`: Unix
    milliseconds; one whose time is past holds nobody back."""

    holder: str
    by: str
    until: int


class Claiming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/submissions/{id}/claim`. `over`: also when a colleague has it."""

    over: bool = False


def holds_back(claim: Claim | None, holder: str | None, now: int) -> bool:
    """Whether somebody else than `holder` answers it at `now`."""
    return claim is not None and claim.until > now and claim.holder != holder
