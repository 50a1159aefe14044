"""Help numbers: whom one can ring at any hour, or write to, when it cannot wait. They are not ours; each stands here with
where we read it and on which day; a number that we could not read with those who answer it says of which year the source is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from collector.day import Day
from collector.texts import Texts

Need = Literal["danger", "suicide", "talk", "violence", "young"]


class HelpNumber(msgspec.Struct, frozen=True):
    """`number` as people dial it; `web`: where one can write, or reach it without speaking; `languages`: of those who
    answer. `always`: at every hour. `need`: what for. `source`: where we read it on `checked_on`; `said_in`: the year in
    which it was said there, None on a page of their own, which is as it stands."""

    number: str
    name: Texts
    what: Texts
    need: Need
    languages: tuple[str, ...]
    always: bool
    web: str | None
    source: str
    said_in: int | None
    checked_on: Day


@cache
def help_numbers() -> tuple[HelpNumber, ...]:
    """All of them, in the order in which they stand: danger first."""
    raw = files("collector").joinpath("help_numbers.json").read_bytes()
    return tuple(msgspec.json.decode(raw, type=list[HelpNumber]))


def for_reader(numbers: Iterable[HelpNumber], language: str) -> tuple[list[HelpNumber], list[HelpNumber]]:
    """(those who answer in her language, the others)."""
    own = [number for number in numbers if language in number.languages]
    return own, [number for number in numbers if language not in number.languages]
