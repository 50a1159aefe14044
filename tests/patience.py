"""How long a test waits for what the product promises within seconds. Tests share the processor with each other and with
whatever else runs there, so that a second of theirs may take ten; `make bench` measures what the promise is worth."""

from __future__ import annotations

import os

PATIENCE = 10 if os.environ.get("CI") else 4
