"""Floods, while somebody honest sends."""

from __future__ import annotations

import asyncio
import itertools
import time
from pathlib import Path

import httpx2

from tests.figures import figures
from tests.often import often, proof
from tests.patience import PATIENCE
from tests.start import Running, running

SOURCES = 1_000
EACH = often(1, 10)
TOGETHER = 32


@proof
async def test_a_flood_from_a_thousand_sources_keeps_no_honest_sender_waiting(tmp_path: Path) -> None:
    """Each source stays under its own limit, so that only order and speed help."""
    proxies = ("127.0.0.1",)
    async with running(tmp_path, rate_limit=True, trusted_proxies=proxies) as run:
        numbers, over = itertools.count(SOURCES * EACH), asyncio.Event()
        left = iter(range(SOURCES * EACH))
        answers: list[int] = []

        async def attacker() -> None:
            async with httpx2.AsyncClient(base_url=run.url, trust_env=False, timeout=60, verify=False) as client:
                for number in left:
                    source = number % SOURCES
                    body = {
                        "placement": "page",
                        "key": f"flood-{number:08}",
                        "text": f"Koop nu {number}",
                        "outcome": "yes",
                    }
                    headers = {"x-forwarded-for": f"198.18.{source // 250}.{source % 250}"}
                    answers.append((await client.post("/api/submissions", json=body, headers=headers)).status_code)

        async def honest() -> list[float]:
            waits = []
            while not over.is_set():
                begun, number = time.monotonic(), next(numbers)
                body = {"placement": "page", "key": f"honest-{number:08}", "text": "Het lukte niet."}
                headers = {"x-forwarded-for": f"203.0.113.{number % 250}"}  # each time another person
                told = await run.client.post("/api/submissions", json=body, headers=headers)
                assert told.status_code == 201
                waits.append(time.monotonic() - begun)
                await asyncio.sleep(0.05)
            return waits

        sending = asyncio.create_task(honest())
        begun = time.monotonic()
        await asyncio.gather(*(attacker() for _ in range(TOGETHER)))
        seconds = time.monotonic() - begun
        over.set()
        waits = await sending
        figures(f"a flood of {SOURCES} sources", posts=len(answers), a_second=round(len(answers) / seconds),
                honest=len(waits), longest=round(max(waits), 3))  # fmt: skip
        assert set(answers) <= {201, 429, 503}
        assert max(waits) < 1.0 * PATIENCE


async def test_while_passwords_are_guessed_everybody_else_is_answered(run: Running) -> None:
    """Checking a password takes a while by intent; it takes it beside the loop, not on it."""
    guesses = [asyncio.create_task(guess(run, number)) for number in range(8)]
    answered = 0
    while not all(one.done() for one in guesses):
        assert (await run.client.get("/healthz/live")).status_code == 200
        answered += 1
        await asyncio.sleep(0.01)
    assert {one.result() for one in guesses} <= {401, 429}
    assert answered > 8


async def guess(run: Running, number: int) -> int:
    body = {"email": f"nobody{number}@town.example", "password": "een lang wachtwoord"}
    return (await run.client.post("/api/session", json=body, timeout=60)).status_code
