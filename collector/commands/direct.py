"""Commands that open the store themselves, unless a collector already serves it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import msgspec

from collector.commands.control import ask
from collector.commands.told import Place, Told
from collector.config import Config
from collector.endpoints import assets
from collector.errors import Unusable
from collector.receipt import Keys
from collector.store import copies
from collector.store.store import Store, file_of


def place_of(config: Config) -> Place:
    return Place(file_of(config.store), config.public_url, assets.of("widget").integrity("tijdens.js"), config.secret)


async def act(config: Config, name: str, given: dict[str, Any]) -> Told:
    """One action, through the running collector or on the file. Unusable when neither can be."""
    from collector.commands.actions import perform  # here: the server has this module too, and starts without it

    file = file_of(config.store)
    told = await ask(file, name, given)
    if told is not None:
        return told
    if name in ("backup", "check") and not file.exists():
        raise Unusable(f"{file} is not there: TIJDENS_STORE says where the store lies")
    store = await Store.open(config.store)
    try:
        if name == "check":
            store.engine.index.wait_for(await store.changes.last(), 60)
        return await perform(store, place_of(config), name, given)
    finally:
        await store.close()


def restore_store(config: Config, backup: Path) -> str:
    """One sentence and one JSON line."""
    started = time.monotonic()
    file = file_of(config.store)
    number = copies.restore(backup, file, Keys(config.checked_secret()).fingerprint)
    fact = {"file": str(file), "submissions": number, "seconds": round(time.monotonic() - started, 2)}
    return f"{number:,} submissions are back in {file}.\n{msgspec.json.encode(fact).decode()}"


def migrate_store(config: Config) -> str:
    """One sentence and one JSON line. Unusable while a collector serves the file: it has migrated it already."""
    file = file_of(config.store)
    ran, at = copies.bring_up_to_date(file)
    steps = f"{ran} step{'' if ran == 1 else 's'} ran" if ran else "nothing was missing"
    return f"{file} is at step {at}; {steps}.\n{msgspec.json.encode({'at': at, 'ran': ran}).decode()}"
