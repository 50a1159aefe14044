"""Which column of a file becomes what of a submission."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from collector.commands.moment import moment
from collector.errors import Unusable

COLUMN_OPTIONS = ("text", "rating", "outcome", "page", "time")
SAYING = ("text", "rating", "outcome")  # without one of these a row says nothing
_WHOLE = re.compile(r"([+-]?\d{1,9})(?:[.,]0+)?\Z", re.ASCII)


@dataclass
class Plan:
    """Columns by what they become. `ratings`: how the file's scores read on our scale of 1 to 5, where 5 is best."""

    placement: str
    language: str | None = None
    text: str | None = None
    rating: str | None = None
    outcome: str | None = None
    page: str | None = None
    time: str | None = None
    ratings: dict[str, int] | None = None

    def body(self, row: Mapping[str, Any], key: str) -> dict[str, Any]:
        """The submission of one row. What a column does not hold is left out; what it holds is sent as it stands, and
        the collector judges. A score that is no whole number, or that the map does not name, is no rating."""
        said: dict[str, Any] = {"placement": self.placement, "key": key}
        if self.language:
            said["language"] = self.language
        if text := _cell(row, self.text):
            said["text"] = text
        for name, column in (("outcome", self.outcome), ("page", self.page)):
            if value := _cell(row, column).strip():
                said[name] = value
        if (rating := self._rating(_score(_cell(row, self.rating)))) is not None:
            said["rating"] = rating
        if (at := moment(_cell(row, self.time))) is not None:
            said["sent_at"] = at
        return said

    def _rating(self, score: str) -> int | None:
        if self.ratings is not None:
            return self.ratings.get(score)
        return int(score) if _WHOLE.match(score) else None


def planned(placement: str, language: str | None, columns: Mapping[str, str | None], there: tuple[str, ...]) -> Plan:
    """The plan for a file with the columns `there`. When no option names what people say, columns with the names of the
    options are taken. Unusable when nothing is left to send."""
    chosen = dict(columns)
    if not any(chosen[option] for option in SAYING):
        chosen |= {option: option for option in COLUMN_OPTIONS if not chosen[option] and option in there}
    if not any(chosen[option] for option in SAYING):
        raise Unusable(
            f"name at least one of --text, --rating and --outcome. The columns: {', '.join(there) or 'none'}"
        )
    return Plan(
        placement,
        language,
        text=chosen["text"],
        rating=chosen["rating"],
        outcome=chosen["outcome"],
        page=chosen["page"],
        time=chosen["time"],
    )


def read_ratings(value: str | None) -> dict[str, int] | None:
    """`1:5,2:4` → {"1": 5, "2": 4}. Unusable for anything else."""
    if not value:
        return None
    pairs = [part.rpartition(":") for part in value.split(",")]
    if not all(score.strip() and ours.strip() in ("1", "2", "3", "4", "5") for score, _, ours in pairs):
        raise Unusable(f"--rating-map {value}: write pairs such as 1:5,2:4 with our 1 to 5 on the right")
    return {_score(score): int(ours) for score, _, ours in pairs}


def key_prefix(fingerprint: str, placement: str) -> str:
    """What the keys of a file's rows begin with: the same for the same content and placement, so that a second run
    repeats and doubles nothing. 24 hexadecimal digits."""
    return sha256(f"{fingerprint} {placement}".encode()).hexdigest()[:24]


def _cell(row: Mapping[str, Any], column: str | None) -> str:
    """As text; what JSON holds in lists and objects as JSON."""
    value = None if column is None else row.get(column)
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _score(value: str) -> str:
    """`4.0` and `04` are 4."""
    found = _WHOLE.match(value.strip())
    return str(int(found.group(1))) if found else value.strip()
