"""The widget's scripts without what only their readers need. Standard library alone: the tool that records their hashes uses it
too."""

from __future__ import annotations

import re

_FOR_READERS = re.compile(r"/\*\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"\n\s+")
# what is between quotes, a regular expression too, stands as it is; elsewhere a space beside one of these marks parts nothing
_SPACED = re.compile(
    r"""("(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|/(?![*/ ])(?:\\.|[^/\\\n])+/)|[ ]*([!=<>+*-]?=+>?|[&|?]+|[{}()\[\],:;<>*])[ ]*"""
)


def lean(script: bytes) -> bytes:
    """The script without its comments (`/** … */`, and lines that begin with `//`), its indentation, its empty lines, and the
    spaces that part nothing. Each statement keeps its own line, so it runs and reads as it was written. No string or
    template of ours holds either kind of comment, and no template stands in a template; the tests run what this makes."""
    left = _INDENTED.sub("\n", _FOR_READERS.sub("", script.decode())).lstrip()
    return _SPACED.sub(lambda found: found[1] or found[2], left).encode()
