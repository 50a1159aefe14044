"""Barriers: what a page keeps from somebody, and the statement of an agency on how accessible it is.

Whoever meets a barrier can report it, or ask for the same in another form, and is answered within a reasonable time
(Directive (EU) 2016/2102, article 7(1); the Belgian law of 19 July 2018). The directive names no number of days; an agency
promises at most thirty. The statement follows the model of Implementing Decision (EU) 2018/1523.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.clock import RULES
from collector.day import Day, after_days
from collector.errors import Refusal
from collector.text.clean import clean_line, is_web
from collector.texts import LINE, PARAGRAPHS, Texts, checked_texts, missing_languages

Conformance = Literal["full", "partial", "none"]
Because = Literal["unfinished", "burden", "scope"]
Method = Literal["self", "third_party"]
MOST_DAYS = RULES["barrier.answer"].number


class Gap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is not accessible, why (`unfinished`: we did not get to it; `burden`: a disproportionate burden, article 5;
    `scope`: the law does not ask it), how one gets it all the same, and until when, if that is known."""

    what: Texts
    because: Because = "unfinished"
    instead: Texts = {}
    until: Day | None = None


class Enforcement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To whom one turns who is not content with the answer (article 9)."""

    name: Texts = {}
    url: Annotated[str, Meta(max_length=500)] = ""
    phone: Annotated[str, Meta(max_length=60)] = ""


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`scope`: the sites and apps it is about. `measures`: what is done to stay accessible. `answer_days`: within how many
    calendar days a barrier is answered. `assessed_on`: when it was tested last; `assessed_by`: by whom, in words."""

    scope: Texts = {}
    conformance: Conformance = "partial"
    gaps: Annotated[tuple[Gap, ...], Meta(max_length=60)] = ()
    measures: Texts = {}
    method: Method = "self"
    assessed_by: Annotated[str, Meta(max_length=300)] = ""
    assessed_on: Day | None = None
    answer_days: Annotated[int, Meta(ge=1, le=MOST_DAYS)] = MOST_DAYS
    enforcement: Enforcement = Enforcement()


def checked_statement(statement: Statement) -> Statement:
    """The statement with its texts cleaned. Refusal `invalid` naming the field."""
    enforcement = msgspec.structs.replace(
        statement.enforcement,
        name=checked_texts(statement.enforcement.name, "enforcement.name", LINE),
        url=clean_line(statement.enforcement.url),
        phone=clean_line(statement.enforcement.phone),
    )
    if enforcement.url and not is_web(enforcement.url):
        raise Refusal("invalid", fields=("enforcement.url",))
    gaps = []
    for gap in statement.gaps:
        what = checked_texts(gap.what, "gaps", PARAGRAPHS)
        if what:  # a line that says nothing is not kept
            instead = checked_texts(gap.instead, "gaps", PARAGRAPHS)
            gaps.append(msgspec.structs.replace(gap, what=what, instead=instead))
    return msgspec.structs.replace(
        statement,
        scope=checked_texts(statement.scope, "scope", LINE),
        measures=checked_texts(statement.measures, "measures", PARAGRAPHS),
        gaps=tuple(gaps),
        assessed_by=clean_line(statement.assessed_by),
        enforcement=enforcement,
    )


def missing_to_publish(statement: Statement, languages: tuple[str, ...]) -> tuple[str, ...]:
    """What keeps it from being published, as `field` or `field.language`: nothing that the law asks may be empty, in none
    of the languages that the agency owes."""
    missing = [] if statement.assessed_on else ["assessed_on"]
    asked = {"scope": statement.scope, "enforcement.name": statement.enforcement.name}
    for place, gap in enumerate(statement.gaps):
        asked[f"gaps.{place}.what"] = gap.what
    for name, texts in asked.items():
        missing += [f"{name}.{language}" for language in missing_languages(texts, languages)]
    if not statement.enforcement.url and not statement.enforcement.phone:
        missing.append("enforcement.url")
    if statement.conformance != "full" and not statement.gaps:
        missing.append("gaps")
    return tuple(missing)


def answer_by(received: Day, statement: Statement | None) -> Day:
    """The last day on which a barrier that came on `received` is answered in time."""
    return after_days(received, statement.answer_days if statement else MOST_DAYS)
