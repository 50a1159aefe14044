"""A pinned script must stay what it was."""

from __future__ import annotations

import json
import re

import pytest

from tests.start import Running
from tools.widget_versions import FILE, folder, hashes, served, version

HELP = (
    "the widget changed: before its first release run `python3 -m tools.widget_versions`; after it, go back, run it with "
    "`release`, and raise WIDGET_VERSION, because pages pin the files by their hash"
)
RECORDED: dict[str, dict[str, str]] = json.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize("of", [*RECORDED, version()])
def test_the_files_of_every_version_are_those_that_were_recorded(of: str) -> None:
    assert RECORDED[of] == hashes(of), HELP


@pytest.mark.parametrize("of", [*RECORDED])
async def test_the_server_serves_exactly_these(run: Running, of: str) -> None:
    messages = [file.relative_to(folder(of)).as_posix() for file in (folder(of) / "messages").rglob("*.json")]
    assert len(messages) >= 8
    expected = served(of) | {name: (folder(of) / name).read_bytes() for name in messages}
    for name, raw in expected.items():
        answer = await run.client.get(f"/widget/{of}/{name}")
        assert answer.content == raw
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "immutable" in answer.headers["cache-control"]


def test_scripts_travel_without_comments_and_say_word_for_word_what_was_written() -> None:
    for name, raw in served(version()).items():
        source, left = (folder(version()) / name).read_text("utf-8"), raw.decode()
        assert not any(line.startswith(("//", " ")) for line in left.splitlines()), name
        assert _tokens(left) == _tokens(source), name
        assert len(raw) < len(source.encode()), name


# comments, spaces, what is quoted (a template that stands in a template would be cut in two: there is none), a regular
# expression, a name or number, and the longest mark there is
_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|(?<![:"\\])//[^\n]*)|(?P<space>\s+)
      |"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=[(=,:!&|?\s])/(?![*/\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+/\w*
      |[\w$\#]+|\?\.(?!\d)|\.\.\.|=>|[!=]==?|[<>]=|\*\*=?|(?:\?\?|&&|\|\|)=?|\+\+|--|[-+*/%&|^]=|.""",
    re.DOTALL | re.VERBOSE,
)


def _tokens(script: str) -> list[str]:
    return [found[0] for found in _TOKEN.finditer(script) if not (found["comment"] or found["space"])]


def test_what_is_read_as_tokens_is_not_blind() -> None:
    assert _tokens('a => `x ${b} y` + "c d" / 2; // e') == ["a", "=>", "`x ${b} y`", "+", '"c d"', "/", "2", ";"]
    assert _tokens("a = + +b") != _tokens("a = ++b") and _tokens("`a b`") != _tokens("`ab`")
    assert _tokens("a.replace(/ b/g, c)") != _tokens("a.replace(/b/g, c)")


async def test_the_moving_address_leads_to_the_newest_and_nothing_else_is_served(run: Running) -> None:
    moved = await run.client.get("/widget/v1/tijdens.js")
    assert (moved.status_code, moved.headers["location"]) == (302, f"/widget/{version()}/tijdens.js")
    for path in (
        "/widget/9.9.9/tijdens.js",
        f"/widget/{version()}/../app.py",
        f"/widget/{version()}/%2e%2e/pyproject.toml",
        f"/widget/{version()}/nothing.js",
        f"/widget/{version()}/released/1.0.0/tijdens.js",
        "/widget/%2e%2e/tijdens.js",
        "/widget/1.0.0/nothing.js",
    ):
        assert (await run.client.get(path)).status_code == 404
