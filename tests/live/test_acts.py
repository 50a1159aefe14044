"""Official acts reach every open page, and nobody else waits for that."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from collector.decision import File
from collector.live.acts import Acts
from collector.live.feed import Feed
from collector.live.notifier import LocalNotifier
from collector.live.view import SLICE
from collector.store.store import Store
from tests.store.arrivals import agency_with_page
from tests.town import Town, said

PAGES = 600


async def opened(acts: Acts, key: str, number: int) -> list[AsyncIterator[bytes]]:
    pages = [acts.listen(key) for _ in range(number)]
    for page in pages:
        assert (await anext(page)).startswith(b"retry")
    return pages


async def test_everybody_is_told_and_the_others_get_their_turn_meanwhile(store: Store) -> None:
    await agency_with_page(store)
    notifier = LocalNotifier()
    town = Town(store, int(time.time() * 1000))
    both = said("Een straat", "Une rue")
    async with Feed(store.changes, notifier) as feed:
        feed.refresh = store.refresh
        acts = Acts(feed)
        pages = await opened(acts, "street", PAGES)
        other = await opened(acts, "square", 1)
        turns, told_at = 0, []

        async def hear(page: AsyncIterator[bytes]) -> None:
            assert b'"decision":"street"' in await anext(page)
            told_at.append(turns)

        hearing = [asyncio.create_task(hear(page)) for page in pages]
        not_hearing = asyncio.create_task(hear(other[0]))
        await asyncio.sleep(0)
        await town.voices(None, 1, "gewoon iets")
        decision = await store.decisions.create(town.agency.id, "street", _file(both), now=town.now, by="Ann")
        assert decision.key == "street"
        await town.step("street", "publish")
        notifier.notify()
        async with asyncio.timeout(20):
            while len(told_at) < PAGES:
                turns += 1
                await asyncio.sleep(0)
        await asyncio.gather(*hearing)
        assert told_at[-1] - told_at[0] >= PAGES // SLICE - 2
        assert not not_hearing.done()
        not_hearing.cancel()
        await asyncio.gather(not_hearing, return_exceptions=True)
        for page in [*pages, *other]:
            await page.aclose()  # type: ignore[attr-defined]
        assert acts.size == 0


def _file(texts: dict[str, str]) -> File:
    return File(title=texts, open=texts, gain=texts, until="2099-12-14", contact_point="desk")
