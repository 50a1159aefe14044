"""By when something is owed. A clock comes from a rule, not from the team; nobody can move it."""

from __future__ import annotations

from typing import Literal

import msgspec

from collector.day import after_days, after_working_days

Kind = Literal["theme.answer", "message.answer", "grave.read", "barrier.answer"]


class Rule(msgspec.Struct, frozen=True):
    """`number` of `working` or calendar days. `source`: where the rule comes from."""

    number: int
    working: bool
    source: str


RULES: dict[Kind, Rule] = {
    # the petition platform of Taiwan, which answers point by point; counted from the day on which the intake closes
    "theme.answer": Rule(60, False, "Join, theme.ndc.gov.tw"),
    # the complaint service of the Belgian FPS Social Security acknowledges within it
    "message.answer": Rule(10, True, "FPS Social Security, complaints"),
    # Singapore's consultation toolkit acknowledges within it
    "grave.read": Rule(1, True, "REACH, consultation toolkit"),
    # "a reasonable period of time" has no number; thirty days at most, an agency may promise fewer
    "barrier.answer": Rule(30, False, "Directive (EU) 2016/2102, article 7(1)(b)"),
}


def due(kind: Kind, day: str) -> str:
    """The last day on which it is in time, counted from `day`."""
    rule = RULES[kind]
    return after_working_days(day, rule.number) if rule.working else after_days(day, rule.number)
