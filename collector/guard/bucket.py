"""How often, per source: one number each, in memory that has an end."""

from __future__ import annotations

SLACK = 1e-6  # seconds; sums of floats are not exact


class Bucket:
    """Lets each key take `limit` at once and then one every `seconds / limit`: whoever never asks more than `limit`
    times in any `seconds` never waits.

    Of a key one number is kept: until when its bucket refills (the generic cell rate algorithm, ITU-T I.371). That is
    over after `seconds`, so keys live in two generations: what neither the present nor the one before has touched is
    forgotten. A generation also ends at half of `capacity` keys, so that a flood of sources forgets old ones early
    instead of filling the memory.

    The `limits` package was measured and left out: it starts a thread every time it has something to forget, goes by
    the wall clock, keeps every source until that thread comes, and takes up to two and a half times as long.
    """

    def __init__(self, limit: int, seconds: float, capacity: int) -> None:
        self._interval = seconds / limit
        self._depth = (limit - 1) * self._interval
        self._seconds = seconds
        self._half = capacity // 2
        self._young: dict[bytes, float] = {}
        self._old: dict[bytes, float] = {}
        self._begun = 0.0

    def __len__(self) -> int:
        """How many keys are kept."""
        return len(self._young) + len(self._old)

    def look(self, key: bytes, now: float) -> float:
        """Seconds until `key` may take one; 0.0 at once. `now`: seconds of a clock that never goes back."""
        full_at = self._young.get(key) or self._old.get(key, now)
        wait = full_at - now - self._depth
        return wait if wait > SLACK else 0.0

    def take(self, key: bytes, now: float) -> float:
        """Takes one, and returns 0.0; or takes none, and returns the seconds until there is one."""
        wait = self.look(key, now)
        if not wait:
            self.forget(now)
            full_at = self._young.get(key) or self._old.get(key, now)
            self._young[key] = max(full_at, now) + self._interval
        return wait

    def forget(self, now: float) -> None:
        """Lets go of what is over."""
        if len(self._young) >= self._half or now - self._begun >= self._seconds:
            overdue = now - self._begun >= 2 * self._seconds
            self._old = {} if overdue else self._young
            self._young = {}
            self._begun = now
