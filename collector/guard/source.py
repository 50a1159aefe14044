"""Where a request comes from, known just well enough to tell a crowd from a script.

A source is a hash of the network address under a key that lives in memory and for one day. No address is kept, and
what is kept of a source is gone twenty minutes later, if `forget` is called or somebody comes. Each collector counts
for itself.
"""

from __future__ import annotations

import math
import secrets
import socket
import time
from collections.abc import Callable
from enum import Enum
from hashlib import blake2b
from typing import NamedTuple

from collector.guard.bucket import Bucket

WINDOW_SECONDS = 600
KEY_SECONDS = 86_400
CAPACITY = 60_000  # sources kept for each of the four limits, 6 MB each

# purpose: (in ten minutes before proof of work is asked for, in ten minutes before it must wait). Fifty people in one
# library who press once and then send words are a hundred `send` in ten minutes.
LIMITS: dict[str, tuple[int | None, int]] = {
    "send": (120, 600),
    "guess": (None, 20),
    "change": (None, 600),
}


class Kind(Enum):
    """What a source may do: go on, show a proof of work, or wait."""

    FREE = "free"
    PROVE = "prove"
    WAIT = "wait"


class Verdict(NamedTuple):
    """`retry_after`: whole seconds until it is free again, or (WAIT) until a proof is enough; 0 when it is free."""

    kind: Kind
    retry_after: int


FREE = Verdict(Kind.FREE, 0)


class Sources:
    """`clock`: seconds that never go back. `off`: everybody is free, for load tests."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, *, off: bool = False, capacity: int = CAPACITY
    ) -> None:
        self._clock = clock
        self._off = off
        self._capacity = capacity
        self._renew(clock())

    def check(self, purpose: str, address: str) -> Verdict:
        """Counts one `purpose` (a key of LIMITS) of the source behind `address` and says what it may do. `address` is
        the peer's, IPv4 or IPv6 as text; anything else is a source by itself."""
        return self._verdict(purpose, address, Bucket.take)

    def look(self, purpose: str, address: str) -> Verdict:
        """The same without counting: whether the next would be free. For what counts only when it goes wrong."""
        return self._verdict(purpose, address, Bucket.look)

    def forget(self) -> None:
        """Lets go of what is over, also while nobody comes. Call it now and then."""
        now = self._clock()
        if now - self._renewed >= KEY_SECONDS:
            self._renew(now)
        for prove, wait in self._buckets.values():
            wait.forget(now)
            if prove is not None:
                prove.forget(now)

    @property
    def kept(self) -> int:
        """How many numbers are kept, over all limits."""
        return sum(len(wait) + (0 if prove is None else len(prove)) for prove, wait in self._buckets.values())

    def _verdict(self, purpose: str, address: str, ask: Callable[[Bucket, bytes, float], float]) -> Verdict:
        if self._off:
            return FREE
        now = self._clock()
        if now - self._renewed >= KEY_SECONDS:
            self._renew(now)
        prove, wait = self._buckets[purpose]
        hashed = self._keyed.copy()
        hashed.update(network(address))
        source = hashed.digest()
        if seconds := ask(wait, source, now):
            return Verdict(Kind.WAIT, math.ceil(seconds))
        if prove is not None and (seconds := ask(prove, source, now)):
            return Verdict(Kind.PROVE, math.ceil(seconds))
        return FREE

    def _renew(self, now: float) -> None:
        """A new key. The old one is gone, and with it the meaning of all that was counted."""
        self._renewed = now
        self._keyed = blake2b(key=secrets.token_bytes(32), digest_size=8)
        self._buckets = {
            purpose: (None if prove is None else self._bucket(prove), self._bucket(wait))
            for purpose, (prove, wait) in LIMITS.items()
        }

    def _bucket(self, limit: int) -> Bucket:
        return Bucket(limit, WINDOW_SECONDS, self._capacity)


def network(address: str) -> bytes:
    """What of an address stands for one connection to the internet: IPv4 whole, of IPv6 the /64 that a household or an
    office gets. IPv4 written as IPv6 is IPv4."""
    try:
        if ":" not in address:
            return socket.inet_pton(socket.AF_INET, address)
        packed = socket.inet_pton(socket.AF_INET6, address.partition("%")[0])
    except (OSError, ValueError):
        return b"?" + address.encode("utf-8", "replace")[:64]
    return packed[12:] if packed.startswith(b"\0" * 10 + b"\xff\xff") else packed[:8]
