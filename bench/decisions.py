"""Official acts and responses: how soon they reach everybody, and what that costs those who send meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from bench.machine import LOAD_CORE, Server, load, middle, pinned, server, stored
from bench.result import ROUNDS, SECONDS, Result

WIDGETS = 1_000
ACTS = 10
RECEIPTS = 10_000
SORTED_AT_ONCE = 1_000


class Team:
    """Someone of the agency, by its token."""

    def __init__(self, at: Server) -> None:
        self._client = httpx2.Client(
            base_url=at.url, trust_env=False, headers={"authorization": f"Bearer {at.token}"}, timeout=60
        )

    def ask(self, method: str, path: str, body: object) -> Any:
        response = self._client.request(method, path, json=body)
        if response.status_code >= 400:
            raise RuntimeError(response.text)
        return response.json()

    def publish(self, key: str) -> int:
        """A decision with what must be there. Its revision."""
        both = {name: {"nl": f"Een {name}", "fr": f"Une {name}"} for name in ("title", "open", "gain")}
        file = {**both, "until": "2099-12-14", "contact_point": "desk"}
        work = self.ask("POST", "/api/decisions", {"key": key, "file": file})
        work = self.ask("POST", f"/api/decisions/{key}/steps", {"step": "publish", "revision": work["revision"]})
        return int(work["revision"])

    def act(self, key: str, revision: int) -> int:
        """Something official that every open page is told."""
        words = {"nl": f"Samenvatting {revision}", "fr": f"Résumé {revision}"}
        work = self.ask("PATCH", f"/api/decisions/{key}", {"revision": revision, "summary": words})
        return int(work["revision"])

    def close(self) -> None:
        self._client.close()


@contextmanager
def listeners(at: Server, key: str, number: int) -> Iterator[subprocess.Popen[str]]:
    """Unfolded widgets, in a process on the other core."""
    words = [sys.executable, "-m", "bench.listen", "127.0.0.1", str(at.port), key, str(number), str(ACTS)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, preexec_fn=pinned(LOAD_CORE))
    assert process.stdout is not None
    try:
        said = process.stdout.readline().strip()
        if said != "open":
            raise RuntimeError(f"not all could listen: {said}")
        yield process
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def _last_ms(at: Server, team: Team, key: str, number: int) -> tuple[float, float]:
    """(milliseconds from an act to the last of `number` widgets, the middle one of ACTS; KiB of memory for a widget)."""
    revision = team.publish(key)
    before = at.rss()
    waits = []
    with listeners(at, key, number) as process:
        memory = (at.rss() - before) / number
        assert process.stdout is not None
        for _ in range(ACTS):
            begun = time.time()
            revision = team.act(key, revision)
            waits.append((float(process.stdout.readline()) - begun) * 1000)
            time.sleep(0.1)
    return middle(waits), memory


def acts() -> list[Result]:
    """An official act reaching a thousand unfolded widgets, against one."""
    one, all_, memory = [], [], []
    for _ in range(ROUNDS):
        with server("tijdens") as at:
            team = Team(at)
            one.append(_last_ms(at, team, "alone", 1)[0])
            last, each = _last_ms(at, team, "crowd", WIDGETS)
            all_.append(last)
            memory.append(each)
            team.close()
    runs = [a / b for a, b in zip(all_, one, strict=True)]
    note = f"{middle(memory):.0f} KiB of memory a widget"
    return [
        Result(
            f"an official act at the last of {WIDGETS:,} unfolded widgets ÷ at one (ms)",
            middle(runs), 20, False, middle(all_), middle(one), runs, note,
        ),
        Result(
            f"an official act at the last of {WIDGETS:,} unfolded widgets (ms)",
            middle(all_), 2_000, False, middle(all_), 2_000, all_,
        ),
    ]  # fmt: skip


def _theme(team: Team, at: Server) -> int:
    """A theme that holds every voice of the store."""
    with sqlite3.connect(at.folder / "bench.db") as connection:
        ids = [row[0] for row in connection.execute("select id from submissions limit ?", (RECEIPTS,))]
    connection.close()
    team.publish("street")
    name = {"nl": "Leveren", "fr": "Livrer"}
    theme = team.ask("POST", "/api/themes", {"name": name, "decision": "street", "submissions": ids[:SORTED_AT_ONCE]})
    for first in range(SORTED_AT_ONCE, len(ids), SORTED_AT_ONCE):
        add = {"add": ids[first : first + SORTED_AT_ONCE]}
        theme = team.ask("PUT", f"/api/themes/{theme['id']}/submissions", add)
    if theme["voices"] != RECEIPTS:
        raise RuntimeError(f"the theme has {theme['voices']} voices")
    return int(theme["id"])


def _answering(team: Team, theme: int, stop: threading.Event) -> None:
    """The response is published, and then written anew every half second: each time it stands on all the receipts."""
    reason = {"nl": "Leveren mag tot elf uur.", "fr": "On livre jusqu'à onze heures."}
    body = {"themes": [theme], "outcome": "changed", "office": "Mobility", "reason": reason, "publish": True}
    response = team.ask("POST", "/api/responses", body)
    while not stop.wait(0.5):
        body["revision"] = response["revision"]
        response = team.ask("PUT", f"/api/responses/{response['id']}", body)


def response() -> list[Result]:
    """Taking in at full speed while one response reaches ten thousand receipts again and again, against without."""
    beside, without = [], []
    folder = stored(RECEIPTS)
    try:
        with server("tijdens", folder) as at:
            team = Team(at)
            theme = _theme(team, at)
            for _ in range(ROUNDS):
                stop = threading.Event()
                answering = threading.Thread(target=_answering, args=(team, theme, stop))
                answering.start()
                beside.append(float(load(at.url, 64, SECONDS)["rate"]))
                stop.set()
                answering.join()
                without.append(float(load(at.url, 64, SECONDS)["rate"]))
            team.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    runs = [a / b for a, b in zip(beside, without, strict=True)]
    name = f"ingest beside a response to {RECEIPTS:,} receipts ÷ without"
    return [Result(name, middle(runs), 0.7, True, middle(beside), middle(without), runs)]
