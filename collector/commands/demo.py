"""`make run`: a sample agency with sample voices, a page that carries the widget, and a link that signs in once."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import msgspec

from collector.app import Collector
from collector.commands.server import serve
from collector.config import Config
from collector.contact_point import ContactPoint
from collector.member import Inviting
from collector.placement import Notice
from collector.receipt import Keys
from collector.store.store import Store
from collector.store.submissions import Arrival
from collector.submission import AnotherWay, Channel, Impact, Outcome, Permissions, Sent
from collector.text.redact import redact
from collector.web.log import configure

AGENCY = "sample"
PLACEMENT = "heating-allowance"
MINUTE_MS = 60_000


class Voice(msgspec.Struct, forbid_unknown_fields=True):
    """One sample voice, `minutes_ago` before the first start."""

    minutes_ago: int
    language: str
    channel: Channel
    outcome: Outcome
    text: str
    another_way: AnotherWay | None
    impact: list[Impact] | None
    quote: bool


class Presses(msgspec.Struct, forbid_unknown_fields=True):
    outcome: Outcome
    number: int


class Sample(msgspec.Struct, forbid_unknown_fields=True):
    note: str
    voices: list[Voice]
    presses: list[Presses]


def sample() -> Sample:
    """The voices that ship with the demo; all of our own writing."""
    return msgspec.json.decode(files("collector.sample").joinpath("voices.json").read_bytes(), type=Sample)


async def fill(store: Store, keys: Keys, public_url: str, now: int) -> None:
    """Agency, contact points, placement and voices, when the store is empty."""
    if store.agencies.all():
        return
    agency = await store.agencies.create(AGENCY, "Sample town (a sample)", now=now)
    await member(store, agency.id, now)
    desk = ContactPoint(
        "desk",
        "Energy desk (a sample)",
        phone="+32 2 000 00 00",
        counter="Samplestraat 1, 1000 Brussel",
        post="Energy desk, Samplestraat 1, 1000 Brussel",
        hours="9:00–12:00, 13:00–16:00",
    )
    await store.agencies.add_contact_point(agency, desk, now=now)
    placement = await store.agencies.create_placement(
        agency, PLACEMENT, origins=[public_url], name="Heating allowance", notice=_NOTICE, now=now
    )
    page = f"{public_url}/demo/page"
    found = sample()
    moments = [
        (now - voice.minutes_ago * MINUTE_MS, Sent(
            placement.key, f"sample-{place:06}", outcome=voice.outcome, text=voice.text, another_way=voice.another_way,
            impact=voice.impact, permissions=Permissions(quote=voice.quote),
        ), voice.language, voice.channel)
        for place, voice in enumerate(found.voices)
    ]  # fmt: skip
    oldest = max(voice.minutes_ago for voice in found.voices)
    for presses in found.presses:
        for place in range(presses.number):
            at = now - (place + 1) * oldest * MINUTE_MS // (presses.number + 1)
            key = f"sample-press-{presses.outcome}-{place}"
            moments.append((at, Sent(placement.key, key, outcome=presses.outcome), "nl", "web"))
    for at, sent, language, channel in sorted(moments, key=lambda moment: moment[0]):
        redacted = redact(sent.text) if sent.text else None
        code = keys.code(placement.key, sent.key)
        await store.submissions.receive(
            Arrival(
                placement=placement,
                sent=sent,
                text=redacted.text if redacted else None,
                page=page,
                language=language,
                channel=channel,
                masked=redacted.kinds if redacted else (),
                received_at=at,
                sent_at=None,
                code_hash=keys.hash(code),
                body_hash=keys.hash(sent.key),
            )
        )


_NOTICE = Notice(
    {
        "nl": "Een voorbeeld: we denken eraan om de aanvraag vanaf 1 juli alleen online te doen. Het is nog niet beslist.",
        "fr": "Un exemple : nous pensons à une demande uniquement en ligne dès le 1er juillet. Rien n'est décidé.",
        "de": "Ein Beispiel: wir denken daran, den Antrag ab 1. Juli nur online anzubieten. Es ist noch nicht entschieden.",
        "en": "A sample: we are thinking of taking applications only online from 1 July. It is not decided yet.",
    }
)


async def member(store: Store, agency_id: int, now: int) -> int:
    """The one member of the sample agency, who signs in by links alone."""
    found = await store.members.list(agency_id)
    if found:
        return found[0].id
    somebody = Inviting("team@sample.example", "Sample team", "Energy desk (a sample)", "admin")
    invited, _ = await store.members.invite(agency_id, somebody, now=now, by=None)
    return invited.id


async def run_demo(config: Config) -> None:
    """Serves the demo and prints where to look."""
    configure(config.log_level.upper() if config.log_level != "info" else "WARNING")
    Path("var/try").mkdir(parents=True, exist_ok=True)
    config = replace(config, demo=True, try_folder=Path("var/try"))

    async def ready(app: Collector, config: Config) -> None:
        parts = app.parts
        await fill(parts.store, parts.keys, config.public_url, parts.now())
        agency = parts.store.agencies.by_key(AGENCY)
        link = await parts.store.tokens.create_link(
            member_id=await member(parts.store, agency.id, parts.now()), now=parts.now()
        )
        url = config.public_url
        sys.stdout.write(
            f"\n  The demo, both sides at once   {url}/demo\n"
            f"  The team's dashboard           {url}/sign-in?link={link}   (works once, within the hour)\n"
            f"  A citizen's receipt            {url}/r\n"
            "  Press Ctrl-C in the middle of sending and start me again: nothing is lost.\n\n"
        )
        sys.stdout.flush()

    await serve(config, ready)
