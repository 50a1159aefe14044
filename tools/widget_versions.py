#!/usr/bin/env python3
"""Records the hash of the widget's files, as they are served, for the present version in widget/versions.json.

A released version never changes: `python3 -m tools.widget_versions release` puts its files, as they are served, into
widget/released/VERSION/, and WIDGET_VERSION in collector/__init__.py is raised, before the widget is changed again."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

from collector.endpoints.lean import lean

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "widget" / "versions.json"


def version() -> str:
    """The version the collector serves."""
    found = re.search(r'WIDGET_VERSION = "([^"]+)"', (ROOT / "collector" / "__init__.py").read_text("utf-8"))
    return found[1] if found else ""


def folder(of: str) -> Path:
    """Where the files of a version are."""
    return ROOT / "widget" if of == version() else ROOT / "widget" / "released" / of


def served(of: str) -> dict[str, bytes]:
    """Each script of a version as pages get it, by its path below that version's folder."""
    return {
        file.relative_to(folder(of)).as_posix(): lean(file.read_bytes()) if of == version() else file.read_bytes()
        for file in sorted(folder(of).rglob("*.js"))
        if "released" not in file.relative_to(folder(of)).parts
    }


def hashes(of: str) -> dict[str, str]:
    """`integrity` of each script of a version."""
    return {
        name: "sha384-" + base64.b64encode(hashlib.sha384(raw).digest()).decode() for name, raw in served(of).items()
    }


def release() -> Path:
    """Puts the present version where earlier ones are. FileExistsError when it is there already."""
    to = ROOT / "widget" / "released" / version()
    to.mkdir()
    for name, raw in served(version()).items():
        (to / name).write_bytes(raw)
    shutil.copytree(folder(version()) / "messages", to / "messages")
    return to


def main() -> None:
    known = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    known[version()] = hashes(version())
    FILE.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{version()}: {len(known[version()])} files\n")
    if sys.argv[1:] == ["release"]:
        sys.stdout.write(f"{release().relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
