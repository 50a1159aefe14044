"""What may never reach a disk or a log: personal data, addresses of senders, codes and tokens."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import httpx2
from websockets.asyncio.client import connect

from tests.test_crash import command, free_port, set_up, told, up

CANARIES = {
    "national number": "85.07.30-033.28",
    "national number in a path": "85073003328",
    "e-mail": "kanarie.vogel@voorbeeld.be",
    "telephone": "0470 65 43 21",
    "account": "BE71 0961 2345 6769",
    "card": "4111 1111 1111 1111",
    "address": "198.51.100.77",
    "address of the sixth version": "2001:db8:77::1",
    "query": "geheime-vraag",
    "browser": "KanarieBrowser/1.0",
    "referrer": "https://vandaar.example/geheim",
}


async def test_no_canary_is_left_in_any_file_or_log(tmp_path: Path) -> None:
    await asyncio.to_thread(set_up, tmp_path)
    _, out, _ = await asyncio.to_thread(told, tmp_path, "token", "create", "--agency", "town", "--role", "editor")
    token, port = out.strip(), free_port()
    server = command(tmp_path, "serve", "--port", str(port))
    headers = {
        "x-forwarded-for": f"{CANARIES['address']}, {CANARIES['address of the sixth version']}",
        "user-agent": CANARIES["browser"],
        "referer": CANARIES["referrer"],
    }
    codes = []
    try:
        await up(port)
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False) as client:
            for number, (name, secret) in enumerate(CANARIES.items()):
                if "address" in name or name in ("query", "browser", "referrer"):
                    continue
                body = {
                    "placement": "page", "key": f"canary-{number:04}", "text": f"Mijn gegeven is {secret}, dank u.",
                    "page": f"https://www.town.example/{secret}?q={CANARIES['query']}#{secret}",
                }  # fmt: skip
                sent = await client.post("/api/submissions", json=body)
                assert sent.status_code == 201, sent.text
                codes.append(sent.json()["receipt"])
                broken = json.dumps(body)[:-3] + secret
                assert (await client.post("/api/submissions", content=broken)).status_code in (400, 415)
                assert (await client.post("/api/submissions", json=body | {"rating": secret})).status_code == 422
                await client.patch(
                    "/api/receipt", json={"text": secret}, headers={"authorization": f"Receipt {codes[-1]}"}
                )
                await client.get(f"/api/submissions?q={secret}", headers={"authorization": f"Bearer {token}"})
                await client.get(f"/nowhere/{secret}?x={secret}")
                await client.post("/r", data={"code": secret})
            await client.post("/api/session", json={"token": token + "x"})
            address = f"ws://127.0.0.1:{port}/api/live?after=0"
            async with connect(address, additional_headers={"authorization": f"Bearer {token}"}, proxy=None) as socket:
                await socket.recv()
    finally:
        server.terminate()
        out_, err_ = await asyncio.to_thread(server.communicate)
    left = {file.name: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    left |= {"standard output": out_, "standard error": err_}
    assert "t.db" in left and "t.db-search" in left
    secrets = {**CANARIES, "token": token} | {f"code {number}": code for number, code in enumerate(codes)}
    for where, raw in left.items():
        for name, secret in secrets.items():
            assert secret.encode() not in raw, f"{name} in {where}"
