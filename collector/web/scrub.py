"""What may stand in a log line: fields by name, and of words only our own.

A log is kept longer, copied further and read by more people than the store. So nothing gets in because nobody thought
of keeping it out: unknown fields fall away, other people's messages lose their arguments, exceptions lose their words
(`ValueError` likes to quote what it was given), and what still looks like a person's data is blotted out.
"""

from __future__ import annotations

import errno
import re
import traceback
from collections.abc import Mapping, MutableMapping
from logging import LogRecord
from pathlib import PurePath
from typing import Any

from collector.errors import Refusal

Event = MutableMapping[str, Any]

FIELDS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "exception",
        "agency",
        "bytes",
        "code",
        "count",
        "cursor",
        "method",
        "ms",
        "placement",
        "port",
        "reason",
        "route",
        "seconds",
        "status",
        "version",
    }
)
OURS = "collector"  # the loggers whose sentences are ours
MESSAGE = 200  # characters
FRAMES = 20
CHAIN = 5
GAP = "…"

_PERSONAL = tuple(
    (re.compile(pattern, re.IGNORECASE), mark)
    for pattern, mark in (
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "[e-mail]"),
        (r"\b(?:[0-9a-z]{5}-){3}[0-9a-z]{5}\b", "[receipt]"),
        (r"(?<![\d.])\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}(?![\d.])", "[number]"),
        (r"\?\S+", "?" + GAP),
        (r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{32,}(?![\w-])", "[token]"),
        (r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])", "[ip]"),
        (r"(?<![\w:])(?=[0-9a-f:]*::|(?:[0-9a-f]+:){7})[0-9a-f:]{3,39}(?:%\w+)?", "[ip]"),
    )
)
_QUOTED = re.compile(r"[\n<(\[{'\"`]")


def own_words(_: Any, __: str, event: Event) -> Event:
    """Makes the message of a record of `logging` from its template. Arguments that are no numbers leave a gap; a
    message of others that came without arguments may have been put together with some, and ends where one may begin."""
    record: LogRecord = event["_record"]
    args = event.pop("positional_args", None)
    if not isinstance(record.msg, str):
        event["event"] = type(record.msg).__name__
    elif args:
        event["event"] = _filled(record.msg, args)
    elif record.name.partition(".")[0] != OURS:
        event["event"] = _QUOTED.split(record.msg, maxsplit=1)[0].strip()
    return event


def _filled(template: str, args: Any) -> str:
    template = template.replace("%r", "%s")  # a gap without quotes
    try:
        if isinstance(args, Mapping):
            return template % {name: _number(value) for name, value in args.items()}
        return template % tuple(map(_number, args))
    except (TypeError, ValueError, KeyError):
        return template


def _number(value: object) -> object:
    return value if isinstance(value, int | float) else GAP


def exception_without_words(_: Any, __: str, event: Event) -> Event:
    """`exc_info` as kinds and places: what was raised where, through which calls, because of what."""
    caught = event.pop("exc_info", None)
    error = caught[1] if isinstance(caught, tuple) else caught
    if isinstance(error, BaseException):
        lines: list[str] = []
        for _link in range(CHAIN):
            lines.append(_kind(error))
            lines += _places(error)
            follows = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
            if follows is None:
                break
            error = follows
        event["exception"] = "\n".join(lines)
    return event


def _kind(error: BaseException) -> str:
    """The type, and of its content only what its library chose from a list."""
    name = type(error).__qualname__
    inside = ""
    if isinstance(error, Refusal):
        inside = error.code
    elif isinstance(getattr(error, "sqlite_errorname", None), str):
        inside = str(error.sqlite_errorname)  # type: ignore[attr-defined]
    elif isinstance(error, OSError) and error.errno is not None:
        inside = errno.errorcode.get(error.errno, str(error.errno))
    elif isinstance(error, BaseExceptionGroup):
        inside = ", ".join(map(_kind, error.exceptions[:CHAIN]))
    return f"{name}[{inside}]" if inside else name


def _places(error: BaseException) -> list[str]:
    frames = list(traceback.walk_tb(error.__traceback__))[-FRAMES:]
    return [
        f"  {'/'.join(PurePath(frame.f_code.co_filename).parts[-3:])}:{line} {frame.f_code.co_name}"
        for frame, line in frames
    ]


def only_known(_: Any, __: str, event: Event) -> Event:
    """Fields that are on the list, with values that are numbers, yes or no, or a scrubbed line."""
    return {name: _plain(value, name) for name, value in event.items() if name in FIELDS}


def _plain(value: object, name: str) -> object:
    if value is None or isinstance(value, int | float):
        return value
    if not isinstance(value, str):
        return type(value).__name__
    return value if name in ("timestamp", "exception") else scrubbed(value)[:MESSAGE]


def scrubbed(text: str) -> str:
    """`text` without addresses, numbers and codes that belong to somebody."""
    for pattern, mark in _PERSONAL:
        text = pattern.sub(mark, text)
    return text
