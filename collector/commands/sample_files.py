"""What the files of the sample agency say: its decisions, and what people said to them. All of it is of our own writing.
Days are counted from the first start."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib.resources import files

import msgspec

from collector.barrier import Statement
from collector.commands.decision_file import Document
from collector.commands.decision_reader import parse
from collector.commands.yaml_lines import plain_of
from collector.day import Day, day_of
from collector.message import Felt, MessageKind
from collector.submission import AnotherWay, Channel, Effect, Impact
from collector.texts import Texts

DECISIONS = ("school-street", "library-sunday", "heating-online")  # in the order in which they began
_DAY = re.compile(r"\bday([+-]\d+)\b")


class Line(msgspec.Struct, forbid_unknown_fields=True):
    """A message of a thread, `days` before the first start. A question or a note is the team's, the rest the citizen's."""

    days: float
    kind: MessageKind
    text: str


class Feels(msgspec.Struct, forbid_unknown_fields=True):
    """How an answer felt, and when she said so, in days before the first start."""

    days: float
    felt: Felt


class Voice(msgspec.Struct, forbid_unknown_fields=True):
    """`days` before the first start. `themes`: keys of the decision's file. `aside`: not about it, so set aside."""

    days: float
    language: str
    effect: Effect
    text: str
    channel: Channel = "web"
    another_way: AnotherWay | None = None
    impact: list[Impact] | None = None
    section: str | None = None
    quote: bool = False
    themes: list[str] = []
    aside: bool = False
    trail: bool = False
    thread: list[Line] = []
    feels: Feels | None = None


class Presses(msgspec.Struct, forbid_unknown_fields=True):
    effect: Effect
    number: int


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody answered to a question, `days` before the first start. `receipt`: from the receipt of an earlier voice."""

    days: float
    language: str
    text: str
    receipt: bool = False


class Ask(msgspec.Struct, forbid_unknown_fields=True):
    """A question of the office, asked `days` before the first start; it waits for `waits` days."""

    days: float
    waits: int
    text: Texts
    answers: list[Answer] = []


class Voices(msgspec.Struct, forbid_unknown_fields=True):
    """`published`, `sorted`, `answered`, `changed`, `decided`: when the team did that, in days before the first start.
    `read`: whether the team has read all of them."""

    placement: str
    published: float
    voices: list[Voice]
    presses: list[Presses]
    sorted: float | None = None
    answered: float | None = None
    changed: float | None = None
    decided: float | None = None
    read: bool = False
    asks: list[Ask] = []


def document(key: str, began: int, zone: str) -> Document:
    """A decision of the sample, its days counted from `began`."""
    today = date.fromisoformat(day_of(began, zone))
    text = files("collector.sample").joinpath(f"{key}.yaml").read_text("utf-8")
    text = _DAY.sub(lambda found: (today + timedelta(days=int(found[1]))).isoformat(), text)
    return parse(text, f"{key}.yaml")[0]


def voices(key: str) -> Voices:
    """What the sample says to one of its decisions."""
    text = files("collector.sample").joinpath(f"{key}.voices.yaml").read_text("utf-8")
    return msgspec.convert(plain_of(text, key)[0], Voices, strict=False)


def statement(assessed_on: Day) -> Statement:
    """The accessibility statement, tested last on `assessed_on`."""
    file = files("collector.sample").joinpath("statement.yaml")
    found = msgspec.convert(plain_of(file.read_text("utf-8"), "statement")[0], Statement, strict=False)
    return msgspec.structs.replace(found, assessed_on=assessed_on)


def trail() -> tuple[str, str]:
    """(placement, sender's key) of the voice whose trail is complete: from them comes the code of its receipt."""
    for key in DECISIONS:
        found = voices(key)
        for place, voice in enumerate(found.voices):
            if voice.trail:
                return found.placement, sender_of(key, place)
    raise AssertionError("no voice of the sample has a trail")


def sender_of(key: str, place: int) -> str:
    """The sender's key of a voice, by its place in the file."""
    return f"sample-{key}-{place:03}"
