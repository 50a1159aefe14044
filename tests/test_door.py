"""Which contact points stand first for whom, and what a contact point can be."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from collector.contact_point import ContactPoint, ContactPointChange, changed, checked_point, missing_ways
from collector.door import Asked, doors
from collector.errors import Refusal
from collector.timetable import read_timetable

ZONE = "Europe/Brussels"
NOW = int(datetime(2026, 11, 25, 10, tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)
BUILDING = {"nl": "Bouwen", "fr": "Construire"}
WATER = {"nl": "Water"}
GENERAL = ContactPoint("general", "General", counter="Market 1")
NORTH = ContactPoint("north", "North", phone="+32 2 1", postcodes=("1000-1299", "1500"))
SOUTH = ContactPoint("south", "South", phone="+32 2 2", postcodes=("1300-1499",), languages=("fr",))
PERMITS = ContactPoint("permits", "Permits", phone="+32 2 3", subjects=(BUILDING,), placements=("permits",))
OPEN = ContactPoint("open", "Open", phone="+32 2 4", timetable=read_timetable(["we 09:00-12:00"]))
CLOSED = ContactPoint("closed", "Closed", phone="+32 2 5", timetable=read_timetable(["mo 09:00-12:00"]))


def order(points: list[ContactPoint], **asked: object) -> list[str]:
    found, fit = doors(points, Asked(**asked), now=NOW, zone=ZONE)  # type: ignore[arg-type]
    return [door.point.key for door in found] if fit else ["none fits", *(door.point.key for door in found)]


def test_who_serves_the_postcode_by_name_stands_first_and_who_serves_another_is_left_out() -> None:
    points = [GENERAL, NORTH, SOUTH]
    assert order(points) == ["general", "north", "south"]
    assert order(points, postcode="1210") == ["north", "general"]
    assert order(points, postcode="1299")[0] == order(points, postcode="1000")[0] == "north"
    assert order(points, postcode="1300") == ["south", "general"]
    assert order(points, postcode="9000") == ["general"]


def test_subject_page_and_decision_lead_and_nobody_is_left_without_a_door() -> None:
    points = [GENERAL, PERMITS]
    assert order(points, subject=BUILDING, placement="permits") == ["permits", "general"]
    assert order(points, subject=WATER) == order(points, placement="tax") == ["general"]
    assert order([PERMITS], subject=WATER) == ["none fits", "permits"]
    assert order(points, decision="permits", placement="tax") == ["permits", "general"]


def test_who_speaks_the_language_and_is_there_now_stands_before_who_does_not() -> None:
    assert order([SOUTH, GENERAL], language="de") == ["general", "south"]
    assert order([CLOSED, GENERAL, OPEN]) == ["open", "closed", "general"]
    found, _ = doors([CLOSED, GENERAL], Asked(), now=NOW, zone=ZONE)
    assert [door.standing.open if door.standing else None for door in found] == [False, None]


def test_whom_one_reaches_only_afterwards_does_not_make_an_agency_reachable() -> None:
    assert missing_ways([replace(GENERAL, task="ombudsman")]) == ("without_internet", "without_hearing")
    assert missing_ways([replace(GENERAL, task="case")]) == ()


def test_a_point_is_stale_once_nobody_looked_for_longer_than_it_may_be() -> None:
    assert GENERAL.stale("2026-11-25", 180)
    checked = replace(GENERAL, checked_on="2026-05-29")
    assert not checked.stale("2026-11-25", 180) and checked.stale("2026-11-26", 180)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("ways", {"counter": None}),
        ("phone", {"phone": "call us"}),
        ("chat", {"chat": "http://chat.town.example"}),
        ("video", {"video": "javascript:alert(1)"}),
        ("postcodes", {"postcodes": ("0999",)}),
        ("postcodes", {"postcodes": ("1299-1000",)}),
        ("placements", {"placements": ("nowhere",)}),
        ("languages", {"languages": ()}),
        ("subjects", {"subjects": ({"es": "agua"},)}),
        ("calls_back", {"calls_back": True}),
        ("name", {"name": "  "}),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(field: str, change: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        changed(GENERAL, ContactPointChange(**change), ["permits"])  # type: ignore[arg-type]
    assert refused.value.code == "invalid" and refused.value.fields == (field,)


def test_what_is_written_is_put_in_one_form() -> None:
    point = checked_point(replace(GENERAL, postcodes=("1500", "1000 – 1299", "1500"), languages=("fr", "nl")), [])
    assert point.postcodes == ("1000-1299", "1500") and point.languages == ("nl", "fr")
    assert changed(GENERAL, ContactPointChange(phone=" +32 2   1 ", name="X  y"), []).phone == "+32 2 1"
