"""Nothing blocks the event loop: a detector watches while every kind of request is made."""

from __future__ import annotations

from pathlib import Path

from blockbuster import blockbuster_ctx

from collector import WIDGET_VERSION
from tests.start import Running, running


async def test_no_request_stalls_the_loop(tmp_path: Path) -> None:
    """Opening and closing come before and after anybody is served."""
    async with running(tmp_path) as run:
        with blockbuster_ctx("collector"):
            await every_kind(run)


async def every_kind(run: Running) -> None:
    told = (await run.send(outcome="no", text="Bel 0470 12 34 56", page="https://a.example/x")).json()
    code, editor = told["receipt"], run.bearer()
    await run.receipt(code, "PATCH", text="Anders", impact=["right"])
    paths = (
        "/api/submissions?q=anders", f"/api/submissions/{told['id']}", "/api/counts", "/api/me", "/api/export.csv",
        "/api/export.jsonl", "/api/export.xlsx", "/openapi.json", "/docs", "/metrics", "/healthz/ready", "/f/page", "/r",
        "/d", "/privacy/town", "/sign-in", "/join", "/dashboard", f"/widget/{WIDGET_VERSION}/tijdens.js",
        "/assets/pages/pages.css",
        "/api/placements/page", "/nowhere",
    )  # fmt: skip
    for path in paths:
        response = await run.client.get(path, headers=editor | {"accept-encoding": "br"})
        assert response.status_code == (404 if path == "/nowhere" else 200), path
    async with run.live("?after=0") as socket:
        await socket.recv()
    patch = {"status": "read", "revision": 2}
    assert (await run.client.patch(f"/api/submissions/{told['id']}", json=patch, headers=editor)).status_code == 200
    assert (await run.client.post("/api/session", json={"token": run.tokens["viewer"]})).status_code == 204
    assert (await run.client.post("/r", data={"code": code})).status_code == 200
    assert (await run.receipt(code, "DELETE")).status_code == 200
