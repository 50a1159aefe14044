"""Kiosks: set up by an admin; each sends with its own key. And receipts that are issued before their words come, so that
somebody has hers while the network is gone."""

from __future__ import annotations

from base64 import b64encode
from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.routing import Route

from collector.endpoints.operation import Call, operation
from collector.endpoints.parts import Parts
from collector.endpoints.submissions import id_of
from collector.errors import Refusal
from collector.placement import Placement
from collector.qr import qr
from collector.store.devices import Device
from collector.submission import PlacementKey
from collector.token import new_secret, secret_in

AT_ONCE = 20


class Issued(msgspec.Struct):
    """`key`: to send with. `receipt`: the code that it will have. `qr`: the way back to it as a picture, a data URL."""

    key: str
    receipt: str
    qr: str


class Receipts(msgspec.Struct):
    items: list[Issued]


class Asking(msgspec.Struct, forbid_unknown_fields=True):
    number: Annotated[int, Meta(ge=1, le=AT_ONCE)] = AT_ONCE


class AskingFor(Asking, forbid_unknown_fields=True, kw_only=True):
    placement: PlacementKey


class Creating(msgspec.Struct, forbid_unknown_fields=True):
    placement: PlacementKey
    name: str


class Created(msgspec.Struct):
    """`url`: open it once on the device; it carries the key, which is not shown again."""

    device: Device
    url: str


class DeviceList(msgspec.Struct):
    items: list[Device]


def issue(parts: Parts, placement: Placement, number: int) -> Receipts:
    """Receipts whose words have not come. Nothing is stored: both are derived again when the words come."""
    found = []
    for _ in range(number):
        key = f"issued-{new_secret()}"
        code = parts.keys.code(placement.key, key)
        picture = b64encode(qr(f"{parts.public_url}/r#{code}").encode()).decode()
        found.append(Issued(key, code, f"data:image/svg+xml;base64,{picture}"))
    return Receipts(found)


@operation(
    summary="Receipts for a kiosk",
    tag="citizen",
    answers={200: Receipts},
    refusals=("sign_in", "invalid", "busy", "full"),
    body=Asking,
)
async def kiosk_receipts(call: Call) -> Receipts:
    """With `Authorization: Device KEY`. A kiosk keeps a few, and forgets each when it has been used."""
    key = secret_in(call.request.headers.get("authorization", ""), "Device") or ""
    device_id, placement = await call.parts.store.devices.placement_of(key)
    await call.parts.store.devices.seen(device_id, now=call.parts.now())
    return issue(call.parts, placement, call.body.number)


@operation(
    summary="Receipts for the counter",
    tag="team",
    answers={200: Receipts},
    refusals=("placement", "invalid", "origin"),
    body=AskingFor,
    need="editor",
)
async def counter_receipts(call: Call) -> Receipts:
    """For people who speak while the network is gone."""
    placement = call.parts.store.agencies.placement(call.body.placement)
    if placement.agency_id != call.right.agency_id:
        raise Refusal("placement")
    return issue(call.parts, placement, call.body.number)


@operation(summary="Kiosks", tag="team", answers={200: DeviceList}, need="viewer")
async def list_devices(call: Call) -> DeviceList:
    return DeviceList(await call.parts.store.devices.list(call.right.agency_id))


@operation(
    summary="Set up a kiosk",
    tag="team",
    answers={201: Created},
    refusals=("invalid", "forbidden", "origin", "placement", "busy", "full"),
    body=Creating,
    need="admin",
)
async def create_device(call: Call) -> Created:
    placement = call.parts.store.agencies.placement(call.body.placement)
    if placement.agency_id != call.right.agency_id:
        raise Refusal("placement")
    device, secret = await call.parts.store.devices.create(
        placement, call.body.name, now=call.parts.now(), by=call.right.signed
    )
    return Created(device, f"{call.parts.public_url}/f/{placement.key}?kiosk#{secret}")


@operation(
    summary="Withdraw a kiosk",
    tag="team",
    answers={204: None},
    refusals=("forbidden", "origin", "not_found", "busy", "full"),
    need="admin",
)
async def revoke_device(call: Call) -> None:
    """Its key opens nothing from now on; what it sent stays."""
    device_id = id_of(call)
    await call.parts.store.devices.revoke(call.right.agency_id, device_id, now=call.parts.now(), by=call.right.signed)


routes = [
    Route("/api/devices", list_devices, methods=["GET"]),
    Route("/api/devices", create_device, methods=["POST"]),
    Route("/api/devices/receipts", kiosk_receipts, methods=["POST"]),
    Route("/api/devices/{id}", revoke_device, methods=["DELETE"]),
    Route("/api/counter/receipts", counter_receipts, methods=["POST"]),
]
