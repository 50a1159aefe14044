"""The quiet alarm: which ones stand, and that a person with a name has seen one."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.alarm import Alarm, Rule, Seen
from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import id_of
from collector.errors import Refusal
from collector.text.clean import clean
from collector.text.redact import redact


class Standing(msgspec.Struct):
    """Alarms that nobody has seen, the oldest first; and the `rule` by which they are raised."""

    items: list[Alarm]
    rule: Rule


@operation(summary="Alarms that stand", tag="team", answers={200: Standing}, need="viewer")
async def list_alarms(call: Call) -> Standing:
    """Several grave voices, each for itself, came to one placement, decision or theme within a few days. How many others came
    plays no part."""
    store, agency_id = call.parts.store, call.right.agency_id
    return Standing(await store.alarms.open(agency_id), _rule(call))


@operation(
    summary="Say that an alarm is seen",
    tag="team",
    answers={200: Alarm},
    refusals=("invalid", "not_found", "forbidden", "origin", "wrong_state", "nothing_to_say"),
    body=Seen,
    need="editor",
)
async def see_alarm(call: Call) -> Alarm:
    """What is done about it, said by a person with a name: a script with a token is refused."""
    seen: Seen = call.body
    await call.parts.store.alarms.one(call.right.agency_id, id_of(call))
    if call.right.member_id is None:
        raise Refusal("invalid", fields=("seen",))
    done = redact(clean(seen.done)).text
    if not done:
        raise Refusal("nothing_to_say")
    return await call.parts.store.alarms.see(
        call.right.agency_id, id_of(call), done, by=call.right.signed, now=call.parts.now()
    )


@operation(
    summary="Set when an alarm is raised",
    tag="team",
    answers={200: Rule},
    refusals=("invalid", "forbidden", "origin"),
    body=Rule,
    need="admin",
)
async def set_rule(call: Call) -> Rule:
    """It counts for what comes from now on; alarms that stand go on standing."""
    agencies = call.parts.store.agencies
    await agencies.set_alarm(call.right.agency_id, call.body, now=call.parts.now(), by=call.right.signed)
    return _rule(call)


def _rule(call: Call) -> Rule:
    agency = call.parts.store.agencies.agency(call.right.agency_id)
    return Rule(agency.alarm_voices, agency.alarm_days)


routes = [
    Route("/api/alarms", list_alarms, methods=["GET"]),
    Route("/api/alarms/{id}/seen", see_alarm, methods=["POST"]),
    Route("/api/alarms/rule", set_rule, methods=["PUT"]),
]
