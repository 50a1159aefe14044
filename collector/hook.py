"""A hook tells a program of a team, elsewhere, that something happened: of which kind, to which id, and where to look. It
carries no words: whoever wants those asks for them with a token, and that is noted. It speaks as standardwebhooks.com says
(version 1.0.0)."""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256
from ipaddress import ip_address
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET, Meta, UnsetType

from collector.agency import checked_name
from collector.change import ALARM, ALERT, CORRECTED, DECISION, ERASED, EXPIRED, RECEIVED, RESPONSE, SUBMISSION, THEME
from collector.errors import Refusal

# what a hook is told of: voices that come, are corrected or go · what the team does with them · decisions, themes and
# answers · quiet alarms · alerts of saved views
Topic = Literal["voices", "work", "decisions", "alarms", "alerts"]
TOPICS: tuple[Topic, ...] = get_args(Topic)
State = Literal["on", "paused"]
# a day of failing · its receiver said that it is gone · somebody of the team · this is a copy of the store
Because = Literal["failing", "gone", "team", "restored"]
# taken: 2xx · any other status · nobody answered in time · its name is known to nobody · its address is in no public network
Outcome = Literal["taken", "refused", "unreachable", "unknown", "inside"]

AN_AGENCY = 20  # hooks that one agency keeps
URL_CHARACTERS = 500
PREFIX = "whsec_"
SECRET_BYTES = 32  # the convention: 24 to 64
OLD_SECRET_MS = 86_400_000  # so long the secret before a new one signs as well
PAUSES_SECONDS = (5, 30, 120, 300, 900, 1_800, 3_600)  # after failures in a row, the last one again and again
LONGEST_MS = PAUSES_SECONDS[-1] * 1_100  # with the tenth that chance may add
DAY_MS = 86_400_000
TRIES = 10  # so often at least before it is paused: a machine that slept for a day has not tried for a day
GONE = 410
TEST = "hook.test"

HookName = Annotated[str, Meta(max_length=200)]
Address = Annotated[str, Meta(max_length=URL_CHARACTERS)]
Topics = Annotated[list[Topic], Meta(min_length=1, max_length=len(TOPICS))]


class Hook(msgspec.Struct):
    """As those who manage see it; never its secret. `cursor`: it was told of everything up to there. `waits_since`: when the
    change happened that it could not be told of yet; `tries`: how often in a row, `retry_at`: when next. `old_until`: until
    then the secret before this one signs as well. Times are Unix milliseconds."""

    id: int
    name: str
    url: str
    topics: list[Topic]
    state: State
    because: Because | None
    created_at: int
    created_by: str | None
    cursor: int
    sent: int
    sent_at: int | None
    tries: int
    failing_since: int | None
    retry_at: int | None
    old_until: int | None


class Answer(msgspec.Struct):
    """What a hook's receiver answered. `cursor`: of the change it was told of, null for a test. `status`: of HTTP, null when
    there was none. `ms`: how long it took. `said`: the first words of its answer when that was a refusal, masked."""

    id: int
    at: int
    event: str
    cursor: int | None
    outcome: Outcome
    status: int | None
    ms: int
    said: str


class Hooking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/hooks`. `url`: https, and not within a network that is not public."""

    name: HookName
    url: Address
    topics: Topics


class Rehooking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PATCH /api/hooks/{id}`: what is named changes. `on` true: it goes on where it stopped."""

    name: HookName | UnsetType = UNSET
    url: Address | UnsetType = UNSET
    topics: Topics | UnsetType = UNSET
    on: bool | UnsetType = UNSET


class Replay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/hooks/{id}/replay`. `after`: a cursor; everything since is sent once more, with the ids that it
    had."""

    after: Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]


def topic_of(change: str) -> Topic | None:
    """Under which topic a change of the log is told; None for one that is nobody's outside."""
    if change in (RECEIVED, CORRECTED, ERASED, EXPIRED):
        return "voices"
    if change.startswith(SUBMISSION):
        return "work"
    if change.startswith(DECISION) or change in (RESPONSE, THEME):
        return "decisions"
    if change.startswith(ALARM):
        return "alarms"
    return "alerts" if change.startswith(ALERT) else None


def checked_hooking(name: str, url: str, topics: Iterable[Topic], *, own: bool = False) -> Hooking:
    """With its name and topics as they are kept. Refusal `invalid` naming the field. `own`: http and this very machine
    will do, as for a demo."""
    return Hooking(checked_name(name), checked_url(url, own=own), [topic for topic in TOPICS if topic in set(topics)])


def checked_url(url: str, *, own: bool = False) -> str:
    """`url`, or Refusal `invalid`: https on its own port, a name (no number), no password, no fragment. Whether its address is
    in a public network is seen when it is called, each time."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refusal("invalid", fields=("url",)) from None
    plain = all("!" <= sign <= "~" for sign in url) and "@" not in parts.netloc and not parts.fragment
    if not plain or not host or "\\" in url:
        raise Refusal("invalid", fields=("url",))
    if own and parts.scheme in ("http", "https") and (host == "localhost" or _is_loopback(host)):
        return url
    if parts.scheme != "https" or port not in (None, 443) or "." not in host or ":" in host or host.endswith("."):
        raise Refusal("invalid", fields=("url",))
    if host.rpartition(".")[2].isdigit() or host.rpartition(".")[2].startswith("0x"):
        raise Refusal("invalid", fields=("url",))
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def new_secret() -> str:
    """As the convention writes it: `whsec_` and the bytes in base64."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(known: Iterable[str], message_id: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: one signature for each secret. `timestamp`: Unix seconds of this very try."""
    content = f"{message_id}.{timestamp}.".encode() + body
    keys = (b64decode(secret.removeprefix(PREFIX)) for secret in known)
    return " ".join("v1," + b64encode(hmac.digest(key, content, sha256)).decode() for key in keys)


def pause_ms(tries: int, chance: float, asked_seconds: int | None = None) -> int:
    """How long to wait after `tries` failures in a row (1 is the first). `chance`, from 0 up to 1, adds a tenth at most, so
    that many do not come back at once. `asked_seconds`: what its `Retry-After` says; an hour at most."""
    seconds = PAUSES_SECONDS[min(tries, len(PAUSES_SECONDS)) - 1]
    if asked_seconds is not None:
        seconds = max(seconds, min(asked_seconds, PAUSES_SECONDS[-1]))
    return int(seconds * 1_000 * (1 + chance / 10))


def is_due(retry_at: int | None, now: int) -> bool:
    """Whether it may be tried. What lies further away than any pause was written by a clock that has gone back since."""
    return retry_at is None or retry_at <= now or retry_at > now + LONGEST_MS


def is_over(tries: int, failing_since: int, now: int) -> bool:
    """Whether it has failed for a day."""
    return tries >= TRIES and now - failing_since >= DAY_MS
