"""`doctor URL`: what is missing for the widget on a page, in sentences."""

from __future__ import annotations

import sys
from base64 import b64encode
from hashlib import new as new_hash
from urllib.parse import quote, urljoin

import click
import httpx2
import msgspec

from collector.commands.fetched import Fetched, Unreachable, client, fetched
from collector.commands.host_page import Attributes, HostPage, Tag, read_page
from collector.commands.policy import (
    Policy,
    allows,
    directives,
    governing,
    in_headers,
    is_strict_dynamic,
    origin_of,
    whole_line,
)
from collector.contact_point import ContactPoint, missing_ways

SCRIPTS = ("text/javascript", "application/javascript", "application/x-javascript", "application/ecmascript")
ALGORITHMS = ("sha512", "sha384", "sha256")  # browsers heed only the strongest of an integrity attribute
WAYS = {
    "without_internet": "one that works without internet (--phone, --counter or --post)",
    "without_hearing": "one that works without hearing (--counter, --post, --video or --chat)",
}


class Findings:
    """Lines for people; `wrong` counts what must be mended."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.wrong = 0

    def ok(self, text: str) -> None:
        self._add("ok", text)

    def mend(self, text: str) -> None:
        if self._add("missing", text):
            self.wrong += 1

    def advise(self, text: str) -> None:
        self._add("advice", text)

    def _add(self, kind: str, text: str) -> bool:
        line = f"{kind:<8} {text}"
        fresh = line not in self.lines
        if fresh:
            self.lines.append(line)
        return fresh


class Document(msgspec.Struct):
    """What of a placement's public document says whether it works."""

    languages: tuple[str, ...]
    live: bool
    contact_points: tuple[ContactPoint, ...]


class Problem(msgspec.Struct):
    """What of a refusal says which one it is."""

    type: str = ""


def examine(url: str) -> Findings:
    """Looks at the page, its policy, the script and the collector. Never raises for what is found there."""
    found = Findings()
    with client() as asks:
        try:
            page = fetched(asks, "GET", url, headers={"accept": "text/html"})
        except Unreachable as error:
            found.mend(f"the page cannot be fetched: {error}")
            return found
        if page.status != 200:
            found.mend(f"the page answers {page.status}: check the address")
            return found
        if page.media not in ("text/html", "application/xhtml+xml"):
            found.mend(f"this is no page: its type is {page.media or 'not said'}")
            return found
        if not page.whole:
            found.advise("the page is larger than 2 MB: only its beginning was looked at")
        _Examination(asks, found, page, read_page(page.text)).run()
    return found


class _Examination:
    """One page, looked at from all sides."""

    def __init__(self, asks: httpx2.Client, found: Findings, page: Fetched, seen: HostPage) -> None:
        self._asks, self._found, self._page, self._seen = asks, found, page, seen
        self._origin = origin_of(page.url)

    def run(self) -> None:
        seen, found = self._seen, self._found
        if not seen.tags:
            found.mend("there is no <tijdens-feedback> tag: paste the snippet that `placement create` prints")
            return
        if seen.language:
            found.ok(f"the page says its language: {seen.language}")
        else:
            found.mend('<html> says no language: write <html lang="nl"> (or yours), for screen readers too')
        script, source = self._script()
        for tag in seen.tags:
            self._tag(tag)
            try:
                collector = tag.attributes.get("collector", "").strip().rstrip("/") or (
                    origin_of(source) if source else ""
                )
                if collector:
                    origin_of(collector)
            except ValueError:
                found.mend(f'collector="{tag.attributes.get("collector")}" is no address: write https://… there')
                continue
            self._policies(script, source, collector)
            if collector and tag.placement:
                self._collector(tag, collector)

    def _tag(self, tag: Tag) -> None:
        if tag.placement:
            self._found.ok(f"the tag is there, for the placement {tag.placement}")
        else:
            self._found.mend('the tag says no placement: write placement="…"')
        if tag.linked:
            self._found.ok("a link stands inside the tag, for people without JavaScript")
        else:
            self._found.mend('there is no link inside the tag, for people without JavaScript: <a href="…/f/…">…</a>')

    def _script(self) -> tuple[Attributes, str]:
        """The script tag and the address that its file came from at last; empty when there is none."""
        found = self._found
        if not self._seen.scripts:
            found.mend("the script …/tijdens.js is not there: paste the whole snippet")
            return {}, ""
        script = self._seen.scripts[0]
        if script.get("type", "").strip().lower() != "module":
            found.mend('the script needs type="module"')
        try:
            source = urljoin(urljoin(self._page.url, self._seen.base), script["src"].strip())
            origin_of(source)
        except ValueError:
            found.mend(f'src="{script["src"]}" is no address')
            return script, ""
        if self._page.url.startswith("https:") and self._blocked_as_plain(source):
            found.mend(f"the page is https and the script is not: browsers refuse {source}")
        try:
            answer = fetched(self._asks, "GET", source, headers={"origin": self._origin})
        except Unreachable as error:
            found.mend(f"the script cannot be fetched from {origin_of(source)}: {error}")
            return script, source
        if answer.status != 200:
            found.mend(f"the script answers {answer.status}: check its address, {source}")
            return script, source
        self._file(answer, script, moved=answer.url != source)
        script = script | {"tijdens-first": source}
        return script, answer.url

    def _file(self, answer: Fetched, script: Attributes, *, moved: bool) -> None:
        found = self._found
        if answer.media not in SCRIPTS:
            found.mend(f"the script's type is {answer.media or 'not said'}: browsers want text/javascript")
        if origin_of(answer.url) != self._origin and not answer.readable_from(self._origin):
            found.mend("the script's host does not send Access-Control-Allow-Origin: a module from elsewhere needs it")
        real = _hashed("sha384", answer.body)
        pinned = script.get("integrity", "").split()
        strongest = next((name for name in ALGORITHMS if any(one.startswith(f"{name}-") for one in pinned)), None)
        if strongest is None:
            found.advise(
                f'the script is not pinned: write src="{answer.url}" integrity="{real}" crossorigin="anonymous"'
            )
        elif not any(one.split("?")[0] == _hashed(strongest, answer.body) for one in pinned):
            found.mend(f'the integrity does not fit the file, so browsers refuse it: write integrity="{real}"')
        elif moved:
            found.advise(f"the script is pinned at an address that moves on: write src={answer.url} instead")
        else:
            found.ok("the script is there, and pinned")

    def _policies(self, script: Attributes, source: str, collector: str) -> None:
        found, headers = self._found, self._page.headers
        enforced = in_headers(headers.get_list("content-security-policy"))
        enforced += [directives(one) for one in self._seen.policies]
        before = found.wrong
        for policy in enforced:
            for sentence in self._stopped_by(policy, script, source, collector):
                found.mend(sentence)
        if found.wrong == before:
            found.ok("the content policy allows it" if enforced else "no content policy stands in the way")
        for policy in in_headers(headers.get_list("content-security-policy-report-only")):
            for sentence in self._stopped_by(policy, script, source, collector):
                found.advise(f"a policy that only reports so far would stop it: {sentence}")

    def _stopped_by(self, policy: Policy, script: Attributes, source: str, collector: str) -> list[str]:
        """The lines to add so that this one policy lets the widget work."""
        sentences, page = [], self._page.url
        if "sandbox" in policy and "allow-scripts" not in [flag.lower() for flag in policy["sandbox"]]:
            sentences.append("add `allow-scripts` to the `sandbox` of your policy")
        nonce = script.get("nonce", "")
        # the first file answers for itself; what it loads later inherits the nonce and not the integrity
        first = script.get("tijdens-first", source)
        rest = urljoin(source, "more.js")
        if source and not (
            allows(policy, "script-src-elem", first, page, nonce=nonce, integrity=script.get("integrity", ""))
            and allows(policy, "script-src-elem", rest, page, nonce=nonce)
        ):
            if is_strict_dynamic(policy[governing(policy, "script-src-elem") or ""]):
                sentences.append('give the script tag the nonce of your policy: <script nonce="…" type="module" …>')
            else:
                sentences.append(_line(policy, "script-src-elem", origin_of(source)))
        asked = {collector: f"{collector}/api/submissions", source: urljoin(source, "messages/nl.json")}
        for where, address in asked.items():
            if where and not allows(policy, "connect-src", address, page):
                sentences.append(_line(policy, "connect-src", origin_of(where)))
        return list(dict.fromkeys(sentences))

    def _collector(self, tag: Tag, collector: str) -> None:
        found, key = self._found, tag.placement
        if self._page.url.startswith("https:") and self._blocked_as_plain(collector):
            found.mend(f"the page is https and the collector is not: browsers refuse {collector}")
        headers = {"origin": self._origin}
        # nothing is said in it, so nothing is stored; whether the origin may send is looked at before that. A preflight
        # would not do: it does not say for which placement
        nothing = {"placement": key, "key": "asked-by-doctor"}
        try:
            answer = fetched(self._asks, "GET", f"{collector}/api/placements/{quote(key, safe='')}", headers=headers)
            tried = fetched(self._asks, "POST", f"{collector}/api/submissions", json=nothing, headers=headers)
        except Unreachable as error:
            found.mend(f"the collector at {collector} cannot be reached: {error}")
            return
        problem = _problem(answer)
        if problem == "placement":
            found.mend(f"the collector at {collector} does not know the placement {key}")
            return
        try:
            document = msgspec.json.decode(answer.body, type=Document) if answer.status == 200 else None
        except msgspec.DecodeError:
            document = None
        if document is None:
            found.mend(f"what answers at {collector} (with {answer.status}) is no Tijdens collector: check collector=…")
            return
        self._placement(document, tag)
        if _problem(tried) == "origin":
            found.mend(f"the placement {key} does not list {self._origin}: add it with --origin")
        elif tried.status >= 500 or not (_problem(tried) or tried.status in (200, 201)):
            found.mend(f"the collector answers {tried.status} to what people send")
        elif self._origin != origin_of(collector) and not (
            tried.readable_from(self._origin) and answer.readable_from(self._origin)
        ):
            found.mend("something between the page and the collector takes Access-Control-Allow-Origin away")
        else:
            found.ok(f"pages of {self._origin} may send")

    def _placement(self, document: Document, tag: Tag) -> None:
        found, key = self._found, tag.placement
        if document.live:
            found.ok(f"the placement {key} is live")
        else:
            ways = " and ".join(WAYS[way] for way in missing_ways(document.contact_points))
            why = f": its agency needs a contact point, {ways}; see `contact create`" if ways else ""
            found.mend(f"the placement {key} is not live{why}")
        language = (tag.attributes.get("lang", "").strip() or self._seen.language)[:2].lower()
        if language in document.languages:
            found.ok(f"the placement asks in the page's language, {language}")
        elif language:
            offered = ", ".join(document.languages)
            found.advise(f"the page is in {language} and the placement asks in {offered}: it will ask in the first")

    def _blocked_as_plain(self, url: str) -> bool:
        return url.startswith("http:") and not any(
            origin_of(url).removeprefix("http://").split(":")[0] == name for name in ("localhost", "127.0.0.1")
        )


def _line(policy: Policy, name: str, origin: str) -> str:
    shown = name.removesuffix("-elem")
    whole = whole_line(policy, name, origin)
    said = f"add `{shown} {origin}` to your policy"
    return said if whole == f"{shown} {origin}" else f"{said}; the whole line: `{whole}`"


def _hashed(algorithm: str, content: bytes) -> str:
    return f"{algorithm}-{b64encode(new_hash(algorithm, content).digest()).decode()}"


def _problem(answer: Fetched) -> str:
    """The code of a problem document; empty for anything else."""
    if answer.media != "application/problem+json":
        return ""
    try:
        return msgspec.json.decode(answer.body, type=Problem).type.rsplit("/", 1)[-1]
    except msgspec.DecodeError:
        return ""


@click.command()
@click.argument("url")
def doctor(url: str) -> None:
    """Say what is missing for the widget on the page at URL."""
    found = examine(url)
    for line in found.lines:
        click.echo(line)
    if found.wrong:
        sys.exit(1)
