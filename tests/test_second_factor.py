"""Codes that change every half minute, against the vectors of the standard."""

from __future__ import annotations

import re

import pytest

from collector.second_factor import code_at, new_recovery_codes, plain_code, setup_address, spoken, step_of

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
     (2000000000, "69279037"), (20000000000, "65353130")],
)  # fmt: skip
def test_codes_are_those_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    assert code_at(SECRET, seconds // 30) == code[-6:]


def test_a_clock_may_be_half_a_minute_wrong_and_no_more_and_a_used_step_does_not_count() -> None:
    now = 1_111_111_109_000
    present = now // 30_000
    for away, known in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        found = step_of(code_at(SECRET, present + away), SECRET, now, after=0)
        assert (found == present + away) is known
    assert step_of(code_at(SECRET, present), SECRET, now, after=present) is None
    assert step_of(code_at(SECRET, present - 1), SECRET, now, after=present) is None
    assert step_of("", SECRET, now, after=0) is None and step_of("é23456", SECRET, now, after=0) is None


def test_what_is_typed_with_spaces_and_dashes_is_the_same() -> None:
    assert plain_code(" 123 456 ") == "123456" and plain_code("7kq2-mx4p 9rtc") == "7KQ2MX4P9RTC"


def test_recovery_codes_are_ten_different_ones_without_letters_that_are_confused() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([A-HJKMNP-Z2-9]{4}-){2}[A-HJKMNP-Z2-9]{4}", code) for code in codes)


def test_the_picture_says_who_and_for_what() -> None:
    address = setup_address(SECRET, issuer="Tijdens Stad & land", account="ann@town.example")
    assert address.startswith("otpauth://totp/Tijdens%20Stad%20%26%20land%3Aann%40town.example?secret=GEZDGNBV")
    assert "=" not in spoken(SECRET) and "issuer=Tijdens%20Stad%20%26%20land&" in address
