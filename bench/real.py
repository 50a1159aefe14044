"""Real feedback through the whole product: `python -m bench.real FOLDER` (the folder holds the files named below).

Each file is replayed at full speed over HTTP into `serve` on SQLite, while three readers watch the live socket and one
of them is cut off ten times. Then: sent = accepted + repeated + refused; every reader has every id once and in order;
the export equals what was sent, after cleaning and masking. Prints a table in Markdown; nothing of the files is kept.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from collector.commands.replay import Plan
from collector.commands.rows import rows
from collector.endpoints.intake import masked_text
from tests.test_crash import command, free_port, told, up

CUTS = 10


@dataclass
class Source:
    """A file and how its columns are read."""

    file: str
    language: str
    text: str
    rating: str | None = None
    ratings: str | None = None
    time: str | None = None


SOURCES = (
    Source("barcelona/comments_2016.csv", "ca", "body", time="created_at"),
    Source("nhs-px/nhs_comments_NEAS.csv", "en", "text", "FFT categorical answer", "1:5,2:4,3:3,4:2,5:1"),
    Source("cimt-de/documents_CDB.jsonl", "de", "text"),
)


async def reader(port: int, token: str, cuts: int, stop: asyncio.Event, expected: list[int]) -> list[int]:
    """All ids that came, in the order they came; the connection is cut `cuts` times on the way."""
    seen: list[int] = []
    cursor, chance = 0, random.Random(11)
    headers = {"authorization": f"Bearer {token}"}
    while True:
        url = f"ws://127.0.0.1:{port}/api/live?after={cursor}"
        async with connect(url, additional_headers=headers, proxy=None, max_size=None) as socket:
            frames = chance.randint(2, 6) if cuts else 1 << 30
            while frames:
                try:
                    async with asyncio.timeout(3):
                        frame = json.loads(await socket.recv())
                except (TimeoutError, ConnectionClosed):
                    break
                if frame["type"] == "changes":
                    seen += [item["id"] for item in frame["items"] if item["change"] == "submission.received"]
                    cursor = frame["cursor"]
                    frames -= 1
                if stop.is_set() and len(seen) >= len(expected) > 0:
                    return seen
            if cuts:
                cuts -= 1
                socket.transport.abort()
        if stop.is_set() and len(seen) >= len(expected) > 0:
            return seen


def replayed(folder: Path, source: Source, file: Path, port: int) -> dict[str, Any]:
    words = [
        "replay",
        str(file),
        "--placement",
        "real",
        "--to",
        f"http://127.0.0.1:{port}",
        "--language",
        source.language,
    ]
    words += ["--text", source.text]
    for option, value in (("--rating", source.rating), ("--rating-map", source.ratings), ("--time", source.time)):
        words += [option, value] if value else []
    code, out, err = told_long(folder, *words)
    if code:
        raise RuntimeError(err)
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def told_long(folder: Path, *words: str) -> tuple[int, str, str]:
    process = command(folder, *words)
    out, err = process.communicate(timeout=900)
    return process.returncode, out.decode(), err.decode()


def expected_texts(source: Source, file: Path) -> Counter[tuple[str | None, int | None]]:
    """What the export must hold: text after cleaning and masking, and the rating on our scale."""
    ratings = (
        {k: int(v) for k, v in (pair.split(":") for pair in source.ratings.split(","))} if source.ratings else None
    )
    plan = Plan("real", source.language, text=source.text, rating=source.rating, ratings=ratings)
    found: Counter[tuple[str | None, int | None]] = Counter()
    for row in rows(file):
        body = plan.body(row, "a-key-of-no-use")
        if len(body.get("text", "")) > 5_000:
            continue
        text, _ = masked_text(body.get("text"))
        if text or "rating" in body:
            found[text, body.get("rating")] += 1
    return found


async def one(source: Source, file: Path) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        for words in (
            ("agency", "create", "town", "--name", "Town"),
            (
                "contact",
                "create",
                "--agency",
                "town",
                "--name",
                "Desk",
                "--phone",
                "+32 2 555 01 23",
                "--counter",
                "Market 1",
            ),
            ("placement", "create", "real", "--agency", "town", "--origin", "https://www.town.example", "--gateway"),
        ):
            assert told(folder, *words)[0] == 0
        token = told(folder, "token", "create", "--agency", "town", "--role", "viewer")[1].strip()
        server = command(folder, "serve", "--port", str(port))
        try:
            await up(port)
            stop, ids = asyncio.Event(), []  # type: ignore[var-annotated]
            readers = [asyncio.create_task(reader(port, token, CUTS if n == 2 else 0, stop, ids)) for n in range(3)]
            tally = await asyncio.to_thread(replayed, folder, source, file, port)
            again = await asyncio.to_thread(replayed, folder, source, file, port)
            async with httpx2.AsyncClient(trust_env=False, timeout=300) as client:
                url = f"http://127.0.0.1:{port}/api/export.jsonl"
                lines = (await client.get(url, headers={"authorization": f"Bearer {token}"})).text.splitlines()
            exported = [json.loads(line) for line in lines]
            ids += sorted(row["id"] for row in exported)
            stop.set()
            seen = await asyncio.wait_for(asyncio.gather(*readers), 120)
        finally:
            server.terminate()
            await asyncio.to_thread(server.communicate)
    assert tally["sent"] == tally["accepted"] + tally["repeated"] + tally["refused"], tally
    assert again["repeated"] == tally["accepted"] and again["accepted"] == 0, again
    assert all(ids_seen == ids for ids_seen in seen), [len(s) for s in seen]
    assert Counter((row["text"], row["rating"]) for row in exported) == expected_texts(source, file)
    masked = Counter(kind for row in exported for kind in row["masked"])
    reasons = ", ".join(f"{n} {reason}" for reason, n in tally["reasons"].items()) or "none"
    rate = tally["sent"] / tally["seconds"]
    kinds = ", ".join(f"{n} {kind}" for kind, n in masked.items()) or "none"
    return (
        f"| {source.file} | {tally['sent']:,} | {tally['accepted']:,} | {tally['repeated']} | {tally['refused']} ({reasons}) "
        f"| {rate:,.0f} | {again['repeated']:,} | 3 × {len(ids):,} | {kinds} |"
    )


def main() -> None:
    folder = Path(sys.argv[1])
    sys.stdout.write(
        "| file | sent | accepted | repeated | refused | rows/s | second run: repeated | ids seen by each reader | masked |\n"
        "|---|---|---|---|---|---|---|---|---|\n"
    )
    for source in SOURCES:
        sys.stdout.write(asyncio.run(one(source, folder / source.file)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
