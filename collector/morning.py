"""One story, every working morning, for the member who owns a decision: when it comes, when it stops, who gets it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from collector.day import Day, after_days, is_working_day

HOURS = range(8, 18)  # it comes at eight; after a standstill later that day, never at night
UNREAD = 5  # so many unread in a row, and it is off
LINK_DAYS = 14  # how long its link can say "I read it"
LONGEST_PAUSE = 60

Language = Literal["nl", "fr", "de", "en"]
# `on` · `paused` until a day · `off` · `gone`: who gets it is not, or not yet, a colleague who has joined
MorningState = Literal["on", "paused", "off", "gone"]
# why it is off: five unread, no such address, somebody of the team
Off = Literal["unread", "address", "team"]


class Who(msgspec.Struct, frozen=True):
    """A colleague, as colleagues see her."""

    id: int
    name: str
    office: str


class Morning(msgspec.Struct):
    """The morning story of one decision. `reader` gets it: its owner, or who took it over. `unread`: sent since the last one
    that was read. `waits`: one is drawn that the mail server has not taken yet. `last_at`: when the last one was sent."""

    decision: str
    owner: Who
    reader: Who
    language: Language
    state: MorningState
    off_because: Off | None
    paused_until: Day | None
    unread: int
    sent: int
    read: int
    waits: bool
    last_at: int | None


class Owning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/decisions/{key}/morning`. `member`: the id of one who has joined; null for nobody.
    `language`: of what the mail says around the words."""

    member: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)] | None
    language: Language = "nl"


class MorningStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/decisions/{key}/morning`. `on`: again, from the next working morning; ends a pause as well.
    `hand_over` goes `to` a member who has joined, `pause` lasts `days`. Nobody has to say why."""

    step: Literal["on", "off", "hand_over", "pause"]
    to: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)] | None = None
    days: Annotated[int, Meta(ge=1, le=LONGEST_PAUSE)] | None = None


def is_time(now: int, zone: str) -> bool:
    """Whether a story may go out at `now` (Unix milliseconds): a working day where the agency is, between the hours."""
    moment = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(zone))
    return moment.hour in HOURS and is_working_day(moment.date())


def paused_until(today: Day, days: int) -> Day:
    """The working day on which it comes again."""
    return after_days(today, days)
