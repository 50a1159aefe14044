"""What those ask and do who run the installation. They are members of a row that is no public body (`Agencies.operators`), so
that whatever asks by agency shows them nothing."""

from __future__ import annotations

from contextlib import suppress

from collector.agency import Agency
from collector.errors import Refusal
from collector.installation import LATE_MS, WEEK_MS, AgencyHealth, FirstAdmin, Founding
from collector.member import Inviting
from collector.store.agencies import Agencies
from collector.store.engine import Engine, Row
from collector.store.members import Members
from collector.store.second_factors import SecondFactors
from collector.store.sightings import Sightings
from collector.store.submissions import ID_STEPS
from collector.token import OPERATOR, Right

HARM = ("blocked", "refused")


class Installation:
    """Called by operators' pages and by the command line, which alone makes operators."""

    def __init__(
        self, engine: Engine, agencies: Agencies, members: Members, factors: SecondFactors, sightings: Sightings
    ) -> None:
        self._engine = engine
        self._agencies = agencies
        self._members = members
        self._factors = factors
        self._sightings = sightings

    async def agencies(self, own: str, *, now: int) -> list[AgencyHealth]:
        """By name. `own`: the collector's own origin."""
        rows = await self._engine.fetch("installation.agencies", now=now, late=now - LATE_MS)
        return [await self._health(row, own, now) for row in rows]

    async def _health(self, row: Row, own: str, now: int) -> AgencyHealth:
        agency = self._agencies.agency(row["id"])
        placements = self._agencies.placements(agency.id)
        since = self._agencies.day(agency.id, now - WEEK_MS)
        met = [one for p in placements for one in await self._sightings.of_placement(p, own, since=since)]
        last = max(row["last_words"] or 0, row["last_press"] or 0)
        return AgencyHealth(
            key=agency.key,
            name=agency.name,
            created_at=row["created_at"],
            live=bool(placements) and all(self._agencies.live(placement) for placement in placements),
            placements=len(placements),
            last_at=last // ID_STEPS if last else None,
            members=row["members"],
            managed=bool(row["managed"]),
            refused=await self._sightings.refusals(agency.id, since=since),
            blocked=sum(one.state in HARM for one in met),
            mails_waiting=row["mails_waiting"],
            hooks_failing=row["hooks_failing"],
        )

    async def found(self, founding: Founding, right: Right, *, now: int) -> Agency:
        """A new agency. Refusal as `Agencies.create`."""
        return await self._agencies.create(
            founding.key, founding.name, required_languages=founding.required_languages, now=now, by=right.signed
        )

    async def invite_first(self, key: str, first: FirstAdmin, right: Right, *, now: int) -> str:
        """The secret of the link by which the first who manages an agency joins. Refusal `wrong_state` as soon as somebody
        manages it or anything was sent to it: then an invitation would open its words, and its own people invite. Refusal
        `not_found` for an unknown key, otherwise as `Members.invite`."""
        agency = self._agencies.by_key(key)
        rows = await self._engine.fetch("installation.agencies", now=now, late=now - LATE_MS)
        managed = next(bool(row["managed"]) for row in rows if row["id"] == agency.id)
        if managed or await self._engine.fetch("installation.taken", agency_id=agency.id):
            raise Refusal("wrong_state")
        inviting = Inviting(first.email, first.name, first.office, "admin")
        _, secret = await self._members.invite(agency.id, inviting, now=now, by=right.signed)
        return secret

    async def invite(self, email: str, name: str, office: str, *, now: int) -> str:
        """The secret of the link by which an operator joins. Refusal as `Members.invite`."""
        operators = await self._agencies.add_operators(now=now)
        inviting = Inviting(email, name, office, "viewer")
        _, secret = await self._members.invite(operators.id, inviting, now=now, by=None, role=OPERATOR)
        return secret

    async def operators(self) -> list[Row]:
        """Address, name, office and when each joined."""
        return await self._engine.fetch("installation.operators")

    async def withdraw(self, email: str, *, now: int) -> None:
        """Ends what an operator may, her sessions and her second factor. Refusal `not_found` for nobody's address."""
        found = [row for row in await self.operators() if row["email"] == email.strip().lower()]
        operators = self._agencies.operators
        if not found or operators is None:
            raise Refusal("not_found")
        with suppress(Refusal):  # she had none yet
            await self._factors.reset(operators.id, found[0]["id"], now=now, by=None)
        await self._members.revoke(operators.id, found[0]["id"], now=now, by=None)
