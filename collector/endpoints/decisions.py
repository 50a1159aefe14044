"""What everybody may ask of decisions: what is being decided, until when, what was heard and what changed."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from collector.decision import Decision
from collector.endpoints.operation import Call, operation
from collector.errors import Refusal
from collector.live.acts import LISTENERS
from collector.outline import Outline, one, outline
from collector.public import PublicDecision, PublicLine
from collector.section import Compared, ReadSection, ReadVersion, paragraphs, paragraphs_of
from collector.store.public import OtherVoice
from collector.submission import Effect
from collector.texts import Texts

Number = Annotated[int, Meta(ge=1, le=1_000_000)]
Tag = Annotated[str, Meta(max_length=35)]


class InLanguage(msgspec.Struct, forbid_unknown_fields=True):
    """`language`: texts come in it, or in the first there is; without it, in all."""

    language: Tag | None = None


class Outlining(msgspec.Struct, forbid_unknown_fields=True):
    """`language`: one of ours, else English."""

    language: Tag = "en"


class Decisions(msgspec.Struct):
    items: list[PublicLine]


class Comparing(msgspec.Struct, forbid_unknown_fields=True, rename={"before": "from", "after": "to"}):
    """`from` and `to` are versions."""

    before: Number
    after: Number
    language: Literal["nl", "fr", "de", "en"] = "nl"


class Comparison(msgspec.Struct):
    items: list[Compared]


class Asking(msgspec.Struct, forbid_unknown_fields=True):
    """`unlike`: what it means for the one who asks."""

    unlike: Effect


def open_json(answer: object) -> Response:
    """For everybody, from any page; a browser may keep it for five seconds, so that a crowd is not a storm."""
    headers = {"cache-control": "public, max-age=5", "access-control-allow-origin": "*"}
    return Response(msgspec.json.encode(answer), media_type="application/json", headers=headers)


def _decision(call: Call) -> Decision:
    return call.parts.store.decisions.by_key(call.path["key"])


@operation(summary="What is being decided", tag="citizen", answers={200: Decisions})
async def list_decisions(call: Call) -> Response:
    """All that is public, the last changed first."""
    return open_json(Decisions(call.parts.store.public.lines(call.parts.now())))


@operation(summary="One decision", tag="citizen", answers={200: PublicDecision}, refusals=("not_found",))
async def see_decision(call: Call) -> Response:
    """What is open and what is fixed, until when, what was heard and what changed. Figures are of the last full hour, in
    steps of five."""
    return open_json(await call.parts.store.public.document(_decision(call), call.parts.now()))


@operation(
    summary="A decision in one language, for the widget",
    tag="citizen",
    answers={200: Outline},
    refusals=("not_found", "invalid"),
    query=Outlining,
)
async def see_outline(call: Call) -> Response:
    """What one needs to know before one reacts, and nothing else: no themes, no figures, no text."""
    parts, decision = call.parts, _decision(call)
    screens = call.request.state["first_screens"]
    language = call.query.language[:2].lower()
    if language not in screens:
        language = "en"
    desks = {point.key: point for point in parts.store.agencies.contact_points(decision.agency_id)}
    return open_json(
        outline(
            decision,
            f"{parts.public_url}/d/{decision.key}",
            desks.get(decision.file.contact_point or ""),
            parts.store.asks.open_of(decision, parts.now()),
            parts.words,
            {"effect": screens[language]["effect"], **screens[language]["outline"]},
            language,
            parts.now(),
        )
    )


@operation(
    summary="A version of the text",
    tag="citizen",
    answers={200: ReadVersion},
    refusals=("not_found", "invalid"),
    query=InLanguage,
)
async def see_version(call: Call) -> Response:
    """The whole text as it stood, and what of it one can react to."""
    number = call.path["version"]
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        raise Refusal("not_found")
    version = await call.parts.store.sections.version(_decision(call), int(number))
    tag = call.query.language and call.query.language[:2].lower()

    def read(texts: Texts) -> Texts:
        return one(texts, tag) if tag else texts

    sections = []
    for found in version.sections:
        count, text = paragraphs_of(found.text), read(found.text)
        if count > 1:
            text = {said: "\n\n".join(paragraphs(words)) for said, words in text.items()}
        sections.append(ReadSection(found.key, text, read(found.title), count))
    return open_json(ReadVersion(version.version, version.published_at, read(version.note), sections))


@operation(
    summary="Compare two versions",
    tag="citizen",
    answers={200: Comparison},
    refusals=("not_found", "invalid"),
    query=Comparing,
)
async def compare_versions(call: Call) -> Response:
    """Section by section, word by word."""
    asked: Comparing = call.query
    found = await call.parts.store.sections.compare(_decision(call), asked.before, asked.after, asked.language)
    return open_json(Comparison(found))


@operation(
    summary="One other voice",
    tag="citizen",
    answers={200: OtherVoice, 204: None},
    refusals=("not_found", "invalid"),
    query=Asking,
)
async def other_voice(call: Call) -> Response:
    """Of somebody to whom it means something else, who allowed it, and whom the team has read. 204 when there is none."""
    voice = await call.parts.store.public.other_voice(_decision(call), call.query.unlike)
    if voice is None:
        return Response(status_code=204, headers={"access-control-allow-origin": "*", "cache-control": "no-store"})
    response = open_json(voice)
    response.headers["cache-control"] = "no-store"
    return response


@operation(
    summary="Official acts, live",
    tag="citizen",
    answers={200: "text/event-stream"},
    refusals=("not_found", "slow_down"),
)
async def listen(call: Call) -> Response:
    """Server-sent events: `act` with the decision, the act and its time, for each official act. Ask for the decision
    again then."""
    decision = _decision(call)
    if call.parts.acts.size >= LISTENERS:
        raise Refusal("slow_down")
    headers = {"cache-control": "no-store", "access-control-allow-origin": "*", "x-accel-buffering": "no"}
    return StreamingResponse(call.parts.acts.listen(decision.key), media_type="text/event-stream", headers=headers)


routes = [
    Route("/api/decisions", list_decisions, methods=["GET"]),
    Route("/api/decisions/{key}", see_decision, methods=["GET"]),
    Route("/api/decisions/{key}/versions/{version}", see_version, methods=["GET"]),
    Route("/api/decisions/{key}/outline", see_outline, methods=["GET"]),
    Route("/api/decisions/{key}/compare", compare_versions, methods=["GET"]),
    Route("/api/decisions/{key}/voice", other_voice, methods=["GET"]),
    Route("/api/decisions/{key}/acts", listen, methods=["GET"]),
]
