"""What the store's tests put in."""

from __future__ import annotations

from typing import Any

from collector.agency import Agency
from collector.placement import Placement
from collector.receipt import Keys
from collector.store.store import Store
from collector.store.submissions import Arrival
from collector.submission import Sent
from tests.start import DESK, ORIGIN, SECRET

KEYS = Keys(SECRET)
NOW = 1_795_000_000_000


async def agency_with_page(store: Store, key: str = "town", page: str = "page") -> tuple[Agency, Placement]:
    """An agency that can be reached, and its placement."""
    agency = await store.agencies.create(key, f"The {key}", now=NOW)
    await store.agencies.add_contact_point(agency, DESK, now=NOW)
    return agency, await store.agencies.create_placement(agency, page, origins=[ORIGIN], now=NOW)


def arrival(
    placement: Placement, key: str, text: str | None = "Het lukte niet.", *, at: int = NOW, **said: Any
) -> Arrival:
    """One that comes in at `at`."""
    said.setdefault("outcome", "no")
    return Arrival(
        placement=placement,
        sent=Sent(placement.key, key, **said),
        text=text,
        page="https://www.town.example/a",
        language="nl",
        channel="web",
        masked=(),
        received_at=at,
        sent_at=None,
        code_hash=KEYS.hash(KEYS.code(placement.key, key)),
        body_hash=KEYS.hash(f"{text}{said}"),
    )
