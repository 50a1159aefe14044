"""The widget's scripts without what only their readers need. Standard library alone: the tool that records their hashes uses it
too."""

from __future__ import annotations

import re

_FOR_READERS = re.compile(r"/\*\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"\n\s+")


def lean(script: bytes) -> bytes:
    """The script without its comments (`/** … */`, and lines that begin with `//`), its indentation and its empty lines. Each
    statement keeps its own line, so it runs and reads as it was written. No string or template of ours holds either kind
    of comment; the tests run what this makes."""
    return _INDENTED.sub("\n", _FOR_READERS.sub("", script.decode())).lstrip().encode()
