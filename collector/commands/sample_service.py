"""A service of the sample agency that went online: what people said on its pages, the barriers they met, and its inclusion
test, which was signed and is open again because people say otherwise since."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import Any

import msgspec

from collector.agency import Agency
from collector.commands.yaml_lines import plain_of
from collector.inclusion import Author, Filling, Question, Signing, Step, Verdict
from collector.message import Saying
from collector.receipt import Keys
from collector.store.store import Store
from collector.store.submissions import Arrival
from collector.submission import AnotherWay, Barrier, Channel, Impact, Outcome, Reason, Sent
from collector.text.redact import redact
from collector.texts import Texts

SERVICE = "appointments"
OFFICE = "Counter (a sample)"


class Voice(msgspec.Struct, forbid_unknown_fields=True):
    """`days` before the first start. `answered`: when the team answered a barrier, with `answer`."""

    days: float
    language: str
    text: str
    channel: Channel = "web"
    outcome: Outcome | None = None
    reason: Reason | None = None
    another_way: AnotherWay | None = None
    impact: list[Impact] | None = None
    barrier: Barrier | None = None
    answered: float | None = None
    answer: str = ""


class Presses(msgspec.Struct, forbid_unknown_fields=True):
    """`number` answers without words, spread from `after` to `until`, in days before the first start."""

    after: float
    until: float
    number: int
    outcome: Outcome | None = None
    reason: Reason | None = None


class Service(msgspec.Struct, forbid_unknown_fields=True):
    """`written`, `signed`, `published`: when that happened to its inclusion test, in days before the first start."""

    placement: str
    voices: list[Voice]
    barriers: list[Voice]
    presses: list[Presses]
    written: float
    signed: float
    published: float
    answers: dict[Question, Texts]
    steps: list[Step]
    verdict: Verdict
    note: Texts
    name: str
    organisation: str


def service() -> Service:
    """What the file says."""
    text = files("collector.sample").joinpath(f"{SERVICE}.yaml").read_text("utf-8")
    return msgspec.convert(plain_of(text, SERVICE)[0], Service, strict=False)


class Serving:
    """Does what people and team did around the service. A second time changes nothing. `acts`: (days before the first start,
    what is awaited with its moment); those whose function is `heard` may be awaited together."""

    def __init__(self, store: Store, keys: Keys, agency: Agency, page: str) -> None:
        self._store = store
        self._keys = keys
        self._agency = agency
        self._page = page
        self._file = service()
        self._placement = store.agencies.placement(self._file.placement)
        self._who = Author(None, OFFICE, OFFICE)
        self._ids: dict[str, int] = {}

    @property
    def acts(self) -> list[tuple[float, partial[Any]]]:
        found = self._file
        planned: list[tuple[float, partial[Any]]] = [
            (found.written, partial(self._write)),
            (found.signed, partial(self._sign)),
            (found.published, partial(self._publish)),
            (0.0, partial(self._look)),
        ]
        for place, voice in enumerate([*found.voices, *found.barriers]):
            sender = f"sample-service-{place:03}"
            planned.append((voice.days, partial(self.heard, voice, sender)))
            if voice.answered is not None:
                planned.append((voice.answered, partial(self._answer, sender, voice.answer)))
        for row, presses in enumerate(found.presses):
            for place in range(presses.number):
                days = presses.after - (place + 0.5) * (presses.after - presses.until) / presses.number
                planned.append((days, partial(self.heard, presses, f"sample-service-{row}-{place:03}")))
        return planned

    async def heard(self, said: Voice | Presses, sender: str, at: int) -> None:
        fields: dict[str, Any] = {"outcome": said.outcome, "reason": said.reason}
        redacted, language, channel = None, "nl", "web"
        if isinstance(said, Voice):
            fields |= {name: getattr(said, name) for name in ("another_way", "impact", "barrier", "text")}
            redacted, language, channel = redact(said.text), said.language, said.channel
        received = await self._store.submissions.receive(
            Arrival(
                placement=self._placement,
                sent=Sent(self._placement.key, sender, **fields),
                text=redacted.text if redacted else None,
                page=self._page,
                language=language,
                channel=channel,
                masked=redacted.kinds if redacted else (),
                received_at=at,
                sent_at=None,
                code_hash=self._keys.hash(self._keys.code(self._placement.key, sender)),
                body_hash=self._keys.hash(sender),
                decision=None,
                phase=None,
            )
        )
        self._ids[sender] = received.id

    async def _answer(self, sender: str, answer: str, at: int) -> None:
        agency, number = self._agency.id, self._ids[sender]
        one = await self._store.submissions.one(agency, number)
        if one.status == "answered" or one.erased_at is not None:
            return
        messages = self._store.receipts.messages
        if not await messages.of_submission(agency, number):
            await messages.tell(agency, number, Saying(answer, "note"), masked=(), by=OFFICE, now=at)
            one = await self._store.submissions.one(agency, number)
        if one.status != "answered":
            await self._store.submissions.mark(agency, number, "answered", revision=one.revision, by=OFFICE, now=at)

    async def _write(self, at: int) -> None:
        inclusions, filling = self._store.inclusions, Filling(0, self._file.answers, self._file.steps)
        if (await inclusions.one(self._placement, self._who, at)).revision == 0:
            await inclusions.write(self._placement, filling, self._who, now=at, by=OFFICE)

    async def _sign(self, at: int) -> None:
        inclusions, found = self._store.inclusions, self._file
        there = await inclusions.one(self._placement, self._who, at)
        if there.signed is None:
            signing = Signing(there.revision, found.verdict, found.note, found.name, found.organisation)
            await inclusions.sign(self._placement, signing, self._who, now=at, by=OFFICE)

    async def _publish(self, at: int) -> None:
        await self._store.inclusions.publish(self._placement, True, now=at, by=OFFICE)

    async def _look(self, at: int) -> None:
        await self._store.inclusions.look(at)
