"""What can be wrong in a compose file, found without an engine to run it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from compose_spec import PyCompose

_VARIABLE = re.compile(r"\$\{(\w+)(?::?([-?])([^}]*))?\}")
_HARDENED = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}


def load(file: Path, env: Mapping[str, str]) -> dict[str, Any]:
    """The file with `${NAME}`, `${NAME:-default}` and `${NAME:?needed}` filled in. KeyError for a needed one that is
    not in `env`."""

    def fill(found: re.Match[str]) -> str:
        name, kind, default = found.groups()
        return env[name] if kind != "-" else env.get(name, default)

    document: dict[str, Any] = yaml.safe_load(_VARIABLE.sub(fill, file.read_text()))
    return document


def problems(document: dict[str, Any]) -> list[str]:
    """Sentences; empty when the file is as it should be: the compose specification, references that lead somewhere,
    images with a version, and the hardening that every service of ours has."""
    try:
        PyCompose.from_json(json.dumps(document)).validate()
    except Exception as error:
        return [f"not a compose file: {error}"]
    return [problem for name, service in document["services"].items() for problem in _of(name, service, document)]


def _of(name: str, service: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    for needed, how in (service.get("depends_on") or {}).items():
        other = document["services"].get(needed)
        if other is None:
            yield f"{name} depends on {needed}, which is no service"
        elif how["condition"] == "service_healthy" and "healthcheck" not in other:
            yield f"{name} waits for the health of {needed}, which has no healthcheck"
    for kind in ("secrets", "networks"):
        for used in service.get(kind) or []:
            if used not in (document.get(kind) or {}):
                yield f"{name} uses {kind} {used}, which is not defined"
    for volume in service.get("volumes") or []:
        source = volume.split(":")[0]
        if not source.startswith((".", "/")) and source not in (document.get("volumes") or {}):
            yield f"{name} uses volume {source}, which is not defined"
    _, _, version = service.get("image", "").partition(":")
    if version in ("", "latest"):
        yield f"{name} has an image without a version"
    for key, value in _HARDENED.items():
        if service.get(key) != value:
            yield f"{name} is not hardened: {key} should be {value}"
