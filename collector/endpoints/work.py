"""What a team does with its decisions: write, publish, lead them through their phases, change the text, brief."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from starlette.routing import Route

from collector.decision import File, Writing
from collector.endpoints.operation import Call, operation
from collector.endpoints.submissions import id_of
from collector.errors import Refusal
from collector.section import Passage, Section
from collector.store.steps import Member, Step
from collector.store.work import Brief, Desk, Work
from collector.texts import Texts

Revision = Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)]
Ids = Annotated[list[int], Meta(max_length=200)]


class Beginning(msgspec.Struct, forbid_unknown_fields=True):
    """`theme`: the id of the theme that it grows out of, in its agenda phase, with its voices."""

    key: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}\Z")]
    file: File = File()
    theme: int | None = None


class Writ(msgspec.Struct, forbid_unknown_fields=True):
    """A new version of the whole text; `note`: what is new in it."""

    revision: Revision
    sections: Annotated[list[Section], Meta(min_length=1, max_length=1_000)]
    note: Texts = {}


class Linking(msgspec.Struct, forbid_unknown_fields=True):
    """`version`: the one in which the passage reads `after`; before that it read `before`."""

    section: str
    version: Annotated[int, Meta(ge=1, le=1_000_000)]
    before: Texts = {}
    after: Texts = {}
    themes: Ids = []


class Relinking(msgspec.Struct, forbid_unknown_fields=True):
    before: Texts = {}
    after: Texts = {}
    themes: Ids = []


class BriefQuery(msgspec.Struct, forbid_unknown_fields=True):
    """The page about it is in this language; the texts come in all of theirs."""

    language: Literal["nl", "fr", "de", "en"] = "nl"


_WRITES = ("invalid", "forbidden", "origin", "not_found", "wrong_state", "incomplete", "stale", "busy", "full")


async def _work(call: Call, key: str) -> Work:
    return await call.parts.store.work.one(call.right.agency_id, key, call.parts.now())


async def _or_current(call: Call, refusal: Refusal, key: str) -> Refusal:
    """A stale write is told what stands there now, so that nothing is lost."""
    if refusal.code != "stale":
        return refusal
    return Refusal("stale", current=await _work(call, key))


@operation(summary="What waits for us", tag="team", answers={200: Desk}, need="viewer")
async def see_desk(call: Call) -> Desk:
    """Our decisions, drafts as well; pages with much feedback and no decision; what is late."""
    return await call.parts.store.work.desk(call.right.agency_id, call.parts.now())


@operation(
    summary="Begin a decision",
    tag="team",
    answers={201: Work},
    refusals=("invalid", "forbidden", "origin", "exists", "busy", "full"),
    body=Beginning,
    need="editor",
)
async def begin_decision(call: Call) -> Work:
    """A draft, which nobody outside sees."""
    body: Beginning = call.body
    decision = await call.parts.store.decisions.create(
        call.right.agency_id, body.key, body.file, theme_id=body.theme, now=call.parts.now(), by=call.right.signed
    )
    return await _work(call, decision.key)


@operation(summary="Our work on a decision", tag="team", answers={200: Work}, refusals=("not_found",), need="viewer")
async def see_work(call: Call) -> Work:
    """Its file, what keeps it from being published, what waits for an answer, what was expected beside what was heard."""
    return await _work(call, call.path["key"])


@operation(
    summary="Write on a decision", tag="team", answers={200: Work}, refusals=_WRITES, body=Writing, need="editor"
)
async def write_decision(call: Call) -> Work:
    """What is named changes. A date that is public moves only with a reason, which stands in public."""
    key = call.path["key"]
    try:
        await call.parts.store.decisions.write(
            call.right.agency_id, key, call.body, now=call.parts.now(), by=call.right.signed
        )
    except Refusal as refusal:
        raise await _or_current(call, refusal, key) from None
    return await _work(call, key)


@operation(
    summary="Take a step",
    tag="team",
    answers={200: Work},
    refusals=(*_WRITES, "unanswered"),
    body=Step,
    need="editor",
)
async def take_step(call: Call) -> Work:
    """Publish, next phase, answered, decided, withdraw, open again, merge. What was promised is kept: nothing is answered
    or decided while something waits, unless a member publishes that, with a reason."""
    key, right = call.path["key"], call.right
    member = Member(right.signed, right.office or right.name, right.member_id is not None)
    try:
        await call.parts.store.steps.take(right.agency_id, key, call.body, member, now=call.parts.now())
    except Refusal as refusal:
        raise await _or_current(call, refusal, key) from None
    return await _work(call, key)


@operation(
    summary="Publish a version of the text",
    tag="team",
    answers={201: Work},
    refusals=_WRITES,
    body=Writ,
    need="editor",
)
async def publish_version(call: Call) -> Work:
    """The whole text in sections. A section's key stays for good."""
    body: Writ = call.body
    store, key = call.parts.store, call.path["key"]
    try:
        await store.sections.publish(
            store.decisions.mine(call.right.agency_id, key),
            body.sections,
            body.note,
            revision=body.revision,
            languages=store.agencies.agency(call.right.agency_id).required_languages,
            now=call.parts.now(),
            by=call.right.signed,
        )
    except Refusal as refusal:
        raise await _or_current(call, refusal, key) from None
    return await _work(call, key)


@operation(summary="Link a passage", tag="team", answers={201: Passage}, refusals=_WRITES, body=Linking, need="editor")
async def link_passage(call: Call) -> Passage:
    """Says which themes moved a changed passage. Their receipts show it."""
    body: Linking = call.body
    store = call.parts.store
    return await store.sections.link(
        store.decisions.mine(call.right.agency_id, call.path["key"]),
        section=body.section,
        version=body.version,
        before=body.before,
        after=body.after,
        themes=body.themes,
        now=call.parts.now(),
        by=call.right.signed,
    )


@operation(
    summary="Link a passage anew", tag="team", answers={200: Passage}, refusals=_WRITES, body=Relinking, need="editor"
)
async def relink_passage(call: Call) -> Passage:
    """Other words or other themes for a passage that is linked."""
    body: Relinking = call.body
    return await call.parts.store.sections.relink(
        call.right.agency_id, id_of(call), body.before, body.after, body.themes,
        now=call.parts.now(), by=call.right.signed,
    )  # fmt: skip


@operation(
    summary="Unlink a passage",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="editor",
)
async def unlink_passage(call: Call) -> None:
    """Takes it away from the text and from receipts."""
    await call.parts.store.sections.unlink(
        call.right.agency_id, id_of(call), now=call.parts.now(), by=call.right.signed
    )


@operation(
    summary="The brief",
    tag="team",
    answers={200: Brief},
    refusals=("not_found", "invalid"),
    query=BriefQuery,
    need="viewer",
)
async def see_brief(call: Call) -> Brief:
    """For the evening before: what is open, how many spoke, the five gravest stories word for word, what still waits."""
    return await call.parts.store.work.brief(call.right.agency_id, call.path["key"], call.parts.now())


routes = [
    Route("/api/work", see_desk, methods=["GET"]),
    Route("/api/decisions", begin_decision, methods=["POST"]),
    Route("/api/decisions/{key}", write_decision, methods=["PATCH"]),
    Route("/api/decisions/{key}/work", see_work, methods=["GET"]),
    Route("/api/decisions/{key}/steps", take_step, methods=["POST"]),
    Route("/api/decisions/{key}/versions", publish_version, methods=["POST"]),
    Route("/api/decisions/{key}/passages", link_passage, methods=["POST"]),
    Route("/api/decisions/{key}/brief", see_brief, methods=["GET"]),
    Route("/api/passages/{id}", relink_passage, methods=["PUT"]),
    Route("/api/passages/{id}", unlink_passage, methods=["DELETE"]),
]
