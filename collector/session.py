"""A session is a row of ours that a cookie points at. It has an end, and an earlier one when nobody is there."""

from __future__ import annotations

import re

import msgspec

# NIST SP 800-63B-4, 2.2.3: a day at most, and an hour without anybody there; a working day is enough for us
SESSION_SECONDS = 12 * 3600
IDLE_SECONDS = 3600
SEEN_MS = 60_000  # how exactly we know when somebody was last there

_BROWSERS = (
    ("Edge", r"\bEdg(A|iOS)?/"), ("Opera", r"\bOPR/"), ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|Chromium)/"), ("Safari", r"\bSafari/"),
)  # fmt: skip
_SYSTEMS = (
    ("iPad", r"\biPad\b"), ("iPhone", r"\biPhone\b"), ("Android", r"\bAndroid\b"), ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMac OS X\b"), ("ChromeOS", r"\bCrOS\b"), ("Linux", r"\bLinux\b"),
)  # fmt: skip


class Session(msgspec.Struct):
    """One of one's own. `way`: how it was opened: password, invitation, token, link, or the key of a provider. `device`:
    browser and system by their names alone, so that one knows it again. `current`: the one that asks. Unix milliseconds."""

    id: int
    way: str
    device: str
    created_at: int
    seen_at: int
    expires_at: int
    current: bool = False


def device_of(user_agent: str) -> str:
    """`Firefox, Windows` from what a browser says of itself; empty when it says nothing that we know."""
    names = [
        next((name for name, pattern in known if re.search(pattern, user_agent)), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in names if name)
