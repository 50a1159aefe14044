"""For operators: alive, ready, and the figures."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from collector.endpoints.parts import Parts


async def live(request: Request) -> PlainTextResponse:
    """200 as long as the loop turns."""
    return PlainTextResponse("alive\n")


async def ready(request: Request) -> PlainTextResponse:
    """200 when it can take in and store; 503 while it stops or cannot read its store."""
    parts: Parts = request.state["parts"]
    if parts.stopping:
        return PlainTextResponse("stopping\n", 503)
    try:
        await parts.store.meta("epoch")
    except Exception:
        return PlainTextResponse("the store does not answer\n", 503)
    return PlainTextResponse("ready\n")


async def metrics(request: Request) -> Response:
    """Prometheus' text format."""
    parts: Parts = request.state["parts"]
    text = await asyncio.to_thread(parts.metrics.text)  # one of the figures asks the disk
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


def measure(parts: Parts, file: Path) -> None:
    """Hangs the gauges into the metrics."""
    engine, gauge = parts.store.engine, parts.metrics.gauge
    gauge("writer_waiting", "Senders that are not answered yet.", lambda: engine.writer.waiting)
    gauge("subscribers", "Open live sockets.", lambda: parts.room.size)
    gauge("feed_cursor", "The newest change the feed has read.", lambda: parts.feed.last)
    gauge("log_cursor", "The newest change of the log.", lambda: engine.index.log_cursor)
    gauge("feed_failures", "Reads of the log that failed.", lambda: parts.feed.failures)
    gauge("index_cursor", "The newest change the search index holds.", lambda: engine.index.cursor)
    gauge("index_failures", "Writes of the search index that failed.", lambda: engine.index.failures)
    gauge("story_failures", "Morning stories that the mail server did not take.", lambda: parts.store.stories.failures)
    hooks = parts.store.hooks
    gauge("hooks_sent", "Messages to hooks that their receivers took, since the start.", lambda: hooks.sent)
    gauge("hooks_failed", "Messages to hooks that were not taken, since the start.", lambda: hooks.failed)
    gauge("hooks_paused", "Hooks that were paused because they failed.", lambda: hooks.paused_number)
    gauge("hooks_lag_seconds", "How old the oldest change is that a hook waits to be told of.", lambda: _lag(parts))
    letters = parts.store.letters
    gauge("letters_sent", "Letters to colleagues that the mail server took, since the start.", lambda: letters.sent)
    gauge("letters_failed", "Letters to colleagues that were not taken, since the start.", lambda: letters.failed)
    gauge("letters_waiting", "Letters to colleagues that wait to be sent.", lambda: letters.waiting)
    gauge("alarms_open", "Quiet alarms that nobody has seen.", lambda: parts.store.alarms.open_number)
    gauge("disk_free_bytes", "Room left where the store lies.", lambda: shutil.disk_usage(file.parent).free)


def _lag(parts: Parts) -> float:
    oldest = min(parts.store.hooks.waiting.values(), default=None)
    return 0.0 if oldest is None else max(0, parts.now() - oldest) / 1_000


routes = [
    Route("/healthz/live", live),
    Route("/healthz/ready", ready),
    Route("/metrics", metrics),
]
