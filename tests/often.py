"""How often something is tried whose proof is that it never fails: a few times by `make test`, many times by `make prove`."""

from __future__ import annotations

import os

import pytest

THOROUGH = os.environ.get("PROVE") == "1"

# on each test that calls `often`: `make prove` runs those alone
proof = pytest.mark.prove


def often(quickly: int, thoroughly: int) -> int:
    return thoroughly if THOROUGH else quickly
