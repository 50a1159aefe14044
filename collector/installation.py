"""The installation as those who run it see it: which agencies there are and whether they work. Never a citizen's words, nor how
any of them answered."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from collector.agency import LANGUAGES

WEEK_MS = 7 * 86_400_000
LATE_MS = 2 * 3_600_000  # a mail that waits for longer: the bell rings within an hour


class AgencyHealth(msgspec.Struct):
    """`live`: it can be reached, so that it takes answers in. `last_at`: when something was last sent to it, Unix milliseconds.
    `members`: who have joined; `managed`: somebody who manages is among them, or a token that does. `refused`: of answers in
    the last seven days, by the code of the refusal; `blocked`: on how many websites its question is blocked or refused.
    `mails_waiting`: bells that should have rung hours ago. `hooks_failing`: programs that cannot be told."""

    key: str
    name: str
    created_at: int
    live: bool
    placements: int
    last_at: int | None
    members: int
    managed: bool
    refused: dict[str, int]
    blocked: int
    mails_waiting: int
    hooks_failing: int

    @property
    def well(self) -> bool:
        """Whether nobody has to look."""
        return self.live and self.managed and not (self.blocked or self.mails_waiting or self.hooks_failing)


class Founding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/agencies`."""

    key: Annotated[str, Meta(max_length=100)]
    name: str
    required_languages: tuple[str, ...] = LANGUAGES[:2]


class FirstAdmin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/agencies/{key}/admin`."""

    email: Annotated[str, Meta(max_length=254)]
    name: str
    office: str
