"""Logging as the product sets it up, for as long as a test looks at it. Afterwards all is as it was: at the level of the
product's own choice every question to the database would be written down in all tests that follow."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import structlog

from collector.web.log import configure

Stream = TypeVar("Stream", bound=io.StringIO)


@contextmanager
def logged(stream: Stream, level: str = "info") -> Iterator[Stream]:
    names = ("", "uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")
    loggers = [logging.getLogger(name) for name in names]
    before = [(x.level, x.handlers[:], x.propagate, x.disabled) for x in loggers]
    configure(level, stream)
    try:
        yield stream
    finally:
        structlog.reset_defaults()
        for logger, (was, handlers, propagate, disabled) in zip(loggers, before, strict=True):
            logger.setLevel(was)
            logger.handlers[:], logger.propagate, logger.disabled = handlers, propagate, disabled
