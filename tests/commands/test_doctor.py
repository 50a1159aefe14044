"""`doctor` says what is missing, in a line one can paste."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from collector import WIDGET_VERSION
from collector.commands.doctor import Findings, examine
from collector.endpoints.assets import Assets
from tests.threaded import Threaded, threaded


class Host:
    """A page on another port; `html` and `headers` are what it answers."""

    def __init__(self) -> None:
        self.html, self.headers = "", {"content-type": "text/html"}
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                for name, value in host.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(host.html.encode())

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def host() -> Iterator[Host]:
    found = Host()
    thread = threading.Thread(target=found.server.serve_forever)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


@pytest.fixture
def product(tmp_path: Path, host: Host) -> Iterator[Threaded]:
    with threaded(tmp_path) as started:
        agencies = started.run.app.parts.store.agencies
        making = agencies.create_placement(agencies.by_key("town"), "listed", origins=[host.url], now=1)
        asyncio.run_coroutine_threadsafe(making, started.loop).result(10)
        yield started


def page(product: Threaded, placement: str, *, script: str = "", lang: str = 'lang="nl"') -> str:
    integrity = Assets("widget").integrity("tijdens.js")
    script = (
        script
        or f'<script type="module" src="{product.url}/widget/{WIDGET_VERSION}/tijdens.js" integrity="{integrity}"></script>'
    )
    return (
        f'<html {lang}>{script}<tijdens-feedback placement="{placement}" collector="{product.url}">'
        f'<a href="{product.url}/f/{placement}">Zeg het ons</a></tijdens-feedback></html>'
    )


def said(found: Findings) -> str:
    return "\n".join(found.lines)


def test_a_page_that_has_everything_is_fine(host: Host, product: Threaded) -> None:
    host.html = page(product, "listed")
    found = examine(host.url)
    assert found.wrong == 0, said(found)


def test_what_is_missing_is_said_with_the_line_to_add(host: Host, product: Threaded) -> None:
    host.html = page(product, "page")
    host.headers["content-security-policy"] = "default-src 'self'"
    lines = said(examine(host.url))
    assert f"add `connect-src {product.url}` to your policy" in lines
    assert f"add `script-src {product.url}` to your policy" in lines
    assert f"does not list {host.url}" in lines


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<html lang=nl><p>niets</p>", "there is no <tijdens-feedback> tag"),
        ('<tijdens-feedback placement="listed"></tijdens-feedback>', "the script …/tijdens.js is not there"),
        ('<tijdens-feedback placement="listed"></tijdens-feedback>', "there is no link inside the tag"),
        ('<tijdens-feedback placement="listed"></tijdens-feedback>', "says a language"),
    ],
)
def test_pages_that_lack_something(host: Host, product: Threaded, html: str, sentence: str) -> None:
    host.html = html
    found = examine(host.url)
    assert sentence in said(found) and found.wrong


def test_a_wrong_hash_is_told_with_the_right_one(host: Host, product: Threaded) -> None:
    script = f'<script type="module" src="{product.url}/widget/{WIDGET_VERSION}/tijdens.js" integrity="sha384-wrong"></script>'
    host.html = page(product, "listed", script=script)
    assert Assets("widget").integrity("tijdens.js") in said(examine(host.url))


def test_a_page_that_cannot_be_fetched_is_a_sentence(product: Threaded) -> None:
    assert "cannot be fetched" in said(examine("http://127.0.0.1:9/"))
    assert "cannot be fetched" in said(examine("no address"))
