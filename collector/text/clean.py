"""One way of cleaning all text that is stored. It takes away what no reader could see or use, and never refuses."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

MARKS = 4  # combining marks in a row: enough for every living script, too few to build a tower
PAGE_CHARACTERS = 2_000

# control characters (tab and newline stay), soft hyphen, zero-width space, direction marks and overrides, byte order
# mark, tag characters, lone surrogates. The joiners U+200C and U+200D stay: Persian and emoji need them.
_GONE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_LINES = re.compile("\r\n?|[\u2028\u2029\u0085]")
_BLANK = re.compile(r"\n(?:[ \t]*\n){3,}")
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS + 1},}}")  # marks are no word characters; the loop decides
_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u0483-\uffff\U0001f000-\U0010ffff]")


def clean(text: str) -> str:
    """`text` in normal form C, without what cannot be seen, ends of lines as `\\n`, at most two blank lines in a row and
    four combining marks on a letter. Doing it twice changes nothing more. A lone surrogate, which cannot be written as
    UTF-8, becomes U+FFFD: that something stood there is kept."""
    if _ODD.search(text) is not None:
        text = _SURROGATE.sub("\ufffd", text)
        text = _LINES.sub("\n", text)
        # normalizing may bring marks together, and taking marks away may let letters join: until nothing moves
        while True:
            before = text
            text = _GONE.sub("", unicodedata.normalize("NFC", text))
            text = _fewer_marks(text)
            if text == before:
                break
    elif not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if "\n\n\n" in text or " \n" in text or "\t\n" in text:
        text = _BLANK.sub("\n\n\n", text)
    return text.strip()


def clean_line(text: str) -> str:
    """`text` cleaned, on one line: a name, an office, a telephone number."""
    return " ".join(clean(text).split())


def _fewer_marks(text: str) -> str:
    if _MANY_MARKS.search(text) is None:
        return text
    run, kept, changed = 0, [], False
    for character in text:
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if run <= MARKS:
            kept.append(character)
        else:
            changed = True
    return "".join(kept) if changed else text


def clean_page(url: str) -> str | None:
    """Scheme, host, port and path of the address of a page. What follows `?` or `#` is cut, and who signed in. None for
    what is no web address."""
    try:
        parts = urlsplit(clean(url[: PAGE_CHARACTERS * 4]).replace("\n", ""))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    shown = f"[{host}]" if ":" in host else host
    if port is not None:
        shown += f":{port}"
    return f"{parts.scheme}://{shown}{parts.path}"[:PAGE_CHARACTERS]


def is_web(address: str) -> bool:
    """Whether it leads to something on the web by https, with nothing in it that cannot be seen."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme == "https" and "." in (parts.hostname or "") and " " not in address and clean(address) == address
    )
