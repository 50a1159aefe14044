"""All rows of the table, by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bench import decisions, fairness, ingest, live, size, start
from bench.result import Result

ROWS: dict[str, Callable[[], list[Result]]] = {
    "ingest": ingest.ingest,
    "fsyncs": ingest.fsyncs,
    "order": ingest.order,
    "size": size.size,
    "acknowledgement": ingest.acknowledgement,
    "fan_out": live.fan_out,
    "stalled": live.stalled,
    "company": live.company,
    "visible": live.visible,
    "acts": decisions.acts,
    "response": decisions.response,
    "fairness": fairness.fairness,
    "bytes": start.bytes_,
    "cold_start": start.cold_start,
}


def as_json(results: list[Result]) -> list[dict[str, Any]]:
    """For machines."""
    names = ("name", "ratio", "bar", "ok", "ours", "peer", "runs")
    return json.loads(json.dumps([{name: getattr(result, name) for name in names} for result in results]))  # type: ignore[no-any-return]
