"""What a collector is made of, and under which licences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tools import sbom

RUN, DEV = sbom.ROOT / "requirements.lock", sbom.ROOT / "requirements-dev.lock"


def test_no_licence_is_outside_the_list() -> None:
    assert sbom.outside(RUN, sbom.ALLOWED) == {}
    assert sbom.outside(DEV, sbom.ALLOWED_IN_TESTS) == {}


def test_the_page_says_each_package_and_each_licence_that_is_allowed() -> None:
    page = sbom.PAGE.read_text("utf-8")
    listed, _, told = page.partition("## What runs")
    assert "## What runs" + told == sbom.tables(), "make sbom ARGS=licences"
    assert all(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", listed) for name in sbom.ALLOWED_IN_TESTS)


def test_a_licence_that_was_read_by_hand_is_of_a_package_that_is_still_there() -> None:
    assert set(sbom.READ) <= {pin.name for pin in sbom.pins(DEV)}


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True), ("MIT OR GPL-3.0-only", True), ("MIT AND GPL-3.0-only", False), ("AGPL-3.0-only", False),
        ("Apache-2.0 AND BSD-2-Clause", True), ("(MIT OR Apache-2.0)", True), ("unknown: nothing", False), ("", False),
    ],
)  # fmt: skip
def test_of_alternatives_one_is_enough_and_of_what_holds_together_each_is_asked(expression: str, allowed: bool) -> None:
    assert sbom.is_allowed(expression, sbom.ALLOWED) is allowed


def test_every_pin_has_its_hashes_and_all_that_is_needed_is_reached_from_the_top() -> None:
    told = sbom.bom()
    packages = [one for one in told["components"] if one["purl"].startswith("pkg:pypi/")]
    assert {one["name"] for one in packages} <= {pin.name for pin in sbom.pins(RUN)} and len(packages) > 30
    for one in packages:
        hashes = one["externalReferences"][0]["hashes"]
        assert hashes and all(re.fullmatch("[0-9a-f]{64}", each["content"]) for each in hashes), one["name"]
    needs = {one["ref"]: one["dependsOn"] for one in told["dependencies"]}
    reached, wait = set(), [told["metadata"]["component"]["bom-ref"]]
    while wait:
        reached.add(ref := wait.pop())
        wait += [each for each in needs.get(ref, ()) if each not in reached]
    assert reached >= {one["bom-ref"] for one in told["components"]} | set(needs)
    assert {"python", "sqlite"} <= {one["name"] for one in told["components"]}


def test_every_pin_of_either_lock_has_hashes() -> None:
    for lock in (RUN, DEV):
        assert [pin.name for pin in sbom.pins(lock) if not pin.hashes] == []
        assert len(sbom.pins(lock)) == sum("==" in line.split(" ")[0] for line in lock.read_text().splitlines())


def test_the_same_lock_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert sbom.main([str(tmp_path / name)]) == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert json.loads((tmp_path / "one").read_text())["bomFormat"] == "CycloneDX"


def test_a_package_that_is_not_as_locked_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("starlette==0.0.1 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via tijdens (pyproject.toml)\n")
    with pytest.raises(SystemExit, match=r"starlette .* says 0\.0\.1"):
        sbom.installed(lock)
    lock.write_text("no-such-package==1 \\\n")
    with pytest.raises(SystemExit, match="not installed"):
        sbom.installed(lock)
    lock.write_text("no-such-package==1 ; sys_platform == 'emscripten' \\\n")
    assert sbom.installed(lock) == []


def test_the_image_makes_its_own(tmp_path: Path) -> None:
    assert "python -m tools.sbom" in (sbom.ROOT / "Dockerfile").read_text()
