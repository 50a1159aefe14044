"""Whatever somebody writes into whatever field stays words: markup, formulas, headers and characters that nobody sees, in every
free text that the OpenAPI document names, then looked at in every page, list, export, stream and letter."""

from __future__ import annotations

import asyncio
import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import httpx2
import msgspec
import pytest

from collector.inclusion import QUESTIONS
from collector.live.mail import Mail
from collector.live.morning import MorningPost
from collector.morning import is_time
from collector.pages.letter import Letters
from collector.receipt import Keys
from collector.words import Words
from tests.endpoints.test_counter import sheet
from tests.endpoints.test_inclusion import TEST as INCLUSION
from tests.endpoints.test_installation import operator
from tests.endpoints.test_members import join
from tests.endpoints.test_offers import Two
from tests.endpoints.test_roles import _ids
from tests.live.mailbox import mailbox
from tests.pages.test_nothing_told import addresses
from tests.start import SECRET, Running
from tests.town import Town

MARKUP = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)></textarea></title><!--"
    "<a href=javascript:alert(4)>x</a>{{7*7}}"
)
SHORT = "<img src=x onerror=alert(1)>"
UNSEEN = "\u202e\u2066\u200f\u200b\ufeff\x00\x07\x1b[31m\x9b\U000e0041\u00ad"
# what no reader sees and no output may hold
GONE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
HTML = {"accept": "text/html"}
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS

# free text by its type that is compared with something, or is never shown again; by operation and place
NO_WORDS = {
    "page": "the address of a page, cut to its path; attacked with a path",
    "proof": "compared with what was asked",
    "contact_point": "the key of one that is there",
    "origins[]": "put into the form that browsers send, or refused",
    "languages[]": "one of four",
    "required_languages[]": "one of four",
    "time_zone": "one of those that there are",
    "key": "letters, digits and dashes",
    "postcodes[]": "four digits",
    "placements[]": "the key of one that is there",
    "placement": "the key of one that is there",
    "decision": "the key of one that is there",
    "section": "the key of one that is there",
    "expected": "the key of one that is there",
    "agency": "the key of one that is there",
    "into": "the key of one that is there",
    "email": "an address, or refused",
    "phone": "digits, or refused",
    "video": "an address that begins with https, or refused",
    "chat": "an address that begins with https, or refused",
    "url": "an address that begins with https, or refused",
    "clips.*": "an address that begins with https, or refused",
    "patterns[]": "a path, or refused",
    "number": "the number of a printed sheet",
    "values[]": "of what there is to choose from",
    "filter.*": "of the filters that there are",
    "invitation": "a secret",
    "password": "a secret",
    "token": "a secret",
    "link": "a secret",
    "half": "a secret",
    "code": "a secret",
}


class Attack:
    """Hostile texts, each with a mark of its own by which it is found again. `put`: mark → operation and field."""

    def __init__(self) -> None:
        self.put: dict[str, str] = {}
        self.fields: set[str] = set()

    def text(self, where: str, markup: str) -> str:
        number = len(self.put)
        mark = "merk" + "".join("bcdfghjklm"[int(digit)] for digit in f"{number:04}")
        self.put[mark] = where
        return f"={mark}{UNSEEN}{markup}"

    def body(self, method: str, path: str, given: Any, at: str = "") -> Any:
        """`given` with a hostile text wherever it says `HOSTILE`."""
        if given in (HOSTILE, NAMED):
            self.fields.add(f"{method} {path} {at.lstrip('.')}")
            return self.text(f"{method} {path} {at.lstrip('.')}", MARKUP if given is HOSTILE else SHORT)
        if isinstance(given, list):
            return [self.body(method, path, one, at + "[]") for one in given]
        if not isinstance(given, dict):
            return given
        return {
            name: self.body(method, path, one, f"{at}.{'*' if name in ('nl', 'fr', *QUESTIONS) else name}")
            for name, one in given.items()
        }


HOSTILE: Any = object()
NAMED: Any = object()  # a name, which is short
BOTH = {"nl": HOSTILE, "fr": HOSTILE}
NAMES = {"nl": NAMED, "fr": NAMED}
FILE = {
    "title": BOTH, "open": BOTH, "gain": BOTH, "summary": BOTH, "owner": HOSTILE, "stance": "unknown", "stance_note": BOTH,
    "fixed": [{"text": BOTH, "because": BOTH}], "expected": [{"key": "one", "text": BOTH}], "subject": BOTH,
    "contact_point": "desk", "placements": ["page"],
}  # fmt: skip
POINT = {
    "name": NAMED, "counter": HOSTILE, "post": HOSTILE, "hours": HOSTILE, "languages": ["nl"], "subjects": [BOTH],
}  # fmt: skip
SAID = {"placement": "page", "text": HOSTILE, "language": "nl", "decision": "school-street"}


def free_texts(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(operation, field) of everything in a request that may be any text."""
    named = document["components"]["schemas"]

    def walk(schema: dict[str, Any], at: str, inside: tuple[str, ...]) -> Iterator[str]:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if name not in inside:
                yield from walk(named[name], at, (*inside, name))
            return
        for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
            yield from walk(one, at, inside)
        if schema.get("type") == "string" and not {"enum", "const", "pattern"} & schema.keys():
            yield at.lstrip(".")
        for name, one in schema.get("properties", {}).items():
            yield from walk(one, f"{at}.{name}", inside)
        for part, mark in (("additionalProperties", ".*"), ("items", "[]")):
            if isinstance(schema.get(part), dict):
                yield from walk(schema[part], at + mark, inside)

    for path, methods in document["paths"].items():
        for method, described in methods.items():
            if isinstance(described, dict) and "requestBody" in described:
                for field in walk(described["requestBody"]["content"]["application/json"]["schema"], "", ()):
                    yield f"{method.upper()} {path}", field


class Seen(HTMLParser):
    """What a browser would make of a page: whatever could run is in `dangers`."""

    def __init__(self) -> None:
        super().__init__()
        self.dangers: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and not given.get("src", "").startswith("/"):
            self.dangers.append(f"a script without a file of ours: {given}")
        if given.get("src") == "x" or tag in ("iframe", "object", "embed", "base"):
            self.dangers.append(f"{tag} {given}")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.dangers.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "formaction") and re.match(
                r"\s*(javascript|data|vbscript):", value, re.I
            ):
                self.dangers.append(f"{tag} {name}={value}")
            self.words.append(value)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(text: str, where: str) -> str:
    """All words of a page, after a look for what could run in it."""
    seen = Seen()
    seen.feed(text)
    seen.close()
    assert seen.dangers == [], (where, seen.dangers)
    words = "".join(seen.words)
    assert (found := GONE.search(words)) is None, (where, words[found.start() - 80 : found.end() + 10])
    return words


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings(list(value.items()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def data(text: str, where: str) -> str:
    """All words of a document, or of one a line, after a look for what nobody sees."""
    try:
        told = [json.loads(text)]
    except ValueError:
        told = [json.loads(line) for line in text.splitlines() if line]
    words = "\n".join(strings(told))
    assert (found := GONE.search(words)) is None, (where, words[found.start() - 80 : found.end() + 10])
    return words


def table(text: str, where: str) -> str:
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
    formulas = [cell for cell in cells if cell.startswith(FORMULA)]
    assert formulas == [], (where, formulas)
    assert not any(GONE.search(cell) for cell in cells), where
    return "\n".join(cells)


def spreadsheet(raw: bytes, where: str) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        parts = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xml")}
    words = []
    for name, root in parts.items():
        kinds = {node.tag.rpartition("}")[2] for node in root.iter()}
        assert not kinds & {"f", "hyperlink"}, (where, name)
        words += [node.text or "" for node in root.iter()]
    assert not any(GONE.search(one) for one in words), where
    return "\n".join(words)


def looked_at(answer: httpx2.Response, where: str) -> str:
    """The words of an answer, of whatever kind it is."""
    assert answer.status_code < 500, (where, answer.status_code)
    assert answer.headers["x-content-type-options"] == "nosniff", where
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind == "text/html":
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, (where, policy)
        return page(answer.text, where)
    if kind in ("application/json", "application/x-ndjson", "application/jsonl", "application/problem+json"):
        return data(answer.text, where)
    if kind == "text/csv":
        return table(answer.text, where)
    if kind.endswith("sheet"):
        return spreadsheet(answer.content, where)
    if kind == "application/atom+xml":
        return "\n".join(node.text or "" for node in ElementTree.fromstring(answer.text).iter())
    assert not re.search(r"<script>|onerror=", answer.text), (where, kind)
    return answer.text


def test_the_look_at_an_answer_is_not_blind() -> None:
    for markup in (MARKUP, SHORT, "<p onclick=x>", "<a href=' javascript:x'>", "<base href=//x>", UNSEEN):
        with pytest.raises(AssertionError):
            page(f"<p>{markup}</p>", "x")
    with pytest.raises(AssertionError):
        table("a,=1+1\n", "x")
    with pytest.raises(AssertionError):
        data(json.dumps({"a": [UNSEEN]}), "x")
    assert page(f"<p>{html.escape(MARKUP)}</p>", "x") == MARKUP


async def test_hostile_words_in_every_field_stay_words_wherever_they_are_shown(run: Running) -> None:
    town, attack = Town(run.app.parts.store, run.app.parts.now()), Attack()
    await town.street()
    ids = await _ids(run, town)
    admin = run.bearer("admin")

    async def put(
        method: str, path: str, given: dict[str, Any], headers: dict[str, str] | None = None, **named: Any
    ) -> Any:
        """What it was answered: each of the hostile texts is taken."""
        body = attack.body(method, path, given)
        answer = await run.client.request(method, path.format(**named), json=body, headers=headers or admin)
        assert answer.status_code in (200, 201, 204), (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    # who works here, under a name of her own choice
    inviting = {"email": "eva@town.example", "name": NAMED, "office": HOSTILE, "role": "admin"}
    secret = (await put("POST", "/api/members", inviting))["url"].partition("#")[2]
    joined = await join(run, secret)
    run.client.cookies.clear()
    eva = {"cookie": joined.headers["set-cookie"].split(";")[0], "origin": run.url}

    # citizens
    page_ = "https://www.town.example/<script>alert(1)</script>"
    sent = {
        **SAID,
        "key": "hostile-0001",
        "effect": "harder",
        "page": page_,
        "permissions": {"quote": True, "invite": True},
    }
    told = await put("POST", "/api/submissions", sent)
    voice = told["id"]
    mine = {"authorization": f"Receipt {told['receipt']}"}
    barrier = await put("POST", "/api/submissions", {"placement": "page", "key": "hostile-0002", "text": HOSTILE,
                                                     "barrier": "report"})  # fmt: skip
    await put("POST", "/api/receipt/messages", {"text": HOSTILE}, mine)
    await put("PATCH", "/api/receipt", {"text": HOSTILE}, {"authorization": f"Receipt {barrier['receipt']}"})
    await put("POST", "/api/counter", {**SAID, "key": "hostile-0003", "channel": "counter"})
    number, _ = await sheet(run)
    await put("POST", "/api/sheets", {**SAID, "number": number})

    # the team
    town_ = await put("PATCH", "/api/agency", {"revision": 1, "names": BOTH, "privacy_contact": HOSTILE})
    assert town_["revision"] == 2
    await put("POST", "/api/placements", {"key": "other", "origins": ["https://other.example"], "name": NAMED})
    shown = next(one for one in (await run.client.get("/api/placements", headers=admin)).json()["items"]
                 if one["key"] == "page")  # fmt: skip
    await put("PATCH", "/api/placements/{key}", {"revision": shown["revision"], "name": NAMED}, key="page")
    await put("PUT", "/api/placements/{key}/notice", {"text": BOTH, "until": None}, key="page")
    await put("POST", "/api/contact-points", POINT)
    point = (await run.client.post("/api/contact-points", json={"name": "x", "post": "x"}, headers=admin)).json()
    point = await put("PATCH", "/api/contact-points/{key}", {**POINT, "revision": point["point"].get("revision", 1)},
                      key=point["point"]["key"])  # fmt: skip
    await put("POST", "/api/devices", {"placement": "page", "name": NAMED})
    await put("POST", "/api/tokens", {"name": NAMED, "role": "viewer", "valid_days": 1})
    await put("POST", "/api/views", {"name": NAMED, "filter": {"status": "new"}, "shared": True}, eva)
    await put("POST", "/api/alarms/{id}/seen", {"done": HOSTILE}, eva, id=ids["alarms"])
    await put("POST", "/api/submissions/{id}/messages", {"text": HOSTILE, "kind": "question"}, eva, id=voice)
    day = {"day": town.day(9), "time": "10:00", "place": HOSTILE}
    await put("POST", "/api/submissions/{id}/messages", {"text": HOSTILE, "kind": "invitation", "invitation": day}, eva,
              id=voice)  # fmt: skip
    revision = (await run.client.get(f"/api/submissions/{voice}", headers=admin)).json()["revision"]
    weighing = {"weight": "health", "text": HOSTILE, "revision": revision}
    await put("POST", "/api/submissions/{id}/weighing", weighing, eva, id=voice)
    statement = {
        "scope": BOTH, "gaps": [{"what": BOTH, "instead": BOTH}], "measures": BOTH, "method": "third_party",
        "assessed_by": HOSTILE, "assessed_on": "2026-10-01",
        "enforcement": {"name": BOTH, "url": "https://ombudsman.example", "phone": NAMED},
    }  # fmt: skip
    await put("PUT", "/api/statement", {"revision": 0, "statement": statement, "publish": True})
    answers = dict.fromkeys(QUESTIONS, BOTH)
    await put("PUT", "/api/placements/{key}/inclusion", {"revision": 0, "answers": answers,
                                                         "steps": [{"step": NAMES, "way": NAMES}]}, key="page")  # fmt: skip
    signing = {"revision": 1, "verdict": "with", "note": BOTH, "name": NAMED, "organisation": HOSTILE}
    await put("POST", "/api/placements/{key}/inclusion/verdict", signing, key="page")
    published = await run.client.put(f"{INCLUSION}/published", json={"published": True}, headers=admin)
    assert published.status_code == 200

    for name in (NAMED, "x"):
        hook = {"name": name, "url": "https://hooks.invalid/x", "topics": ["work"]}
        hooked = await put("POST", "/api/hooks", hook)
    await put("PATCH", "/api/hooks/{id}", {"name": NAMED, "on": False}, id=hooked["hook"]["id"])
    await town.library()
    asked = await put("POST", "/api/submissions", {**SAID, "key": "hostile-0005", "decision": "library-hours"})
    question = await put("POST", "/api/decisions/{key}/asks", {"text": BOTH, "days": 1}, eva, key="library-hours")
    own = {"authorization": f"Receipt {asked['receipt']}"}
    await put("PUT", "/api/receipt/answer", {"ask": question["id"], "text": HOSTILE}, own)
    real = run.app.parts.now
    run.app.parts.now = lambda: real() + 3 * DAY_MS
    await run.app.parts.store.asks.tick(run.app.parts.now())
    heard = {"heard": BOTH, "revision": question["revision"] + 1}
    await put("PUT", "/api/asks/{id}/heard", heard, id=question["id"])
    run.app.parts.now = real

    # a decision, its text and what is answered to it
    phases = [{"phase": "drafting", "opens": town.day(-3), "closes": town.day(12), "question": BOTH}]
    file = {**FILE, "until": town.day(12), "phases": phases}
    await put("POST", "/api/decisions", {"key": "draft", "file": file}, eva)
    made = (await run.client.post("/api/decisions", json={"key": "hostile"}, headers=eva)).json()
    made = await put("PATCH", "/api/decisions/{key}", {"revision": made["revision"], **file}, eva, key="hostile")
    step = {"step": "publish", "revision": made["revision"]}
    made = (await run.client.post("/api/decisions/hostile/steps", json=step, headers=eva)).json()
    closing = [{**phases[0], "closes": town.day(13)}]
    changed = {"revision": made["revision"], "until": town.day(13), "phases": closing, "because": BOTH}
    made = await put("PATCH", "/api/decisions/{key}", changed, eva, key="hostile")
    for _ in range(2):
        text = {"revision": made["revision"], "sections": [{"key": "s1", "text": BOTH, "title": BOTH}], "note": BOTH}
        await put("POST", "/api/decisions/{key}/versions", text, eva, key="hostile")
        made = (await run.client.get("/api/decisions/hostile/work", headers=eva)).json()
    about = {"placement": "page", "key": "hostile-0004", "text": HOSTILE, "effect": "harder", "decision": "hostile",
             "section": "s1", "version": 2, "permissions": {"quote": True, "invite": False}}  # fmt: skip
    quoted = (await put("POST", "/api/submissions", about))["id"]
    waits = await put("POST", "/api/themes", {"name": BOTH, "decision": "hostile", "submissions": [quoted]}, eva)
    one = {"name": {"nl": "x", "fr": "x"}, "decision": "hostile", "submissions": [quoted]}
    theme = (await run.client.post("/api/themes", json=one, headers=eva)).json()
    theme = await put("PATCH", "/api/themes/{id}", {"revision": theme["revision"], "name": BOTH}, eva, id=theme["id"])
    await run.client.put(f"/api/themes/{theme['id']}/quotes/{quoted}", json={"quoted": True}, headers=eva)
    answer = {"themes": [theme["id"]], "outcome": "handed", "reason": BOTH, "office": HOSTILE, "did_not_know": BOTH,
              "handed_to": HOSTILE, "publish": False, "revision": None}  # fmt: skip
    await put("POST", "/api/responses", {**answer, "themes": [waits["id"]]}, eva)
    drafted = {**answer, "reason": {}, "did_not_know": {}, "office": "x", "handed_to": ""}
    response = (await run.client.post("/api/responses", json=drafted, headers=eva)).json()
    await put("PUT", "/api/responses/{id}", {**answer, "publish": True, "revision": response["revision"]}, eva,
              id=response["id"])  # fmt: skip
    versions = [
        (await run.client.get(f"/api/decisions/hostile/versions/{n}?language={code}")).json()["sections"][0]["text"][code]
        for n in (1, 2) for code in ("nl", "fr")
    ]  # fmt: skip
    linked = {"section": "s1", "version": 2, "themes": [theme["id"]],
              "before": {"nl": versions[0], "fr": versions[1]}, "after": {"nl": versions[2], "fr": versions[3]}}  # fmt: skip
    passage = await run.client.post("/api/decisions/hostile/passages", json=linked, headers=eva)
    assert passage.status_code in (200, 201), (passage.text, linked)
    found = [await letter(run, eva)]
    made = (await run.client.get("/api/decisions/hostile/work", headers=eva)).json()
    decided = {"step": "decided", "revision": made["revision"], "text": BOTH,
               "anyway": {"reason": BOTH, "sentence": BOTH}}  # fmt: skip
    await put("POST", "/api/decisions/{key}/steps", decided, eva, key="hostile")

    # between agencies, and for the installation
    village = (await Two.start(run)).village
    await put("POST", "/api/submissions/{id}/offer", {"agency": "village", "note": HOSTILE}, eva, id=voice)
    offer = (await run.client.get("/api/offers", headers=village)).json()["items"][0]["id"]
    found.append(looked_at(await run.client.get("/api/offers", headers=village), "/api/offers"))
    await put("POST", "/api/offers/{id}", {"take": False, "reason": HOSTILE}, village, id=offer)
    host = await operator(run)
    await put("POST", "/api/agencies", {"key": "harbour", "name": NAMED}, host)
    first = {"email": "jan@harbour.example", "name": NAMED, "office": NAMED}
    await put("POST", "/api/agencies/{key}/admin", first, host, key="harbour")
    harbour = run.app.parts.store.agencies.by_key("harbour")
    found.append(data(json.dumps([msgspec.to_builtins(one) for one in await run.app.parts.store.members.list(harbour.id)]),
                      "members of the harbour"))  # fmt: skip
    for path in ("/api/agencies", "/operator"):
        found.append(looked_at(await run.client.get(path, headers={**host, **HTML}), path))

    # every free text there is was tried, or is said to be none
    document = (await run.client.get("/openapi.json")).json()
    tried = {field.replace("[*]", "") for field in attack.fields} | {
        "POST /api/decisions/{key}/passages before.*",
        "POST /api/decisions/{key}/passages after.*",
        "PUT /api/passages/{id} before.*",
        "PUT /api/passages/{id} after.*",
    }  # fmt: skip  a passage is words of a version, or refused
    missing = [
        f"{operation} {field}"
        for operation, field in free_texts(document)
        if f"{operation} {field}" not in tried and not any(
            field == name or field.endswith(f".{name}") for name in NO_WORDS)
    ]  # fmt: skip
    assert missing == [], "free texts that nobody attacked: put them into this test, or say above why they are none"

    for path, headers in (
        ("/api/receipt", own),
        ("/d/library-hours?lang=nl", HTML),
        ("/d/library-hours?lang=fr", HTML),
    ):
        found.append(looked_at(await run.client.get(path, headers=headers), path))
    found += await everywhere(run, eva, mine)
    seen = {where for mark, where in attack.put.items() if any(mark in words for words in found)}
    assert set(attack.put.values()) - seen == SHOWN_NOWHERE, "stored, and this test does not look where it is shown"


SHOWN_NOWHERE = {
    "POST /api/alarms/{id}/seen done"
}  # said in the answer alone: an alarm that was seen is listed no more


async def everywhere(run: Running, eva: dict[str, str], mine: dict[str, str]) -> list[str]:
    """All words of all pages, lists, exports and streams there are."""
    found: list[str] = []

    async def look(path: str, headers: dict[str, str]) -> None:
        found.append(looked_at(await run.client.get(path, headers=headers), path))

    ids = await _numbers(run, eva)
    team = [
        (route.path, route.endpoint.operation)  # type: ignore[attr-defined]
        for route in run.app.router.routes
        if hasattr(getattr(route, "endpoint", None), "operation") and "GET" in (route.methods or ())  # type: ignore[attr-defined]
    ]
    paths = [
        path.format(id=one, key=key, version=1, submission=one)
        for path, operation in team if operation.need is not None and path != "/api/live"
        for one in (ids["submissions"] if "{id}" in path else [0])
        for key in (("hostile", "draft", "page") if "{key}" in path else ("",))
    ]  # fmt: skip
    paths += [f"/api/themes/{one}/submissions" for one in ids["themes"]]
    assert len(paths) > 40
    for path in addresses(run, "hostile"):
        for language in ("nl", "fr"):
            await look(path + ("&" if "?" in path else "?") + f"lang={language}", HTML)
    for path in paths:
        await look(path, eva)
    for path in (
        "/accessibility/town/barrier?lang=nl",
        "/dashboard",
        "/paper/page",
        "/poster/page",
        "/f/other",
        "/sign-in",
    ):
        await look(path, HTML)
    code = mine["authorization"].removeprefix("Receipt ")
    for path in ("/api/receipt", "/api/receipt/export"):
        await look(path, mine)
    for language in ("nl", "fr"):
        posted = await run.client.post(f"/r?lang={language}", data={"code": code}, headers=HTML)
        found.append(looked_at(posted, "/r"))
    async with run.live("?after=0") as socket:
        last, until = 0, await run.app.parts.store.changes.last()
        async with asyncio.timeout(30):
            while last < until:
                frame = json.loads(await socket.recv())
                found.append(data(json.dumps(frame), "/api/live"))
                last = frame.get("cursor", last) if frame["type"] == "changes" else last
    return found


async def _numbers(run: Running, eva: dict[str, str]) -> dict[str, list[int]]:
    listed = (await run.client.get("/api/submissions?limit=100", headers=eva)).json()["items"]
    themes = (await run.client.get("/api/themes?all=1", headers=eva)).json()["items"]
    hostile = [one["id"] for one in listed if "merk" in (one["text"] or "")]
    assert hostile and themes
    return {"submissions": hostile, "themes": [one["id"] for one in themes]}


async def letter(run: Running, eva: dict[str, str]) -> str:
    """The words of the story that is sent in the morning, with a hostile decision and a hostile voice, after a look at its
    headers."""
    members = (await run.client.get("/api/members", headers=eva)).json()["items"]
    owning = {"member": next(one["id"] for one in members if "merk" in one["name"]), "language": "nl"}
    answer = await run.client.put("/api/decisions/hostile/morning", headers=eva, json=owning)
    assert answer.status_code == 200, answer.text
    hours = range(run.app.parts.now(), run.app.parts.now() + 30 * DAY_MS, HOUR_MS)
    morning = next(at for at in hours if is_time(at, "Europe/Brussels"))
    async with mailbox() as box:
        mail = Mail(f"smtp://127.0.0.1:{box.port}", "tijdens@town.example")
        letters = Letters(Words(), "https://tijdens.example")
        store, keys = run.app.parts.store, Keys(SECRET)
        async with MorningPost(store, mail, letters, keys, lambda: morning, look_seconds=0.02, pauses=(0.05,)):
            await box.wait(1)
    ((to, sent),) = box.taken
    assert to == "eva@town.example" and sent["Bcc"] is None and not sent.defects
    assert "\n" not in sent["Subject"] and GONE.search(sent["Subject"]) is None
    words = str(sent.get_content())  # type: ignore[attr-defined]
    assert sent.get_content_type() == "text/plain" and GONE.search(words.replace("\r\n", "\n")) is None
    return f"{sent['Subject']}\n{words}"
