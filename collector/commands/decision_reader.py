"""Reading a decision file (docs/decision-file.md): what is wrong is said with its line, its field and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from collector.commands.decision_file import DAYS, Document, FilePassage, FileResponse, FileTheme, Text
from collector.commands.yaml_lines import Lines, Wrong, line_of, plain_of, text_of
from collector.decision import File, checked_file
from collector.errors import Refusal, Unusable
from collector.section import Section, checked_sections
from collector.texts import checked_texts
from collector.theme import Naming, checked_answering, checked_naming
from collector.words import Words

_PART = re.compile(r"\.([A-Za-z0-9_-]+)|\[(\d+)\]|\[\.\.\.\]")


def read(path: Path) -> tuple[Document, Lines]:
    """The document and the line on which each of its fields stands, as `title.fr` or `responses.0.reason`. Unusable, with
    file and line, for what cannot be."""
    return parse(text_of(path), str(path))


def parse(text: str, name: str) -> tuple[Document, Lines]:
    """`read` for a text that is there already; `name` is what errors call it."""
    try:
        plain, lines = plain_of(text, name)
        return _checked(_converted(plain, lines), lines), lines
    except Wrong as wrong:
        raise Unusable(wrong.sentence(name)) from None


def said(refusal: Refusal, lines: Lines, name: str, under: str = "") -> str:
    """What a refusal about fields says of the file: one line each, with the line of the file and what to do. `under`: in
    which part of the file."""
    return "\n".join(wrong.sentence(name) for wrong in _wrongs(refusal, lines, under))


def _wrongs(refusal: Refusal, lines: Lines, under: str) -> list[Wrong]:
    problem = Words().problem(refusal, "en")
    told = problem.get("fields") or {"": problem["detail"]}
    assert isinstance(told, dict)
    found = []
    for field, sentence in told.items():
        path = ".".join(part for part in (under, field) if part)
        found.append(Wrong(line_of(path, lines), path, sentence))
    return found


def _converted(plain: Any, lines: Lines) -> Document:
    try:
        return msgspec.convert(plain, Document, strict=False)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `")
        parts = [name or number for name, number in _PART.findall(place.rstrip("`"))]
        path = ".".join(part for part in parts if part)
        if unknown := re.search(r"unknown field `(.+?)`", message):
            name = unknown.group(1)
            path = ".".join(part for part in (path, name) if part)
            raise Wrong(line_of(path, lines), path, _nearest(name, parts)) from None
        raise Wrong(line_of(path, lines), path, _readable(message, path.rpartition(".")[2])) from None


def _fields(parts: list[str]) -> tuple[str, ...]:
    """Which fields there are at a place of the file."""
    inside: dict[str, Any] = {"themes": FileTheme, "responses": FileResponse, "passages": FilePassage, "text": Text}
    if not parts:
        return Document.__struct_fields__
    if "sections" in parts:
        return Section.__struct_fields__
    kind = inside.get(parts[0])
    return kind.__struct_fields__ if kind else ()


def _nearest(name: str, parts: list[str]) -> str:
    known = _fields(parts)
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"there is no such field; did you mean `{near[0]}`?"
    return "there is no such field" + (f"; there are {', '.join(known)}" if known else "")


def _readable(message: str, field: str) -> str:
    if missing := re.search(r"missing required field `(.+?)`", message):
        return f"`{missing.group(1)}` is missing: add it"
    if field in DAYS:
        return "write the day as 2027-03-14"
    if field == "key" or "matching regex" in message:
        return "lower-case letters, digits and dashes, beginning with a letter or digit"
    if "Expected `object`" in message:
        return "write a line for each language under it: `nl: …`, `fr: …`"
    if "Expected `array`" in message:
        return "write a list: each entry on a line of its own that begins with `- `"
    if "enum value" in message:
        return f"{message.split('value ', 1)[1]} is none of those in docs/decision-file.md"
    return message[0].lower() + message[1:]


def _checked(document: Document, lines: Lines) -> Document:
    """What holds without a store: days, order, languages, and that everything pointed at is there."""

    def rule(under: str, check: Any) -> Any:
        try:
            return check()
        except Refusal as refusal:
            raise _wrongs(refusal, lines, under)[0] from None

    file = rule("", lambda: checked_file(document.file))
    for place, text in enumerate(document.text):
        rule(f"text.{place}", lambda text=text: checked_sections(text.sections))
    expected = {one.key for one in file.expected}
    themes = [theme.key for theme in document.themes]
    for place, theme in enumerate(document.themes):
        rule(f"themes.{place}", lambda theme=theme: checked_naming(Naming(theme.name)))
        if theme.expected is not None and theme.expected not in expected:
            path = f"themes.{place}.expected"
            raise Wrong(line_of(path, lines), path, _pointed(theme.expected, sorted(expected), "expected"))
        if themes.index(theme.key) != place:
            raise Wrong(line_of(f"themes.{place}.key", lines), f"themes.{place}.key", "stands there twice")
    for path, keys in _pointers(document):
        for key in keys:
            if key not in themes:
                raise Wrong(line_of(path, lines), path, _pointed(key, themes, "themes"))
    for place, passage in enumerate(document.passages):
        if passage.version > len(document.text):
            path = f"passages.{place}.version"
            raise Wrong(line_of(path, lines), path, f"the text has {len(document.text)} version(s)")
    ids = {key: number for number, key in enumerate(themes, 1)}
    for place, response in enumerate(document.responses):
        rule(f"responses.{place}", lambda r=response: checked_answering(r.answering(ids), ()))
    texts = {name: rule(name, lambda name=name: checked_texts(getattr(document, name), name)) for name in _SAID}
    return msgspec.structs.replace(document, **texts, **{n: getattr(file, n) for n in File.__struct_fields__})


_SAID = ("result", "because")


def _pointers(document: Document) -> Iterator[tuple[str, list[str]]]:
    for place, response in enumerate(document.responses):
        yield f"responses.{place}.themes", response.themes
    for place, passage in enumerate(document.passages):
        yield f"passages.{place}.themes", passage.themes


def _pointed(key: str, known: list[str], where: str) -> str:
    return f"`{key}` is no key under `{where}:`" + (f"; there are {', '.join(known)}" if known else "")
