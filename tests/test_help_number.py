"""Help numbers: complete in four languages, each with its source, and those of one's own language first."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from collector.agency import LANGUAGES
from collector.help_number import for_reader, help_numbers


def test_each_has_its_source_its_day_and_its_words_in_every_language() -> None:
    numbers = help_numbers()
    assert len({one.number for one in numbers}) == len(numbers) >= 10
    for one in numbers:
        assert re.fullmatch(r"[0-9 ]{3,14}", one.number)
        assert one.source.startswith("https://") and (one.web is None or one.web.startswith("https://"))
        assert date(2026, 1, 1) < date.fromisoformat(one.checked_on)
        assert set(one.name) == set(one.what) == set(LANGUAGES), one.number
        assert set(one.languages) <= set(LANGUAGES) and one.languages


def test_operators_are_told_which_numbers_were_read_with_those_who_answer_and_which_in_an_old_report() -> None:
    told = Path(__file__).parents[1].joinpath("docs/operating.md").read_text("utf-8")
    for one in help_numbers():
        line = next(line for line in told.splitlines() if line.startswith(f"| {one.number} |"))
        assert f"| {one.said_in or 'own page'} | <{one.source}> |" in line
        assert one.said_in is None or 2019 < one.said_in <= int(one.checked_on[:4]), "older is no source for a number"
        if one.said_in is None:
            own = urlsplit(one.web or "").hostname or ""
            assert own.removeprefix("www.") == (urlsplit(one.source).hostname or "").removeprefix("www."), one.number


@pytest.mark.parametrize(
    ("language", "wanted"), [("nl", "1813"), ("fr", "0800 32 123"), ("de", "108"), ("en", "02 648 40 14")]
)
def test_danger_comes_first_and_then_who_answers_in_ones_own_language(language: str, wanted: str) -> None:
    own, others = for_reader(help_numbers(), language)
    assert own[0].number == "112" and wanted in [one.number for one in own]
    assert all(language in one.languages for one in own) and all(language not in one.languages for one in others)
    assert len(own) + len(others) == len(help_numbers())
