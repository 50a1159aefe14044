"""Codes: derived, checked, and forgiving of how people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import Refusal
from collector.receipt import ALPHABET, Keys, code_from, read_code

KEYS = Keys(b"a secret that is long enough for this")
codes = st.binary(min_size=10, max_size=10).map(code_from)


def test_the_same_key_gives_the_same_code_and_another_secret_another_one() -> None:
    assert KEYS.code("page", "abcdefgh") == KEYS.code("page", "abcdefgh")
    assert KEYS.code("page", "abcdefgh") != KEYS.code("other", "abcdefgh")
    assert KEYS.code("page", "abcdefgh") != Keys(b"another secret that is long enough").code("page", "abcdefgh")


@given(codes)
def test_what_was_printed_is_read_in_any_case_and_spacing(code: str) -> None:
    assert read_code(code) == code
    assert read_code(code.lower().replace("-", " ")) == code
    assert read_code(code.replace("-", "").replace("0", "O").replace("1", "l")) == code


@given(codes, st.integers(0, 19), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found_in_its_group(code: str, place: int, wrong: str) -> None:
    plain = code.replace("-", "")
    if plain[place] == wrong:
        return
    with pytest.raises(Refusal) as refused:
        read_code(plain[:place] + wrong + plain[place + 1 :])
    assert refused.value.members["groups"] == [place // 5 + 1]


@given(codes, st.integers(0, 3), st.integers(0, 3))
def test_two_neighbours_that_changed_places_are_found(code: str, group: int, place: int) -> None:
    plain = list(code.replace("-", ""))
    at = group * 5 + place
    if plain[at] == plain[at + 1]:
        return
    plain[at], plain[at + 1] = plain[at + 1], plain[at]
    with pytest.raises(Refusal) as refused:
        read_code("".join(plain))
    assert refused.value.members["groups"] == [group + 1]


@given(codes)
def test_groups_in_another_order_are_found(code: str) -> None:
    groups = code.split("-")
    if groups[0] != groups[1]:
        with pytest.raises(Refusal):
            read_code("-".join([groups[1], groups[0], *groups[2:]]))


@pytest.mark.parametrize("typed", ["", "ABC", "!" * 20, "A" * 500, "ÄÖÜßé" * 4])
def test_what_is_no_code_is_refused_with_a_code_of_its_own(typed: str) -> None:
    with pytest.raises(Refusal, match="code_mistyped"):
        read_code(typed)


def test_codes_are_spread_evenly() -> None:
    seen = [KEYS.code("page", f"key-{number:08}") for number in range(4_000)]
    assert len(set(seen)) == len(seen)
    first = [sum(code[0] == character for code in seen) for character in ALPHABET]
    assert min(first) > 70 and max(first) < 190
