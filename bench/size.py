"""What a million rows change."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import httpx2

from bench.machine import Server, load, middle, server, stored
from bench.result import ROUNDS, SECONDS, Result, against


def indexed(at: Server) -> None:
    """Waits until the search index has caught up."""
    with httpx2.Client(base_url=at.url, trust_env=False, timeout=30) as client:
        for _ in range(1200):
            text = client.get("/metrics").text
            feed = float(re.findall(r"^tijdens_log_cursor (\S+)", text, re.M)[0])
            index = float(re.findall(r"^tijdens_index_cursor (\S+)", text, re.M)[0])
            if index >= feed:
                return
            time.sleep(0.5)
    raise RuntimeError("the index did not catch up")


def _median_ms(client: httpx2.Client, path: str) -> float:
    times = []
    for _ in range(40):
        start = time.perf_counter()
        assert client.get(path).status_code == 200
        times.append((time.perf_counter() - start) * 1000)
    return middle(times)


def size(big: int = 1_000_000) -> list[Result]:
    """What a million rows change: ingest, a filtered list, a search for a common and a rare word."""
    results = []
    small, large, thousand = stored(10_000), stored(big), stored(1_000)
    try:
        with server("tijdens", large) as at:
            indexed(at)

        def rate(folder: Path) -> float:
            with server("tijdens", folder) as at:
                return float(load(at.url, 64, SECONDS)["rate"])

        timings: dict[str, list[list[float]]] = {}
        paths = {
            "newest 50 with a filter": "/api/submissions?outcome=no&limit=50",
            "search for a common word": "/api/submissions?q=deba&limit=50",
            "search for a rare word": "/api/submissions?q=dezenbadeba&limit=50",
        }
        for _ in range(ROUNDS):
            for place, folder in enumerate((large, small)):
                with server("tijdens", folder) as at:
                    indexed(at)
                    headers = {"authorization": f"Bearer {at.token}"}
                    with httpx2.Client(base_url=at.url, trust_env=False, headers=headers, timeout=30) as client:
                        for name, path in paths.items():
                            timings.setdefault(name, [[], []])[place].append(_median_ms(client, path))
        for name, (ours, peer) in timings.items():
            runs = [a / b for a, b in zip(ours, peer, strict=True)]
            bar = 2.0 if "filter" in name else 3.0
            results.append(
                Result(
                    f"{name} at {big:,} rows ÷ at 10,000 (ms)",
                    middle(runs),
                    bar,
                    False,
                    middle(ours),
                    middle(peer),
                    runs,
                )
            )
        results.append(
            against(
                f"ingest with {big:,} rows ÷ with 1,000",
                lambda: rate(large),
                lambda: rate(thousand),
                0.8,
                at_least=True,
            )
        )
    finally:
        for folder in (small, large, thousand):
            shutil.rmtree(folder, ignore_errors=True)
    return results
