"""Which status follows on which."""

from __future__ import annotations

from typing import get_args

import pytest

from collector.errors import Refusal
from collector.status import FOLLOWS, STATUSES, Aside, Standing, Status, checked_step


def test_every_step_can_be_taken_back_and_every_status_is_reached() -> None:
    assert set(STATUSES) == set(get_args(Status)) == set(FOLLOWS)
    for before, after in FOLLOWS.items():
        assert all(before in FOLLOWS[status] for status in after)
    reached = {"new"}
    for _ in STATUSES:
        reached |= {after for before in STATUSES if before in reached for after in FOLLOWS[before]}
    assert reached == set(STATUSES)


@pytest.mark.parametrize("before", STATUSES)
@pytest.mark.parametrize("after", STATUSES)
def test_a_step_that_is_not_in_the_table_is_refused(before: Status, after: Status) -> None:
    aside: Aside | None = "twice" if after == "aside" else None
    if after in FOLLOWS[before]:
        checked_step(before, after, aside)
    else:
        with pytest.raises(Refusal, match="wrong_state"):
            checked_step(before, after, aside)


def test_nothing_is_answered_unread_and_what_was_answered_is_not_declared_unusable() -> None:
    assert "answered" not in FOLLOWS["new"] and "answered" not in FOLLOWS["aside"]
    assert "aside" not in FOLLOWS["answered"] and "new" not in FOLLOWS["answered"]


@pytest.mark.parametrize(("after", "aside"), [("aside", None), ("read", "twice"), ("with", "test")])
def test_a_reason_belongs_to_setting_aside_and_to_nothing_else(after: Status, aside: Aside | None) -> None:
    with pytest.raises(Refusal) as refused:
        checked_step("read", after, aside)
    assert (refused.value.code, refused.value.fields) == ("invalid", ("aside",))


def test_the_log_says_with_whom_and_why() -> None:
    assert Standing("with", "harbour").detail == "with harbour" and Standing("with").detail == "with"
    assert Standing("aside", "harbour", "twice").detail == "aside twice"
    assert Standing("answered", "harbour").detail == "answered"
