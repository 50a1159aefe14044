"""`doctor URL`: what is missing for the widget on a page, in sentences."""

from __future__ import annotations

import sys
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha384
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import click
import httpx2

from collector.commands.policy import allows, directives

PAGE_BYTES = 2_000_000
SECONDS = 10.0


@dataclass
class Seen:
    """What stands in the page: its language, policies in meta tags, the widget's tags and scripts."""

    language: str = ""
    policies: list[str] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    scripts: list[dict[str, str]] = field(default_factory=list)
    links_inside: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.seen.language = given.get("lang", "")
        elif tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            self.seen.policies.append(given.get("content", ""))
        elif tag == "script" and given.get("src", "").split("?")[0].endswith("/tijdens.js"):
            self.seen.scripts.append(given)
        elif tag == "tijdens-feedback":
            self.seen.tags.append(given)
            self._inside = True
        elif tag == "a" and self._inside:
            self.seen.links_inside += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "tijdens-feedback":
            self._inside = False


def read_page(html: str) -> Seen:
    reader = _Reader()
    reader.feed(html)
    return reader.seen


class Findings:
    """Lines for people; `wrong` counts what must be mended."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.wrong = 0

    def ok(self, text: str) -> None:
        self.lines.append(f"ok       {text}")

    def mend(self, text: str) -> None:
        self.wrong += 1
        self.lines.append(f"missing  {text}")

    def advise(self, text: str) -> None:
        self.lines.append(f"advice   {text}")


def examine(url: str) -> Findings:
    """Looks at the page, its policy, the script and the collector. Never raises for what is found there."""
    found = Findings()
    with httpx2.Client(timeout=SECONDS, follow_redirects=True, trust_env=False) as client:
        try:
            page = client.get(url)
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            found.mend(f"the page cannot be fetched ({type(error).__name__}): check the address")
            return found
        if page.status_code != 200:
            found.mend(f"the page answers {page.status_code}: check the address")
            return found
        seen = read_page(page.text[:PAGE_BYTES])
        _page(found, seen)
        if not seen.tags:
            return found
        script = seen.scripts[0] if seen.scripts else {}
        source = urljoin(str(page.url), script.get("src", "")) if script else ""
        collector = seen.tags[0].get("collector") or (_origin(source) if source else "")
        if source:
            _script(found, client, script, source)
        policies = [*page.headers.get_list("content-security-policy"), *seen.policies]
        _policy(found, policies, str(page.url), source, collector, script.get("nonce", ""))
        if collector:
            _collector(found, client, collector.rstrip("/"), seen, str(page.url))
    return found


def _page(found: Findings, seen: Seen) -> None:
    if not seen.tags:
        found.mend("there is no <tijdens-feedback> tag: paste the snippet that `placement create` prints")
        return
    tag = seen.tags[0]
    found.ok("the tag is there")
    if not tag.get("placement"):
        found.mend('the tag has no placement="…"')
    if not seen.scripts:
        found.mend("the script …/tijdens.js is not there: paste the whole snippet")
    if not seen.links_inside:
        found.mend("there is no link inside the tag: people without JavaScript find nothing")
    if not (tag.get("lang") or seen.language):
        found.mend('neither <html> nor the tag says a language: add lang="nl" (or yours)')


def _script(found: Findings, client: httpx2.Client, script: dict[str, str], source: str) -> None:
    if script.get("type") != "module":
        found.mend('the script needs type="module"')
    try:
        answer = client.get(source)
    except httpx2.HTTPError:
        found.mend(f"the script cannot be fetched from {_origin(source)}")
        return
    if answer.status_code != 200:
        found.mend(f"the script answers {answer.status_code}: check its address")
        return
    real = "sha384-" + b64encode(sha384(answer.content).digest()).decode()
    pinned = script.get("integrity", "")
    if not pinned:
        found.advise(f'the script is not pinned: add integrity="{real}" crossorigin="anonymous"')
    elif real not in pinned.split():
        found.mend(f'the integrity does not fit the file, so browsers refuse it: write integrity="{real}"')
    else:
        found.ok("the script is there and pinned")


def _policy(found: Findings, policies: list[str], page: str, source: str, collector: str, nonce: str) -> None:
    if not policies:
        found.ok("no content policy stands in the way")
        return
    missing = []
    for header in policies:
        policy = directives(header)
        if source and not allows(policy, "script-src-elem", source, page, nonce=nonce):
            missing.append(f"script-src {_origin(source)}")
        if collector and not allows(policy, "connect-src", collector.rstrip("/") + "/api/submissions", page):
            missing.append(f"connect-src {_origin(collector)}")
    for line in dict.fromkeys(missing):
        found.mend(f"add `{line}` to your policy")
    if not missing:
        found.ok("the content policy allows it")


def _collector(found: Findings, client: httpx2.Client, collector: str, seen: Seen, page: str) -> None:
    key = seen.tags[0].get("placement", "")
    try:
        answer = client.get(f"{collector}/api/placements/{key}")
        # nothing is said in it, so nothing is stored; whether the origin may send is looked at before that
        nothing = {"placement": key, "key": "asked-by-doctor"}
        tried = client.post(f"{collector}/api/submissions", json=nothing, headers={"origin": _origin(page)})
    except (httpx2.HTTPError, httpx2.InvalidURL):
        found.mend(f"the collector at {collector} cannot be reached")
        return
    if answer.status_code != 200:
        found.mend(f"the collector does not know the placement {key!r}")
        return
    placement: dict[str, Any] = answer.json()
    if not placement["live"]:
        found.mend(
            "the placement is not live: its agency needs a contact point without internet and one without hearing"
        )
    else:
        found.ok("the placement is live")
    if tried.headers.get("content-type") == "application/problem+json" and tried.json()["type"] == "/problems/origin":
        found.mend(f"the placement does not list {_origin(page)}: add it with --origin")
    else:
        found.ok("this site may send")
    language = (seen.tags[0].get("lang") or seen.language)[:2].lower()
    if language and language not in placement["languages"]:
        found.advise(f"the page is in {language!r} and the placement asks in {', '.join(placement['languages'])}")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@click.command()
@click.argument("url")
def doctor(url: str) -> None:
    """Say what is missing for the widget on the page at URL."""
    found = examine(url)
    for line in found.lines:
        click.echo(line)
    if found.wrong:
        sys.exit(1)
