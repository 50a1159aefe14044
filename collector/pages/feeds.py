"""Atom feeds (RFC 4287) of what is being decided, and of one decision. Only official acts: no figure stands in a feed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from starlette.responses import Response

from collector.day import Days
from collector.decision import Phase
from collector.endpoints.parts import Parts
from collector.pages.render import machine
from collector.pages.story import Entry
from collector.public import PublicDecision, PublicLine
from collector.texts import pick

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# what XML 1.0 has no place for (section 2.2)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTRIES = 100


def list_feed(parts: Parts, lines: Iterable[PublicLine], language: str, now: int, agency: str | None) -> bytes:
    """All decisions, the last changed first; an entry says in which phase each is and until when one can react."""
    own = parts.public_url + "/d" + (f"?agency={agency}" if agency else "")
    title = parts.words.get(language, "pages.decisions")
    listed = list(lines)[:_ENTRIES]
    feed = _feed(own, parts.public_url + "/d.atom", title, listed[0].changed_at if listed else now, language, "tijdens")
    for line in listed:
        name, said_in = pick(line.title, language)
        _entry(feed, line.url, line.url, name, said_in, _stands(parts, line, language, now), language, line.changed_at)
    return _bytes(feed)


def decision_feed(parts: Parts, shown: PublicDecision, entries: list[Entry], language: str, now: int) -> bytes:
    """The acts of one decision, newest first."""
    title, _ = pick(shown.title, language)
    feed = _feed(shown.url, shown.url + ".atom", title, shown.changed_at, language, shown.agency.name)
    days = Days(language, shown.time_zone, now)
    for entry in entries[:_ENTRIES]:
        head = headline(parts, entry, language, days)
        text, said_in = pick(entry.text, language)
        number = entry.response.id if entry.response else entry.version or entry.at
        link = f"{shown.url}?lang={language}#{entry.kind}-{number}"
        _entry(feed, f"{shown.url}#{entry.kind}-{number}", link, head, language, text, said_in or language, entry.at)
    return _bytes(feed)


def headline(parts: Parts, entry: Entry, language: str, days: Days) -> str:
    """One act in a line."""

    def t(name: str, /, **filled: object) -> str:
        return parts.words.get(language, f"pages.d.{name}", **filled)

    if entry.response is not None:
        names = ", ".join(pick(theme.name, language)[0] for theme in entry.themes)
        day = days.short(entry.response.by_day) if entry.response.by_day else ""
        outcome = t(f"outcome.{entry.response.outcome}", day=day, whom=entry.response.handed_to)
        return f"{names}: {outcome}"
    phase: Phase | str = t(f"phase.{entry.phase}") if entry.phase else ""
    return t(f"act.{entry.kind}", phase=phase, version=entry.version)


def feed_response(body: bytes, language: str) -> Response:
    headers = {"cache-control": "public, max-age=60", "content-language": language}
    return Response(body, media_type="application/atom+xml", headers=headers)


def _stands(parts: Parts, line: PublicLine, language: str, now: int) -> str:
    days = Days(language, parts.store.agencies.by_key(line.agency.key).time_zone, now)
    said = [parts.words.get(language, f"pages.d.phase.{line.phase}")]
    if line.state in ("decided", "withdrawn"):
        said = [parts.words.get(language, f"pages.d.act.{line.state}")]
    elif line.is_open and line.until:
        said.append(parts.words.get(language, "pages.d.until", day=days.full(line.until)))
    said.append(parts.words.get(language, f"pages.d.promise.{line.promise}"))
    return ". ".join(part.rstrip(".") for part in said) + "."


def _feed(page: str, own: str, title: str, updated: int, language: str, author: str) -> ET.Element:
    feed = ET.Element("feed", {"xmlns": _ATOM, _LANG: language})
    _text(feed, "id", page)
    _text(feed, "title", title)
    _text(feed, "updated", machine(updated))
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _text(ET.SubElement(feed, "author"), "name", author or urlsplit(page).netloc)
    return feed


def _entry(
    feed: ET.Element, id_: str, link: str, title: str, title_language: str, text: str, text_language: str, at: int
) -> None:
    entry = ET.SubElement(feed, "entry")
    _text(entry, "id", id_)
    _text(entry, "title", title or id_, title_language)
    _text(entry, "updated", machine(at))
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": link})
    if text:
        _text(entry, "summary", text, text_language)


def _text(parent: ET.Element, name: str, text: str, language: str = "") -> None:
    element = ET.SubElement(parent, name, {_LANG: language} if language else {})
    element.text = _UNWRITABLE.sub("", text)


def _bytes(feed: ET.Element) -> bytes:
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written
