"""Where submissions come in: `POST /api/submissions`, a plain ASGI app in front of the router, for speed.

It reads top to bottom: read, know the placement, know the origin, keep floods out, clean, mask, store; and only when
that is on disk, acknowledge.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace
from starlette.types import Receive, Scope, Send

from collector.agency import LANGUAGES
from collector.contact_point import ContactPoint
from collector.decision import AFTERWARDS, Decision
from collector.endpoints.operation import PROBLEM, decode
from collector.endpoints.parts import Parts
from collector.errors import Refusal
from collector.guard.source import Kind
from collector.placement import Placement
from collector.sighting import REFUSED, SENT
from collector.store.submissions import Arrival
from collector.submission import Sent, allowed_channel, believed_sent_at, says_something
from collector.text.clean import clean, clean_page
from collector.text.language import language_tag, reader_language
from collector.text.redact import redact, redact_page
from collector.token import secret_in

_decoder = msgspec.json.Decoder(Sent)
_encode = msgspec.json.Encoder().encode

Headers = list[tuple[bytes, bytes]]


class Acknowledgement(msgspec.Struct):
    """The answer to a sender, given after the commit. `text` is what is stored; `masked` what was masked in it. `too_late`:
    a sentence when its decision could not be changed any more, so that it goes to the evaluation."""

    id: int
    receipt: str
    received_at: int
    repeated: bool
    masked: tuple[str, ...]
    masked_notice: str | None
    text: str | None
    too_late: str | None


@dataclass(slots=True)
class Sender:
    """What the request says of who sends: `address` for limits only, `origin` of the page, the agency of the team that
    vouches for it, if one does."""

    address: str
    origin: str | None
    language: str
    agency_id: int | None = None

    @property
    def vouched(self) -> bool:
        return self.agency_id is not None


async def take(parts: Parts, sent: Sent, sender: Sender, *, by_receipt: bool = False) -> Acknowledgement:
    """Takes in one submission, from the API or from a page; `by_receipt`: an answer that is given from a receipt. Returns
    after it is durable; raises Refusal."""
    agencies = parts.store.agencies
    placement = agencies.placement(sent.placement)
    if sender.agency_id not in (None, placement.agency_id):
        raise Refusal("placement")
    if sender.origin is not None and not placement.allows(sender.origin) and sender.origin != parts.public_url:
        raise Refusal("origin")
    if not agencies.live(placement):
        raise Refusal("placement_not_live")
    if not sender.vouched:
        keep_out(parts, placement, sent.proof, sender.address)
    now = parts.now()
    text, text_kinds = masked_text(sent.text)
    page, page_kinds = masked_page(sent.page)
    kinds = tuple(dict.fromkeys(text_kinds + page_kinds))
    if not says_something(sent, text):
        raise Refusal("nothing_to_say")
    if sent.barrier is not None and not text:
        raise Refusal("nothing_to_say")
    if sent.rating is not None and not placement.gateway:
        raise Refusal("invalid", fields=("rating",))
    decision: Decision | None
    if sent.ask is not None:
        decision = _asked(parts, placement, sent, text, now)
    else:
        decision = parts.store.decisions.reacted_to(placement, sent.decision) if sent.decision else None
    code = parts.keys.code(placement.key, sent.key)
    received = await parts.store.submissions.receive(
        Arrival(
            placement=placement,
            sent=sent,
            text=text,
            page=page,
            language=language_tag(sent.language) if sent.language else None,
            channel=allowed_channel(sent.channel, vouched=sender.vouched),
            masked=kinds,
            received_at=now,
            sent_at=believed_sent_at(sent.sent_at, now, vouched=sender.vouched),
            code_hash=parts.keys.hash(code),
            body_hash=parts.keys.hash(fingerprint(sent, text)),
            decision=decision.key if decision else None,
            phase=decision.phase_of_words(_spoken_at(sent, sender, now)) if decision else None,
            by_receipt=by_receipt,
        )
    )
    parts.metrics.took(repeated=received.repeated)
    notice = too_late = None
    late = decision is not None and received.phase == AFTERWARDS and not decision.is_open(received.received_at)
    if late and sent.ask is None:
        too_late = parts.words.get(reader_language(sent.language, sender.language, offered=LANGUAGES), "pages.d.late")
    if kinds:
        for kind in kinds:
            parts.metrics.masked(kind)
        language = reader_language(sent.language, sender.language, offered=LANGUAGES)
        notice = parts.words.masked_notice(language, kinds, whom_to_call(agencies.contact_points_of(placement)))
    return Acknowledgement(received.id, code, received.received_at, received.repeated, kinds, notice, text, too_late)


def _asked(parts: Parts, placement: Placement, sent: Sent, text: str | None, now: int) -> Decision:
    """The decision in which the question was asked that this answers, with words. Refusal `ask_over` when nobody waits for
    answers any more, `invalid` for a kiosk, where no question stands, and for what else is pressed with an answer."""
    if not text:
        raise Refusal("nothing_to_say")
    others = (sent.outcome, sent.effect, sent.reason, sent.rating, sent.another_way, sent.impact, sent.barrier)
    if sent.channel == "kiosk" or any(other is not None for other in others):
        raise Refusal("invalid", fields=("ask",))
    return parts.store.asks.answered_here(placement, sent.ask or 0, now)[1]


def _spoken_at(sent: Sent, sender: Sender, now: int) -> int:
    """The moment that decides to which phase words belong: of their arrival. What a team brings in by import was said
    at its own time."""
    at = believed_sent_at(sent.sent_at, now, vouched=True) if sender.vouched and sent.channel == "import" else None
    return now if at is None else at


def keep_out(parts: Parts, placement: Placement, proof: str | None, address: str) -> None:
    """Refusal `slow_down` for a source that sends like a script; a proof of work lets it go on, up to a limit."""
    verdict = parts.sources.check("send", address)
    if verdict.kind is Kind.FREE:
        return
    if verdict.kind is Kind.WAIT:
        raise Refusal("slow_down", retry_after=verdict.retry_after)
    if proof is None or not parts.proofs.verify(proof, placement.key, parts.now() // 1000):
        challenge = parts.proofs.challenge(placement.key, parts.now() // 1000)
        raise Refusal("slow_down", retry_after=1, challenge=challenge)


def masked_text(raw: str | None) -> tuple[str | None, tuple[str, ...]]:
    """(the text to store, what was masked in it). None for a text of which nothing is left."""
    if not raw:
        return None, ()
    redacted = redact(clean(raw))
    return redacted.text or None, redacted.kinds


def masked_page(raw: str | None) -> tuple[str | None, tuple[str, ...]]:
    """(origin and path of the page, what was masked in it). None for what is no address of a page."""
    page = clean_page(raw) if raw else None
    if page is None:
        return None, ()
    redacted = redact_page(page)
    return redacted.text, redacted.kinds


def fingerprint(sent: Sent, text: str | None) -> str:
    """What must be equal for a repeat to be a repeat: everything said; not when, nor with which proof."""
    permissions = sent.permissions
    said: tuple[object, ...] = (
        sent.outcome, sent.effect, sent.reason, text, sent.another_way, sent.impact, sent.rating,
        permissions and (permissions.quote, permissions.invite), sent.decision, sent.version, sent.section,
    )  # fmt: skip
    return repr((*said, *(later for later in (sent.paragraph, sent.barrier, sent.ask) if later)))  # as of old


def whom_to_call(contact_points: tuple[ContactPoint, ...]) -> str:
    """The first desk with a telephone, as `Name, +32 …`; otherwise the first desk there is."""
    for point in contact_points:
        if point.phone:
            return f"{point.name}, {point.phone}"
    return contact_points[0].name if contact_points else ""


class Intake:
    """The ASGI app. `parts` is there once the collector has started."""

    def __init__(self) -> None:
        self.parts: Parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = self.parts
        started = time.perf_counter()
        headers = dict(scope["headers"])
        origin = headers[b"origin"].decode("latin-1") if b"origin" in headers else None
        language = headers[b"accept-language"].decode("latin-1") if b"accept-language" in headers else ""
        named: str | None = None
        answer_headers: Headers = [(b"cache-control", b"no-store"), (b"vary", b"Origin")]
        if origin is not None and (parts.store.agencies.known_origin(origin) or origin == parts.public_url):
            answer_headers.append((b"access-control-allow-origin", origin.encode("latin-1")))
        try:
            body = await _body(receive)
            if body is None:
                return
            media = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
            if media not in (b"application/json", b"text/plain"):
                raise Refusal("media_type")
            sent = decode(body, _decoder)
            named = sent.placement if b"authorization" not in headers else None
            language = sent.language or language
            client = scope.get("client")
            sender = Sender(client[0] if client else "", origin, language)
            if b"authorization" in headers:
                sent, sender.agency_id = await _vouched(parts, sent, headers[b"authorization"].decode("latin-1"))
            acknowledgement = await take(parts, sent, sender)
        except Refusal as refusal:
            _met(parts, named, origin, REFUSED + refusal.code)
            await _refuse(parts, send, refusal, language, answer_headers)
            return
        _met(parts, named, origin, SENT)
        answer_headers.append((b"content-type", b"application/json"))
        status = 200 if acknowledgement.repeated else 201
        await _answer(send, status, answer_headers, _encode(acknowledgement))
        parts.metrics.answered("/api/submissions", status, time.perf_counter() - started)


def _met(parts: Parts, key: str | None, origin: str | None, what: str) -> None:
    """Counts, for a page that carries the widget, what became of an answer."""
    if key is None or origin is None:
        return
    try:
        placement = parts.store.agencies.placement(key)
    except Refusal:
        return
    parts.store.sightings.saw(placement, origin, what, parts.now())


async def preflight(parts: Parts, scope: Scope, send: Send, methods: bytes) -> None:
    """Answers a browser that asks whether a page may send with these headers; silent on origins nobody listed."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"")
    answer: Headers = [(b"vary", b"Origin")]
    if parts.store.agencies.known_origin(origin.decode("latin-1")):
        answer += [
            (b"access-control-allow-origin", origin),
            (b"access-control-allow-methods", methods),
            (b"access-control-allow-headers", b"authorization, content-type"),
            (b"access-control-max-age", b"600"),
        ]
    await _answer(send, 204, answer, b"")


async def _vouched(parts: Parts, sent: Sent, header: str) -> tuple[Sent, int]:
    """(what is sent, the agency that vouches for it). A kiosk vouches for its own placement and channel alone."""
    key = secret_in(header, "Device")
    if key is None:
        return sent, await _vouching(parts, sent, header)
    _, placement = await parts.store.devices.placement_of(key)
    if sent.placement != placement.key or sent.channel not in (None, "kiosk"):
        raise Refusal("forbidden")
    return replace(sent, channel="kiosk"), placement.agency_id


async def _vouching(parts: Parts, sent: Sent, header: str) -> int:
    """The agency of the team's token that vouches for what is sent. Refusal `sign_in` for a token that is none, `forbidden`
    for one that is for another placement or decision."""
    secret = secret_in(header, "Bearer")
    if secret is None:
        raise Refusal("sign_in")
    right = await parts.store.tokens.by_secret(secret, now=parts.now())
    right.need("editor")
    if not right.covers(sent.placement, sent.decision):
        raise Refusal("forbidden")
    return right.agency_id


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when the sender is gone. Size and time are bounded by the middleware before."""
    message = await receive()
    if message["type"] == "http.disconnect":
        return None
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    chunks = [body]
    while message.get("more_body"):
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunks.append(message.get("body", b""))
    return b"".join(chunks)


async def _refuse(parts: Parts, send: Send, refusal: Refusal, language: str, headers: Headers) -> None:
    parts.metrics.refused(refusal.code)
    reader = reader_language(language, offered=LANGUAGES)
    headers += [(b"content-type", PROBLEM.encode()), (b"content-language", reader.encode())]
    if refusal.retry_after is not None:
        headers.append((b"retry-after", str(refusal.retry_after).encode()))
    await _answer(send, refusal.status, headers, _encode(parts.words.problem(refusal, reader)))


async def _answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
