"""Our own words: complete in four languages, with the same places to fill in, and calm."""

from __future__ import annotations

import re

import pytest

from collector.agency import LANGUAGES
from collector.errors import STATUS, Refusal
from collector.words import Words

WORDS = Words()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_with_the_same_holes_and_none_shouts(language: str) -> None:
    assert WORDS.names(language) == WORDS.names("en")
    for name in WORDS.names("en"):
        text = WORDS.get(language, name)
        assert text.strip() and "!" not in text, name
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", WORDS.get("en", name))), (language, name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", STATUS)
def test_every_refusal_can_be_said(language: str, code: str) -> None:
    members: dict[str, object] = {"groups": [2, 3]} if code == "code_mistyped" else {}
    problem = WORDS.problem(Refusal(code, **members), language)  # type: ignore[arg-type]
    assert problem["status"] == STATUS[code]
    assert "{" not in str(problem["detail"])


def test_what_was_masked_is_said_and_only_a_phone_or_mail_says_whom_to_call() -> None:
    assert WORDS.masked_notice("nl", (), "Desk, +32 2 1") is None
    card = WORDS.masked_notice("nl", ("card",), "Desk, +32 2 1")
    phone = WORDS.masked_notice("fr", ("phone", "card"), "Desk, +32 2 1")
    assert card is not None and "Desk" not in card
    assert phone is not None and "Desk, +32 2 1" in phone
