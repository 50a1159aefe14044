"""What the law asks of an accessibility statement before anybody reads it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from collector.barrier import Enforcement, Gap, Statement, answer_by, checked_statement, missing_to_publish
from collector.errors import Refusal

LINE = {"nl": "www.stad.example", "fr": "www.ville.example"}
WHOLE = Statement(
    scope=LINE,
    gaps=(Gap(what={"nl": "Oude pdf's", "fr": "Anciens pdf"}),),
    assessed_on="2026-10-01",
    enforcement=Enforcement(name={"nl": "De ombudsman", "fr": "Le médiateur"}, url="https://ombudsman.example"),
)
OWED = ("nl", "fr")


def test_a_whole_statement_lacks_nothing() -> None:
    assert missing_to_publish(WHOLE, OWED) == ()


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        (replace(WHOLE, assessed_on=None), "assessed_on"),
        (replace(WHOLE, scope={"nl": "www.stad.example"}), "scope.fr"),
        (replace(WHOLE, gaps=()), "gaps"),
        (replace(WHOLE, gaps=(Gap(what={"fr": "Anciens pdf"}),)), "gaps.0.what.nl"),
        (replace(WHOLE, enforcement=Enforcement(url="https://ombudsman.example")), "enforcement.name.nl"),
        (replace(WHOLE, enforcement=Enforcement(name=LINE)), "enforcement.url"),
    ],
)
def test_what_the_law_asks_is_named_when_it_is_not_there(statement: Statement, missing: str) -> None:
    assert missing in missing_to_publish(statement, OWED)


def test_who_is_fully_accessible_names_no_gaps() -> None:
    assert missing_to_publish(replace(WHOLE, conformance="full", gaps=()), OWED) == ()


def test_a_line_that_says_nothing_is_not_kept_and_a_dangerous_address_is_refused() -> None:
    assert checked_statement(replace(WHOLE, gaps=(*WHOLE.gaps, Gap(what={"nl": "  "})))).gaps == WHOLE.gaps
    with pytest.raises(Refusal) as refused:
        checked_statement(replace(WHOLE, enforcement=Enforcement(name=LINE, url="javascript:alert(1)")))
    assert refused.value.fields == ("enforcement.url",)


def test_a_barrier_is_answered_within_thirty_days_or_fewer_and_never_on_a_day_off() -> None:
    assert answer_by("2026-11-25", None) == "2026-12-28"  # the 25th is Christmas, and then it is weekend
    assert answer_by("2026-11-25", replace(WHOLE, answer_days=5)) == "2026-11-30"
