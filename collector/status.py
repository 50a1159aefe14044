"""The five states of a submission, and which follows which: *new · read · with an office · answered · set aside*.

The table holds for whatever a team does, so that its author can rely on what the receipt says: nothing is answered that
nobody has read, and what was answered is not declared unusable afterwards. Every step can be taken back. What an author
does with her own receipt (she opens it again, or hands it to a desk) is no step of a team and is not bound by it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from collector.errors import Refusal

Status = Literal["new", "read", "with", "answered", "aside"]
Aside = Literal["unclear", "elsewhere", "twice", "test", "advert", "hurts"]  # why one is set aside; its author reads it

STATUSES: tuple[Status, ...] = ("new", "read", "with", "answered", "aside")
FOLLOWS: dict[Status, tuple[Status, ...]] = {
    "new": ("read", "with", "aside"),
    "read": ("new", "read", "with", "answered", "aside"),  # read again: by a named person, after a key only
    "with": ("new", "read", "with", "answered", "aside"),  # with another office
    "answered": ("read", "with"),
    "aside": ("new", "read", "with", "aside"),  # for another reason
}


class Standing(msgspec.Struct, frozen=True):
    """What a team sets at once: the status and what belongs to it. `contact_point`: its key, None for our own office."""

    status: Status
    contact_point: str | None = None
    aside: Aside | None = None

    @property
    def detail(self) -> str:
        """As the log says it: `with harbour`, `aside twice`, `answered`."""
        return " ".join(filter(None, (self.status, self.contact_point if self.status == "with" else self.aside)))


def checked_step(before: Status, after: Status, aside: Aside | None) -> None:
    """Refusal `wrong_state` for a step that is not in the table; `invalid` when one is set aside without a reason, or
    a reason is given for anything else."""
    if after not in FOLLOWS[before]:
        raise Refusal("wrong_state")
    if (after == "aside") != (aside is not None):
        raise Refusal("invalid", fields=("aside",))
