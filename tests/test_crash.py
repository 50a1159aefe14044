"""Nothing acknowledged is ever lost: the server is killed again and again while it takes in, and started again."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx2

from tests.figures import figures
from tests.often import often, proof

KILLS = often(2, 10)
SENDERS = 24


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("TIJDENS_")}
    env |= {"TIJDENS_STORE": f"sqlite:///{folder}/t.db", "TIJDENS_SECRET": "x" * 40, "TIJDENS_RATE_LIMIT": "off"}
    return subprocess.Popen(
        [sys.executable, "-m", "collector", *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def told(folder: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command that ends."""
    process = command(folder, *words)
    out, err = process.communicate(timeout=60)
    return process.returncode, out.decode(), err.decode()


def set_up(folder: Path) -> None:
    for words in (
        ("agency", "create", "town", "--name", "The town"),
        (
            "contact",
            "create",
            "--agency",
            "town",
            "--name",
            "Desk",
            "--phone",
            "+32 2 555 01 23",
            "--counter",
            "Market 1",
        ),
        ("placement", "create", "page", "--agency", "town", "--origin", "https://www.town.example"),
    ):
        code, _, err = told(folder, *words)
        assert code == 0, err


async def up(port: int) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client, asyncio.timeout(60):
        while True:
            try:
                if (await client.get(f"http://127.0.0.1:{port}/healthz/ready")).status_code == 200:
                    return
            except httpx2.TransportError:
                await asyncio.sleep(0.05)


@proof
async def test_kill_minus_nine_loses_nothing_that_was_acknowledged_and_doubles_nothing(tmp_path: Path) -> None:
    await asyncio.to_thread(set_up, tmp_path)
    port, chance = free_port(), random.Random(3)
    acknowledged: dict[str, int] = {}
    longest, stop = 0.0, False

    async def sender(number: int) -> None:
        nonlocal longest
        count = 0
        async with httpx2.AsyncClient(trust_env=False, timeout=30) as client:
            while not stop:
                begun = time.monotonic()
                key = f"reeks-{number:03}-{count:06}"
                body = {
                    "placement": "page",
                    "key": key,
                    "outcome": "no",
                    "text": f"Woorden {key[-6:]} uit reeks {key[:9]}",
                }
                for _ in range(200):
                    try:
                        response = await client.post(f"http://127.0.0.1:{port}/api/submissions", json=body)
                    except httpx2.TransportError:
                        await asyncio.sleep(0.05)
                        continue
                    assert response.status_code in (200, 201), response.text
                    acknowledged[key] = response.json()["id"]
                    break
                longest = max(longest, time.monotonic() - begun)
                count += 1

    server = command(tmp_path, "serve", "--port", str(port))
    await up(port)
    senders = [asyncio.create_task(sender(number)) for number in range(SENDERS)]
    for _ in range(KILLS):
        enough = len(acknowledged) + 100
        async with asyncio.timeout(60):
            while len(acknowledged) < enough:
                await asyncio.sleep(0.01)
        await asyncio.sleep(chance.uniform(0, 0.3))
        server.send_signal(signal.SIGKILL)
        await asyncio.to_thread(server.communicate)
        server = command(tmp_path, "serve", "--port", str(port))
        await up(port)
    stop = True
    await asyncio.gather(*senders)
    server.terminate()
    await asyncio.to_thread(server.communicate)
    assert server.returncode == 0
    with sqlite3.connect(tmp_path / "t.db") as connection:
        stored = [row[0] for row in connection.execute("select id from submissions")]
        texts = [row[0] for row in connection.execute("select text from words")]
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
    connection.close()
    lost, doubled = set(acknowledged.values()) - set(stored), len(texts) - len(set(texts))
    figures("kill -9", kills=KILLS, acknowledged=len(acknowledged), stored=len(stored), lost=len(lost), doubled=doubled,
            longest_pause=round(longest, 2))  # fmt: skip
    assert len(acknowledged) >= 100 * KILLS
    assert set(acknowledged.values()) <= set(stored)
    assert len(stored) == len(set(stored)) and len(texts) == len(set(texts)) == len(stored)
    code, out, err = await asyncio.to_thread(told, tmp_path, "check")
    assert code == 0, err
    assert out.startswith("Fine.")


async def test_commands_work_while_it_serves_and_a_second_server_is_refused_with_a_sentence(tmp_path: Path) -> None:
    await asyncio.to_thread(set_up, tmp_path)
    port = free_port()
    server = command(tmp_path, "serve", "--port", str(port))
    try:
        await up(port)
        code, token, _ = await asyncio.to_thread(
            told, tmp_path, "token", "create", "--agency", "town", "--role", "viewer"
        )
        assert code == 0 and len(token.strip().splitlines()) == 1
        async with httpx2.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}") as client:
            me = await client.get("/api/me", headers={"authorization": f"Bearer {token.strip()}"})
            assert me.json()["agency"]["key"] == "town"
            sent = {"placement": "page", "key": "before-backup", "text": "Voor de kopie"}
            code_of_receipt = (await client.post("/api/submissions", json=sent)).json()["receipt"]
            code, _, err = await asyncio.to_thread(
                told,
                tmp_path,
                "placement",
                "notice",
                "page",
                "--nl",
                "We weten het: betalen lukt niet.",
                "--hours",
                "2",
            )
            assert code == 0, err
            notice = (await client.get("/api/placements/page")).json()["notice"]
            assert notice["text"] == {"nl": "We weten het: betalen lukt niet."} and notice["until"]
            code, _, _ = await asyncio.to_thread(told, tmp_path, "placement", "notice", "page")
            assert code == 0 and (await client.get("/api/placements/page")).json()["notice"] is None
            code, _, _ = await asyncio.to_thread(told, tmp_path, "token", "revoke", token.strip(), "--agency", "town")
            me = await client.get("/api/me", headers={"authorization": f"Bearer {token.strip()}"})
            assert (code, me.status_code) == (0, 401)
        code, out, err = await asyncio.to_thread(told, tmp_path, "backup", str(tmp_path / "copy.db"))
        assert code == 0 and out.splitlines()[-1].startswith("{"), err
        code, _, err = await asyncio.to_thread(told, tmp_path, "serve", "--port", str(free_port()))
        assert code != 0 and "in use by another collector" in err and "Traceback" not in err
    finally:
        server.terminate()
        await asyncio.to_thread(server.communicate)
    restored = tmp_path / "elsewhere"
    restored.mkdir()
    code, out, err = await asyncio.to_thread(told, restored, "restore", str(tmp_path / "copy.db"))
    assert code == 0 and out.startswith("1 submissions are back"), err
    code, _, err = await asyncio.to_thread(told, restored, "restore", str(tmp_path / "copy.db"))
    assert code != 0 and "exists" in err
    server = command(restored, "serve", "--port", str(port))
    try:
        await up(port)
        async with httpx2.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}") as client:
            receipt = await client.get("/api/receipt", headers={"authorization": f"Receipt {code_of_receipt}"})
            assert receipt.json()["text"] == "Voor de kopie"
    finally:
        server.terminate()
        await asyncio.to_thread(server.communicate)
    code, out, _ = await asyncio.to_thread(told, restored, "check")
    assert code == 0 and out.startswith("Fine.")


async def test_sigterm_under_load_loses_no_request(tmp_path: Path) -> None:
    await asyncio.to_thread(set_up, tmp_path)
    port = free_port()
    server = command(tmp_path, "serve", "--port", str(port))
    await up(port)
    answers: list[int] = []

    async def sender(number: int) -> None:
        async with httpx2.AsyncClient(trust_env=False, timeout=10) as client:
            for count in range(10_000):
                body = {"placement": "page", "key": f"term-{number:02}-{count:06}", "outcome": "yes"}
                try:
                    response = await client.post(f"http://127.0.0.1:{port}/api/submissions", json=body)
                except httpx2.TransportError:
                    return
                answers.append(response.status_code)

    senders = [asyncio.create_task(sender(number)) for number in range(8)]
    async with asyncio.timeout(30):
        while len(answers) <= 20:
            await asyncio.sleep(0.05)
    server.terminate()
    await asyncio.to_thread(server.communicate)
    await asyncio.gather(*senders)
    assert server.returncode == 0
    assert len(answers) > 20 and set(answers) == {201}
    with sqlite3.connect(tmp_path / "t.db") as connection:
        assert connection.execute("select count(*) from submissions").fetchone()[0] >= len(answers)
    connection.close()
