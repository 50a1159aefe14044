"""Fixtures that most tests use."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from collector.store.store import Store
from tests.start import Running, running
from tests.template import template
from tests.town import Town

# what takes longest begins first, so that at the end no worker is alone with it
LONGEST = ("test_crash.py", "test_openapi.py", "test_consultation.py", "test_decision_file.py", "test_canaries.py")


@pytest.hookimpl(trylast=True)  # after the order has been shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_collection_finish() -> None:
    """What was collected stays until the end: looking for garbage in it after each test finds none."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _log_level() -> Iterator[None]:
    """A test that leaves the level of the log lower makes all that follow write what nobody reads."""
    root = logging.getLogger()
    level = root.level
    yield
    assert root.level == level, "use `logged`"


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Running]:
    """The whole product on a free port."""
    async with running(tmp_path) as started:
        yield started


@pytest.fixture
def town(run: Running) -> Town:
    """What fills the running product with decisions."""
    return Town(run.app.parts.store, run.app.parts.now())


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store on a real file."""
    (await template(0, populated=False)).lay(tmp_path)
    opened = await Store.open(f"sqlite:///{tmp_path}/t.db")
    try:
        yield opened
    finally:
        await opened.close()
