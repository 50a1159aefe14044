"""The text of a decision stands in sections with versions. A section's key has no language and stays for good; a passage
is a version, a section and a quote."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.errors import Refusal
from collector.texts import LINE, Texts, checked_texts

SectionKey = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")]
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
QUOTE = 2_000
_COMPARABLE = 2_000 * 2_000  # words times words
_EMPTY_LINE = re.compile(r"\n\s*\n")


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Paragraphs are parted by an empty line."""

    key: SectionKey
    text: Texts
    title: Texts = {}


class ReadSection(msgspec.Struct, frozen=True):
    """A section as it is read. `paragraphs`: how many of it one can react to, parted by one empty line; 1: to the whole."""

    key: SectionKey
    text: Texts
    title: Texts
    paragraphs: int


class ReadVersion(msgspec.Struct, frozen=True):
    """One version of the whole text, as it is read."""

    version: int
    published_at: int
    note: Texts
    sections: list[ReadSection]


class Version(msgspec.Struct, frozen=True):
    """One version of the whole text. `note`: what is new in it."""

    version: int
    published_at: int
    note: Texts
    sections: list[Section]


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a comparison: `same`, `gone` or `new`."""

    kind: Literal["same", "gone", "new"]
    text: str


class Compared(msgspec.Struct, frozen=True):
    """One section in two versions. `kind`: `same`, `changed`, `new` or `gone`."""

    key: str
    title: str
    kind: Literal["same", "changed", "new", "gone"]
    pieces: list[Piece]


class Passage(msgspec.Struct, frozen=True):
    """A changed passage and the themes that moved it. `before` and `after` by language; `stands`: the newest version still
    has that section."""

    id: int
    section: str
    version: int
    before: Texts
    after: Texts
    themes: list[int]
    at: int
    stands: bool = True


class Part(msgspec.Struct, frozen=True):
    """What a reaction is about: a section of a version, or one paragraph of it. `place`: which section it is, for one
    without a title. Both are counted from 1."""

    version: int
    section: str
    place: int
    paragraph: int | None
    title: Texts
    text: Texts


def paragraphs(text: str) -> list[str]:
    return _EMPTY_LINE.split(text)


def paragraphs_of(text: Texts) -> int:
    """How many paragraphs of a section one can react to. One when its languages do not have the same number: then the
    second is not the same words for everybody."""
    counts = {len(paragraphs(said)) for said in text.values()}
    return counts.pop() if len(counts) == 1 else 1


def part_of(version: int, sections: list[Section], key: str, paragraph: int | None) -> Part | None:
    """A paragraph that is not there, or the only one, is the whole section. None when no section has that key."""
    place, section = next(((n, one) for n, one in enumerate(sections, 1) if one.key == key), (0, None))
    if section is None:
        return None
    text = section.text
    if paragraph is not None and 1 <= paragraph <= paragraphs_of(text) > 1:
        text = {language: paragraphs(said)[paragraph - 1] for language, said in text.items()}
    else:
        paragraph = None
    return Part(version, key, place, paragraph, section.title, text)


def checked_sections(sections: list[Section]) -> list[Section]:
    """Refusal `invalid` when there is none, when a key stands twice, or when a section says nothing."""
    keys = {section.key for section in sections}
    checked = [
        Section(s.key, checked_texts(s.text, "sections", 100_000), checked_texts(s.title, "sections", LINE))
        for s in sections
    ]
    if not checked or len(keys) != len(checked) or not all(section.text for section in checked):
        raise Refusal("invalid", fields=("sections",))
    return checked


def stands_in(words: Texts, sections: Iterable[Section | None]) -> bool:
    """Whether the words, each in its language, stand in one of `sections`; white space and line ends do not count."""
    said = [section.text for section in sections if section is not None]
    return all(
        any(" ".join(text.split()) in " ".join(texts.get(language, "").split()) for texts in said)
        for language, text in words.items()
    )


def compare(before: list[Section], after: list[Section], language: str) -> list[Compared]:
    """The two texts section by section, word by word, in the order of the newer; what is gone stands where it stood."""
    old = {section.key: section for section in before}
    new = {section.key: section for section in after}
    order = [section.key for section in after]
    for place, section in enumerate(before):
        if section.key not in new:
            earlier = [order.index(s.key) for s in before[:place] if s.key in order]
            order.insert(max(earlier, default=-1) + 1, section.key)
    return [_compared(key, old.get(key), new.get(key), language) for key in order]


def _compared(key: str, old: Section | None, new: Section | None, language: str) -> Compared:
    was, now = _said(old, language), _said(new, language)
    title = _title(new or old, language)
    if old is None:
        return Compared(key, title, "new", [Piece("new", now)])
    if new is None:
        return Compared(key, title, "gone", [Piece("gone", was)])
    if was == now:
        return Compared(key, title, "same", [Piece("same", now)])
    return Compared(key, title, "changed", pieces(was, now))


def pieces(before: str, after: str) -> list[Piece]:
    """What stayed, went and came: line by line, and in the lines that changed word by word."""
    a, b = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        old, new = "".join(a[a1:a2]), "".join(b[b1:b2])
        for piece in [Piece("same", old)] if tag == "equal" else _words(old, new):
            if found and found[-1].kind == piece.kind:
                piece = Piece(piece.kind, found.pop().text + piece.text)
            found.append(piece)
    return found


def _words(before: str, after: str) -> list[Piece]:
    """Word by word; as a whole where that would take too long, for it grows with the product of the two lengths."""
    a, b = _TOKENS.findall(before), _TOKENS.findall(after)
    found: list[Piece] = []
    if len(a) * len(b) > _COMPARABLE:
        return [*([Piece("gone", before)] if a else []), *([Piece("new", after)] if b else [])]
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(str.isspace, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(a[a1:a2])))
            continue
        if a2 > a1:
            found.append(Piece("gone", "".join(a[a1:a2])))
        if b2 > b1:
            found.append(Piece("new", "".join(b[b1:b2])))
    return found


def _said(section: Section | None, language: str) -> str:
    if section is None:
        return ""
    return section.text.get(language) or next(iter(section.text.values()), "")


def _title(section: Section | None, language: str) -> str:
    titles = section.title if section else {}
    return titles.get(language) or next(iter(titles.values()), "")
