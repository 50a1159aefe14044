"""The store that tests start from: the product makes it once a process, each test gets a copy of its files, so that none
waits for migrations and for what `fill` writes."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from collector.contact_point import ContactPoint
from collector.receipt import Keys
from collector.store.store import Store

SECRET = b"a secret for the tests, long enough to be one"
ORIGIN = "https://www.town.example"
DESK = ContactPoint("desk", "The desk", phone="+32 2 555 01 23", counter="Market 1", hours="9:00-12:00")


@dataclass
class Template:
    """`files`: name → bytes. `tokens`: role → secret."""

    files: dict[str, bytes] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def lay(self, folder: Path) -> None:
        """Puts a copy into `folder`, as `t.db` and what belongs to it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, raw in self.files.items():
            (folder / name).write_bytes(raw)


_made: dict[bool, Template] = {}


async def template(now: int, *, populated: bool) -> Template:
    """Of an empty store, or of one with an agency, its placements and a token of each role."""
    if populated not in _made:
        made = Template()
        with tempfile.TemporaryDirectory() as place:
            store = await Store.open(f"sqlite:///{place}/t.db")
            try:
                if populated:
                    await store.set_meta("secret", Keys(SECRET).fingerprint)
                    made.tokens = await fill(store, now)
            finally:
                await store.close()
            made.files = {file.name: file.read_bytes() for file in Path(place).iterdir()}
        _made[populated] = made
    return _made[populated]


async def fill(store: Store, now: int) -> dict[str, str]:
    """What a test starts from, unless the store already has it; a new token of each role, by role."""
    if not store.agencies.all():
        agency = await store.agencies.create("town", "The town", now=now)
        await store.agencies.add_contact_point(agency, DESK, now=now)
        await store.agencies.create_placement(agency, "page", origins=[ORIGIN], now=now)
        await store.agencies.create_placement(agency, "gateway", origins=[ORIGIN], gateway=True, now=now)
    agency = store.agencies.by_key("town")
    tokens = {}
    for role in ("viewer", "editor", "admin"):
        _, tokens[role] = await store.tokens.create(agency.id, role, name=f"Team {role}", now=now)
    return tokens
