"""docs/api.md and docs/hooks.md tell the truth: every example is run as it stands, one after the other."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.patience import PATIENCE
from tests.start import Running, running

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = 20.0 * PATIENCE
HOOK = "https://hooks.example/tijdens"

pytestmark = pytest.mark.skipif(shutil.which("curl") is None or shutil.which("bash") is None, reason="no curl, no bash")


def blocks(name: str, kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall((DOCS / name).read_text("utf-8")) if found == kind]


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, demo=True) as run:
        yield run


class Shell:
    """Runs examples in a folder of its own, with what the text says is known."""

    def __init__(self, run: Running, folder: Path) -> None:
        self.known = {"TIJDENS": run.url, "ADMIN": run.tokens["admin"]}
        self._folder = folder

    async def start(self, *command: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, cwd=self._folder, env={"PATH": os.environ["PATH"], **self.known}
        )

    async def run(self, example: str) -> str:
        process = await self.start("bash", "-euc", example)
        async with asyncio.timeout(SECONDS):
            out, _ = await process.communicate()
        assert process.returncode == 0, example
        return out.decode()

    async def said(self, example: str) -> Any:
        return json.loads(await self.run(example))


async def lines(process: asyncio.subprocess.Process, number: int) -> list[str]:
    assert process.stdout is not None
    async with asyncio.timeout(SECONDS):
        return [(await process.stdout.readline()).decode().strip() for _ in range(number)]


async def end(process: asyncio.subprocess.Process) -> None:
    process.kill()
    await process.communicate()


async def test_each_example_of_the_api_does_what_the_text_says(demo: Running, tmp_path: Path) -> None:
    shell = Shell(demo, tmp_path)
    examples = iter(blocks("api.md", "sh"))
    made = await shell.said(next(examples))
    shell.known["TOKEN"] = made["secret"]
    assert (made["token"]["role"], made["token"]["name"]) == ("editor", "Nightly report")

    bring = next(examples)
    first, again = await shell.said(bring), await shell.said(bring)
    assert first["id"] == again["id"] and first["receipt"] == again["receipt"]
    await demo.send(text="Read it too.")
    listed = await shell.said(next(examples))
    assert [one["text"] for one in listed["items"]] == ["Read it too.", "The desk was closed at noon."]
    shell.known |= {"LAST_ID": str(first["id"]), "ID": str(first["id"])}
    assert [one["text"] for one in (await shell.said(next(examples)))["items"]] == ["Read it too."]
    assert (await shell.said(next(examples)))["words"] == 1

    changed, stale = await shell.said(next(examples)), await shell.said(next(examples))
    assert (changed["status"], changed["kind"], changed["revision"]) == ("read", "fault", 2)
    assert (stale["status"], stale["type"]) == (412, "/problems/stale")
    assert [one["id"] for one in map(json.loads, (await shell.run(next(examples))).splitlines())] == [first["id"]]
    assert int(await shell.run(next(examples))) == 3, "two voices and the names of the columns"

    (listening,) = blocks("api.md", "python")
    process = await shell.start(sys.executable, "-c", listening)
    try:
        told: list[list[str]] = []
        while ["submission.read", str(first["id"])] not in told:
            told += [line.split()[1:] for line in await lines(process, 1)]
        voices = [one for one in told if one[0].startswith("submission.")]
        assert voices[0] == ["submission.received", str(first["id"])], "and not the one that came by the web"
    finally:
        await end(process)

    hook = await shell.said(next(examples))
    assert hook["secret"].startswith("whsec_") and hook["hook"]["url"] == HOOK
    refused = await shell.said(next(examples))
    assert refused["status"] == 422 and "5" in refused["fields"]["rating"]
    assert next(examples, None) is None, "every example is run"


async def test_the_ten_lines_that_receive_a_hook_do(demo: Running, tmp_path: Path) -> None:
    (text,) = blocks("hooks.md", "python")
    assert len([line for line in text.splitlines() if line.strip()]) <= 11
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    body = {"name": "Ten lines", "url": f"http://127.0.0.1:{port}/", "topics": ["voices"]}
    made = (await demo.client.post("/api/hooks", json=body, headers=demo.bearer("admin"))).json()
    shell = Shell(demo, tmp_path)
    process = await shell.start(
        sys.executable, "-c", text.replace("9000", str(port)).replace("whsec_…", made["secret"])
    )
    try:
        async with asyncio.timeout(SECONDS):
            while True:
                sent = await demo.client.post(f"/api/hooks/{made['hook']['id']}/test", headers=demo.bearer("admin"))
                if sent.json()["outcome"] != "unreachable":
                    break
                await asyncio.sleep(0.05)
        assert sent.json()["outcome"] in ("taken", "unreachable"), sent.json()
        id_ = (await demo.send(text="De kade is te smal.")).json()["id"]
        told: list[str] = []
        while f"submission.received {id_}" not in told:
            told += await lines(process, 1)
    finally:
        await end(process)
