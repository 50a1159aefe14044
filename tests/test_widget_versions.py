"""A pinned script must stay what it was."""

from __future__ import annotations

import json

import pytest

from tests.start import Running
from tools.widget_versions import FILE, folder, hashes, version

HELP = (
    "the widget changed: before its first release run `python3 tools/widget_versions.py`; after it, copy the old files to "
    "widget/released/, and raise WIDGET_VERSION, because pages pin them by their hash"
)
RECORDED: dict[str, dict[str, str]] = json.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize("of", [*RECORDED, version()])
def test_the_files_of_every_version_are_those_that_were_recorded(of: str) -> None:
    assert RECORDED[of] == hashes(of), HELP


@pytest.mark.parametrize("of", [*RECORDED])
async def test_the_server_serves_exactly_these(run: Running, of: str) -> None:
    messages = [file.relative_to(folder(of)).as_posix() for file in (folder(of) / "messages").rglob("*.json")]
    assert len(messages) >= 8
    for name in [*hashes(of), *messages]:
        served = await run.client.get(f"/widget/{of}/{name}")
        assert served.content == (folder(of) / name).read_bytes()
        assert served.headers["access-control-allow-origin"] == "*"
        assert "immutable" in served.headers["cache-control"]


async def test_the_moving_address_leads_to_the_newest_and_nothing_else_is_served(run: Running) -> None:
    moved = await run.client.get("/widget/v1/tijdens.js")
    assert (moved.status_code, moved.headers["location"]) == (302, f"/widget/{version()}/tijdens.js")
    for path in (
        "/widget/9.9.9/tijdens.js",
        f"/widget/{version()}/../app.py",
        f"/widget/{version()}/%2e%2e/pyproject.toml",
        f"/widget/{version()}/nothing.js",
        f"/widget/{version()}/released/1.0.0/tijdens.js",
        "/widget/%2e%2e/tijdens.js",
        "/widget/1.0.0/nothing.js",
    ):
        assert (await run.client.get(path)).status_code == 404
