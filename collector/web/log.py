"""Logging: one line an event, the same from us and from the libraries we stand on. What may stand in it: `scrub`."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog
from structlog.stdlib import ExtraAdder, ProcessorFormatter

from collector.web.scrub import FIELDS, exception_without_words, only_known, own_words

# What strangers can cause at will, or what holds an address and a query: `1.2.3.4:5 - "WebSocket /live?token=…"`.
NOISE = ("WebSocket", "Invalid HTTP request", "Unsupported upgrade request")


class Quiet(logging.Filter):
    """Drops uvicorn's lines that begin with NOISE or hold one."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.name.startswith("uvicorn") and any(noise in str(record.msg) for noise in NOISE))


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Sends all log lines to `stream` (standard error): JSON, or for a terminal lines to read. `level`: `debug`,
    `info`, `warning` or `error`, in any case. Called once, by the command that runs."""
    level = level.upper()
    stream = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    readable = structlog.dev.ConsoleRenderer(colors=True, exception_formatter=structlog.dev.plain_traceback)
    handler = logging.StreamHandler(stream)
    handler.addFilter(Quiet())
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[own_words, ExtraAdder(allow=FIELDS - {"event", "exception"}), *shared],
            processors=[
                exception_without_words,
                only_known,
                readable if stream.isatty() else structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False),
            ],
            pass_foreign_args=True,
            use_get_message=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        logger = logging.getLogger(name)
        logger.handlers[:] = []
        logger.propagate = True
    # its information is who connected and what was asked; the collector itself says that it starts and stops
    logging.getLogger("uvicorn.error").setLevel(max(logging.WARNING, root.level))
    logging.getLogger("uvicorn.access").disabled = True
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, _with_exception, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _with_exception(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """`exc_info=True` means the exception that is being handled here and now."""
    if event.get("exc_info") is True:
        event["exc_info"] = sys.exc_info()
    return event
