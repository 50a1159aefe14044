#!/usr/bin/env python3
"""Records the hash of the widget's files for the present version in widget/versions.json.

A released version never changes: its files are copied to widget/released/VERSION/, and WIDGET_VERSION in
collector/__init__.py is raised, before the widget is changed again."""

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


def folder(of: str) -> Path:
    """Where the files of a version are."""
    return ROOT / "widget" if of == version() else ROOT / "widget" / "released" / of


def hashes(of: str) -> dict[str, str]:
    """`integrity` of each script of a version, by its path below that version's folder."""
    return {
        file.relative_to(folder(of)).as_posix(): "sha384-"
        + base64.b64encode(hashlib.sha384(file.read_bytes()).digest()).decode()
        for file in sorted(folder(of).rglob("*.js"))
        if "released" not in file.relative_to(folder(of)).parts
    }


def main() -> None:
    known = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    known[version()] = hashes(version())
    FILE.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{version()}: {len(known[version()])} files\n")


if __name__ == "__main__":
    main()
