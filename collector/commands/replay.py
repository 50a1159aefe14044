"""`replay FILE`: posts each row of a file as a submission over HTTP, as widgets would."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import httpx2
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from collector.commands.rows import checked_columns, fingerprint, moment, number_of_rows, rows
from collector.errors import Unusable

CONNECTIONS = 16
TRIES = 40
WAIT_SECONDS = 60.0
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


@dataclass
class Plan:
    """Which column becomes what. `ratings`: how the file's scores read on our scale of 1 to 5, where 5 is best. `key`: a
    column that names the row for good, so that a file with rows added or moved doubles nothing."""

    placement: str
    language: str | None = None
    text: str | None = None
    rating: str | None = None
    outcome: str | None = None
    page: str | None = None
    time: str | None = None
    ratings: dict[str, int] | None = None
    effect: str | None = None
    decision: str | None = None
    section: str | None = None
    version: str | None = None
    key: str | None = None
    channel: str | None = None

    def body(self, row: Any, key: str) -> dict[str, Any]:
        """The submission of one row. What a column does not hold is left out."""
        said: dict[str, Any] = {"placement": self.placement, "key": self._key(row) or key}
        if self.language:
            said["language"] = self.language
        if self.channel:
            said["channel"] = self.channel
        for name in ("text", "outcome", "page", "effect", "decision", "section"):
            if value := _cell(row, getattr(self, name)):
                said[name] = value
        if version := _cell(row, self.version).strip():
            said["version"] = int(version) if version.isdigit() else version
        if self.rating is not None and (rating := self._rating(row.get(self.rating))) is not None:
            said["rating"] = rating
        if self.time is not None and (at := moment(row.get(self.time))) is not None and at >= 0:
            said["sent_at"] = at
        return said

    def _key(self, row: Any) -> str | None:
        """The sender's key of a row: its own when it can be one, else one made from it."""
        named = _cell(row, self.key).strip()
        if not named or _KEY.match(named):
            return named or None
        return f"row-{sha256(named.encode()).hexdigest()[:32]}"

    def _rating(self, value: object) -> int | None:
        text = str(value if value is not None else "").strip()
        text = text.removesuffix(".0")
        if self.ratings is not None:
            return self.ratings.get(text)
        return int(text) if text.isdigit() else None


def _cell(row: Any, column: str | None) -> str:
    """The text of a cell, empty for none and for white space alone."""
    found = row.get(column) if column is not None else None
    text = "" if found is None else str(found)
    return text if text.strip() else ""


@dataclass
class Tally:
    """sent = accepted + repeated + refused; `reasons` of the refused by code."""

    sent: int = 0
    accepted: int = 0
    repeated: int = 0
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def refuse(self, reason: str) -> None:
        self.refused += 1
        self.reasons[reason] += 1


def read_ratings(value: str | None) -> dict[str, int] | None:
    """`1:5,2:4` → {"1": 5, "2": 4}. Unusable for anything else."""
    if not value:
        return None
    pairs = [part.split(":") for part in value.split(",")]
    if not all(len(pair) == 2 and pair[1].strip() in ("1", "2", "3", "4", "5") for pair in pairs):
        raise Unusable(f"--rating-map {value}: write pairs such as 1:5,2:4 with our 1 to 5 on the right")
    return {pair[0].strip(): int(pair[1]) for pair in pairs}


class Replay:
    """Sends with sixteen connections; a row that the collector cannot take yet is sent again with the same key."""

    def __init__(self, url: str, plan: Plan, keys: str, speed: float | None, token: str | None = None) -> None:
        self._plan = plan
        self._url = url.rstrip("/") + "/api/submissions"
        self._keys = keys
        self._speed = speed
        self._headers = {"user-agent": "tijdens-replay"} | ({"authorization": f"Bearer {token}"} if token else {})
        self.tally = Tally()

    async def run(self, found: Iterator[Any], advance: Any) -> None:
        limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
        numbered = enumerate(found)
        started = time.monotonic()
        async with httpx2.AsyncClient(timeout=30, limits=limits, trust_env=False, headers=self._headers) as client:

            async def send_some() -> None:
                for number, row in numbered:
                    if self._speed is not None:
                        await asyncio.sleep(max(0.0, started + number / self._speed - time.monotonic()))
                    await self._send(client, self._plan.body(row, f"{self._keys}-{number}"))
                    advance()

            await asyncio.gather(*[send_some() for _ in range(CONNECTIONS)])

    async def _send(self, client: httpx2.AsyncClient, body: dict[str, Any]) -> None:
        """Until it is answered for good. Unusable when the collector stays away."""
        self.tally.sent += 1
        content = msgspec.json.encode(body)
        for attempt in range(TRIES):
            try:
                response = await client.post(self._url, content=content, headers={"content-type": "text/plain"})
            except httpx2.TransportError:
                await asyncio.sleep(min(0.1 * 2**attempt, 5.0))
                continue
            if response.status_code in (200, 201):
                name = "accepted" if response.status_code == 201 else "repeated"
                setattr(self.tally, name, getattr(self.tally, name) + 1)
                return
            if response.status_code in (429, 503, 507):
                await asyncio.sleep(min(_retry_after(response), WAIT_SECONDS))
                continue
            self.tally.refuse(_reason(response))
            return
        raise Unusable(f"{self._url} does not take it; run the same command again later: nothing will be doubled")


def _retry_after(response: httpx2.Response) -> float:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else 1.0


def _reason(response: httpx2.Response) -> str:
    try:
        return str(response.json()["type"]).rsplit("/", 1)[-1]
    except (ValueError, KeyError, TypeError):
        return f"status {response.status_code}"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--placement", required=True, help="The key of the placement.")
@click.option("--to", "url", required=True, help="Where the collector is.")
@click.option("--text", help="The column with the words.")
@click.option("--rating", help="The column with a score.")
@click.option("--outcome", help="The column with yes, hard or no.")
@click.option("--effect", help="The column with helps, none, harder or unknown: what a decision would mean.")
@click.option("--decision", help="The column with the key of the decision that a row is about.")
@click.option("--section", help="The column with the key of the section of its text.")
@click.option("--version", help="The column with the version of its text.")
@click.option("--key", help="The column that names a row for good; without it, its place in the file does.")
@click.option("--page", help="The column with the address of a page.")
@click.option("--time", "time_", help="The column with the time.")
@click.option("--language", help="The language of the words, as a tag.")
@click.option(
    "--rating-map", help="How scores read on 1 to 5, 5 is best: 1:5,2:4. Scores that are not named are left out."
)
@click.option(
    "--token",
    help="A team's token: the rows are an import then, and their times are believed however old.",
)
@click.option("--speed", default="max", help="Rows a second, or max.")
def replay(
    file: Path,
    placement: str,
    url: str,
    rating_map: str | None,
    speed: str,
    token: str | None,
    **columns: str | None,
) -> None:
    """Post each row of FILE (CSV, TSV or JSONL) as a submission over HTTP."""
    columns["time"] = columns.pop("time_")
    language = columns.pop("language")
    try:
        pace = None if speed == "max" else float(speed)
        if pace is not None and pace <= 0:
            raise Unusable(f"--speed {speed}: a number of rows a second, or max")
        checked_columns(file, columns)
        channel = "import" if token else None
        plan = Plan(placement, language, ratings=read_ratings(rating_map), channel=channel, **columns)
        work = Replay(url, plan, fingerprint(file), pace, token)
        started = time.monotonic()
        _with_progress(work, file)
    except Unusable as error:
        raise click.ClickException(str(error)) from None
    except ValueError:
        raise click.ClickException(f"--speed {speed}: a number of rows a second, or max") from None
    tally = work.tally
    fact: dict[str, Any] = {
        "sent": tally.sent,
        "accepted": tally.accepted,
        "repeated": tally.repeated,
        "refused": tally.refused,
        "seconds": round(time.monotonic() - started, 3),
        "reasons": dict(tally.reasons),
    }
    click.echo(msgspec.json.encode(fact).decode())


def _with_progress(work: Replay, file: Path) -> None:
    console = Console(file=sys.stderr)
    total = number_of_rows(file)
    if not console.is_terminal:
        done = 0

        def line() -> None:
            nonlocal done
            done += 1
            if done % max(1, total // 10) == 0:
                click.echo(f"{done} of {total}", err=True)

        asyncio.run(work.run(iter(rows(file)), line))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(file.name, total=total)
        asyncio.run(work.run(iter(rows(file)), lambda: progress.advance(task)))
