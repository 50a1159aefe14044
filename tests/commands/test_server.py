"""What a start loads: every library that it does not need makes each restart slower."""

from __future__ import annotations

import subprocess
import sys

import pytest

from collector.commands.server import LATER

ONLY_FOR_SOME = ("argon2", "structlog", "xlsxwriter", "rich", "httpx2", "aiosmtplib", "yaml")


@pytest.mark.parametrize("name", [*LATER, *ONLY_FOR_SOME])
def test_a_start_does_not_wait_for(name: str, loaded: frozenset[str]) -> None:
    assert name not in loaded


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    """The modules of a process that is about to serve."""
    told = subprocess.run(
        [sys.executable, "-c", "import sys, collector.commands.server; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset(told.stdout.split())
