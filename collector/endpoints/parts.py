"""What `create_app` puts together and every endpoint may use. Nothing here is global: two apps in one process are two."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from collector.endpoints.metrics import Metrics
from collector.guard.proof import Proofs
from collector.guard.source import Sources
from collector.live.acts import Acts
from collector.live.feed import Feed
from collector.live.hooks import Teller
from collector.live.presence import Presence
from collector.live.room import Room
from collector.receipt import Keys
from collector.store.store import Store
from collector.web.openid import OpenId
from collector.words import Words


def now_ms() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass
class Parts:
    """`public_url` without a slash at the end; `secure`: it is https; `stopping`: readiness has gone red."""

    store: Store
    feed: Feed
    room: Room
    presence: Presence
    acts: Acts
    keys: Keys
    words: Words
    sources: Sources
    proofs: Proofs
    metrics: Metrics
    openid: OpenId
    teller: Teller
    public_url: str
    secure: bool
    demo: bool
    epoch: str
    now: Callable[[], int] = field(default=now_ms)
    stopping: bool = False
