"""When somebody is told that a saved view has something new. Nothing here knows a clock: what time it is, is handed in, and
whatever that does (it stands still, jumps, goes back, is set for summer), nobody is left waiting and nothing is told twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode

import msgspec

from collector.change import (
    ADDED,
    ASSIGNED,
    CALL_ASKED,
    CALL_TRIED,
    CORRECTED,
    HANDED,
    KIND,
    MESSAGE,
    READ,
    RECEIVED,
    ROUTED,
    SORTED,
    STATUS,
    WEIGHED,
)
from collector.day import day_of, moment_at

# at once, a flood gathered · gathered until it is quiet for a while · every morning · every Monday
Rhythm = Literal["at_once", "collected", "daily", "weekly"]
Way = Literal["mail", "hook"]
Language = Literal["nl", "fr", "de", "en"]

QUIET_MS = 300_000  # so long nothing new came: then what was gathered is told
LONGEST_MS = 7_200_000  # or so long after the first of it, however much comes
HOUR = "08:00"  # of digests, where the agency is
DAY_MS = 86_400_000

# which changes can bring a voice into a view, by what the view filters on; that it came in can always
_BRINGS: dict[str, tuple[str, ...]] = {
    "status": (STATUS, READ),
    "kind": (KIND,),
    "contact_point": (ROUTED, STATUS),
    "desk": (HANDED,),
    "member": (ASSIGNED,),
    "theme": (SORTED, STATUS),
    "callback": (HANDED, CALL_ASKED, CALL_TRIED),
    "waiting": (MESSAGE, ADDED),
    "grave": (WEIGHED, CORRECTED),
    "outcome": (CORRECTED,),
    "effect": (CORRECTED,),
    "reason": (CORRECTED,),
    "rating": (CORRECTED,),
    "words": (CORRECTED,),
    "q": (CORRECTED,),
}


class Alert(msgspec.Struct, frozen=True):
    """How one is told of a view: in which rhythm of what is new (null: not), and whether every Monday of what is still
    unanswered. `language`: of the mails."""

    rhythm: Rhythm | None
    unanswered: bool
    language: Language


class Alerting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/views/{id}/alert`. `way`: `mail` to yourself, or `hook` to the programs of the agency that are
    told of `alerts`. Without a rhythm and `unanswered` it ends."""

    rhythm: Rhythm | None = None
    unanswered: bool = False
    way: Way = "mail"
    language: Language = "nl"


class Waiting(msgspec.Struct, frozen=True):
    """What waits to be told: when the first and the last of it was noticed (Unix milliseconds)."""

    first_at: int
    last_at: int


def brings(asked: dict[str, str]) -> tuple[str, ...]:
    """The changes that can bring a voice into a view with these filters."""
    found = {RECEIVED: None} | {change: None for name in asked for change in _BRINGS.get(name, ())}
    return tuple(found)


def is_due(rhythm: Rhythm, waiting: Waiting, told_at: int, now: int, zone: str) -> bool:
    """Whether what waits is told now. `told_at`: when it was told of last, or since when it is to be."""
    if rhythm in ("daily", "weekly"):
        return _has_come(told_at, now, zone, weekly=rhythm == "weekly")
    if waiting.first_at > now or waiting.last_at > now:
        return True  # the clock has gone back: nobody knows how long it has waited
    if rhythm == "at_once" and not told_at <= now < told_at + QUIET_MS:
        return True
    return now - waiting.last_at >= QUIET_MS or now - waiting.first_at >= LONGEST_MS


def is_monday_due(told_at: int, now: int, zone: str) -> bool:
    """Whether what is still unanswered is told now. `told_at`: as above."""
    return _has_come(told_at, now, zone, weekly=True)


def _has_come(told_at: int, now: int, zone: str, *, weekly: bool) -> bool:
    """Whether the hour has struck since it was told last. Of several that were slept through, one counts."""
    return told_at < last_hour(now, zone, weekly=weekly)


def last_hour(now: int, zone: str, *, weekly: bool) -> int:
    """The moment at which the hour of digests struck last: today, yesterday, or on a Monday."""
    day = date.fromisoformat(day_of(now, zone))
    if weekly:
        day -= timedelta(days=(day.weekday()))
    at = moment_at(day, HOUR, zone)
    return at if at <= now else moment_at(day - timedelta(days=7 if weekly else 1), HOUR, zone)


def told_from(told_at: int, now: int) -> int:
    """When it counts as told last. More than a day ahead it was told by a clock that has gone back since: nobody waits for the
    day it dreamt of. Less than that, the same hour would strike twice: it is waited for."""
    return told_at if told_at <= now + DAY_MS else now


def fragment_of(asked: dict[str, str]) -> str:
    """Where the dashboard shows a view, as the fragment of an address."""
    shown = {name: value for name, value in asked.items() if name != "words"}
    return "#" + urlencode(shown if asked.get("words") else {**shown, "words": "all"})
