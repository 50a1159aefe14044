"""All rows of the table, by name."""

from __future__ import annotations

from collections.abc import Callable

from bench import decisions, fairness, heard, ingest, live, people, size, start, together
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
    "heard": heard.heard,
    "fairness": fairness.fairness,
    "bytes": start.bytes_,
    "cold_start": start.cold_start,
    "claims": together.claims,
    "views": together.views,
    "spreadsheet": together.spreadsheet,
    "million": together.million,
    "people": people.people,
}
