"""A consultation on a bill, replayed as a decision: `python -m bench.consultation FOLDER`.

FOLDER holds two files as the French *République numérique* consultation of 2015 left them: `…_proposals.csv` (`id`,
`created_at`, `section`, `article`, `title`, `body`, `author_official`) and `…_arguments.csv` (`id`, `opinion_id`,
`created_at`, `body`). The government's articles become the text of a decision, a section each, and each chapter a section
of its own; what everybody else proposed and argued becomes submissions at the moments at which it was said. It is imported
by file, replayed over HTTP into `serve` on SQLite, and counted again: all, with words, per section, per phase. Nothing of
the files is kept.

For or against is left out: it is not what a decision asks here, and nobody said what it would mean for her.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx2
import msgspec

from collector.commands.decision_file import Document, Text, write
from collector.commands.rows import moment, rows
from collector.day import day_of
from collector.decision import Planned
from collector.section import Section
from collector.submission import TEXT_CHARACTERS
from tests.test_crash import command, free_port, told, up

KEY, ZONE = "republique-numerique", "Europe/Brussels"
# Our own cut, so that words fall into every kind of phase: the first days, the weeks of writing, and the last day of the
# files as "too late". In 2015 all of it was one phase.
PHASES = [
    Planned("agenda", "2015-09-26", "2015-10-04"),
    Planned("drafting", "2015-10-05", "2015-10-17"),
    Planned("deciding", "2015-10-18"),
]
UNTIL = "2015-10-17"
Row = Mapping[str, Any]


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80]


def official(row: Row) -> bool:
    return str(row["author_official"]) == "True"


def section_of(row: Row) -> str:
    """The section that a proposal is, or stands under: an article of the government's has one of its own."""
    number = re.match(r"Article (\d+)", row["title"]) if official(row) else None
    return f"article-{number[1]}" if number else slug(row["article"])


def document(proposals: Iterable[Row]) -> Document:
    """The decision: chapters in the order of the files, under each its articles."""
    chapters: dict[str, list[Row]] = {}
    for row in proposals:
        chapters.setdefault(row["article"], [])
        if official(row):
            chapters[row["article"]].append(row)
    sections = []
    for chapter, articles in chapters.items():
        names = "\n\n".join(row["title"] for row in articles) or chapter
        sections.append(Section(slug(chapter), {"fr": names}, {"fr": chapter[:300]}))
        sections += [Section(section_of(row), {"fr": row["body"]}, {"fr": row["title"][:300]}) for row in articles]
    return Document(
        key=KEY,
        state="published",
        title={"fr": "Projet de loi pour une République numérique"},
        open={"fr": "Chaque article, et ce qui y manque."},
        until=UNTIL,
        contact_point="desk",
        gain={"fr": "Le texte est encore en cours de rédaction."},
        promise="tell",
        phases=PHASES,
        text=[Text(sections)],
    )


def voices(proposals: Iterable[Row], arguments: Iterable[Row]) -> list[dict[str, Any]]:
    """A row for `replay` for each proposal that is not the government's and each argument, by their moments."""
    sections, found = {}, []
    for row in proposals:
        sections[row["id"]] = section_of(row)
        if not official(row):
            words = f"{row['title']}\n\n{row['body']}"
            found.append(
                {
                    "row": f"proposal-{row['id']}",
                    "at": row["created_at"],
                    "words": words,
                    "section": sections[row["id"]],
                }
            )
    for row in arguments:
        found.append({
            "row": f"argument-{row['id']}", "at": row["created_at"], "words": row["body"],
            "section": sections[row["opinion_id"]],
        })  # fmt: skip
    found = [{**row, "decision": KEY, "version": 1} for row in found]
    return sorted(found, key=lambda row: moment(row["at"]) or 0)


def phase_of(row: Mapping[str, Any]) -> str:
    """By the day on which it was said; what came after the last day goes to the evaluation."""
    at = moment(row["at"])
    assert at is not None
    day = day_of(at, ZONE)
    if day > UNTIL:
        return "monitoring"
    return next(planned.phase for planned in reversed(PHASES) if planned.opens <= day)


def wanted(found: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """What the collector must have, counted from the rows: those that are not too long."""
    kept = [row for row in found if len(row["words"]) <= TEXT_CHARACTERS]
    return {
        "section": Counter(row["section"] for row in kept),
        "phase": Counter(phase_of(row) for row in kept),
        "day": Counter(day_of(moment(row["at"]) or 0, ZONE) for row in kept),
    }


async def counted(client: httpx2.AsyncClient) -> dict[str, Counter[str]]:
    """The same, from the team's list, page by page."""
    found: dict[str, Counter[str]] = {"section": Counter(), "phase": Counter(), "day": Counter()}
    before: int | None = None
    while True:
        query = {"decision": KEY, "words": "1", "limit": "500"} | ({"before": str(before)} if before else {})
        page = (await client.get("/api/submissions", params=query)).json()
        for one in page["items"]:
            found["section"][one["section"]] += 1
            found["phase"][one["phase"]] += 1
            found["day"][day_of(one["sent_at"], ZONE)] += 1
        before = page["items"][-1]["id"] if page["items"] else None
        if not page["next"]:
            return found


def set_up(folder: Path) -> str:
    """An agency that publishes in French, its desk, a placement; returns a token of its team."""
    for words in (
        ("agency", "create", "state", "--name", "State", "--require", "fr"),
        ("contact", "create", "--agency", "state", "--name", "Desk", "--phone", "+32 2 555 01 23", "--counter", "Market 1"),
        ("placement", "create", "bill", "--agency", "state", "--origin", "https://www.state.example"),
    ):  # fmt: skip
        code, _, err = told(folder, *words)
        assert code == 0, err
    return told(folder, "token", "create", "--agency", "state", "--role", "editor")[1].strip()


def replayed(folder: Path, file: Path, port: int, token: str) -> dict[str, Any]:
    columns = {
        "text": "words",
        "time": "at",
        "decision": "decision",
        "section": "section",
        "version": "version",
        "key": "row",
    }
    options = [word for name, column in columns.items() for word in (f"--{name}", column)]
    process = command(
        folder, "replay", str(file), "--placement", "bill", "--to", f"http://127.0.0.1:{port}", "--language", "fr",
        "--token", token, *options,
    )  # fmt: skip
    out, err = process.communicate(timeout=900)
    if process.returncode:
        raise RuntimeError(err.decode())
    found: dict[str, Any] = json.loads(out.decode().splitlines()[-1])
    return found


async def whole(folder: Path, proposals: list[Row], arguments: list[Row]) -> dict[str, Any]:
    """Everything in `folder`; returns the figures, after asserting that all counts agree."""
    port, found = free_port(), voices(proposals, arguments)
    (folder / "bill.yaml").write_text(write(document(proposals)), "utf-8")
    file = folder / "voices.jsonl"
    file.write_bytes(b"\n".join(msgspec.json.encode(row) for row in found))
    token = set_up(folder)
    server = command(folder, "serve", "--port", str(port))
    try:
        await up(port)
        started = time.monotonic()
        code, _, err = await asyncio.to_thread(told, folder, "decision", "import", str(folder / "bill.yaml"))
        assert code == 0, err
        imported = time.monotonic() - started
        first = await asyncio.to_thread(replayed, folder, file, port, token)
        again = await asyncio.to_thread(replayed, folder, file, port, token)
        headers = {"authorization": f"Bearer {token}"}
        url = f"http://127.0.0.1:{port}"
        async with httpx2.AsyncClient(base_url=url, headers=headers, trust_env=False, timeout=60) as client:
            expected, there = wanted(found), await counted(client)
            work = (await client.get(f"/api/decisions/{KEY}/work")).json()
            pages = {
                path: await _seconds(client, path) for path in (f"/d/{KEY}?lang=fr", f"/api/decisions/{KEY}", "/d")
            }
        assert there == expected, {name: (there[name] - expected[name], expected[name] - there[name]) for name in there}
        assert work["voices"] == work["with_words"] == first["accepted"] == sum(expected["section"].values())
        assert first["sent"] == first["accepted"] + first["repeated"] + first["refused"] == len(found)
        assert again["repeated"] == first["accepted"] and again["refused"] == first["refused"]
        return {
            "rows": len(found), "sections": len(work["sections"]), "import_seconds": round(imported, 2), "first": first,
            "again": again, "per_section": dict(there["section"].most_common()), "phases": dict(there["phase"]),
            "page_seconds": pages,
        }  # fmt: skip
    finally:
        server.terminate()
        await asyncio.to_thread(server.communicate)


async def _seconds(client: httpx2.AsyncClient, path: str) -> float:
    """The best of three."""
    best = 60.0
    for _ in range(3):
        started = time.monotonic()
        assert (await client.get(path)).status_code == 200, path
        best = min(best, time.monotonic() - started)
    return round(best, 3)


def main() -> None:
    folder = Path(sys.argv[1])
    proposals = list(rows(next(folder.glob("*_proposals.csv"))))
    arguments = list(rows(next(folder.glob("*_arguments.csv"))))
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(asyncio.run(whole(Path(name), proposals, arguments)), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
