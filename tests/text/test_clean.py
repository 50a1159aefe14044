"""Cleaning takes away what nobody can see, never refuses, and is done after once."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.text.clean import clean, clean_page, is_web


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_twice_is_once_and_what_is_left_can_be_stored_and_shown(said: str) -> None:
    once = clean(said)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")
    assert not any(ord(c) < 32 and c not in "\n\t" for c in once)
    assert not set(once) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u200e\u200f\ufeff")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a\u202eb\u0000c", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("e\u0301le\u0300ve", "élève"),
        ("eerste\r\ntweede\rderde", "eerste\ntweede\nderde"),
        ("een\n\n\n\n\n\ntwee", "een\n\n\ntwee"),
        ("  wit  ", "wit"),
        ("👩‍👩‍👧 Gent ﷽ مرحبا", "👩‍👩‍👧 Gent ﷽ مرحبا"),
        ("", ""),
    ],
)
def test_known_cases(said: str, kept: str) -> None:
    assert clean(said) == kept


def test_a_tower_of_marks_is_cut_and_a_living_script_is_not() -> None:
    assert len(clean("Z" + "\u0301" * 500)) <= 6
    assert clean("Tiếng Việt, हिन्दी, ไทยที่นี่") == unicodedata.normalize("NFC", "Tiếng Việt, हिन्दी, ไทยที่นี่")


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://a.example/x/y?z=1#q", "https://a.example/x/y"),
        ("http://jan:geheim@A.example:81/x", "http://a.example:81/x"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[::1", None),
        ("http://a.example:99999/", None),
        ("", None),
    ],
)
def test_a_page_is_scheme_host_and_path(url: str, page: str | None) -> None:
    assert clean_page(url) == page


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_no_address_makes_it_fail(url: str) -> None:
    found = clean_page("https://a.example/" + url)
    assert found is None or ("?" not in found and "#" not in found)


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("https://town.example/clip?x=1#y", True), ("https://town.example", True), ("http://town.example", False),
        ("javascript:alert(1)//https://town.example", False), ("https://town", False), ("https://", False),
        ("https://[::1", False), ("https://town.example/a b", False), ("https://town.example/\u202egnp.exe", False),
        ("https://town.example/\x00", False), ("https://town.example/\n", False), ("", False),
    ],
)  # fmt: skip
def test_what_leads_to_the_web_is_https_and_hides_nothing(address: str, web: bool) -> None:
    assert is_web(address) is web
