"""The proxy of docker-compose.yml, for real, before a real collector."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from websockets.asyncio.client import connect

from tests.patience import PATIENCE
from tests.start import ORIGIN, Running

CADDYFILE = Path(__file__).resolve().parents[2] / "deploy" / "Caddyfile"


@asynccontextmanager
async def proxy(collector: str, log: Path) -> AsyncIterator[str]:
    """Caddy before `collector` (host:port), on a free port; its log lines go to `log`."""
    program = shutil.which("caddy", path=str(Path(sys.executable).parent)) or shutil.which("caddy")
    if program is None:
        pytest.skip("caddy is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    env = {**os.environ, "SITE_ADDRESS": url, "COLLECTOR": collector, "HOME": str(log.parent)}
    command = [program, "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    with log.open("wb") as lines:
        running = await asyncio.create_subprocess_exec(*command, env=env, stdout=lines, stderr=lines)
    try:
        async with asyncio.timeout(10):
            while not await answers(port):
                await asyncio.sleep(0.05)
        yield url
    finally:
        running.terminate()
        await running.wait()


async def answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def test_a_submission_and_the_live_socket_pass_through_the_proxy(run: Running, tmp_path: Path) -> None:
    async with (
        proxy(run.url.removeprefix("http://"), tmp_path / "log") as url,
        httpx2.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        live = url.replace("http", "ws") + "/api/live"
        async with connect(live, additional_headers=run.bearer(), proxy=None) as watching:
            assert json.loads(await watching.recv())["type"] == "hello"
            body = {"placement": "page", "key": "through-caddy", "outcome": "no"}
            sent = await client.post("/api/submissions", json=body, headers={"origin": ORIGIN})
            assert sent.status_code == 201
            assert sent.headers["strict-transport-security"].startswith("max-age=")
            async with asyncio.timeout(5 * PATIENCE):
                while "items" not in (frame := json.loads(await watching.recv())):
                    assert frame["type"] == "beat"
        assert frame["items"][0]["id"] == sent.json()["id"]


async def test_a_body_that_is_too_large_does_not_pass_the_proxy(tmp_path: Path) -> None:
    passed = 0

    async def upstream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal passed
        while piece := await reader.read(65_536):
            passed += len(piece)
        writer.close()

    async def body() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 1024

    async with await asyncio.start_server(upstream, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with proxy(f"127.0.0.1:{port}", tmp_path / "log") as url, httpx2.AsyncClient(trust_env=False) as client:
            refused = await client.post(url + "/api/submissions", content=body())
    assert refused.status_code == 413
    assert 0 < passed < 70_000


async def test_the_figures_are_not_public(run: Running, tmp_path: Path) -> None:
    async with (
        proxy(run.url.removeprefix("http://"), tmp_path / "log") as url,
        httpx2.AsyncClient(trust_env=False) as client,
    ):
        assert (await client.get(url + "/metrics")).status_code == 404
        assert (await client.get(url + "/healthz/ready")).status_code == 200


async def test_the_proxy_logs_a_fault_without_a_word_about_people(tmp_path: Path) -> None:
    log = tmp_path / "log"
    async with proxy("127.0.0.1:1", log) as url, httpx2.AsyncClient(base_url=url, trust_env=False) as client:
        answer = await client.get("/f/page?name=canary", headers={"authorization": "Receipt CANARY", "x-canary": "1"})
        assert answer.status_code == 502
    lines = log.read_text()
    fault = next(line for line in map(json.loads, lines.splitlines()) if line["logger"].startswith("http.log.error"))
    assert fault["request"]["uri"] == "/f/page"
    assert not {"remote_ip", "client_ip", "remote_port", "headers"} & set(fault["request"])
    assert "canary" not in lines.lower()
