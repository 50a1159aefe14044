"""What stands in the page that carries the widget, read as a browser would read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_INERT = ("template", "noscript")
Attributes = dict[str, str]


@dataclass
class Tag:
    """One `<tijdens-feedback>`; `linked`: a link stands inside, for people without JavaScript."""

    attributes: Attributes
    linked: bool = False

    @property
    def placement(self) -> str:
        return self.attributes.get("placement", "").strip()


@dataclass
class HostPage:
    """`language` and `base` as written, `policies` of meta tags, the widget's tags and its script tags."""

    language: str = ""
    base: str = ""
    policies: list[str] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    scripts: list[Attributes] = field(default_factory=list)


def read_page(html: str) -> HostPage:
    """Never raises, whatever the page is."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = HostPage()
        self._open: Tag | None = None
        self._inert: list[str] = []
        self._body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: Attributes = {}
        for name, value in attrs:
            given.setdefault(name, value or "")
        if tag in _INERT:
            self._inert.append(tag)
        elif not self._inert:
            self._take(tag, given)

    def _take(self, tag: str, given: Attributes) -> None:
        page = self.page
        if tag == "html":
            page.language = page.language or given.get("lang", "").strip()
        elif tag == "base":
            page.base = page.base or given.get("href", "").strip()
        elif tag == "body":
            self._body = True
        elif tag == "meta" and not self._body:  # browsers heed a policy in the head alone
            if given.get("http-equiv", "").strip().lower() == "content-security-policy":
                page.policies.append(given.get("content", ""))
        elif tag == "script":
            if given.get("src", "").strip().split("#")[0].split("?")[0].endswith("/tijdens.js"):
                page.scripts.append(given)
        elif tag == "tijdens-feedback":
            self._open = Tag(given)
            page.tags.append(self._open)
        elif tag == "a" and self._open and given.get("href", "").strip():
            self._open.linked = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "tijdens-feedback":
            self._open = None
        elif tag in self._inert:
            while self._inert.pop() != tag:
                pass

    def parse_html_declaration(self, i: int) -> int:
        """`<![` is a comment that went wrong (HTML, 13.2.5.42); the parser of Python 3.11 raises on some of them."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)
