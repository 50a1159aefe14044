"""The sample agency: three decisions in three phases, told as they would have happened, one with its trail complete.

All of it is of our own writing and says that it is a sample. The files lie in `collector/sample`; days in them are
counted from the first start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

import msgspec

from collector.agency import Agency
from collector.ask import Asking
from collector.commands.bringing import Bringing
from collector.commands.decision_file import Document, State
from collector.commands.sample_files import (
    DECISIONS,
    Answer,
    Ask,
    Line,
    Voice,
    Voices,
    document,
    sender_of,
    statement,
    trail,
    voices,
)
from collector.commands.sample_service import OFFICE, SERVICE, Serving
from collector.contact_point import TERMS, ContactPoint
from collector.day import day_of
from collector.decision import Decision
from collector.errors import Refusal, Unusable
from collector.member import Inviting
from collector.message import Felt, Saying
from collector.pages.demo import TRAIL
from collector.placement import Placement
from collector.receipt import Keys
from collector.routing import Condition, Rule
from collector.store.store import Store
from collector.store.submissions import Arrival
from collector.submission import Channel, Permissions, Sent
from collector.text.redact import redact
from collector.timetable import read_timetable

AGENCY = "sample"
PLACEMENTS = {
    "heating-allowance": "Heating allowance (a sample)",
    "library": "Library (a sample)",
    "school-street": "School street (a sample)",
}
SERVICES = {SERVICE: "Appointment at the counter (a sample)"}
# in `meta`: the first start, from which all days count; and whether all has been told
BEGAN, TOLD = "sample_at", "sample_told"
DAY_MS = 86_400_000
READ_AFTER_MS = 9 * 3_600_000


async def fill(store: Store, keys: Keys, public_url: str, now: int) -> bool:
    """Whatever of the sample is not there yet, told from its first start on; a second time changes nothing. Returns
    False for a store that holds an older sample, of which only the decisions are filled in."""
    fresh = not store.agencies.all()
    if fresh:
        await store.agencies.create(AGENCY, "Sample town (a sample)", now=now)
    if all(agency.key != AGENCY for agency in store.agencies.all()):
        raise Unusable("this store is not the demo's: leave TIJDENS_STORE out, or let it name a file of its own")
    agency = store.agencies.by_key(AGENCY)
    began = await store.meta(BEGAN)
    if began is None:
        began = str(now)
        await store.set_meta(BEGAN, began)
    if await store.meta(TOLD) == "yes":
        return True
    await member(store, agency.id, int(began))
    await _set_up(store, agency, public_url, int(began))
    await _state(store, agency, int(began))
    telling = Telling(store, keys, agency, public_url, int(began))
    await telling.tell()
    await _rules(store, agency.id, now)
    await store.set_meta(TRAIL, " ".join(trail()))
    await store.set_meta(TOLD, "yes")
    return fresh


async def member(store: Store, agency_id: int, now: int) -> int:
    """The one member of the sample agency, who signs in by links alone."""
    found = await store.members.list(agency_id)
    if found:
        return found[0].id
    somebody = Inviting("team@sample.example", "Sample team", "Energy desk (a sample)", "admin")
    invited, _ = await store.members.invite(agency_id, somebody, now=now, by=None)
    return invited.id


async def _set_up(store: Store, agency: Agency, public_url: str, now: int) -> None:
    if not any(point.key == "desk" for point in store.agencies.contact_points(agency.id)):
        for point in contact_points(day_of(now, agency.time_zone)):
            await store.agencies.add_contact_point(agency, point, now=now)
    there = {placement.key for placement in store.agencies.placements(agency.id)}
    for names, question in ((PLACEMENTS, "effect"), (SERVICES, "outcome")):
        for key, name in names.items():
            if key not in there:
                await store.agencies.create_placement(
                    agency, key, origins=[public_url], question=question, name=name, now=now
                )


def contact_points(today: str) -> list[ContactPoint]:
    """A desk with a timetable, one for people's own cases, one for complaints. None of them can be reached."""
    working = read_timetable(["mo-fr 09:00-12:00 13:00-16:00"])
    return [
        ContactPoint(
            "desk",
            "Energy desk (a sample)",
            phone="+32 2 000 00 00",
            counter="Samplestraat 1, 1000 Brussel",
            post="Energy desk, Samplestraat 1, 1000 Brussel",
            chat="https://chat.sample.example/energy",
            timetable=working,
            checked_on=today,
        ),
        ContactPoint(
            "case-desk",
            "Case desk (a sample)",
            phone="+32 2 000 00 01",
            counter="Samplestraat 1, 1000 Brussel",
            timetable=read_timetable(["mo-fr 09:00-16:00", "th 16:00-19:00"]),
            task="case",
            terms=TERMS["case"],
            calls_back=True,
            checked_on=today,
        ),
        ContactPoint(
            "complaints",
            "Complaints (a sample)",
            post="Complaints, Samplestraat 1, 1000 Brussel",
            phone="+32 2 000 00 02",
            timetable=working,
            task="complaint",
            terms=TERMS["complaint"],
            checked_on=today,
        ),
    ]


async def _rules(store: Store, agency_id: int, now: int) -> None:
    """Where voices go by themselves from the first start on; what the sample tells came before."""
    rules = (
        Rule(conditions=(Condition("grave", ("yes",)), Condition("placement", (SERVICE,))), contact_point="case-desk"),
        Rule(conditions=(Condition("placement", ("heating-allowance",)),), contact_point="desk"),
        Rule(conditions=(Condition("kind", ("person",)),), contact_point="case-desk"),
    )
    if not store.routings.of(agency_id).revision:
        await store.routings.save(agency_id, rules, revision=0, decisions=(), now=now, by=OFFICE)


async def _state(store: Store, agency: Agency, now: int) -> None:
    """What the sample agency says of how accessible its pages are."""
    if (await store.statements.one(agency)).revision == 0:
        found = statement(day_of(now - 30 * DAY_MS, agency.time_zone))
        await store.statements.write(agency, found, revision=0, publish=True, now=now, by=None)


Act = partial[Any]  # takes the moment at which it happened, and is awaited


class Telling:
    """Does what people and team did, in the order in which it would have happened."""

    def __init__(self, store: Store, keys: Keys, agency: Agency, public_url: str, began: int) -> None:
        self._store = store
        self._keys = keys
        self._agency = agency
        self._page = f"{public_url}/demo/page"
        self._began = began
        self._acts: list[tuple[int, Act]] = []
        self._ids: dict[str, int] = {}

    async def tell(self) -> None:
        for key in DECISIONS:
            self._plan(document(key, self._began, self._agency.time_zone), voices(key))
        serving = Serving(self._store, self._keys, self._agency, f"{self._page}/{SERVICE}")
        for days, act in serving.acts:
            self._add(days, act)
        arriving: list[Coroutine[Any, Any, object]] = []
        for at, act in sorted(self._acts, key=lambda planned: planned[0]):
            if act.func in (
                self._voice,
                self._receive,
                serving.heard,
            ):  # those that come one after the other are stored together
                arriving.append(act(at))
                continue
            await asyncio.gather(*arriving)
            arriving.clear()
            await self._store.decisions.tick(at)
            await act(at)
        await asyncio.gather(*arriving)

    def _at(self, days: float) -> int:
        return self._began - int(days * DAY_MS)

    def _add(self, days: float | None, act: Act) -> None:
        if days is not None:
            self._acts.append((self._at(days), act))

    def _plan(self, whole: Document, found: Voices) -> None:
        """What happens to one decision: published, heard, read, sorted, answered, changed, decided."""
        first = msgspec.structs.replace(
            whole, state="published", text=whole.text[:1], themes=[], responses=[], passages=[]
        )
        sorted_ = msgspec.structs.replace(first, themes=whole.themes)
        answered = msgspec.structs.replace(sorted_, responses=whole.responses)
        changed = msgspec.structs.replace(answered, text=whole.text, passages=whole.passages)
        stages: Sequence[tuple[float | None, Document]] = (
            (found.published, first),
            (found.sorted, sorted_),
            (found.answered, answered),
            (found.changed, changed),
            (found.decided, whole),
        )
        for days, stage in stages:
            self._add(days, partial(self._bring, stage))
        placement = self._store.agencies.placement(found.placement)
        for place, voice in enumerate(found.voices):
            sender = sender_of(whole.key, place)
            self._add(voice.days, partial(self._voice, placement, whole, sender, voice))
            if found.read:
                read = self._at(voice.days) + READ_AFTER_MS
                self._acts.append((read, partial(self._read, sender, voice, whole.owner)))
            for line in voice.thread:
                self._add(line.days, partial(self._message, placement, whole, sender, line))
            if voice.feels is not None:
                self._add(voice.feels.days, partial(self._feel, placement, sender, voice.feels.felt))
        for place, ask in enumerate(found.asks):
            self._add(ask.days, partial(self._ask, whole, ask))
            for number, answer in enumerate(ask.answers):
                sender = f"sample-{whole.key}-ask-{place}-{number:03}"
                self._add(answer.days, partial(self._answer, placement, whole, sender, ask, answer))
        self._add(found.sorted, partial(self._sort, whole, found))
        oldest = max(voice.days for voice in found.voices)
        newest = min(voice.days for voice in found.voices)
        for presses in found.presses:
            for place in range(presses.number):
                days = oldest - (place + 0.5) * (oldest - newest) / presses.number
                sender = f"sample-{whole.key}-{presses.effect}-{place:03}"
                sent = Sent(placement.key, sender, effect=presses.effect, decision=whole.key, version=_version(whole))
                self._add(days, partial(self._receive, placement, whole, sent, "nl", "web"))

    async def _bring(self, stage: Document, at: int) -> None:
        """A stage that the decision is past already stays past: the last start was cut off in the middle."""
        there = {decision.key: decision.state for decision in self._store.decisions.of_agency(self._agency.id)}
        if there.get(stage.key, "draft") in ("draft", "published", stage.state):
            await Bringing(self._store, self._agency, stage, at).bring()

    async def _voice(self, placement: Placement, whole: Document, sender: str, voice: Voice, at: int) -> None:
        sent = Sent(
            placement.key, sender, effect=voice.effect, text=voice.text, another_way=voice.another_way,
            impact=voice.impact, permissions=Permissions(quote=voice.quote), decision=whole.key,
            version=_version(whole), section=voice.section,
        )  # fmt: skip
        self._ids[sender] = await self._receive(placement, whole, sent, voice.language, voice.channel, at)

    async def _ask(self, whole: Document, ask: Ask, at: int) -> None:
        """Once: one that waits already is of the last start, which was cut off in the middle."""
        asks = await self._store.asks.list(self._agency.id, whole.key, at)
        if all(asked.text != ask.text for asked in asks):
            asking, office = Asking(ask.text, ask.waits), whole.owner
            await self._store.asks.ask(self._agency.id, whole.key, asking, office=office, now=at, by=office)

    async def _answer(
        self, placement: Placement, whole: Document, sender: str, ask: Ask, answer: Answer, at: int
    ) -> None:
        asks = await self._store.asks.list(self._agency.id, whole.key, at)
        asked = next(one for one in asks if one.text == ask.text)
        sent = Sent(placement.key, sender, text=answer.text, ask=asked.id)
        await self._receive(
            placement, whole, sent, answer.language, "form" if answer.receipt else "web", at, answer.receipt
        )

    async def _receive(
        self, placement: Placement, whole: Document, sent: Sent, language: str, channel: Channel, at: int,
        by_receipt: bool = False,
    ) -> int:  # fmt: skip
        redacted = redact(sent.text) if sent.text else None
        arrival = Arrival(
            placement=placement,
            sent=sent,
            text=redacted.text if redacted else None,
            page=self._page,
            language=language,
            channel=channel,
            masked=redacted.kinds if redacted else (),
            received_at=at,
            sent_at=None,
            code_hash=self._code_hash(placement, sent.key),
            body_hash=self._keys.hash(sent.key),
            decision=whole.key,
            phase=_as_it_was(self._store.decisions.by_key(whole.key)).phase_of_words(at),
            by_receipt=by_receipt,
        )
        return (await self._store.submissions.receive(arrival)).id

    async def _read(self, sender: str, voice: Voice, office: str, at: int) -> None:
        one = await self._store.submissions.one(self._agency.id, self._ids[sender])
        if one.status != "new" or one.erased_at is not None:
            return
        status: Any = "aside" if voice.aside else "read"
        because: Any = "elsewhere" if voice.aside else None
        await self._store.submissions.mark(
            self._agency.id, one.id, status, revision=one.revision, by=office, now=at, aside=because
        )

    async def _message(self, placement: Placement, whole: Document, sender: str, line: Line, at: int) -> None:
        messages, about = self._store.receipts.messages, self._ids[sender]
        if line.kind in ("question", "note"):
            if all(said.text != line.text for said in await messages.of_submission(self._agency.id, about)):
                saying = msgspec.convert({"text": line.text, "kind": line.kind}, Saying)
                await messages.tell(self._agency.id, about, saying, masked=(), by=whole.owner, now=at)
            return
        receipt = await self._store.receipts.open(self._code_hash(placement, sender))
        await messages.add(self._agency.id, receipt.id, about, line.text, masked=(), now=at)

    async def _feel(self, placement: Placement, sender: str, felt: Felt, at: int) -> None:
        receipt = await self._store.receipts.open(self._code_hash(placement, sender))
        await self._store.receipts.feel(receipt, felt, now=at)

    def _code_hash(self, placement: Placement, sender: str) -> bytes:
        return self._keys.hash(self._keys.code(placement.key, sender))

    async def _sort(self, whole: Document, found: Voices, at: int) -> None:
        """Puts the voices into their themes, and shows in public those whose authors allow it."""
        themes = {theme.name["en"]: theme for theme in await self._store.themes.list(self._agency.id, whole.key)}
        for wanted in whole.themes:
            theme = themes[wanted.name["en"]]
            own = [
                (self._ids[sender_of(whole.key, place)], voice)
                for place, voice in enumerate(found.voices)
                if wanted.key in voice.themes
            ]
            await self._store.themes.sort(
                self._agency.id, theme.id, add=[id_ for id_, _ in own], remove=[], now=at, by=whole.owner
            )
            for id_, voice in own:
                if voice.quote:
                    await self._quote(theme.id, id_, whole.owner, at)

    async def _quote(self, theme_id: int, submission_id: int, by: str, at: int) -> None:
        try:
            await self._store.themes.quote(self._agency.id, theme_id, submission_id, True, now=at, by=by)
        except Refusal as refusal:
            if refusal.code != "not_allowed":  # withdrawn since: then it stays withdrawn
                raise


def _version(whole: Document) -> int | None:
    return 1 if whole.text else None


def _as_it_was(decision: Decision) -> Decision:
    """The decision before anything but the calendar led it: what counts for words that came in its past."""
    state: State = "published"
    return msgspec.structs.replace(decision, state=state, phase=decision.file.phases[0].phase)
