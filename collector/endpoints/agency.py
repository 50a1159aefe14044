"""The settings of an agency: what it is called, what it owes, how long it keeps; and the clocks, which nobody sets."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.agency import Agency, Settling
from collector.clock import RULES
from collector.endpoints.operation import Call, operation
from collector.errors import Refusal


class Clock(msgspec.Struct):
    """By when something is owed: so many days, `working` or of the calendar. `source`: where the rule comes from."""

    kind: str
    days: int
    working: bool
    source: str


class Settings(msgspec.Struct):
    """`names`: by language; empty as long as only `name` is known. `privacy_contact` stands on `privacy_url`. What has a place
    of its own is changed there: `audit_days` in the audit log, `stale_days` among the contact points, `alarm_voices` and
    `alarm_days` where one reads first, `second_factor` in access."""

    key: str
    name: str
    names: dict[str, str]
    privacy_contact: str
    privacy_url: str
    required_languages: tuple[str, ...]
    time_zone: str
    retention_days: int
    audit_days: int
    stale_days: int
    alarm_voices: int
    alarm_days: int
    second_factor: bool
    revision: int
    clocks: list[Clock]


@operation(summary="Settings of the agency", tag="team", answers={200: Settings}, need="admin")
async def see_settings(call: Call) -> Settings:
    """All there are, with the clocks."""
    return _settings(call, call.parts.store.agencies.agency(call.right.agency_id))


@operation(
    summary="Change the settings",
    tag="team",
    answers={200: Settings},
    refusals=("invalid", "forbidden", "origin", "stale", "busy", "full"),
    body=Settling,
    need="admin",
)
async def change_settings(call: Call) -> Settings:
    """What is named changes. Of two who change it the later one is told what stands there now. With fewer `retention_days`
    older words are erased within the hour, and do not come back."""
    agencies, right = call.parts.store.agencies, call.right
    try:
        agency = await agencies.settle(right.agency_id, call.body, now=call.parts.now(), by=right.signed)
    except Refusal as refusal:
        if refusal.code != "stale":
            raise
        raise Refusal("stale", current=_settings(call, agencies.agency(right.agency_id))) from None
    return _settings(call, agency)


def _settings(call: Call, agency: Agency) -> Settings:
    kept = {name: getattr(agency, name) for name in Settings.__struct_fields__ if hasattr(agency, name)}
    clocks = [Clock(kind, rule.number, rule.working, rule.source) for kind, rule in RULES.items()]
    return Settings(**kept, clocks=clocks, privacy_url=f"{call.parts.public_url}/privacy/{agency.key}")


routes = [
    Route("/api/agency", see_settings, methods=["GET"]),
    Route("/api/agency", change_settings, methods=["PATCH"]),
]
