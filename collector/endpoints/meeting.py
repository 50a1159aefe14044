"""What is shown to a meeting, or in a report: words of those alone who allowed it."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.routing import Route

from collector.audit import SHOWN
from collector.day import checked_day, end_of, start_of
from collector.endpoints.operation import Call, operation
from collector.endpoints.reading import PLACE, place_of, said
from collector.endpoints.submissions import Date, Selection
from collector.reading import Next
from collector.store.reading import Whose
from collector.store.submissions import ID_STEPS


class MeetingQuery(Selection, forbid_unknown_fields=True, kw_only=True):
    """`unread` `1`: also those that no colleague has read yet. `from` and `to` are dates where the agency is, both included.
    `place`: the `next` of the page before.
    `limit` 0 tells how many there are, and shows none."""

    unread: Annotated[int, Meta(ge=1, le=1)] | None = None
    day_from: Date | None = msgspec.field(default=None, name="from")
    day_to: Date | None = msgspec.field(default=None, name="to")
    place: Annotated[str, Meta(pattern=PLACE)] | None = None
    limit: Annotated[int, Meta(ge=0, le=50)] = 1


class Meeting(msgspec.Struct):
    """`next`: from where to go on, null at the end. `number`: how many there are, counted to 10,000."""

    items: list[Next]
    next: str | None
    number: int


@operation(
    summary="Show to a meeting",
    tag="team",
    answers={200: Meeting},
    refusals=("invalid",),
    query=MeetingQuery,
    need="viewer",
    listed=SHOWN,
)
async def show_to_meeting(call: Call) -> Meeting:
    """Voices whose author allowed her words to be shown, in the order of reading; none that was set aside. Ask for one at a
    time: what is answered is noted in the audit log as shown."""
    query: MeetingQuery = call.query
    store, agency_id = call.parts.store, call.right.agency_id
    ids = None
    if query.day_from is not None or query.day_to is not None:
        zone = store.agencies.agency(agency_id).time_zone
        first = start_of(checked_day(query.day_from or "1970-01-02", "from"), zone)
        ids = first * ID_STEPS, end_of(checked_day(query.day_to or "2100-01-01", "to"), zone) * ID_STEPS
    whose: Whose = "shown_unread" if query.unread else "shown"
    items, more = await store.readings.next(
        agency_id, query.filter(), place_of(query.place), limit=query.limit, now=call.parts.now(), whose=whose, ids=ids
    )
    number = await store.readings.number(agency_id, query.filter(), whose=whose, ids=ids)
    return Meeting(items, said(more), number)


routes = [Route("/api/meeting", show_to_meeting, methods=["GET"])]
