"""A decision as a file: readable YAML, with which one is written elsewhere, reviewed, and brought in or taken along.

The format is described in docs/decision-file.md; `decision_reader.py` reads it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, field

from collector.decision import File, Phase
from collector.section import Section
from collector.texts import LINE, Texts
from collector.theme import Answering, ResponseOutcome

State = Literal["draft", "published", "decided", "withdrawn"]
Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}\Z")]
DAYS = ("until", "opens", "closes", "by_day")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the whole text."""

    sections: list[Section]
    note: Texts = {}


class FileTheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`key` is the theme's name inside the file, for responses and passages to point at."""

    key: Name
    name: Texts
    expected: str | None = None


class FileResponse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As `Answering`, with the keys of themes in place of their ids."""

    themes: Annotated[list[str], Meta(min_length=1)]
    outcome: ResponseOutcome
    reason: Texts
    office: str
    did_not_know: Texts = {}
    by_day: str | None = None
    handed_to: str = ""
    publish: bool = False

    def answering(self, ids: dict[str, int]) -> Answering:
        return Answering(
            themes=[ids[key] for key in self.themes],
            **{name: getattr(self, name) for name in self.__struct_fields__ if name != "themes"},
        )


class FilePassage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A changed passage and the keys of the themes that moved it."""

    section: str
    version: Annotated[int, Meta(ge=1)]
    before: Texts = {}
    after: Texts = {}
    themes: list[str] = []


class Document(File, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file. `state`: to which it is brought. `result`: what was decided, or why it was withdrawn. `because`:
    why a date that is public moves. `phase`: set by hand; without it the calendar says. `text`: its versions, oldest
    first."""

    key: Name
    state: State = "draft"
    result: Texts = field(default_factory=dict)
    because: Texts = field(default_factory=dict)
    phase: Phase | None = None
    text: list[Text] = field(default_factory=list)
    themes: list[FileTheme] = field(default_factory=list)
    responses: list[FileResponse] = field(default_factory=list)
    passages: list[FilePassage] = field(default_factory=list)

    @property
    def file(self) -> File:
        return File(**{name: getattr(self, name) for name in File.__struct_fields__})


def write(document: Document) -> str:
    """The file of a document; `parse` gives the same document back."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
            return super().increase_indent(flow, False)  # a list stands under its name, not beside it

    def text(dumper: Any, value: str) -> Any:
        style = "|" if "\n" in value else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    plain = _pruned(msgspec.to_builtins(document))
    first = {name: plain.pop(name) for name in ("key", "state", "title", "open", "until") if name in plain}
    parts = [
        yaml.dump({name: value}, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=LINE)
        for name, value in {**first, **plain}.items()
    ]
    return "".join(parts)


def _pruned(value: Any) -> Any:
    """Without what says nothing; days as days, so that they need no quotes."""
    if isinstance(value, list):
        return [_pruned(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, item in value.items():
        if item is None or item == "" or item == {} or item == []:
            continue
        found[name] = date.fromisoformat(item) if name in DAYS and isinstance(item, str) else _pruned(item)
    return found
