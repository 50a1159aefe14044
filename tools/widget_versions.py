#!/usr/bin/env python3
"""Records the hash of the widget's files for the present version in widget/versions.json.

A released version never changes: before that, raise WIDGET_VERSION in collector/__init__.py and keep the old files."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "widget" / "versions.json"


def version() -> str:
    """The version the collector serves."""
    found = re.search(r'WIDGET_VERSION = "([^"]+)"', (ROOT / "collector" / "__init__.py").read_text("utf-8"))
    return found[1] if found else ""


def hashes() -> dict[str, str]:
    """`integrity` of each script, by its path below widget/."""
    files = sorted((ROOT / "widget").rglob("*.js"))
    return {
        file.relative_to(ROOT / "widget").as_posix(): "sha384-"
        + base64.b64encode(hashlib.sha384(file.read_bytes()).digest()).decode()
        for file in files
    }


def main() -> None:
    known = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    known[version()] = hashes()
    FILE.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{version()}: {len(known[version()])} files\n")


if __name__ == "__main__":
    main()
