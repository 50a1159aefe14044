"""publiccode.yml, by which public bodies find software of one another, keeps to its standard."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.agency import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
MANDATORY = {
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
}  # fmt: skip


@pytest.fixture
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    return loaded


def test_nothing_mandatory_is_missing(document: dict[str, Any]) -> None:
    assert set(document) >= MANDATORY


def test_it_tells_of_this_version_and_its_licence(document: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert document["softwareVersion"] == project["version"]
    assert document["legal"]["license"] == project["license"]
    assert document["description"]["en"]["shortDescription"] == project["description"]


def test_it_describes_itself_in_every_language_it_speaks(document: dict[str, Any]) -> None:
    assert set(document["description"]) == set(LANGUAGES) == set(document["localisation"]["availableLanguages"])
    for text in document["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
