"""Handing a voice to another agency of the installation: ask, take it on, or say why not."""

from __future__ import annotations

import msgspec
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import id_of
from collector.offer import Deciding, Incoming, Offer, Offering
from collector.receipt import AgencyName
from collector.text.clean import clean
from collector.text.redact import redact


class OfferList(msgspec.Struct):
    """`items`: what others ask of us. `agencies`: whom we can ask."""

    items: list[Incoming]
    agencies: list[AgencyName]


class Asked(msgspec.Struct):
    """All that was asked for one voice, oldest first."""

    items: list[Offer]


class Decided(msgspec.Struct):
    """`submission`: the id of what is ours now; null when we said no."""

    submission: int | None


_WRITES = ("invalid", "forbidden", "origin", "not_found", "busy", "full")


@operation(summary="What other agencies ask of us", tag="team", answers={200: OfferList}, need="viewer")
async def list_offers(call: Call) -> OfferList:
    """Who asks, and why: no words of a citizen are in it before we have said yes. And whom we can ask ourselves."""
    offers = call.parts.store.offers
    return OfferList(await offers.incoming(call.right.agency_id), offers.others(call.right.agency_id))


@operation(
    summary="Offer a submission to another agency",
    tag="team",
    answers={201: Asked},
    refusals=(*_WRITES, "wrong_state"),
    body=Offering,
    need="editor",
)
async def offer_submission(call: Call) -> Asked:
    """Its author reads at once whom we ask and why, and can say no until they have said yes. What we know of it, themes,
    thread and what we found it to weigh, stays with us."""
    offering: Offering = call.body
    note = redact(clean(offering.note)).text
    return Asked(
        await call.parts.store.offers.make(
            call.right.agency_id, id_of(call), offering.agency, note, now=call.parts.now(), by=call.right.signed
        )
    )


@operation(
    summary="Ask another agency no longer",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="editor",
)
async def withdraw_offer(call: Call) -> None:
    """As long as they have not decided."""
    offers = call.parts.store.offers
    await offers.withdraw(call.right.agency_id, id_of(call), now=call.parts.now(), by=call.right.signed)


@operation(
    summary="Take on what another agency offers, or say why not",
    tag="team",
    answers={200: Decided},
    refusals=_WRITES,
    body=Deciding,
    need="editor",
)
async def decide_offer(call: Call) -> Decided:
    """With a yes it is a submission of ours, new, under a placement of ours, with a thread of its own; its author sees both on
    one receipt, and whatever she corrects or erases is corrected and erased here too. A no takes a reason, which she reads."""
    deciding: Deciding = call.body
    reason = redact(clean(deciding.reason)).text
    made = await call.parts.store.offers.decide(
        call.right.agency_id, id_of(call), deciding, reason, now=call.parts.now(), by=call.right.signed
    )
    return Decided(made)


routes = [
    Route("/api/offers", list_offers, methods=["GET"]),
    Route("/api/offers/{id}", decide_offer, methods=["POST"]),
    Route("/api/submissions/{id}/offer", offer_submission, methods=["POST"]),
    Route("/api/submissions/{id}/offer", withdraw_offer, methods=["DELETE"]),
]
