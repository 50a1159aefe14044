"""A town on an empty store, without a server."""

from __future__ import annotations

import pytest

from collector.store.store import Store
from tests.store.arrivals import NOW, agency_with_page
from tests.town import Town


@pytest.fixture
async def hall(store: Store) -> Town:
    """What fills a store with decisions."""
    await agency_with_page(store)
    return Town(store, NOW)
