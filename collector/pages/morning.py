"""`/story`: where the reader of a morning story says that she has read it, hands over or pauses. The secret of its link comes
in the fragment, which no server sees, and travels on in the body of a form. Looking, by her or by a program that tries out
the links of a mail, says nothing; only the press does."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from collector.day import Days
from collector.endpoints.operation import same_origin
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.guard.source import Kind
from collector.morning import MorningStep
from collector.pages.letter import language_name, weight_of
from collector.pages.render import JUST_NOW_MS, Renderer, first, form_fields, machine, page_language, when
from collector.store.stories import Opened
from collector.texts import pick
from collector.token import Right

SECRET_CHARACTERS = 100
OFFERED_DAYS = (3, 7, 14, 30)


class MorningPage:
    """Works without signing in and without JavaScript. A link opens one story, and for two weeks."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    @property
    def routes(self) -> list[Route]:
        return [Route("/story", self.see, methods=["GET"]), Route("/story", self.post, methods=["POST"])]

    async def see(self, request: Request) -> Response:
        return self._renderer.page(request, "morning.html", story=None, secret="")

    async def post(self, request: Request) -> Response:
        parts: Parts = request.state["parts"]
        secret = ""
        try:
            same_origin(request, parts)
            fields = await form_fields(request)
            secret = first(fields, "link").strip().rsplit("#", 1)[-1][:SECRET_CHARACTERS]
            opened = await self._open(request, parts, secret)
        except Refusal as refusal:
            return self._renderer.page(request, "morning.html", refusal=refusal, story=None, secret="")
        refused: Refusal | None = None
        done: dict[str, Any] = {}
        try:
            done = await _take(parts, opened, fields)
            opened = await parts.store.stories.open(secret, parts.now())
        except Refusal as refusal:
            refused = refusal
        return self._renderer.page(
            request, "morning.html", refusal=refused, secret=secret, done=done, **await _shown(request, parts, opened)
        )

    async def _open(self, request: Request, parts: Parts, secret: str) -> Opened:
        address = request.client.host if request.client else ""
        verdict = parts.sources.look("guess", address)
        if verdict.kind is not Kind.FREE:
            raise Refusal("slow_down", retry_after=verdict.retry_after)
        try:
            return await parts.store.stories.open(secret, parts.now())
        except Refusal:
            parts.sources.check("guess", address)
            raise


async def _take(parts: Parts, opened: Opened, fields: dict[str, list[str]]) -> dict[str, Any]:
    """What was pressed. Returns what the page says of it."""
    store, now, step = parts.store, parts.now(), first(fields, "step")
    if step == "read":
        await store.stories.read(opened, now)
        return {"read": True}
    if step not in ("pause", "hand_over"):
        return {}
    if not opened.mine:
        raise Refusal("wrong_state")
    try:
        wanted: dict[str, Any] = {"step": step}
        wanted |= {"days": first(fields, "days")} if step == "pause" else {"to": first(fields, "to")}
        taken = msgspec.convert(wanted, MorningStep, strict=False)
    except msgspec.ValidationError:
        raise Refusal("invalid", fields=("days" if step == "pause" else "to",)) from None
    await store.mornings.take(opened.agency_id, opened.key, taken, now=now, by=opened.signed)
    found = next(one for one in await store.mornings.list(opened.agency_id, now) if one.decision == opened.key)
    return {"paused": found.paused_until} if step == "pause" else {"handed": found.reader.name}


async def _shown(request: Request, parts: Parts, opened: Opened) -> dict[str, Any]:
    """The story as the page shows it: the words once more, while they are there. That they were before her eyes is noted first;
    that she read them says only her press."""
    language, now, store = page_language(request), parts.now(), parts.store
    voice = await store.submissions.one(opened.agency_id, opened.submission_id)
    if voice.text:
        reader = Right(0, opened.agency_id, "viewer", opened.name, member_id=opened.member_id, office=opened.office)
        await store.audit.read(reader, [voice.id], now=now, opened=False)
    agency = store.agencies.agency(opened.agency_id)
    members = await store.members.list(opened.agency_id)
    said = when(voice.received_at, language, agency.time_zone, voice.received_at + 2 * JUST_NOW_MS)
    facts = [said, language_name(parts.words, language, voice.language)] if voice.text else []
    return {
        "story": opened,
        "voice": voice if voice.text else None,
        "facts": [*facts, parts.words.get(language, f"morning.channel.{voice.channel}")] if facts else [],
        "weighs": weight_of(parts.words, language, voice) if voice.text else "",
        "said_at": machine(voice.received_at),
        "title": pick(store.decisions.mine(opened.agency_id, opened.key).file.title, language),
        "colleagues": [one for one in members if one.joined_at is not None and one.id != opened.member_id],
        "offered_days": OFFERED_DAYS,
        "days": Days(language, agency.time_zone, now),
    }
