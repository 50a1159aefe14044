"""Opening the team's room in a browser, as a member who is signed in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import Locator, expect

from collector.agency import LANGUAGES
from tests.e2e.conftest import Visit, Visitor
from tests.patience import PATIENCE
from tests.start import Running

SECOND = 1_000 * PATIENCE  # in milliseconds


async def session(run: Running, role: str = "editor") -> str:
    """The secret of a new session."""
    response = await run.client.post("/api/session", json={"token": run.tokens[role]})
    assert response.status_code == 204
    return response.headers["set-cookie"].split(";")[0].removeprefix("tijdens=")


async def room(
    visit: Visit,
    run: Running,
    view: str = "",
    *,
    role: str = "editor",
    lang: str = "en",
    secret: str = "",
    **options: Any,
) -> Visitor:
    """The dashboard with `view` (a fragment, as in `#outcome=no`), live. `secret`: of a session, instead of a role's."""
    cookie = {"name": "tijdens", "value": secret or await session(run, role), "url": run.url}
    options.setdefault("viewport", {"width": 1440, "height": 900})
    visitor = await visit(f"{run.url}/dashboard?lang={lang}{view}", cookies=[cookie], **options)
    await live(visitor)
    return visitor


async def live(visitor: Visitor) -> None:
    """Until the room is there, and hears."""
    await expect(visitor.page.locator("#connection")).to_have_class("connection live")
    await expect(visitor.page.locator("#stream")).to_have_attribute("aria-busy", "false")


async def in_every_language(visitor: Visitor) -> AsyncIterator[str]:
    """The address at which the visitor stands, in each language, one after the other; yields its code. Only the last three
    are opened: the first is the one that is open."""
    window, address = visitor.page, visitor.page.url
    opened = await window.locator("html").get_attribute("lang")
    for lang in sorted(LANGUAGES, key=lambda lang: lang != opened):
        if lang != opened:
            await window.goto(re.sub(r"lang=\w+", f"lang={lang}", address))
            await live(visitor)
            await expect(window.locator("html")).to_have_attribute("lang", lang)
        yield lang


def rows(visitor: Visitor) -> Locator:
    """The voices in the stream."""
    return visitor.page.locator("#stream > article")


async def say(run: Running, *texts: str, **said: Any) -> list[dict[str, Any]]:
    """Sends them one after the other; returns the answers."""
    said.setdefault("outcome", "no")
    said.setdefault("language", "nl")
    return [(await run.send(text=text, **said)).json() for text in texts]


async def stored(run: Running, query: str = "") -> list[dict[str, Any]]:
    """What the collector holds, newest first."""
    found: list[dict[str, Any]] = (await run.client.get(f"/api/submissions{query}", headers=run.bearer())).json()[
        "items"
    ]
    return found


async def joined(run: Running, name: str, office: str, role: str = "editor") -> str:
    """The secret of the session of a member who was invited and has joined."""
    body = {"email": f"{name.split()[0].lower()}@town.example", "name": name, "office": office, "role": role}
    invited = await run.client.post("/api/members", json=body, headers=run.bearer("admin"))
    assert invited.status_code == 201, invited.text
    taken = {"invitation": invited.json()["url"].split("#")[1], "password": "a long enough password"}
    answer = await run.client.post("/api/members/join", json=taken)
    assert answer.status_code == 204, answer.text
    run.client.cookies.clear()
    return answer.headers["set-cookie"].split(";")[0].removeprefix("tijdens=")


async def themed(run: Running, name: str, *ids: int, decision: str | None = None) -> int:
    """The id of a theme with these voices in it."""
    body = {"name": {"nl": name, "fr": f"{name} (fr)", "en": name}, "submissions": ids, "decision": decision}
    made = await run.client.post("/api/themes", json=body, headers=run.bearer())
    assert made.status_code == 201, made.text
    return int(made.json()["id"])
