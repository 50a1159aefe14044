"""Taking in: how fast, against what, and never an answer before its fsync."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import time

import httpx2

from bench.machine import load, middle, server
from bench.result import ROUNDS, SECONDS, Result, against


def _rate(variant: str, connections: int = 64) -> float:
    with server(variant) as at:
        return float(load(at.url, connections, SECONDS)["rate"])


def ingest() -> list[Result]:
    """Durable posts a second at 64 connections, against the pipeline without a store, and one commit a request."""
    without = against(
        "durable posts/s at 64 connections ÷ without the store",
        lambda: _rate("tijdens"),
        lambda: _rate("nostore"),
        0.6,
        at_least=True,
    )
    one = against(
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
