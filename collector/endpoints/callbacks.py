"""Call-backs: the number of somebody who wants to be rung, for the member who opens her voice; and that somebody rang."""

from __future__ import annotations

from starlette.routing import Route

from collector.callback import Call as Callback
from collector.callback import Trying
from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import id_of


@operation(
    summary="Whom to call back", tag="team", answers={200: Callback}, refusals=("not_found", "forbidden"), need="editor"
)
async def see_callback(call: Call) -> Callback:
    """The number, when she can be rung, and who tried. It is in no list, no stream and no export."""
    return await call.parts.store.callbacks.one(call.right.agency_id, id_of(call))


@operation(
    summary="Say that somebody called",
    tag="team",
    answers={200: Callback},
    refusals=("invalid", "not_found", "forbidden", "origin", "wrong_state", "slow_down", "busy", "full"),
    body=Trying,
    need="editor",
)
async def try_callback(call: Call) -> Callback:
    """Her receipt says when, and by which office. Once she was reached, the number is erased."""
    return await call.parts.store.callbacks.tried(
        call.right.agency_id, id_of(call), reached=call.body.reached, by=call.right.signed, now=call.parts.now()
    )


routes = [
    Route("/api/submissions/{id}/callback", see_callback, methods=["GET"]),
    Route("/api/submissions/{id}/callback", try_callback, methods=["POST"]),
]
