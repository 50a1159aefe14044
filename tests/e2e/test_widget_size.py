"""What the widget asks of a small screen and of a slow line."""

from __future__ import annotations

import brotli
import pytest

from bench.people import LIMITS, measure
from bench.start import SECOND
from collector.endpoints.assets import Assets
from tests.e2e.conftest import Visit
from tests.start import Running

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_screen_fits_a_narrow_phone_in_every_language(visit: Visit, product: Running) -> None:
    visitor = await visit(f"{product.url}/d", bypass_csp=True)
    screens = await measure(product, visitor.page)
    assert len(screens) == 20
    over = [screen for screen in screens if not _fits(screen.name, screen.height, screen.words, screen.stops)]
    assert over == []


def _fits(name: str, *measured: int) -> bool:
    return all(found <= limit for found, limit in zip(measured, LIMITS[name], strict=True))


async def test_the_first_file_and_the_ordinary_flow_stay_small(product: Running) -> None:
    files = Assets("widget")

    def packed(raw: bytes) -> int:
        return len(brotli.compress(raw, quality=11))

    first = packed(files.raw("tijdens.js"))
    document = (await product.client.get("/api/placements/page", headers={"accept-encoding": "identity"})).content
    assert first <= 3_000
    assert first + packed(document) + sum(packed(files.raw(name)) for name in SECOND) <= 10_000
