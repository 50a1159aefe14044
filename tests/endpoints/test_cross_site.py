"""What another site's page can make a browser send changes nothing here; and what may be read from elsewhere is named."""

from __future__ import annotations

import asyncio
import http.client
import re

import pytest
from starlette.routing import Route
from websockets.exceptions import InvalidStatus

from collector.endpoints import live
from tests.pages.test_nothing_told import addresses
from tests.start import ORIGIN, Running
from tests.town import Town

EVIL = "https://evil.example"


async def cookie_of(run: Running, role: str = "admin") -> str:
    entered = await run.client.post("/api/session", json={"token": run.tokens[role]})
    run.client.cookies.clear()
    return entered.headers["set-cookie"].split(";")[0]


async def test_a_cookie_writes_nothing_for_another_sites_page_in_any_operation(run: Running) -> None:
    cookie, tried = await cookie_of(run), 0
    for route in run.app.router.routes:
        operation = getattr(getattr(route, "endpoint", None), "operation", None)
        if not isinstance(route, Route) or operation is None or operation.need is None:
            continue
        for method in (route.methods or set()) - {"GET", "HEAD"}:
            url = re.sub(r"{\w+}", "1", route.path)
            for foreign in ({"origin": EVIL}, {"origin": "null"}, {"origin": ORIGIN}, {"sec-fetch-site": "cross-site"},
                            {"sec-fetch-site": "same-site"}):  # fmt: skip
                body = {"content": "{}", "headers": {"cookie": cookie, "content-type": "text/plain", **foreign}}
                refused = await run.client.request(method, url, **body)  # type: ignore[arg-type]
                assert (refused.status_code, refused.json()["type"]) == (403, "/problems/origin"), (
                    method,
                    url,
                    foreign,
                )
                tried += 1
    assert tried > 100


async def test_no_answer_opens_itself_to_every_page_together_with_credentials(run: Running) -> None:
    await Town(run.app.parts.store, run.app.parts.now()).street()
    cookie = await cookie_of(run)
    asked = [
        *addresses(run, "school-street"),
        "/api/me",
        "/api/submissions",
        "/api/export.csv",
        "/dashboard",
        "/metrics",
    ]
    for path in asked:
        answer = await run.client.get(path, headers={"origin": EVIL, "cookie": cookie})
        assert "access-control-allow-credentials" not in answer.headers, path
        if "access-control-allow-origin" in answer.headers:
            assert answer.headers["access-control-allow-origin"] == "*", path
        else:
            assert answer.headers["cross-origin-resource-policy"] == "same-origin", path


async def test_every_page_has_the_policy_that_lets_nothing_in(run: Running) -> None:
    await Town(run.app.parts.store, run.app.parts.now()).street()
    pages = 0
    for path in (*addresses(run, "school-street"), "/dashboard", "/paper/page", "/poster/page", "/join"):
        answer = await run.client.get(path, headers={"accept": "text/html"})
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        pages += 1
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
        assert (policy["default-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'",) * 3, path
        assert policy["script-src"] in ("'self'", "'none'") and policy["style-src"] == "'self'", path
        assert policy["form-action"] in ("'self'", "'none'"), path
        assert (policy["require-trusted-types-for"], policy["trusted-types"]) == ("'script'", "'none'"), path
        for name, value in (
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        ):
            assert answer.headers.get_list(name) == [value], (path, name)
    assert pages > 12


async def test_signing_in_gives_a_new_session_whatever_cookie_came_with_it(run: Running) -> None:
    first = await cookie_of(run)
    entered = await run.client.post(
        "/api/session", json={"token": run.tokens["viewer"]}, headers={"cookie": first, "origin": run.url}
    )
    second = entered.headers["set-cookie"].split(";")[0]
    assert second != first
    planted = {"cookie": first.partition("=")[0] + "=" + "a" * 43, "origin": run.url}
    entered = await run.client.post("/api/session", json={"token": run.tokens["viewer"]}, headers=planted)
    assert entered.headers["set-cookie"].split(";")[0] not in (first, second, planted["cookie"])
    run.client.cookies.clear()
    assert (await run.client.get("/api/me", headers=planted)).status_code == 401


@pytest.mark.parametrize("folder", ["/assets/pages/", "/assets/dashboard/", "/widget/v1/", "/widget/1.0.0/"])
async def test_no_path_leads_out_of_the_folder_that_is_served(run: Running, folder: str) -> None:
    port = int(run.url.rpartition(":")[2])
    for path in ("../../app.py", "..%2f..%2fapp.py", "..%5c..%5capp.py", "%2e%2e/%2e%2e/app.py", "/etc/passwd",
                 "//etc/passwd", "%00", "pages.css%00.js", "....//app.py", "released/../versions.json"):  # fmt: skip
        # as it stands there: a client of a library would tidy it up first
        status, body = await _raw(port, folder + path)
        assert status in (302, 400, 404), (folder, path)
        assert b"def create_app" not in body and b"root:" not in body, (folder, path)


async def _raw(port: int, path: str) -> tuple[int, bytes]:
    def ask() -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    return await asyncio.to_thread(ask)


@pytest.mark.parametrize(
    "typed", ['"', '""', "*", "a*", "-x", "NEAR(a b)", "a AND", "OR", "(", "a:b", "text:a", "^a", "{a b}", "+", "'; drop", "\\"]
)  # fmt: skip
async def test_what_is_an_operator_elsewhere_is_searched_for_as_words(run: Running, typed: str) -> None:
    answer = await run.client.get("/api/submissions", params={"q": typed}, headers=run.bearer())
    assert answer.status_code == 200 and answer.json()["items"] == []


async def test_one_token_opens_no_more_sockets_than_it_may(run: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SOCKETS_A_TOKEN", 2)
    async with run.live() as one, run.live() as two:
        await one.recv()
        await two.recv()
        with pytest.raises(InvalidStatus) as refused:
            async with run.live():
                pass
        assert refused.value.response.status_code == 503
        async with run.live(role="viewer") as other:  # another's is another's
            await other.recv()
    async with run.live() as again:
        await again.recv()
