"""Tags are written as the standard says; a reader gets the first of ours that she asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.agency import LANGUAGES
from collector.text.language import language_tag, reader_language


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("nl", "nl"), ("NL-be", "nl-BE"), ("zh-hant-tw", "zh-Hant-TW"), ("AR", "ar"), ("de-1996", "de-1996"),
        ("n l", None), ("", None), ("a" * 40, None), ("nl_BE", None), ("nl\n", None),
    ],
)  # fmt: skip
def test_tags(value: str, tag: str | None) -> None:
    assert language_tag(value) == tag


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        (("fr",), "fr"),
        (("fr-BE",), "fr"),
        ((None, "de-AT,en;q=0.5"), "de"),
        (("ar", "nl"), "nl"),
        (("en;q=0.2, fr;q=0.9",), "fr"),
        (("nl;q=0, de",), "de"),
        (("xx",), "en"),
        ((None, None), "en"),
        (("nl;q=nonsense", "fr"), "fr"),
    ],
)
def test_readers(candidates: tuple[str | None, ...], chosen: str) -> None:
    assert reader_language(*candidates, offered=LANGUAGES) == chosen


@given(st.text(max_size=2_000))
def test_no_header_makes_it_fail(header: str) -> None:
    assert reader_language(header, offered=LANGUAGES) in LANGUAGES
