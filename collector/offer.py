"""An offer: one agency asks another of the installation to take a voice on. Until that one has said yes it sees no words, and
the citizen can say no. What it takes on is a copy of its own, with a thread of its own, behind the same receipt."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.receipt import AgencyName

# `refused`: by the citizen; `withdrawn`: by those who offered it, or because its words are gone
OfferStatus = Literal["open", "taken", "declined", "refused", "withdrawn"]
Said = Annotated[str, Meta(max_length=1_000)]


class Offer(msgspec.Struct):
    """One asking, as the agency that offers it sees it. `note`: why, as that agency wrote it, and `reason`: why not, as the
    other did; the citizen reads both, and both go with her words. `by` and `decided_by` are offices. Unix milliseconds."""

    id: int
    agency: AgencyName
    status: OfferStatus
    note: str | None
    by: str | None
    at: int
    reason: str | None
    decided_by: str | None
    decided_at: int | None


class Incoming(msgspec.Struct):
    """What another agency asks of us: nothing of the words. `language`: of the words; `grave`: by what their author said;
    `received_at`: when they came to `agency`, which asks."""

    id: int
    agency: AgencyName
    note: str | None
    by: str | None
    at: int
    language: str | None
    grave: bool
    received_at: int


class CameFrom(msgspec.Struct):
    """Whose voice it was before we took it on, and why they asked. `said_at`: when it came to them."""

    agency: AgencyName
    note: str | None
    said_at: int


class Offering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/submissions/{id}/offer`. `agency`: its key."""

    agency: Annotated[str, Meta(max_length=63)]
    note: Said


class Deciding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/offers/{id}`: yes with the `placement` of ours under which it stands from then on, or no with a
    `reason`."""

    take: bool
    placement: Annotated[str, Meta(max_length=63)] | None = None
    reason: Said = ""
