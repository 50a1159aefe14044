"""Times as files write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?\Z", re.ASCII)
_SINCE_1970 = re.compile(r"\d{9,13}(\.\d+)?\Z", re.ASCII)
_MILLISECONDS_FROM = 10**11  # as seconds this is the year 5138, as milliseconds it is 1973


def moment(value: object) -> int | None:
    """Unix milliseconds of a time as files write it: ISO 8601, seconds or milliseconds since 1970, or day first
    (`24/11/2026 23:04`). Without a zone it is taken as UTC. None for what is no time, and for times before 1970."""
    text = str(value if value is not None else "").strip()
    try:
        if _SINCE_1970.match(text):
            number = float(text)
            return int(number if number >= _MILLISECONDS_FROM else number * 1000)
        if found := _DAY_FIRST.match(text):
            day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
            at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        else:
            at = datetime.fromisoformat(text)
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
        milliseconds = int(at.timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
    return milliseconds if milliseconds >= 0 else None
