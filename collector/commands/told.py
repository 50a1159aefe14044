"""What an action works with and what it tells."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Told(msgspec.Struct):
    """`out` for scripts, `err` for people; `failed`: the exit code is 1."""

    out: str = ""
    err: str = ""
    failed: bool = False


class Place(msgspec.Struct):
    """Where an action works: the store's file, the public address, the hash of the widget's first file; the installation's
    secret, empty where none is set."""

    file: Path
    public_url: str
    integrity: str
    secret: bytes = b""
