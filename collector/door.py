"""The human door: which contact points stand first for somebody who asks, and who is there now. Nobody is left out for what
she did not say, and nothing that is shown is a promise."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from collector.contact_point import ContactPoint
from collector.texts import Texts
from collector.timetable import Standing, standing


class Asked(msgspec.Struct, frozen=True):
    """What is known of who asks; None for what she did not say. `decision`: the key of the contact point that answers on
    hers."""

    placement: str | None = None
    decision: str | None = None
    subject: Texts | None = None
    language: str | None = None
    postcode: str | None = None


class Door(msgspec.Struct, frozen=True):
    """A contact point, how its timetable stands now (None without one), and whether it answers on the decision asked
    about."""

    point: ContactPoint
    standing: Standing | None
    answers: bool = False


def doors(points: Iterable[ContactPoint], asked: Asked, *, now: int, zone: str) -> tuple[list[Door], bool]:
    """(the doors that fit, the closest first, whether they fit). Left out is what is for another page, another subject or
    another postcode than the one said; when that leaves nothing, all of them stand there, and they do not fit.

    The order: who answers on the decision, who is there for the subject and the postcode by name, who speaks the language,
    who is there now; then as the agency has them."""
    every = list(points)
    fitting = [point for point in every if _fits(point, asked)]
    listed = sorted(fitting or every, key=lambda point: _distance(point, asked, now, zone))
    found = [
        Door(point, _standing(point, now, zone), asked.decision is not None and point.key == asked.decision)
        for point in listed
    ]
    return found, bool(fitting) or not every


def _fits(point: ContactPoint, asked: Asked) -> bool:
    if asked.decision is not None and point.key == asked.decision:
        return True
    return (
        (asked.placement is None or not point.placements or asked.placement in point.placements)
        and (asked.subject is None or not point.subjects or asked.subject in point.subjects)
        and (asked.postcode is None or not point.postcodes or point.serves(asked.postcode))
    )


def _distance(point: ContactPoint, asked: Asked, now: int, zone: str) -> tuple[bool, ...]:
    """Compared part by part: False stands before True."""
    stands = _standing(point, now, zone)
    return (
        not (asked.decision is not None and point.key == asked.decision),
        not (asked.subject is not None and asked.subject in point.subjects),
        not (asked.postcode is not None and point.serves(asked.postcode)),
        not (asked.placement is not None and asked.placement in point.placements),
        not (asked.language is None or asked.language in point.languages),
        not (stands is not None and stands.open),
    )


def _standing(point: ContactPoint, now: int, zone: str) -> Standing | None:
    return standing(point.timetable, now, zone) if point.timetable else None
