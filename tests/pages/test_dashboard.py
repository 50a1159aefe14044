"""The frame of the dashboard."""

from __future__ import annotations

import re

from tests.start import Running


async def test_it_names_the_modules_that_it_begins_with_and_none_of_a_place_where_nobody_is_yet(run: Running) -> None:
    page = (await run.client.get("/dashboard")).text
    named = re.findall(r'rel="modulepreload" href="/assets/dashboard/([^"]+)"', page)
    assert len(named) == len(set(named)) > 50
    assert {"words.js", "elements/later.js", "elements/node.js"} < set(named)
    assert not {"desk/desk.js", "radar/hearing.js", "app.js"} & set(named)
    for path in named:
        answer = await run.client.get(f"/assets/dashboard/{path}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
