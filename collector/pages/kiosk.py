"""`/f/{placement}?kiosk`: the form for a device that stands somewhere for the public. All screens stand in the page in all
languages, so that it goes on while the network is gone; `dashboard/kiosk/kiosk.js` shows one of them."""

from __future__ import annotations

from base64 import b64encode

from starlette.requests import Request
from starlette.responses import Response

from collector.endpoints.parts import Parts
from collector.help_number import for_reader, help_numbers
from collector.pages.questions import FIELDS, Questions
from collector.pages.render import Renderer
from collector.placement import Placement
from collector.qr import qr
from collector.texts import pick


def kiosk(renderer: Renderer, questions: Questions, request: Request, placement: Placement) -> Response:
    """`&decision=KEY`: about that decision. Refusal `not_found` for one that does not stand here."""
    parts: Parts = request.state["parts"]
    named = request.query_params.get("decision")
    decision = parts.store.decisions.reacted_to(placement, named) if named else None
    question = "effect" if decision is not None else placement.question
    agencies = parts.store.agencies
    return renderer.page(
        request,
        "kiosk.html",
        types="kiosk",  # the one address of its service worker
        languages=placement.languages,
        placement=placement,
        agency=agencies.agency(placement.agency_id),
        decision=decision,
        field=FIELDS[question],
        words={code: questions.of(code, question, "no") for code in placement.languages},
        titles={code: pick(decision.file.title, code)[0] if decision else "" for code in placement.languages},
        helpers={
            code: [(pick(one.name, code)[0], one.number) for one in for_reader(help_numbers(), code)[0]]
            for code in placement.languages
        },
        clips={code: _picture(address) for code, address in placement.clips.items()},
        contact_points=agencies.contact_points_of(placement),
        address=f"{parts.public_url}/r".removeprefix("https://").removeprefix("http://"),
        say=lambda code, name, **filled: parts.words.get(code, f"pages.{name}", **filled),
    )


def _picture(address: str) -> str:
    """A QR of an address as a data URL: a kiosk leads nobody away from its own page."""
    return "data:image/svg+xml;base64," + b64encode(qr(address).encode()).decode()
