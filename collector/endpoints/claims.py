"""Who answers a voice: claim it, let it go."""

from __future__ import annotations

from starlette.routing import Route

from collector.claim import Claim, Claiming
from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import covered


@operation(
    summary="Claim a submission",
    tag="team",
    answers={200: Claim},
    refusals=("invalid", "not_found", "forbidden", "origin", "wrong_state", "claimed", "busy", "full"),
    body=Claiming,
    need="editor",
    scoped=True,
)
async def claim_submission(call: Call) -> Claim:
    """For half an hour, so that two do not answer one; again, and it is half an hour from then. Colleagues see it at once.
    It ends by itself when the voice is passed on, answered or set aside."""
    claiming: Claiming = call.body
    return await call.parts.store.claims.take(call.right, await covered(call), over=claiming.over, now=call.parts.now())


@operation(
    summary="Let a submission go",
    tag="team",
    answers={204: None},
    refusals=("not_found", "forbidden", "origin", "busy", "full"),
    need="editor",
    scoped=True,
)
async def release_submission(call: Call) -> None:
    """Lets go of what you have claimed; what a colleague has stays hers."""
    await call.parts.store.claims.release(call.right, await covered(call), now=call.parts.now())


routes = [
    Route("/api/submissions/{id}/claim", claim_submission, methods=["PUT"]),
    Route("/api/submissions/{id}/claim", release_submission, methods=["DELETE"]),
]
