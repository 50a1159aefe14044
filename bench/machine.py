"""Starting what is measured: the server on one core, the load on the other, each for a bounded time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.fill import Answers, filled, nothing

SERVER_CORE, LOAD_CORE = 0, max(1, (os.cpu_count() or 2) - 1) if (os.cpu_count() or 1) > 1 else 0


def pinned(core: int) -> Any:
    """A preexec function that keeps the process on one core, where the system can."""

    def pin() -> None:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {core})

    return pin


def pace() -> float:
    """Millions of steps of a plain loop that one core takes in a second now. What a host does beside a virtual machine is
    not seen from within it in any other way."""
    started, steps = time.perf_counter(), 1_000_000
    for _ in range(steps):
        pass
    return steps / (time.perf_counter() - started) / 1e6


class Others:
    """How much of the machine programs other than this one and its children take from now on."""

    def __init__(self) -> None:
        self._from = self._now()

    def share(self) -> float | None:
        """0 to 1; None where the system does not say. Children count as ours once they have ended."""
        if self._from is None or (now := self._now()) is None:
            return None
        busy, all_, own = (after - before for after, before in zip(now, self._from, strict=True))
        return max(0.0, busy - own) / all_ if all_ else 0.0

    @staticmethod
    def _now() -> tuple[float, float, float] | None:
        """Seconds of all cores together: at work, in all, and for this program and its children."""
        if not (stat := Path("/proc/stat")).exists():
            return None
        ticks = [int(word) / os.sysconf("SC_CLK_TCK") for word in stat.read_text().split("\n", 1)[0].split()[1:9]]
        return sum(ticks) - ticks[3] - ticks[4], sum(ticks), sum(os.times()[:4])


@dataclass
class Server:
    """A running variant. `pid` is the server's, `folder` where its files lie."""

    url: str
    port: int
    token: str
    pid: int
    folder: Path
    process: subprocess.Popen[str]

    def rss(self) -> int:
        """Resident memory in KiB."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1])
        return 0


@contextmanager
def server(variant: str, folder: Path | None = None, *, before: tuple[str, ...] = ()) -> Iterator[Server]:
    """Starts a variant on a free port; ends it, and what it wrote when it had no folder of its own."""
    own = folder is None
    place = folder or Path(tempfile.mkdtemp(prefix="tijdens-bench-"))
    place.mkdir(parents=True, exist_ok=True)
    port = free_port()
    words = [*before, sys.executable, "-m", "bench.server", variant, str(place), str(port)]
    process = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=pinned(SERVER_CORE)
    )
    try:
        assert process.stdout is not None
        if variant == "bare":
            _wait(port)
            said = ["ready", str(port), "-"]
        else:
            said = process.stdout.readline().split()
        yield Server(f"http://127.0.0.1:{port}", int(said[1]), said[2], process.pid, place, process)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        if own:
            shutil.rmtree(place, ignore_errors=True)


def stored(rows: int, answers: Callable[[int], Answers] = nothing) -> Path:
    """A folder with the store of a server, and so many submissions in it, see `filled`. Whoever asks for it removes it."""
    folder = Path(tempfile.mkdtemp(prefix="tijdens-bench-"))
    with server("tijdens", folder):
        pass
    filled(folder, rows, answers)
    return folder


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    import socket

    for _ in range(2000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.005)
    raise RuntimeError("the server did not come up")


def load(
    url: str, connections: int, seconds: float, rate: float | None = None, *, mixed: bool = False
) -> dict[str, Any]:
    """One run of the load generator on the other core; `mixed`, at a rate: of all answers and languages."""
    words = [sys.executable, "-m", "bench.load", url, str(connections), str(seconds)]
    words += [str(rate), *(["mixed"] if mixed else [])] if rate else []
    done = subprocess.run(words, capture_output=True, text=True, check=True, preexec_fn=pinned(LOAD_CORE))
    found: dict[str, Any] = json.loads(done.stdout)
    wrong = {status: n for status, n in found["statuses"].items() if status not in ("200", "201")}
    if wrong:
        raise RuntimeError(f"the server refused some: {wrong}")
    return found


@contextmanager
def load_beside(url: str, connections: int, seconds: float, rate: float) -> Iterator[None]:
    """Bare presses at a steady rate while something else is measured."""
    words = [sys.executable, "-m", "bench.load", url, str(connections), str(seconds), str(rate), "bare"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, preexec_fn=pinned(LOAD_CORE))
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def watchers(
    at: Server, number: int, seconds: float, *, stalled: int = 0, peer: bool = False, queries: Sequence[str] = ()
) -> Iterator[Any]:
    """Subscribers in a process on the other core, each with the next of `queries`; call what is yielded for their result."""
    words = [sys.executable, "-m", "bench.watch", "127.0.0.1", str(at.port), "-" if peer else at.token]
    words += [str(number), str(seconds), str(stalled), *queries]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, preexec_fn=pinned(LOAD_CORE))
    assert process.stdout is not None
    try:
        if process.stdout.readline().strip() != "open":
            raise RuntimeError("the subscribers did not connect")

        def result() -> dict[str, Any]:
            assert process.stdout is not None
            found: dict[str, Any] = json.loads(process.stdout.readline())
            process.wait(60)
            return found

        yield result
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(10)
        process.stdout.close()


def middle(values: list[float]) -> float:
    """The median."""
    return float(median(values))
