"""What a test measured while it looked whether something holds: docs/reliability.md is written from it."""

from __future__ import annotations

import json


def figures(name: str, **found: float) -> None:
    """Says them, where somebody looks: `make prove ARGS="-s tests/faults tests/test_crash.py"`."""
    print(f"\n{name}: " + json.dumps(found), flush=True)
