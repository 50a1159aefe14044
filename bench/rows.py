"""The rows of the table: what is measured, against what, and the bar."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli
import httpx2

from bench.fill import filled
from bench.machine import LOAD_CORE, SERVER_CORE, Server, load, middle, pinned, server, watchers

ROUNDS = 3
SECONDS = 5.0


@dataclass
class Result:
    """`ratio` against `bar` (`at_least` or at most). `ours` and `peer` are the medians, `runs` the ratio of each round."""

    name: str
    ratio: float
    bar: float
    at_least: bool
    ours: float
    peer: float
    runs: list[float] = field(default_factory=list)
    note: str = ""

    @property
    def ok(self) -> bool:
        return self.ratio >= self.bar if self.at_least else self.ratio <= self.bar


def _against(name: str, ours: Callable[[], float], peer: Callable[[], float], bar: float, *, at_least: bool) -> Result:
    """Ours and the peer in turn, the median of the ratios of the rounds."""
    first, second = [], []
    for _ in range(ROUNDS):
        first.append(ours())
        second.append(peer())
    runs = [a / b for a, b in zip(first, second, strict=True)]
    return Result(name, middle(runs), bar, at_least, middle(first), middle(second), runs)


def _rate(variant: str, connections: int = 64) -> float:
    with server(variant) as at:
        return float(load(at.url, connections, SECONDS)["rate"])


def ingest() -> list[Result]:
    """Durable posts a second at 64 connections, against the pipeline without a store, and one commit a request."""
    without = _against(
        "durable posts/s at 64 connections ÷ without the store",
        lambda: _rate("tijdens"),
        lambda: _rate("nostore"),
        0.6,
        at_least=True,
    )
    one = _against(
        "durable posts/s ÷ one commit a request", lambda: _rate("tijdens"), lambda: _rate("onecommit"), 4, at_least=True
    )
    return [without, one]


def fsyncs() -> list[Result]:
    """fsyncs a post at 64 connections, counted by strace; and that no answer leaves before its own fsync."""
    if shutil.which("strace") is None:
        return []
    with server("tijdens") as at:
        trace = at.folder / "trace"
        command = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", str(trace), "-p", str(at.pid)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as tracing:
            time.sleep(1)
            found = load(at.url, 64, 6)
            tracing.send_signal(signal.SIGINT)
            tracing.wait(10)
        calls = sum(int(match) for match in re.findall(r"(\d+)\s+f(?:data)?sync", trace.read_text()))
        number = found["sent"]
    return [
        Result("fsyncs a post at 64 connections", calls / number, 0.06, False, calls, number, note="counted by strace")
    ]


def order() -> list[Result]:
    """One post alone, traced: the first byte of its answer comes after the last fsync that its commit needs."""
    if shutil.which("strace") is None:
        return []
    early = 0
    with server("tijdens") as at:
        trace = at.folder / "order"
        command = [
            "strace",
            "-f",
            "-s",
            "24",
            "-e",
            "trace=fsync,fdatasync,write,sendto,writev,recvfrom,read",
            "-o",
            str(trace),
            "-p",
            str(at.pid),
        ]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as tracing:
            time.sleep(1)
            with httpx2.Client(base_url=at.url, trust_env=False) as client:
                for number in range(50):
                    body = {"placement": "page", "key": f"order-{number:05}", "outcome": "no"}
                    assert client.post("/api/submissions", json=body).status_code == 201
            tracing.send_signal(signal.SIGINT)
            tracing.wait(10)
        synced = False
        for line in trace.read_text().splitlines():
            if "POST /api/submis" in line:
                synced = False
            elif "sync(" in line or "sync resumed" in line:
                synced = "= 0" in line or synced
            elif "HTTP/1.1 201" in line and not synced:
                early += 1
    return [Result("answers before their own fsync, of 50", early, 0, False, early, 50, note="by strace")]


def _stored(rows: int) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tijdens-bench-"))
    with server("tijdens", folder):
        pass
    filled(folder, rows)
    return folder


def _indexed(at: Server) -> None:
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
    small, large, thousand = _stored(10_000), _stored(big), _stored(1_000)
    try:
        with server("tijdens", large) as at:
            _indexed(at)

        def rate(folder: Path) -> float:
            with server("tijdens", folder) as at:
                return float(load(at.url, 64, SECONDS)["rate"])

        timings: dict[str, list[list[float]]] = {}
        paths = {
            "newest 50 with a filter": "/api/submissions?outcome=no&limit=50",
            "search for a common word": "/api/submissions?q=deba&limit=50",
            "search for a rare word": "/api/submissions?q=bazenzenlo&limit=50",
        }
        for _ in range(ROUNDS):
            for place, folder in enumerate((large, small)):
                with server("tijdens", folder) as at:
                    _indexed(at)
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
            _against(
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


def acknowledgement() -> list[Result]:
    """At half the saturated rate: the slowest one in a hundred against the middle one."""
    runs, slow, usual = [], [], []
    with server("tijdens") as at:
        saturated = float(load(at.url, 64, 3)["rate"])
        for _ in range(ROUNDS):
            found = load(at.url, 64, 6, saturated / 2)
            runs.append(found["p99"] / found["p50"])
            slow.append(found["p99"] * 1000)
            usual.append(found["p50"] * 1000)
    return [
        Result(
            "p99 ÷ p50 of the acknowledgement at half load (ms)",
            middle(runs),
            4,
            False,
            middle(slow),
            middle(usual),
            runs,
        )
    ]


def fan_out() -> list[Result]:
    """Items delivered to 1,000 subscribers at saturation, against one `broadcast` frame an item; and at 500 a second."""
    ours, peer, last = [], [], []
    for _ in range(ROUNDS):
        with server("tijdens") as at, watchers(at, 1000, 7) as result:
            load(at.url, 64, 5)
            ours.append(result()["items"] / 5)
        with server("broadcast") as at, watchers(at, 1000, 7, peer=True) as result:
            assert at.process.stdin is not None
            at.process.stdin.write("5\n")
            at.process.stdin.flush()
            peer.append(result()["items"] / 5)
        with server("tijdens") as at, watchers(at, 1000, 7) as result:
            load(at.url, 16, 5, 500)
            last.append(result()["p99"])
    runs = [a / b for a, b in zip(ours, peer, strict=True)]
    return [
        Result(
            "items delivered/s to 1,000 ÷ websockets broadcast()",
            middle(runs),
            5,
            True,
            middle(ours),
            middle(peer),
            runs,
        ),
        Result(
            "p99 from POST to subscribers, 1,000 at 500 items/s (ms)", middle(last), 150, False, middle(last), 150, last
        ),
    ]


def stalled() -> list[Result]:
    """Twenty of two hundred never read: what that does to the others, and to memory."""
    with_, without, memory = [], [], []
    for _ in range(ROUNDS):
        with server("tijdens") as at, watchers(at, 200, 8, stalled=20) as result:
            before = at.rss()
            load(at.url, 16, 6, 1000)
            memory.append((at.rss() - before) / 1024)
            with_.append(result()["p99"])
        with server("tijdens") as at, watchers(at, 200, 8) as result:
            load(at.url, 16, 6, 1000)
            without.append(result()["p99"])
    runs = [a / b for a, b in zip(with_, without, strict=True)]
    note = f"memory grew by {middle(memory):.0f} MiB meanwhile"
    return [
        Result(
            "p99 with 10 % that never read ÷ without (ms)",
            middle(runs),
            1.3,
            False,
            middle(with_),
            middle(without),
            runs,
            note,
        )
    ]


def company() -> list[Result]:
    """500 posts a second while 1,000 dashboards look, and while none does; and the memory of one subscriber."""
    with_, without, memory = [], [], []
    for _ in range(ROUNDS):
        with server("tijdens") as at:
            load(at.url, 16, 2, 500)
            idle = at.rss()
            with watchers(at, 1000, 8) as result:
                memory.append((at.rss() - idle) / 1000)
                with_.append(load(at.url, 16, 6, 500)["p99"] * 1000)
                result()
            without.append(load(at.url, 16, 6, 500)["p99"] * 1000)
    runs = [a / b for a, b in zip(with_, without, strict=True)]
    return [
        Result(
            "acknowledgement p99 with 1,000 dashboards ÷ without, 500 posts/s (ms)",
            middle(runs),
            3,
            False,
            middle(with_),
            middle(without),
            runs,
        ),
        Result("memory a subscriber (KiB)", middle(memory), 30, False, middle(memory), 30, memory),
    ]


def bytes_() -> list[Result]:
    """Brotli bytes of the widget: the first file, and all that is loaded to send in one language."""
    folder = Path("widget")

    def packed(raw: bytes) -> int:
        return len(brotli.compress(raw, quality=11))

    first = packed((folder / "tijdens.js").read_bytes())
    with server("tijdens") as at, httpx2.Client(base_url=at.url, trust_env=False) as client:
        placement = client.get("/api/placements/page", headers={"accept-encoding": "identity"}).content
    names = ("more.js", "send.js", "questions.js", "mask.js", "messages/nl.json")
    everything = first + packed(placement) + sum(packed((folder / name).read_bytes()) for name in names)
    return [
        Result("brotli bytes of the first file", first, 3000, False, first, 3000),
        Result(
            "brotli bytes of all that is loaded to send in one language", everything, 10_000, False, everything, 10_000
        ),
    ]


def _cold(words: list[str]) -> float:
    folder = Path(tempfile.mkdtemp(prefix="tijdens-bench-"))
    try:
        from bench.machine import _free_port

        port = _free_port()
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.server", *words, str(folder), str(port)],
            stdout=subprocess.DEVNULL,
            preexec_fn=pinned(SERVER_CORE),
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
    _cold(["tijdens"]), _cold(["bare"])
    return [
        _against(
            "cold start to first 200 ÷ bare Starlette (ms)",
            lambda: _cold(["tijdens"]),
            lambda: _cold(["bare"]),
            2,
            at_least=False,
        )
    ]


ROWS: dict[str, Callable[[], list[Result]]] = {
    "ingest": ingest,
    "fsyncs": fsyncs,
    "order": order,
    "size": size,
    "acknowledgement": acknowledgement,
    "fan_out": fan_out,
    "stalled": stalled,
    "company": company,
    "bytes": bytes_,
    "cold_start": cold_start,
}


def as_json(results: list[Result]) -> list[dict[str, Any]]:
    names = ("name", "ratio", "bar", "ok", "ours", "peer", "runs")
    return json.loads(json.dumps([{name: getattr(result, name) for name in names} for result in results]))  # type: ignore[no-any-return]
