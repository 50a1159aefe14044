"""Saved views: a filter with a name, for oneself or the team, each with how many it holds."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from collector.saved_view import A_HOLDER
from tests.endpoints.test_members import invited, join
from tests.start import Running


async def save(run: Running, role: str, name: str, shared: bool = False, **asked: str) -> Any:
    body = {"name": name, "filter": asked, "shared": shared}
    return await run.client.post("/api/views", json=body, headers=run.bearer(role))


async def seen(run: Running, role: str) -> dict[str, tuple[bool, int]]:
    items = (await run.client.get("/api/views", headers=run.bearer(role))).json()["items"]
    return {one["name"]: (one["mine"], one["number"]) for one in items}


async def test_each_sees_her_own_and_the_teams_with_how_many_they_hold(run: Running) -> None:
    made = await save(run, "editor", "Unread in Dutch", shared=True, status="new", language="nl", words="1")
    assert made.status_code == 201 and made.json()["filter"] == {"status": "new", "language": "nl", "words": "1"}
    await save(run, "editor", "Mine alone", q="kade")
    await save(run, "viewer", "Only to look", outcome="no")
    await run.send(text="De kade is te smal.", language="nl")
    await run.send(text="Le quai est étroit.", language="fr", outcome="no")
    store = run.app.parts.store
    assert await asyncio.to_thread(store.engine.index.wait_for, await store.changes.last(), 10)
    assert await seen(run, "editor") == {"Unread in Dutch": (True, 1), "Mine alone": (True, 1)}
    assert await seen(run, "viewer") == {"Unread in Dutch": (False, 1), "Only to look": (True, 1)}
    listed = await run.client.get("/api/submissions?status=new&language=nl&words=1", headers=run.bearer())
    assert len(listed.json()["items"]) == 1, "the number is that of the list"


@pytest.mark.parametrize(
    ("role", "name", "shared", "asked", "status"),
    [
        ("viewer", "For all", True, {"status": "new"}, 403),
        ("editor", "  ", False, {"status": "new"}, 422),
        ("editor", "x", False, {"status": "gone"}, 422),
        ("editor", "x", False, {"colour": "red"}, 422),
        ("editor", "x" * 200, False, {"status": "new"}, 422),
    ],
)
async def test_what_is_no_view_is_not_kept(
    run: Running, role: str, name: str, shared: bool, asked: dict[str, str], status: int
) -> None:
    refused = await save(run, role, name, shared, **asked)
    assert refused.status_code == status
    assert await seen(run, role) == {}


async def test_there_is_an_end_to_how_many_one_keeps(run: Running) -> None:
    for number in range(A_HOLDER):
        assert (await save(run, "editor", f"View {number}", status="new")).status_code == 201
    refused = await save(run, "editor", "One more", status="new")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too_many")
    assert (await save(run, "admin", "Another's", status="new")).status_code == 201


async def test_only_whoever_made_it_or_an_admin_lets_it_go(run: Running) -> None:
    shared = (await save(run, "editor", "Shared", shared=True, status="new")).json()["id"]
    own = (await save(run, "editor", "Own", status="new")).json()["id"]

    async def drop(role: str, id_: int) -> int:
        status: int = (await run.client.delete(f"/api/views/{id_}", headers=run.bearer(role))).status_code
        return status

    assert (await drop("viewer", shared), await drop("viewer", own), await drop("admin", own)) == (403, 404, 404)
    assert (await drop("admin", shared), await drop("editor", own), await drop("editor", own)) == (204, 204, 404)


async def choose(run: Running, headers: dict[str, str], id_: int, **said: Any) -> Any:
    return await run.client.put(f"/api/views/{id_}/alert", json=said, headers=headers)


async def test_each_member_chooses_how_she_is_told_and_those_who_manage_for_programs(run: Running) -> None:
    id_ = (await save(run, "editor", "Shared", shared=True, status="new")).json()["id"]
    own = (await save(run, "editor", "Own", status="new")).json()["id"]
    joined = await join(run, await invited(run))
    run.client.cookies.clear()
    cookie = {"cookie": joined.headers["set-cookie"].split(";")[0]}
    listed = (await run.client.get("/api/views", headers=cookie)).json()
    assert (listed["mail"], [(one["alert"], one["hook"]) for one in listed["items"]]) == (False, [(None, None)])
    chosen = await choose(run, cookie, id_, rhythm="daily", unanswered=True, language="fr")
    assert chosen.json()["alert"] == {"rhythm": "daily", "unanswered": True, "language": "fr"}
    assert (await choose(run, cookie, own, rhythm="daily")).status_code == 404, "a view that she does not see"
    assert (await choose(run, run.bearer("editor"), id_, rhythm="daily")).status_code == 403, "a token reads no mail"
    assert (await choose(run, run.bearer("editor"), id_, rhythm="daily", way="hook")).status_code == 403
    assert (await choose(run, cookie, id_, rhythm="hourly")).status_code == 422
    by_hook = await choose(run, run.bearer("admin"), id_, rhythm="at_once", way="hook")
    assert (by_hook.json()["hook"]["rhythm"], by_hook.json()["alert"]) == ("at_once", None), "what she chose is hers"
    again = await choose(run, cookie, id_, rhythm="weekly", language="nl")
    assert again.json()["alert"] == {"rhythm": "weekly", "unanswered": False, "language": "nl"}
    ended = await choose(run, cookie, id_)
    assert (ended.json()["alert"], ended.json()["hook"]["rhythm"]) == (None, "at_once")
    await choose(run, cookie, id_, rhythm="daily")
    assert (await run.client.delete(f"/api/views/{id_}", headers=run.bearer("editor"))).status_code == 204
    assert (await run.client.get("/api/views", headers=cookie)).json()["items"] == []
