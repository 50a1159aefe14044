"""Where the widget is met: on which pages' origins it loads, is refused or cannot ask. Counted by placement, origin and day;
who was there, on which path and when is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

from collector.errors import Refusal
from collector.placement import checked_origin

SHOWN = "shown"  # the question was asked for and could be drawn
CLOSED = "closed"  # asked for, and not drawn: its agency cannot be reached yet
SCRIPT = "script"  # the widget's first file, from a page of this origin; it does not say for which placement
UNKNOWN = "unknown"  # a page of this origin asked for a placement that is not there
SENT = "sent"  # an answer arrived
REFUSED = "refused."  # and the code of the refusal: an answer did not
STRANGERS = 20  # origins that are not listed, a placement and day; more are counted as one
MANY = "*"
NOWHERE = ""  # a page without an origin: a file, or a frame that hides where it is
KEPT_DAYS = 90
SEEN_DAYS = 30  # so far back one looks

State = Literal["works", "silent", "blocked", "closed", "refused", "unlisted"]


class Sighting(msgspec.Struct):
    """One origin over the last days. `listed`: it may send. `state`: `works`; `silent`: nothing came from there;
    `blocked`: the script is loaded and the question is never asked for, as when a content policy lacks `connect-src`;
    `closed`: no contact point yet; `refused`: no answer got through; `unlisted`: people see the question and cannot answer.
    `refused`: by the code of the refusal. `last_on`: the last day on which anything was seen."""

    origin: str
    listed: bool
    state: State
    shown: int
    sent: int
    scripts: int
    closed: int
    unknown: int
    refused: dict[str, int]
    last_on: str | None


def named_origin(value: str) -> str:
    """An origin that nobody listed, as browsers write one; `NOWHERE` for what is none."""
    try:
        return checked_origin(value)
    except Refusal:
        return NOWHERE


def sightings(
    counted: Iterable[tuple[str, str, str, int]], listed: tuple[str, ...], own: str, asking: Collection[str]
) -> list[Sighting]:
    """Of (origin, day, what, number): the listed ones first, in their order; then others, the most often seen first. `own`: the
    collector's origin, whose pages may always send. `asking`: origins whose pages asked for any placement of the agency, so
    that nothing there keeps the script from asking."""
    found = {origin: Sighting(origin, True, "silent", 0, 0, 0, 0, 0, {}, None) for origin in listed}
    for origin, day, what, number in counted:
        one = found.setdefault(origin, Sighting(origin, origin == own, "unlisted", 0, 0, 0, 0, 0, {}, None))
        one.last_on = max(one.last_on or day, day)
        if what.startswith(REFUSED):
            code = what.removeprefix(REFUSED)
            one.refused[code] = one.refused.get(code, 0) + number
        else:
            name = "scripts" if what == SCRIPT else what
            setattr(one, name, getattr(one, name) + number)
    for one in found.values():
        one.state = _state(one, one.origin in asking)
    ours = [one for one in found.values() if one.listed]
    # a script alone says nothing of a placement that does not list its origin
    others = [one for one in found.values() if not one.listed and (one.shown or one.closed or one.refused)]
    return ours + sorted(others, key=lambda one: (-one.shown - sum(one.refused.values()), one.origin))


def _state(one: Sighting, asks: bool) -> State:
    if not one.listed:
        return "unlisted"
    if one.last_on is None:
        return "silent"
    if one.sent == 0 and sum(one.refused.values()) > 0:
        return "refused"
    if one.shown or one.sent:
        return "works"
    return "closed" if one.closed else "blocked" if one.scripts and not asks else "silent"
