"""Devices: kiosks that stand somewhere for the public. A key lets one send for its placement without limits, and nothing
else."""

from __future__ import annotations

import msgspec

from collector.agency import checked_name
from collector.change import DEVICE
from collector.errors import Refusal
from collector.placement import Placement
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.token import new_secret, secret_hash


class Device(msgspec.Struct):
    """`seen_at`: when it last asked for codes, Unix milliseconds; a kiosk that works does so many times a day."""

    id: int
    placement: str
    name: str
    created_at: int
    seen_at: int | None


class Devices:
    """Called by what kiosks send, and by those who set them up."""

    def __init__(self, engine: Engine, agencies: Agencies) -> None:
        self._engine = engine
        self._agencies = agencies

    async def create(self, placement: Placement, name: str, *, now: int, by: str | None) -> tuple[Device, str]:
        """(the device, its key, which is shown once). Refusal `invalid` for a name that cannot be."""
        secret, name = new_secret(), checked_name(name)

        async def body(tx: Transaction) -> int:
            rows = await tx.fetch(
                "devices.insert",
                agency_id=placement.agency_id,
                placement_id=placement.id,
                name=name,
                hash=secret_hash(secret),
                now=now,
            )
            await record(tx, placement.agency_id, DEVICE, now, by, rows[0]["id"])
            return int(rows[0]["id"])

        return Device(await self._engine.write(body), placement.key, name, now, None), secret

    async def placement_of(self, secret: str) -> tuple[int, Placement]:
        """(id of the device, the placement it sends for). Refusal `sign_in` when no device has that key, or no longer."""
        rows = await self._engine.fetch("devices.by_hash", hash=secret_hash(secret))
        if not rows:
            raise Refusal("sign_in")
        return rows[0]["id"], self._agencies.placement_by_id(rows[0]["placement_id"])

    async def list(self, agency_id: int) -> list[Device]:
        return [self._shown(row) for row in await self._engine.fetch("devices.of_agency", agency_id=agency_id)]

    async def seen(self, device_id: int, *, now: int) -> None:
        async def body(tx: Transaction) -> None:
            await tx.run("devices.seen", id=device_id, now=now)

        await self._engine.write(body)

    async def revoke(self, agency_id: int, device_id: int, *, now: int, by: str | None) -> None:
        """Refusal `not_found` for a device of nobody, of another agency, or that is withdrawn already."""

        async def body(tx: Transaction) -> None:
            if not await tx.run("devices.revoke", agency_id=agency_id, id=device_id, now=now):
                raise Refusal("not_found")
            await record(tx, agency_id, DEVICE, now, by, device_id)

        await self._engine.write(body)

    def _shown(self, row: Row) -> Device:
        placement = self._agencies.placement_by_id(row["placement_id"])
        return Device(row["id"], placement.key, row["name"], row["created_at"], row["seen_at"])
