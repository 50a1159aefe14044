"""What a team writes on a citizen's receipt: it asks back, tells, or invites to talk."""

from __future__ import annotations

from msgspec.structs import replace
from starlette.routing import Route

from collector.day import day_of
from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import covered, id_of
from collector.errors import Refusal
from collector.message import Message, Saying, Weighing, checked_saying
from collector.text.clean import clean
from collector.text.redact import redact

# what a team may not write down about a person; the number and address of a desk are what it should give
_NEVER = ("national_number", "iban", "card")


@operation(
    summary="Write on a receipt",
    tag="team",
    answers={201: Message},
    refusals=(
        "invalid", "not_found", "forbidden", "origin", "wrong_state", "claimed", "not_allowed", "nothing_to_say",
        "busy", "full",
    ),
    body=Saying,
    need="editor",
    scoped=True,
)  # fmt: skip
async def write_message(call: Call) -> Message:
    """A question as often as it is needed, a note, the proposal to hand it to a desk for one's own case (which only its author
    can do), or an invitation to talk to somebody who allowed to be invited. It is there for its author at once, signed by the
    office; a voice that nobody had read counts as read. Not while a colleague has claimed it."""
    parts, agency = call.parts, call.parts.store.agencies.agency(call.right.agency_id)
    now = parts.now()
    saying = checked_saying(call.body, day_of(now, agency.time_zone))
    if saying.contact_point is not None:
        points = parts.store.agencies.contact_points(agency.id)
        if not any(point.key == saying.contact_point and point.takes_cases for point in points):
            raise Refusal("invalid", fields=("contact_point",))
    said = redact(clean(saying.text), _NEVER)
    if not said.text and saying.invitation is None and saying.contact_point is None:
        raise Refusal("nothing_to_say")
    return await parts.store.messages.tell(
        agency.id, await covered(call), replace(saying, text=said.text), masked=said.kinds, by=call.right.signed,
        now=now, member_id=call.right.member_id, holder=call.right.holder_name,
    )  # fmt: skip


@operation(
    summary="Weigh it",
    tag="team",
    answers={201: Message},
    refusals=("invalid", "not_found", "forbidden", "origin", "wrong_state", "stale", "nothing_to_say", "busy", "full"),
    body=Weighing,
    need="editor",
)
async def weigh_submission(call: Call) -> Message:
    """After reading: how grave it is, and why. What its author said orders reading; this counts for everything after it, and
    its author reads it with the reason on her receipt, signed by the office."""
    weighing: Weighing = call.body
    said = redact(clean(weighing.text), _NEVER)
    if not said.text:
        raise Refusal("nothing_to_say")
    return await call.parts.store.messages.weigh(
        call.right.agency_id, id_of(call), replace(weighing, text=said.text), masked=said.kinds, by=call.right.signed,
        now=call.parts.now(), member_id=call.right.member_id,
    )  # fmt: skip


routes = [
    Route("/api/submissions/{id}/weighing", weigh_submission, methods=["POST"]),
    Route("/api/submissions/{id}/messages", write_message, methods=["POST"]),
]
