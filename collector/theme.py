"""A theme is what several submissions are about. A response is the official answer to it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.day import Day, checked_day
from collector.errors import Refusal
from collector.text.clean import clean_line
from collector.texts import LINE, Texts, checked_texts

# changed · will change by … · not changed, because … · the rule does not fit, and here is what we do · not ours, handed
# to … · not known yet, looked at again on …
ResponseOutcome = Literal["changed", "will_change", "not_changed", "rule", "handed", "not_known"]
DATED = ("will_change", "not_known")
REASON = 10_000


class Naming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/themes`. `decision` and `expected` are keys; `submissions` ids that belong to it at once."""

    name: Texts
    decision: str | None = None
    expected: str | None = None
    submissions: Annotated[list[int], Meta(max_length=1_000)] = []


class Theme(msgspec.Struct):
    """`voices`: submissions that belong to it, erased ones counted; `grave` and `unread` among those that are left.
    `expected`: the key of what the team had expected to hear, None: nobody expected it. `response`: the published one."""

    id: int
    decision: str | None
    name: Texts
    expected: str | None
    voices: int
    grave: int
    unread: int
    response: Response | None
    draft: Response | None
    merged_into: int | None
    created_at: int
    due: Day | None
    revision: int


class Response(msgspec.Struct):
    """`themes`: all it answers; one text given to nine themes says so. `by_day`: by when it changes, or is looked at
    again. `handed_to`: whose it is. `did_not_know`: what the team learnt. `office` signs."""

    id: int
    themes: list[int]
    outcome: ResponseOutcome
    reason: Texts
    did_not_know: Texts
    by_day: Day | None
    office: str
    handed_to: str
    published_at: int | None
    by: str | None
    revision: int


class Answering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/responses` and, with the `revision` you saw, of `PUT /api/responses/{id}`. `publish`: it goes
    to all receipts of its themes at once."""

    themes: Annotated[list[int], Meta(min_length=1, max_length=200)]
    outcome: ResponseOutcome
    reason: Texts
    office: str
    did_not_know: Texts = {}
    by_day: Day | None = None
    handed_to: str = ""
    publish: bool = False
    revision: Annotated[int, Meta(ge=1)] | None = None


def checked_naming(naming: Naming) -> Naming:
    """Refusal `invalid` when the name says nothing."""
    name = checked_texts(naming.name, "name", LINE)
    if not name:
        raise Refusal("invalid", fields=("name",))
    return msgspec.structs.replace(naming, name=name)


def checked_answering(answering: Answering, languages: tuple[str, ...]) -> Answering:
    """Refusal `invalid` naming the field. To be published it needs its reason in every one of `languages`, an office that
    signs, a day where the outcome says "by" or "again on", and a body to hand over to."""
    fields = []
    reason = checked_texts(answering.reason, "reason", REASON)
    learnt = checked_texts(answering.did_not_know, "did_not_know", REASON)
    office, handed_to = clean_line(answering.office), clean_line(answering.handed_to)
    if answering.publish:
        fields += [f"reason.{language}" for language in languages if language not in reason]
        fields += [f"did_not_know.{language}" for language in languages if learnt and language not in learnt]
        if not office:
            fields.append("office")
        if answering.outcome in DATED and answering.by_day is None:
            fields.append("by_day")
        if answering.outcome == "handed" and not handed_to:
            fields.append("handed_to")
    if answering.by_day is not None:
        checked_day(answering.by_day, "by_day")
    if len(office) > LINE or len(handed_to) > LINE:
        fields.append("office" if len(office) > LINE else "handed_to")
    if fields:
        raise Refusal("invalid", fields=tuple(fields))
    return msgspec.structs.replace(answering, reason=reason, did_not_know=learnt, office=office, handed_to=handed_to)
