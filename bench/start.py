"""What a page and an operator wait for: bytes and the first answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import brotli
import httpx2

from bench.machine import LOAD_CORE, SERVER_CORE, free_port, pinned, server
from bench.result import Result, against
from collector.endpoints.assets import Assets

SCRIPTS = ("more.js", "send.js", "questions.js")
UNFOLDED = ("line.js", "which.js", "decision.js")
TEXT = {
    "nl": "Kan het loket op zaterdag open?",
    "fr": "Le guichet peut-il ouvrir le samedi ?",
    "de": "Kann der Schalter am Samstag öffnen?",
    "en": "Can the counter open on Saturday?",
}
DRAFT: list[dict[str, Any]] = [
    {"key": "hours", "text": {language: f"{text}\n\n{text}" for language, text in TEXT.items()}}
]


def second(language: str) -> tuple[str, ...]:
    """The files that come when somebody presses: for all questions, with the words of a language."""
    return (*SCRIPTS, f"messages/{language}.json")


def packed(raw: bytes) -> int:
    """How many bytes travel."""
    return len(brotli.compress(raw, quality=11))


def files(names: tuple[str, ...]) -> int:
    """How many bytes these files of the widget are on their way."""
    assets = Assets("widget")
    return sum(packed(assets.raw(name)) for name in names)


def bytes_() -> list[Result]:
    """Brotli bytes of the widget: the first file, and all that is loaded from the page to words that are stored, in one
    language, the longest of the four: scripts, words, and what the collector answers, for a decision that is being drafted
    with a short text. What only some meet is loaded by them alone and not counted: the closer look at what seems private, the
    cost, contact points, the receipt that comes after."""
    first = files(("tijdens.js",))
    with server("tijdens") as at, httpx2.Client(base_url=at.url, trust_env=False) as client:

        def answers(language: str, *paths: str) -> int:
            plain = {"accept-encoding": "identity"}
            return sum(packed(client.get(f"{path}?language={language}", headers=plain).content) for path in paths)

        placement = "/api/placements/page"
        service = {language: first + files(second(language)) + answers(language, placement) for language in TEXT}
        team = {"authorization": f"Bearer {at.token}"}
        file = {
            "title": TEXT, "open": TEXT, "gain": TEXT, "until": "2090-03-14", "contact_point": "desk",
            "placements": ["page"], "phases": [{"phase": "drafting", "opens": "2020-01-01"}],
        }  # fmt: skip
        revision = None
        for path, body in (
            ("", {"key": "desk", "file": file}),
            ("/desk/versions", {"sections": DRAFT}),
            ("/desk/steps", {"step": "publish"}),
        ):
            asked = body if revision is None else body | {"revision": revision}
            done = client.post(f"/api/decisions{path}", json=asked, headers=team)
            done.raise_for_status()
            revision = done.json()["revision"]
        about = ("/api/decisions/desk/outline", "/api/decisions/desk/versions/1")
        decision = {
            language: first + files(second(language)) + files(UNFOLDED) + answers(language, placement, *about)
            for language in TEXT
        }
    rows = {
        "brotli bytes of the first file": (first, 3000, ""),
        "brotli bytes of all that is loaded to send in one language": (max(service.values()), 10_000, _each(service)),
        "brotli bytes of all that is loaded to send about a decision": (
            max(decision.values()),
            10_000,
            _each(decision),
        ),
    }
    return [Result(name, ours, bar, False, ours, bar, note=note) for name, (ours, bar, note) in rows.items()]


def _each(sizes: dict[str, int]) -> str:
    return ", ".join(f"{language} {size:,}" for language, size in sizes.items())


def _cold(*, bare: bool) -> float:
    folder = Path(tempfile.mkdtemp(prefix="tijdens-bench-"))
    try:
        port = free_port()
        start = time.perf_counter()
        command = [sys.executable, "-m", "collector", "serve", "--port", str(port)]
        if bare:
            command = [sys.executable, "-m", "bench.server", "bare", str(folder), str(port)]
        env = os.environ | {"TIJDENS_STORE": f"sqlite:///{folder}/t.db", "TIJDENS_SECRET": "x" * 40}
        process = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=pinned(SERVER_CORE)
        )
        with httpx2.Client(trust_env=False) as client:
            while True:
                try:
                    if client.get(f"http://127.0.0.1:{port}/healthz/live").status_code == 200:
                        break
                except httpx2.TransportError:
                    time.sleep(0.002)
        seconds = time.perf_counter() - start
        process.terminate()
        process.wait(20)
        return seconds * 1000
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cold_start() -> list[Result]:
    """From the command to the first 200, with a new file, against a bare Starlette app on the same server."""
    os.sched_setaffinity(0, {LOAD_CORE})
    _cold(bare=False), _cold(bare=True)
    return [
        against(
            "cold start to first 200 ÷ bare Starlette (ms)",
            lambda: _cold(bare=False),
            lambda: _cold(bare=True),
            2,
            at_least=False,
        )
    ]
