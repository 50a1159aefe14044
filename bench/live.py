"""The live side: a thousand dashboards, and some that never read."""

from __future__ import annotations

import asyncio

from bench.machine import load, load_beside, middle, server, watchers
from bench.result import ROUNDS, Result
from bench.visible import delays


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


def visible() -> list[Result]:
    """From POST to visible in a real browser's page, 100 presses a second and 500 other subscribers beside it."""
    found: list[float] = []
    with server("tijdens") as at, watchers(at, 500, 26), load_beside(at.url, 8, 24, 100):
        found = sorted(asyncio.run(delays(at, 60, 0.25)))
    p99 = found[int(len(found) * 0.99)]
    note = f"of {len(found)}; median {middle(found):.0f} ms; the browser shares the core of the load"
    return [Result("p99 from POST to visible in a browser (ms)", p99, 250, False, p99, 250, [], note)]
