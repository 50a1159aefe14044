"""What a member takes down for somebody: at the counter, on the telephone, from a paper sheet. It weighs what it would weigh
on the page; `channel` says how it came, nothing else."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import asdict
from starlette.routing import Route

from collector.endpoints.intake import Acknowledgement, Sender, take
from collector.endpoints.operation import Call, operation
from collector.sheet import read_number
from collector.submission import (
    AnotherWay,
    Effect,
    Impacts,
    Outcome,
    Permissions,
    PlacementKey,
    Reason,
    Reference,
    SenderKey,
    Sent,
    Tag,
    Text,
)


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What was said, with the fields of a submission."""

    placement: PlacementKey
    outcome: Outcome | None = None
    effect: Effect | None = None
    reason: Reason | None = None
    text: Text | None = None
    another_way: AnotherWay | None = None
    impact: Impacts | None = None
    language: Tag | None = None
    decision: Reference | None = None
    permissions: Permissions | None = None


class Spoken(Told, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`staff`: the member says it of her own accord. `key`: the same again is stored once."""

    key: SenderKey
    channel: Literal["counter", "phone", "workshop", "staff"]


class Sheet(Told, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`number`: as it stands on the sheet, with or without its slashes."""

    number: str


class Typed(msgspec.Struct):
    """`repeated`: this sheet was typed in before, with the same words. `masked`: what was masked in them."""

    id: int
    repeated: bool
    masked: tuple[str, ...]


_REFUSALS = (
    "invalid", "forbidden", "origin", "placement", "placement_not_live", "nothing_to_say", "key_used", "busy", "full",
)  # fmt: skip


def _sender(call: Call, language: str | None) -> Sender:
    return Sender("", None, language or call.language, call.right.agency_id)


@operation(
    summary="Take down what somebody says",
    tag="team",
    answers={201: Acknowledgement},
    refusals=_REFUSALS,
    body=Spoken,
    need="editor",
)
async def write_down(call: Call) -> Acknowledgement:
    """At the counter or on the telephone. The receipt is of the person who spoke: read it to her or print it, and keep
    nothing of it."""
    body: Spoken = call.body
    return await take(call.parts, Sent(**asdict(body)), _sender(call, body.language))


@operation(
    summary="Type in a paper sheet",
    tag="team",
    answers={201: Typed},
    refusals=_REFUSALS,
    body=Sheet,
    need="editor",
)
async def type_in(call: Call) -> Typed:
    """The receipt's code is on the strip that somebody tore off; it is not told here."""
    body: Sheet = call.body
    said = asdict(body)
    key = call.parts.keys.sheet(body.placement, read_number(said.pop("number")))
    taken = await take(call.parts, Sent(**said, key=key, channel="paper"), _sender(call, body.language))
    return Typed(taken.id, taken.repeated, taken.masked)


routes = [
    Route("/api/counter", write_down, methods=["POST"]),
    Route("/api/sheets", type_in, methods=["POST"]),
]
