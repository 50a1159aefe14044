"""Agencies, their contact points and their placements: few rows, read at every request, so they are kept in memory.

The rows in the database are the truth; `load` reads them anew after every change of one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET

from collector.agency import AUDIT_DAYS, LANGUAGES, Agency, Settling, checked_key, checked_name, settled
from collector.alarm import Rule
from collector.change import AGENCY, PLACEMENT
from collector.contact_point import ContactPoint, reachable
from collector.errors import Refusal
from collector.placement import (
    QUESTIONS,
    Notice,
    Placement,
    Replacing,
    checked_clips,
    checked_languages,
    checked_origins,
    replaced,
)
from collector.store.changes import record
from collector.store.contact_points import ContactPoints
from collector.store.engine import Engine, Row, Transaction

_QUARTER_MS = 900_000  # no time zone moves by less


class Agencies:
    """Called by every endpoint (look-ups) and by the command line (creating)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._agencies: dict[int, Agency] = {}
        self._operators: Agency | None = None
        self._placements: dict[int, Placement] = {}
        self._by_key: dict[str, Placement] = {}
        self.points = ContactPoints(engine, lambda agency_id: [p.key for p in self.placements(agency_id)])
        self._by_origin: dict[str, list[Placement]] = {}
        self._days: dict[tuple[int, int], str] = {}
        self._zones: dict[int, ZoneInfo] = {}

    async def load(self) -> None:
        rows = await self._engine.fetch("agencies.all")
        agencies = {row["id"]: _agency(row) for row in rows}
        self._operators = next((agencies[row["id"]] for row in rows if row["operators"]), None)
        await self.points.load()
        placements = [_placement(row) for row in await self._engine.fetch("placements.all")]
        self._agencies = agencies
        self._placements = {placement.id: placement for placement in placements}
        self._by_key = {placement.key: placement for placement in placements}
        self._by_origin = {}
        for placement in placements:
            for origin in placement.origins:
                self._by_origin.setdefault(origin, []).append(placement)
        self._days.clear()
        self._zones.clear()

    def all(self) -> list[Agency]:
        """The public bodies; that of the operators is none."""
        return [agency for agency in self._agencies.values() if agency is not self._operators]

    @property
    def operators(self) -> Agency | None:
        """What those belong to who run the installation; it has members and nothing else. None before there are any."""
        return self._operators

    def agency(self, agency_id: int) -> Agency:
        """The agency of a row. KeyError when there is none."""
        return self._agencies[agency_id]

    def by_key(self, key: str) -> Agency:
        """Refusal `not_found` for a key no agency has."""
        for agency in self.all():
            if agency.key == key:
                return agency
        raise Refusal("not_found")

    def placement(self, key: str) -> Placement:
        """Refusal `placement` for a key no placement has."""
        try:
            return self._by_key[key]
        except KeyError:
            raise Refusal("placement") from None

    def placement_by_id(self, placement_id: int) -> Placement:
        return self._placements[placement_id]

    def placements(self, agency_id: int) -> list[Placement]:
        return [placement for placement in self._placements.values() if placement.agency_id == agency_id]

    def contact_points(self, agency_id: int) -> tuple[ContactPoint, ...]:
        return self.points.of(agency_id)

    def has_point(self, agency_id: int, key: str) -> bool:
        """Whether a contact point of that key is there and not withdrawn."""
        return any(point.key == key for point in self.contact_points(agency_id))

    def contact_points_of(self, placement: Placement) -> tuple[ContactPoint, ...]:
        """Those that a page shows: the agency's own, for this placement or for all."""
        own = [
            point
            for point in reachable(self.contact_points(placement.agency_id))
            if not point.placements or placement.key in point.placements
        ]
        return tuple(own or reachable(self.contact_points(placement.agency_id)))

    def live(self, placement: Placement) -> bool:
        """Whether its agency can be reached without internet and without hearing; before that nothing is taken in."""
        return placement.agency_id in self.points.reachable()

    def known_origin(self, origin: str) -> bool:
        """Whether any placement lists it."""
        return origin in self._by_origin

    def listing(self, origin: str) -> list[Placement]:
        """The placements that list it, of whichever agency."""
        return self._by_origin.get(origin, [])

    def day(self, agency_id: int, at: int) -> str:
        """The date `YYYY-MM-DD` of a moment (Unix milliseconds) where the agency is."""
        slot = (agency_id, at // _QUARTER_MS)
        if slot not in self._days:
            if len(self._days) > 10_000:
                self._days.clear()
            agency = self._agencies[agency_id]
            zone = self._zones.setdefault(agency_id, ZoneInfo(agency.time_zone))
            self._days[slot] = datetime.fromtimestamp(at / 1000, UTC).astimezone(zone).date().isoformat()
        return self._days[slot]

    async def create(
        self,
        key: str,
        name: str,
        *,
        now: int,
        time_zone: str = "Europe/Brussels",
        required_languages: tuple[str, ...] = ("nl", "fr"),
        by: str | None = None,
    ) -> Agency:
        """Refusal `exists` when the key is taken, `invalid` when key or name cannot be."""
        checked_key(key)
        name = checked_name(name)
        fresh = Agency(id=0, key=key, name=name, time_zone=time_zone)
        if not required_languages or not set(required_languages) <= set(LANGUAGES):
            raise Refusal("invalid", fields=("required_languages",))

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch(
                "agencies.insert",
                key=key,
                name=name,
                retention_days=fresh.retention_days,
                time_zone=time_zone,
                required_languages=" ".join(required_languages),
                created_at=now,
            )
            if not rows:
                raise Refusal("exists", fields=("key",))
            await record(tx, rows[0]["id"], AGENCY, now, by, rows[0]["id"], detail="new" if by else None)

        await self._engine.write(body)
        await self.load()
        return self.by_key(key)

    async def add_operators(self, *, now: int) -> Agency:
        """What operators belong to, made when the first is invited. All of them need a second factor."""
        if self._operators is None:

            async def body(tx: Transaction) -> None:
                await tx.run("agencies.insert_operators", audit_days=AUDIT_DAYS, now=now)

            await self._engine.write(body)
            await self.load()
        assert self._operators is not None
        return self._operators

    async def add_contact_point(self, agency: Agency, point: ContactPoint, *, now: int) -> None:
        """Refusal `exists` when the agency has one of that key."""
        await self.points.add(agency, point, now=now)

    async def settle(self, agency_id: int, settling: Settling, *, now: int, by: str | None) -> Agency:
        """Changes what is named. Refusal `invalid` naming the fields, `stale` when somebody changed it since `revision`."""
        agency = settled(self.agency(agency_id), settling)

        async def body(tx: Transaction) -> None:
            if not await tx.run(
                "agencies.settle", agency_id=agency_id, revision=settling.revision, name=agency.name,
                names=_json(agency.names), privacy_contact=agency.privacy_contact, time_zone=agency.time_zone,
                required_languages=" ".join(agency.required_languages), retention_days=agency.retention_days,
            ):  # fmt: skip
                raise Refusal("stale")
            await record(tx, agency_id, AGENCY, now, by, agency_id, detail=_named(settling))

        await self._engine.write(body)
        await self.load()
        return self.agency(agency_id)

    async def set_alarm(self, agency_id: int, rule: Rule, *, now: int, by: str | None) -> None:
        """How many independent grave voices within how many days raise the quiet alarm."""

        async def body(tx: Transaction) -> None:
            await tx.run("agencies.set_alarm", agency_id=agency_id, voices=rule.voices, days=rule.days)
            await record(tx, agency_id, AGENCY, now, by, agency_id)

        await self._engine.write(body)
        await self.load()

    async def set_stale_days(self, agency: Agency, days: int, *, now: int, by: str | None) -> Agency:
        """After how many days the team is asked to look at a contact point again."""

        async def body(tx: Transaction) -> None:
            await tx.run("agencies.set_stale_days", agency_id=agency.id, stale_days=days)
            await record(tx, agency.id, AGENCY, now, by, agency.id)

        await self._engine.write(body)
        await self.load()
        return self.agency(agency.id)

    async def set_audit_days(self, agency_id: int, days: int, *, now: int, by: str | None) -> None:
        """For how long it is known who did and read what."""

        async def body(tx: Transaction) -> None:
            await tx.run("agencies.set_audit_days", agency_id=agency_id, audit_days=days)
            await record(tx, agency_id, AGENCY, now, by, agency_id)

        await self._engine.write(body)
        await self.load()

    async def create_placement(
        self,
        agency: Agency,
        key: str,
        *,
        origins: list[str],
        now: int,
        name: str = "",
        languages: tuple[str, ...] = LANGUAGES,
        question: str = "outcome",
        gateway: bool = False,
        notice: Notice | None = None,
        by: str | None = None,
    ) -> Placement:
        """Refusal `exists` when the key is taken, `invalid` with the fields that cannot be."""
        checked_key(key)
        if question not in QUESTIONS:
            raise Refusal("invalid", fields=("question",))
        listed, spoken = " ".join(checked_origins(origins)), " ".join(checked_languages(languages))

        async def body(tx: Transaction) -> None:
            rows = await tx.fetch(
                "placements.insert",
                agency_id=agency.id,
                key=key,
                name=checked_name(name or key),
                origins=listed,
                languages=spoken,
                question=question,
                gateway=int(gateway),
                notice=msgspec.json.encode(notice).decode() if notice else None,
                created_at=now,
            )
            if not rows:
                raise Refusal("exists", fields=("key",))
            await record(tx, agency.id, PLACEMENT, now, by, rows[0]["id"], detail="new" if by else None)

        await self._engine.write(body)
        await self.load()
        return self.placement(key)

    async def set_clips(self, placement: Placement, clips: dict[str, str], *, now: int, by: str | None) -> Placement:
        """Where the question is asked in sign language, by language; what is not named goes. Refusal `invalid` for an address
        that is not https."""
        changing = Replacing(placement.revision, clips=checked_clips(clips))
        return await self.replace_placement(placement, changing, now=now, by=by)

    async def replace_placement(
        self, placement: Placement, replacing: Replacing, *, now: int, by: str | None
    ) -> Placement:
        """Changes what is named. Refusal `invalid` naming the field, `stale` when somebody changed it since `revision`."""
        fresh = replaced(placement, replacing)

        async def body(tx: Transaction) -> None:
            if not await tx.run(
                "placements.replace", agency_id=placement.agency_id, id=placement.id, revision=replacing.revision,
                name=fresh.name, origins=" ".join(fresh.origins), languages=" ".join(fresh.languages),
                question=fresh.question, gateway=int(fresh.gateway), clips=_json(fresh.clips),
            ):  # fmt: skip
                raise Refusal("stale")
            await record(tx, placement.agency_id, PLACEMENT, now, by, placement.id, detail=_named(replacing))

        await self._engine.write(body)
        await self.load()
        return self.placement(placement.key)

    async def set_notice(self, placement: Placement, notice: Notice | None, *, now: int, by: str | None) -> Placement:
        """The live notice of a placement, or None to take it away."""

        async def body(tx: Transaction) -> None:
            await tx.run(
                "placements.set_notice",
                agency_id=placement.agency_id,
                id=placement.id,
                notice=msgspec.json.encode(notice).decode() if notice else None,
            )
            await record(tx, placement.agency_id, PLACEMENT, now, by, placement.id)

        await self._engine.write(body)
        await self.load()
        return self.placement(placement.key)


def _named(changing: Settling | Replacing) -> str:
    """Which settings are named, for the log; never what they say."""
    named = [name for name, value in msgspec.structs.asdict(changing).items() if value is not UNSET]
    return " ".join(name for name in named if name != "revision")


def _json(texts: dict[str, str]) -> str:
    return msgspec.json.encode(texts).decode()


def _agency(row: Row) -> Agency:
    kept = {
        "required_languages": tuple(row["required_languages"].split()),
        "second_factor": bool(row["second_factor"]),
        "names": msgspec.json.decode(row["names"], type=dict[str, str]),
    }
    return Agency(**{name: row[name] for name in row.keys() if name != "operators"} | kept)  # noqa: SIM118  a row of the driver


def _placement(row: Row) -> Placement:
    return Placement(
        id=row["id"],
        agency_id=row["agency_id"],
        key=row["key"],
        name=row["name"],
        origins=tuple(row["origins"].split()),
        languages=tuple(row["languages"].split()),
        question=row["question"],
        gateway=bool(row["gateway"]),
        notice=msgspec.json.decode(row["notice"], type=Notice) if row["notice"] else None,
        clips=msgspec.json.decode(row["clips"], type=dict[str, str]),
        revision=row["revision"],
    )
