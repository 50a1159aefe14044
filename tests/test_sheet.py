"""The number on a paper sheet finds a slip of the fingers, and tells nothing of the code on the strip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import Refusal
from collector.receipt import Keys
from collector.sheet import new_number, printed, read_number

NUMBERS = st.builds(new_number)


@given(NUMBERS, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, place: int, more: int) -> None:
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises(Refusal):
        read_number(wrong)


@given(NUMBERS, st.integers(0, 10))
def test_two_digits_that_changed_places_are_always_found(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(Refusal):
            read_number(swapped)


@given(NUMBERS)
def test_it_is_read_as_it_is_printed_and_as_people_type_it(number: str) -> None:
    for typed in (printed(number), f"+++{printed(number)}+++", number, f" {number[:6]} {number[6:]} "):
        assert read_number(typed) == number


@pytest.mark.parametrize("typed", ["", "123", "12345678901x", "1" * 400, "123/4567/89", "١٢٣/٤٥٦٧/٨٩٠١٢"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_number(typed)


def test_the_key_of_a_sheet_cannot_be_told_without_the_secret() -> None:
    number, mine, other = new_number(), Keys(b"one secret"), Keys(b"another secret")
    assert mine.sheet("page", number) == mine.sheet("page", number)
    assert mine.sheet("page", number) not in (other.sheet("page", number), mine.sheet("other", number))
    assert number not in mine.sheet("page", number)
