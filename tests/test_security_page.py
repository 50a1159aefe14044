"""docs/security.md and docs/reliability.md name tests: each is there, under that sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.compile(r"`([\w/]+\.(?:py|test\.js))`|\*([^*|]+)\*")


def named(page: str) -> Iterator[tuple[str, str]]:
    """(file below tests/, sentence) of each test that a page names."""
    for line in (ROOT / "docs" / page).read_text("utf-8").splitlines():
        file = ""
        for match in NAMED.finditer(line.replace("**", "")):
            if match[1]:
                file = match[1]
            elif file:
                yield file, match[2]


@pytest.mark.parametrize(("page", "least"), [("security.md", 70), ("reliability.md", 10)])
def test_every_test_that_is_named_exists(page: str, least: int) -> None:
    found = list(named(page))
    assert len(found) >= least
    for file, sentence in found:
        text = (ROOT / "tests" / file).read_text("utf-8")
        if file.endswith(".py"):
            assert re.search(rf"def test_{sentence.replace(' ', '_')}\(", text), (file, sentence)
        else:
            assert f'test("{sentence}"' in text, (file, sentence)


def test_every_threat_has_its_test_or_the_reason_why_not() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs" / "security.md").read_text("utf-8").splitlines()
        if re.match(r"\| \d+ \|", line)
    ]
    assert [int(row[0]) for row in rows] == list(range(1, 43))
    for number, threat, defence, test in rows:
        assert threat and (defence or "no test: " in test), number
        assert "no test: " in test or NAMED.search(test), number
