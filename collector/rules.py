"""Rules that do not fit: what people said of a rule, where, and what was done about it. For those who can change a rule.

A voice belongs here when its author said that the rule does not fit, or a reader found so. It stands with its theme, and
without one where it was said. What leaves the house (on paper, in an export) leaves out groups under five: few people who
tell of one rule at one place are known by it.
"""

from __future__ import annotations

import msgspec

from collector.submission import Submission
from collector.texts import Texts
from collector.theme import Response

FEW = 5  # groups under it never leave the house
STORIES = 5  # of each group, the gravest and oldest


class Group(msgspec.Struct):
    """A theme, or the place of voices that are in none. `voices`: of the rule alone; `few`: so few that they stay inside.
    `stories`: some of them, in their own words. `response`: the published one of its theme."""

    theme: int | None
    name: Texts
    decision: str | None
    placements: list[str]
    voices: int
    grave: int
    few: bool
    stories: list[Submission]
    response: Response | None


class Rules(msgspec.Struct):
    """`groups`: the gravest first. `outside`: how many of them may leave the house."""

    groups: list[Group]
    outside: int


def may_leave(group: Group) -> bool:
    """Whether it is told to others. A group of nobody tells what was done, and of no one."""
    return not group.few
