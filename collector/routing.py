"""Routing rules: where a voice with words goes by itself. Rules stand in an order, and the first one that fits wins.

A press without words goes nowhere: there is nothing in it that a desk could answer. Rules speak until a person has: what
somebody at the agency passed on or gave to a colleague stays as she left it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from collector.agency import LANGUAGES
from collector.errors import Refusal
from collector.severity import GRAVE, severity
from collector.status import Status
from collector.submission import (
    AnotherWay,
    Channel,
    Effect,
    Impact,
    Kind,
    Outcome,
    Reason,
    Sent,
    Submission,
)

Field = Literal[
    "placement", "decision", "language", "channel", "outcome", "effect", "reason", "another_way", "impact", "grave",
    "kind", "theme",
]  # fmt: skip
Facts = Mapping[Field, tuple[str, ...]]
MOST_RULES = 50
BY_HAND = 0  # what `routed` of a submission says once a person decided; otherwise it is the id of a rule
OTHER_LANGUAGE = "other"  # than the four that we speak, or not said
ROUTABLE: tuple[Status, ...] = ("new", "read")
_KNOWN: dict[Field, tuple[str, ...]] = {
    "channel": get_args(Channel),
    "outcome": get_args(Outcome),
    "effect": get_args(Effect),
    "reason": get_args(Reason),
    "another_way": get_args(AnotherWay),
    "impact": get_args(Impact),
    "kind": get_args(Kind),
    "grave": ("yes", "no"),
    "language": (*LANGUAGES, OTHER_LANGUAGE),
}


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`field` is one of `values`; `impact`, `kind` and `theme`: holds one of them. `grave`: `yes` when a right, health or
    safety is touched, or when there is no other way."""

    field: Field
    values: Annotated[tuple[Annotated[str, Meta(max_length=100)], ...], Meta(min_length=1, max_length=50)]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All `conditions` must hold; without any it fits every voice. `id`: given when it is saved first, 0 before.
    `contact_point`: for which one it is meant then; `member`: the id of the colleague whose it is; one of the two at
    least."""

    id: Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)] = 0
    conditions: Annotated[tuple[Condition, ...], Meta(max_length=12)] = ()
    contact_point: Annotated[str, Meta(max_length=100)] | None = None
    member: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)] | None = None


class Routing(msgspec.Struct, frozen=True):
    """The rules of an agency in their order. `revision` 0: none were ever saved. `changed_at`: Unix milliseconds."""

    rules: tuple[Rule, ...] = ()
    revision: int = 0
    last: int = 0
    changed_at: int | None = None
    by: str | None = None


class Caught(msgspec.Struct):
    """What one rule, or none, would catch: how many, and the newest few of them."""

    number: int
    examples: list[Submission]


class Trial(msgspec.Struct):
    """What rules would do with the last `n` voices with words, as these stand today. `rules`: in their order; `none`: what no
    rule catches; `elsewhere`: how many would go another way than by the rules that are saved."""

    n: int
    rules: list[Caught]
    none: Caught
    elsewhere: int


def fits(rule: Rule, facts: Facts) -> bool:
    """Whether all its conditions hold. Asked of each rule at each arrival, so it builds nothing."""
    for condition in rule.conditions:
        for said in facts.get(condition.field, ()):
            if said in condition.values:
                break
        else:
            return False
    return True


def facts_of_row(row: Mapping[str, object], placement: str) -> Facts:
    """What rules look at, of a row of `submissions` with its `themes`."""
    impact, themes = row["impact"], row["themes"]
    return _facts(
        row,
        placement=placement,
        impact=str(impact).split(",") if impact else (),
        weight=int(str(row["weight"])),
        themes=str(themes).split(",") if themes else (),
    )


def facts_of_arrival(sent: Sent, *, decision: str | None, language: str | None, channel: str) -> Facts:
    """The same of what just comes in."""
    told = {
        "decision": decision, "language": language, "channel": channel, "outcome": sent.outcome, "effect": sent.effect,
        "reason": sent.reason, "another_way": sent.another_way, "kind": None,
    }  # fmt: skip
    weight = severity(sent.outcome or sent.effect, sent.another_way, sent.impact)
    return _facts(told, placement=sent.placement, impact=sent.impact or (), weight=weight, themes=())


def _facts(
    told: Mapping[str, object], *, placement: str, impact: Iterable[str], weight: int, themes: Iterable[str]
) -> Facts:
    language = str(told["language"] or "").partition("-")[0]
    facts: dict[Field, tuple[str, ...]] = {
        "placement": (placement,),
        "language": (language if language in LANGUAGES else OTHER_LANGUAGE,),
        "impact": tuple(impact),
        "grave": ("yes" if weight <= GRAVE else "no",),
        "theme": tuple(themes),
    }
    single: tuple[Field, ...] = ("decision", "channel", "outcome", "effect", "reason", "another_way", "kind")
    for name in single:
        if (value := told[name]) is not None:
            facts[name] = (str(value),)
    return facts


def checked_rules(rules: Iterable[Rule], has: Callable[[str, str], bool], known: Iterable[int], last: int) -> Routing:
    """The rules in their one form, with an id each. `has(field, value)`: whether the agency has such a placement, decision,
    theme, contact_point or member. `known`: ids in use; `last`: the highest that was ever given. Refusal `invalid` naming
    what cannot be: `conditions` or the target."""
    found, taken = [], set(known)
    for rule in rules:
        if rule.contact_point is None and rule.member is None:
            raise Refusal("invalid", fields=("target",))
        for target in ("contact_point", "member"):
            value = getattr(rule, target)
            if value is not None and not has(target, str(value)):
                raise Refusal("invalid", fields=(target,))
        for condition in rule.conditions:
            if not all(_known(condition.field, value, has) for value in condition.values):
                raise Refusal("invalid", fields=("conditions",))
        number = rule.id
        if number in taken:
            taken.discard(number)  # twice in one list is two rules
        else:
            last += 1
            number = last
        found.append(msgspec.structs.replace(rule, id=number))
    if len(found) > MOST_RULES:
        raise Refusal("invalid", fields=("rules",))
    return Routing(tuple(found), last=last)


def _known(field: Field, value: str, has: Callable[[str, str], bool]) -> bool:
    return value in _KNOWN[field] if field in _KNOWN else has(field, value)
