"""`make run`: a sample agency, a page that carries the widget, and a link that signs in once."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from collector.app import Collector
from collector.commands.sample import AGENCY, fill, member
from collector.commands.sample_files import trail
from collector.commands.server import serve
from collector.config import Config
from collector.receipt import Keys
from collector.store.store import Store
from collector.web.log import configure

OLDER = (
    "\n  The store in ./var is of an older demo. Its voices stayed, and three decisions were added.\n"
    "  To start anew: stop me, move ./var away, and start me again.\n"
)


async def filled(config: Config) -> None:
    """Fills the sample in before it is served, so that nothing else moves while the past is told."""
    store = await Store.open(config.store)
    try:
        now = time.time_ns() // 1_000_000
        if not await fill(store, Keys(config.checked_secret()), config.public_url, now):
            sys.stderr.write(OLDER)
    finally:
        await store.close()


async def run_demo(config: Config) -> None:
    """Serves the demo and prints where to look."""
    configure(config.log_level.upper() if config.log_level != "info" else "WARNING")
    Path("var/try").mkdir(parents=True, exist_ok=True)
    config = replace(config, demo=True, try_folder=Path("var/try"))

    await filled(config)

    async def ready(app: Collector, config: Config) -> None:
        parts = app.parts
        agency = parts.store.agencies.by_key(AGENCY)
        link = await parts.store.tokens.create_link(
            member_id=await member(parts.store, agency.id, parts.now()), now=parts.now()
        )
        url = config.public_url
        sys.stdout.write(
            f"\n  The demo, both sides at once   {url}/demo\n"
            f"  The team's dashboard           {url}/sign-in?link={link}   (works once, within the hour)\n"
            f"  A citizen's receipt            {url}/r#{parts.keys.code(*trail())}\n"
            "  Press Ctrl-C in the middle of sending and start me again: nothing is lost.\n\n"
        )
        sys.stdout.flush()

    await serve(config, ready)
