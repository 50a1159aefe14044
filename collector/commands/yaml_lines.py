"""YAML as plain text, lists and mappings, with the line on which each thing stands.

Every plain word is text: `no`, `on` and `2027-03-14` are what they look like. Nothing is constructed from tags, and
`*name` for something above is not read, so a small file cannot become a large one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from collector.errors import Unusable

Lines = dict[str, int]
FILE_BYTES = 4_000_000
NULL = "tag:yaml.org,2002:null"


class Wrong(Exception):
    """Something in a file that cannot be: on which line, in which field, and what to do."""

    def __init__(self, line: int, field: str, what: str) -> None:
        super().__init__(what)
        self.line, self.field, self.what = line, field, what

    def sentence(self, name: str) -> str:
        return f"{name}, line {self.line}{', ' + self.field if self.field else ''}: {self.what}"


def line_of(path: str, lines: Lines) -> int:
    """The line of a field, or of the nearest thing around it that is there."""
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return lines.get(path, 1)


def text_of(path: Path) -> str:
    """Unusable for a file that cannot be read, is not UTF-8, or is too large."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise Unusable(f"{path} is not UTF-8: save it with that encoding") from None
    if len(raw) > FILE_BYTES:
        raise Unusable(f"{path} is over {FILE_BYTES // 1_000_000} MB: leave out older versions of the text")
    return text


def plain_of(text: str, name: str) -> tuple[dict[str, Any], Lines]:
    """The mapping that a text is, without what is empty in it, and its lines. Unusable, with `name` and line, for what
    is no YAML; Wrong for what is none of ours."""
    import yaml  # here, so that a start does not wait for it

    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unusable(
            f"{name}, line {mark.line + 1 if mark else 1}: not readable as YAML ({error.problem or error.context}). "
            "Often a space is missing after a colon, or a text with a colon in it needs quotes"
        ) from None
    except yaml.YAMLError:
        raise Unusable(f"{name}: not readable as YAML; is it plain text?") from None
    if not isinstance(node, yaml.MappingNode):
        raise Wrong(1, "", "begin with `key:`, the name of the decision in addresses")
    lines: Lines = {}
    found: dict[str, Any] = _plain(node, (), lines, set())
    return found, lines


def _plain(node: Any, path: tuple[str, ...], lines: Lines, seen: set[int]) -> Any:
    """Nodes as mappings, lists and text; the lines are noted on the way."""
    here, line = ".".join(path), node.start_mark.line + 1
    lines.setdefault(here, line)
    if id(node) in seen:
        raise Wrong(line, here, "write it out: `*name` for something above is not read")
    seen.add(id(node))
    if node.id == "scalar":
        return None if node.tag == NULL else node.value
    if node.id == "sequence":
        return [_plain(item, (*path, str(place)), lines, seen) for place, item in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        name, at = str(key.value), key.start_mark.line + 1
        if key.id != "scalar":
            raise Wrong(at, here, "a name must be plain text")
        if name in found:
            raise Wrong(at, ".".join((*path, name)), "stands there twice: keep one")
        lines[".".join((*path, name))] = at
        found[name] = _plain(value, (*path, name), lines, seen)
    return {name: value for name, value in found.items() if value is not None}
