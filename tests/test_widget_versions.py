"""A pinned script must stay what it was."""

from __future__ import annotations

import json
from pathlib import Path

from tests.start import Running
from tools.widget_versions import FILE, hashes, version

HELP = (
    "the widget changed: before its first release run `python3 tools/widget_versions.py`; after it, raise WIDGET_VERSION "
    "and keep the old files, because pages pin them by their hash"
)


def test_the_files_of_the_present_version_are_those_that_were_recorded() -> None:
    assert json.loads(FILE.read_text("utf-8"))[version()] == hashes(), HELP


async def test_the_server_serves_exactly_these_and_the_moving_address_leads_to_them(run: Running) -> None:
    for name in hashes():
        served = await run.client.get(f"/widget/{version()}/{name}")
        assert served.content == (Path("widget") / name).read_bytes()
        assert served.headers["access-control-allow-origin"] == "*"
        assert "immutable" in served.headers["cache-control"]
    moved = await run.client.get("/widget/v1/tijdens.js")
    assert (moved.status_code, moved.headers["location"]) == (302, f"/widget/{version()}/tijdens.js")
    for path in (
        "/widget/9.9.9/tijdens.js",
        "/widget/1.0.0/../app.py",
        "/widget/1.0.0/%2e%2e/pyproject.toml",
        "/widget/1.0.0/nothing.js",
    ):
        assert (await run.client.get(path)).status_code == 404
