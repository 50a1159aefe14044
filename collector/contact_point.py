"""Whom a citizen can reach: a person or a desk, by telephone, counter, post, video or chat."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from collector.agency import LANGUAGES, checked_name
from collector.day import Day, checked_day
from collector.errors import Refusal
from collector.text.clean import clean_line, is_web
from collector.texts import LINE, Texts, checked_texts
from collector.timetable import Timetable, checked_timetable

WITHOUT_INTERNET = ("phone", "counter", "post")
WITHOUT_HEARING = ("counter", "post", "video", "chat")
# without speaking first: who cannot, or does not want to, need not look for it
SILENT_FIRST = ("chat", "video", "counter", "post", "phone")
WAYS = ("phone", "counter", "post", "video", "chat", "hours")
# `desk`: about a page or a decision; `case`: about somebody's own case; `complaint`; `ombudsman`: when that did not help
Task = Literal["desk", "case", "complaint", "ombudsman"]
TASKS: tuple[Task, ...] = get_args(Task)
MOST_SUBJECTS = 12
_POSTCODES = re.compile(r"([1-9][0-9]{3})(?:-([1-9][0-9]{3}))?")
_PHONE = re.compile(r"\+?[0-9][0-9 ./()-]{1,58}")

Short = Annotated[str, Meta(max_length=300)]


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a desk holds itself to: it confirms within `confirms` working days and answers within `answers` days."""

    confirms: Annotated[int, Meta(ge=1, le=90)] | None = None
    answers: Annotated[int, Meta(ge=1, le=365)] | None = None


# the complaint service of the FPS Social Security confirms within 10 working days and answers within 30; the Federal
# Ombudsman says within 5 working days whether it can look into it (law of 22 March 1995)
TERMS: dict[str, Terms] = {
    "desk": Terms(),
    "case": Terms(10, 30),
    "complaint": Terms(10, 30),
    "ombudsman": Terms(5),
}


class ContactPoint(msgspec.Struct, frozen=True):
    """One desk. `phone` is a number with its country code, `counter` and `post` are addresses, `video` and `chat` are
    web addresses (`video`: an interpreter of sign language), `hours` a line people can read.

    `subjects`: what it is about. `postcodes`: for whom, as `1000` or `1000-1299`; `placements`: keys of the pages it is
    for; without any, it is for all. `calls_back`: it rings those who leave a number. `checked_on`: the day on which
    somebody last saw that all of this is right."""

    key: str
    name: str
    phone: str | None = None
    counter: str | None = None
    post: str | None = None
    video: str | None = None
    chat: str | None = None
    hours: str | None = None
    languages: tuple[str, ...] = LANGUAGES
    subjects: tuple[Texts, ...] = ()
    postcodes: tuple[str, ...] = ()
    placements: tuple[str, ...] = ()
    timetable: Timetable | None = None
    task: Task = "desk"
    terms: Terms = Terms()
    calls_back: bool = False
    checked_on: Day | None = None

    @property
    def without_internet(self) -> bool:
        return any(getattr(self, way) for way in WITHOUT_INTERNET)

    @property
    def without_hearing(self) -> bool:
        return any(getattr(self, way) for way in WITHOUT_HEARING)

    @property
    def takes_cases(self) -> bool:
        """Whether a voice can be handed to it: an ombudsman has a way of its own, and comes last."""
        return self.task in ("case", "complaint")

    def serves(self, postcode: str) -> bool:
        """Whether it names the postcode."""
        return any(first <= postcode <= (last or first) for first, last in map(_range, self.postcodes))

    def stale(self, today: Day, days: int) -> bool:
        """Whether nobody looked at it for `days` days, or ever."""
        return self.checked_on is None or (date.fromisoformat(today) - date.fromisoformat(self.checked_on)).days > days


class ContactPointChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a team writes of a contact point: only the fields named change, `null` takes one away. `owner`: the id of the
    member who keeps it right."""

    name: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    phone: Annotated[str, Meta(max_length=60)] | UnsetType | None = UNSET
    counter: Short | UnsetType | None = UNSET
    post: Short | UnsetType | None = UNSET
    video: Annotated[str, Meta(max_length=500)] | UnsetType | None = UNSET
    chat: Annotated[str, Meta(max_length=500)] | UnsetType | None = UNSET
    hours: Short | UnsetType | None = UNSET
    languages: tuple[str, ...] | UnsetType = UNSET
    subjects: tuple[Texts, ...] | UnsetType = UNSET
    postcodes: tuple[str, ...] | UnsetType = UNSET
    placements: tuple[str, ...] | UnsetType = UNSET
    timetable: Timetable | UnsetType | None = UNSET
    task: Task | UnsetType = UNSET
    terms: Terms | UnsetType = UNSET
    calls_back: bool | UnsetType = UNSET
    owner: int | UnsetType | None = UNSET


def changed(point: ContactPoint, change: ContactPointChange, placements: Iterable[str]) -> ContactPoint:
    """The point after a change. `placements`: the keys of the agency's own. Refusal `invalid` naming the field that cannot
    be."""
    named = {
        name: value
        for name in ContactPoint.__struct_fields__
        if (value := getattr(change, name, UNSET)) is not UNSET and name not in ("key", "checked_on")
    }
    return checked_point(msgspec.structs.replace(point, **named), placements)


def checked_point(point: ContactPoint, placements: Iterable[str]) -> ContactPoint:
    """The point in its one form, or Refusal `invalid` naming the field: a point has a way to reach it, web addresses are
    https, postcodes are Belgian ones, languages are ours."""
    ways: dict[str, str | None] = {way: clean_line(getattr(point, way) or "") or None for way in WAYS}
    point = msgspec.structs.replace(point, **ways)
    if not point.without_internet and not point.without_hearing:
        raise Refusal("invalid", fields=("ways",))
    if point.phone and not _PHONE.fullmatch(point.phone):
        raise Refusal("invalid", fields=("phone",))
    for way in ("video", "chat"):
        if (address := getattr(point, way)) and not is_web(address):
            raise Refusal("invalid", fields=(way,))
    if not point.languages or not set(point.languages) <= set(LANGUAGES):
        raise Refusal("invalid", fields=("languages",))
    if not set(point.placements) <= set(placements):
        raise Refusal("invalid", fields=("placements",))
    if len(point.subjects) > MOST_SUBJECTS:
        raise Refusal("invalid", fields=("subjects",))
    if point.calls_back and not point.phone:
        raise Refusal("invalid", fields=("calls_back",))
    subjects = tuple(said for said in (checked_texts(texts, "subjects", LINE) for texts in point.subjects) if said)
    return msgspec.structs.replace(
        point,
        name=checked_name(point.name),
        languages=tuple(language for language in LANGUAGES if language in point.languages),
        subjects=subjects,
        postcodes=checked_postcodes(point.postcodes),
        placements=tuple(sorted(set(point.placements))),
        timetable=checked_timetable(point.timetable),
        checked_on=checked_day(point.checked_on, "checked_on") if point.checked_on else None,
    )


def checked_postcodes(found: Iterable[str]) -> tuple[str, ...]:
    """Postcodes and ranges of them, in order. Refusal `invalid` for what is none."""
    kept = set()
    for text in found:
        match = _POSTCODES.fullmatch(text.replace(" ", "").replace("–", "-"))
        if match is None or (match[2] and match[2] < match[1]):
            raise Refusal("invalid", fields=("postcodes",))
        kept.add(match[0])
    return tuple(sorted(kept))


def is_postcode(text: str) -> bool:
    found = _POSTCODES.fullmatch(text)
    return found is not None and found[2] is None


def reachable(contact_points: Iterable[ContactPoint]) -> list[ContactPoint]:
    """Those of the agency's own: whoever only comes after them is not whom one reaches first."""
    return [point for point in contact_points if point.task in ("desk", "case")]


def missing_ways(contact_points: Iterable[ContactPoint]) -> tuple[str, ...]:
    """What still keeps a placement from going live: `without_internet`, `without_hearing`, both or nothing.

    The right to a way that is not digital: Belgian Constitutional Court, 126/2025."""
    points = reachable(contact_points)
    return tuple(
        name for name in ("without_internet", "without_hearing") if not any(getattr(point, name) for point in points)
    )


def subjects_of(points: Iterable[ContactPoint]) -> list[Texts]:
    """What one can choose among, each once, in the order of the points."""
    found: list[Texts] = []
    for point in points:
        found += [subject for subject in point.subjects if subject not in found]
    return found


def _range(written: str) -> tuple[str, str]:
    first, _, last = written.partition("-")
    return first, last
