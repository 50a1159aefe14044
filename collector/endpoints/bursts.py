"""Bursts: what came in nearly the same words within minutes."""

from __future__ import annotations

from starlette.routing import Route

from collector.burst import Bursts
from collector.endpoints.operation import Call, operation


@operation(summary="Bursts", tag="team", answers={200: Bursts}, need="viewer")
async def list_bursts(call: Call) -> Bursts:
    """Many voices in nearly the same words at one placement within minutes, the newest first. They are said and counted apart;
    none is left out, hidden or moved. `burst` of lists, exports and counts reads them alone, or all others."""
    return await call.parts.store.bursts.list(call.right.agency_id, now=call.parts.now())


routes = [Route("/api/bursts", list_bursts, methods=["GET"])]
