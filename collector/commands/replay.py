"""`replay FILE`: posts each row of a file as a submission over HTTP, as widgets would."""

from __future__ import annotations

import asyncio
import math
import sys
import time
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from collector.commands.plan import Plan, key_prefix, planned, read_ratings
from collector.commands.rows import checked_columns, rows, survey
from collector.commands.sending import Sending
from collector.errors import Unusable

__all__ = ["Plan", "replay"]
LINE_SECONDS = 10.0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--placement", required=True, help="The key of the placement.")
@click.option("--to", "url", required=True, help="Where the collector is.")
@click.option("--text", help="The column with the words.")
@click.option("--rating", help="The column with a score.")
@click.option("--outcome", help="The column with yes, hard or no.")
@click.option("--page", help="The column with the address of a page.")
@click.option("--time", "time_", help="The column with the time.")
@click.option("--language", help="The language of the words, as a tag.")
@click.option(
    "--rating-map", help="How scores read on 1 to 5, 5 is best: 1:5,2:4. Scores that are not named are left out."
)
@click.option("--speed", default="max", help="Rows a second, or max.")
def replay(file: Path, placement: str, url: str, rating_map: str | None, speed: str, **columns: str | None) -> None:
    """Post each row of FILE (CSV, TSV or JSONL) as a submission over HTTP. The same file again doubles nothing."""
    columns["time"] = columns.pop("time_")
    language = columns.pop("language")
    try:
        ratings, pace = read_ratings(rating_map), read_speed(speed)
        found = survey(file)
        checked_columns(found.columns, columns)
        plan = planned(placement, language, columns, found.columns)
        plan.ratings = ratings
        shown = _Shown(file.name, found.total)
        work = Sending(url, plan, key_prefix(found.fingerprint, placement), pace, say=shown.say)
    except Unusable as error:
        raise click.ClickException(str(error)) from None
    for note in found.notes:
        shown.say(f"{file}: {note}")
    started, stopped = time.monotonic(), False
    with shown:
        try:
            asyncio.run(work.run(rows(file), shown.advance))
        except KeyboardInterrupt:
            stopped = True
    tally = work.tally
    for reason, number in tally.reasons.most_common():
        shown.say(f"refused {number:,} × {reason}. {tally.sentences[reason]}")
    fact: dict[str, Any] = {
        "sent": tally.sent,
        "accepted": tally.accepted,
        "repeated": tally.repeated,
        "refused": tally.refused,
        "seconds": round(time.monotonic() - started, 3),
        "reasons": dict(tally.reasons),
    }
    click.echo(msgspec.json.encode(fact).decode())
    left = found.total - tally.sent
    if left:
        why = work.given_up or ("stopped" if stopped else "the connection broke on them again and again")
        click.echo(
            f"Error: {left:,} of {found.total:,} rows were not delivered: {why}. Run the same command again; "
            "nothing will be doubled.",
            err=True,
        )
        sys.exit(130 if stopped else 1)


def read_speed(value: str) -> float | None:
    """Rows a second; None for `max`. Unusable for anything else."""
    try:
        speed = None if value == "max" else float(value)
    except ValueError:
        speed = math.nan
    if speed is not None and not (math.isfinite(speed) and speed > 0):
        raise Unusable(f"--speed {value}: a number of rows a second, or max")
    return speed


class _Shown:
    """How far it is, on standard error: a bar for a terminal, a line now and then for a log."""

    def __init__(self, name: str, total: int) -> None:
        self._console = Console(file=sys.stderr)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console) if self._console.is_terminal else None
        self._task = self._bar.add_task(name, total=total) if self._bar else None
        self._done, self._total, self._line_at = 0, total, time.monotonic()

    def __enter__(self) -> None:
        if self._bar:
            self._bar.start()

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self) -> None:
        self._done += 1
        if self._bar and self._task is not None:
            self._bar.advance(self._task)
        elif self._done % max(1, self._total // 10) == 0 or time.monotonic() - self._line_at > LINE_SECONDS:
            self._line_at = time.monotonic()
            self.say(f"{self._done:,} of {self._total:,}")

    def say(self, sentence: str) -> None:
        if self._bar:
            self._bar.console.print(sentence, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(sentence, err=True)
