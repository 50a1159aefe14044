"""A clock comes from a rule."""

from __future__ import annotations

from datetime import date
from typing import get_args

from collector.clock import RULES, Kind, due
from collector.day import is_working_day


def test_every_kind_has_a_rule_and_every_rule_a_source() -> None:
    assert set(RULES) == set(get_args(Kind))
    assert all(rule.number > 0 and len(rule.source) > 5 for rule in RULES.values())


def test_a_theme_is_owed_its_answer_sixty_days_after_one_can_react() -> None:
    assert due("theme.answer", "2027-03-14") == "2027-05-13"


def test_what_a_citizen_writes_is_owed_an_answer_in_ten_working_days() -> None:
    assert due("message.answer", "2027-03-22") == "2027-04-06"  # over Easter Monday


def test_a_grave_voice_is_read_on_the_next_working_day() -> None:
    assert due("grave.read", "2026-11-10") == "2026-11-12"  # over Armistice


def test_nothing_is_due_on_a_free_day() -> None:
    for kind in RULES:
        for day in ("2026-12-24", "2027-03-25", "2027-07-20", "2028-02-29"):
            assert is_working_day(date.fromisoformat(due(kind, day)))
