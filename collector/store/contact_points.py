"""Contact points: few rows, read at every request, so they are kept in memory. The rows in the database are the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import UNSET

from collector.agency import Agency
from collector.change import CONTACT_POINT
from collector.contact_point import TASKS, ContactPoint, ContactPointChange, Terms, changed, checked_point, missing_ways
from collector.day import Day
from collector.errors import Refusal
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.texts import Texts
from collector.timetable import Timetable


class KeptPoint(msgspec.Struct, frozen=True):
    """A contact point as its team keeps it: `owner_id` of the member who keeps it right."""

    point: ContactPoint
    owner_id: int | None
    revision: int


class ContactPoints:
    """Called by every page that shows them, by the team's endpoints and by the command line. `placements` gives the keys
    of an agency's own."""

    def __init__(self, engine: Engine, placements: Callable[[int], Iterable[str]]) -> None:
        self._engine = engine
        self._placements = placements
        self._kept: dict[int, tuple[KeptPoint, ...]] = {}
        self._shown: dict[int, tuple[ContactPoint, ...]] = {}
        self._reachable: frozenset[int] = frozenset()

    async def load(self) -> None:
        found: dict[int, list[KeptPoint]] = {}
        for row in await self._engine.fetch("contact_points.all"):
            kept = KeptPoint(_point(row), row["owner_id"], row["revision"])
            found.setdefault(row["agency_id"], []).append(kept)
        for own in found.values():  # who is there for everybody first, who comes after them last
            own.sort(key=lambda kept: TASKS.index(kept.point.task))
        self._kept = {agency_id: tuple(own) for agency_id, own in found.items()}
        self._shown = {agency_id: tuple(kept.point for kept in own) for agency_id, own in found.items()}
        self._reachable = frozenset(key for key, points in self._shown.items() if not missing_ways(points))

    def of(self, agency_id: int) -> tuple[ContactPoint, ...]:
        """As citizens see them: desks first, then those for one's own case, for complaints, and the ombudsman."""
        return self._shown.get(agency_id, ())

    def kept(self, agency_id: int) -> tuple[KeptPoint, ...]:
        return self._kept.get(agency_id, ())

    def one(self, agency_id: int, key: str) -> KeptPoint:
        """Refusal `not_found` for a key that no point of the agency has."""
        for kept in self.kept(agency_id):
            if kept.point.key == key:
                return kept
        raise Refusal("not_found")

    def reachable(self) -> frozenset[int]:
        """The agencies that can be reached without internet and without hearing."""
        return self._reachable

    async def add(
        self, agency: Agency, point: ContactPoint, *, now: int, by: str | None = None, owner: int | None = None
    ) -> KeptPoint:
        """Refusal `exists` when the agency has, or had, one of that key; `invalid` naming the field."""
        point = checked_point(point, self._placements(agency.id))

        async def body(tx: Transaction) -> None:
            await self._checked_owner(tx, agency.id, owner)
            rows = await tx.fetch(
                "contact_points.insert", agency_id=agency.id, key=point.key, owner_id=owner, now=now, **_fields(point)
            )
            if not rows:
                raise Refusal("exists", fields=("key",))
            await record(tx, agency.id, CONTACT_POINT, now, by, rows[0]["id"])

        await self._engine.write(body)
        await self.load()
        return self.one(agency.id, point.key)

    async def free_key(self, agency_id: int, wanted: str) -> str:
        """`wanted`, or that with a number behind it, which no point of the agency has or had."""
        known = {row["key"] for row in await self._engine.fetch("contact_points.keys", agency_id=agency_id)}
        number, key = 1, wanted
        while key in known:
            number += 1
            key = f"{wanted}-{number}"
        return key

    async def change(
        self,
        agency_id: int,
        key: str,
        change: ContactPointChange,
        *,
        revision: int,
        today: Day,
        now: int,
        by: str | None,
    ) -> KeptPoint:
        """Changes what is named; whoever writes it has looked at it, so it counts as checked. Refusal `not_found`, `stale`
        when it changed since `revision`, `invalid` naming the field, `wrong_state` when nobody could be reached then."""
        kept = self.one(agency_id, key)
        point = changed(kept.point, change, self._placements(agency_id))
        point = msgspec.structs.replace(point, checked_on=today)
        self._stays_reachable(agency_id, [point if other.key == key else other for other in self.of(agency_id)])
        owner = kept.owner_id if change.owner is UNSET else change.owner

        async def body(tx: Transaction) -> None:
            if change.owner is not UNSET:
                await self._checked_owner(tx, agency_id, owner)
            given = {"agency_id": agency_id, "key": key, "revision": revision, "owner_id": owner}
            rows = await tx.fetch("contact_points.change", **given, **_fields(point))
            if not rows:
                raise Refusal("stale")
            await record(tx, agency_id, CONTACT_POINT, now, by, rows[0]["id"])

        await self._engine.write(body)
        await self.load()
        return self.one(agency_id, key)

    async def check(self, agency_id: int, key: str, *, today: Day, now: int, by: str | None) -> KeptPoint:
        """Somebody saw that it is still right. Refusal `not_found`."""

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("contact_points.check", agency_id=agency_id, key=key, checked_on=today)
            if not rows:
                raise Refusal("not_found")
            await record(tx, agency_id, CONTACT_POINT, now, by, rows[0]["id"])

        await self._engine.write(body)
        await self.load()
        return self.one(agency_id, key)

    async def withdraw(self, agency_id: int, key: str, *, now: int, by: str | None) -> None:
        """Takes it off every page. Refusal `not_found`; `wrong_state` when nobody could be reached then."""
        self.one(agency_id, key)
        self._stays_reachable(agency_id, [other for other in self.of(agency_id) if other.key != key])

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch("contact_points.withdraw", agency_id=agency_id, key=key, now=now)
            if not rows:
                raise Refusal("not_found")
            await record(tx, agency_id, CONTACT_POINT, now, by, rows[0]["id"])

        await self._engine.write(body)
        await self.load()

    def _stays_reachable(self, agency_id: int, points: list[ContactPoint]) -> None:
        """What is live stays live: nobody closes the last door by mistake."""
        if missing_ways(points) and not missing_ways(self.of(agency_id)):
            raise Refusal("wrong_state")

    async def _checked_owner(self, tx: Transaction, agency_id: int, owner: int | None) -> None:
        if owner is not None and not await tx.fetch("contact_points.member", agency_id=agency_id, id=owner):
            raise Refusal("invalid", fields=("owner",))


def _fields(point: ContactPoint) -> dict[str, Any]:
    """The columns of a point, without its key."""
    fields = {
        name: getattr(point, name) for name in ("name", "phone", "counter", "post", "video", "chat", "hours", "task")
    }
    return fields | {
        "languages": " ".join(point.languages),
        "subjects": _json(point.subjects),
        "postcodes": " ".join(point.postcodes),
        "placements": " ".join(point.placements),
        "timetable": _json(point.timetable) if point.timetable else None,
        "terms": _json(point.terms),
        "calls_back": int(point.calls_back),
        "checked_on": point.checked_on,
    }


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _point(row: Row) -> ContactPoint:
    names = ("key", "name", "phone", "counter", "post", "video", "chat", "hours", "task", "checked_on")
    return ContactPoint(
        **{name: row[name] for name in names},
        languages=tuple(row["languages"].split()),
        subjects=tuple(msgspec.json.decode(row["subjects"], type=list[Texts])),
        postcodes=tuple(row["postcodes"].split()),
        placements=tuple(row["placements"].split()),
        timetable=msgspec.json.decode(row["timetable"], type=Timetable) if row["timetable"] else None,
        terms=msgspec.json.decode(row["terms"], type=Terms),
        calls_back=bool(row["calls_back"]),
    )
