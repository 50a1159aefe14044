"""The widget's scripts without what only their readers need. Standard library alone: the tool that records their hashes uses it
too."""

from __future__ import annotations

import re

_FOR_READERS = re.compile(r"/\*\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"\n\s+")
# what is between quotes, a regular expression too, stands as it is; elsewhere a space beside one of these marks parts nothing,
# nor does the end of a line after or before one that goes on there
_QUOTED = r"""("(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|/(?![*/ ])(?:\\.|[^/\\\n])+/)"""
_SPACED = re.compile(_QUOTED + r"|[ ]*([!=<>+*-]?=+>?|[&|?]+|[{}()\[\],:;<>*])[ ]*")
_LINES = re.compile(_QUOTED + r"|(?<=[;{,(\[])\n|\n(?=[})\]])")


def lean(script: bytes) -> bytes:
    """The script without its comments (`/** … */`, and lines that begin with `//`), its indentation, its empty lines, and the
    spaces and ends of lines that part nothing: names stay as they were written. No string or template of ours holds either
    kind of comment, and no template stands in a template; the tests run what this makes."""
    left = _INDENTED.sub("\n", _FOR_READERS.sub("", script.decode())).lstrip()
    left = _SPACED.sub(lambda found: found[1] or found[2], left)
    return _LINES.sub(lambda found: found[1] or "", left).encode()
