"""What a page's policy allows."""

from __future__ import annotations

import pytest

from collector.commands.policy import allows, directives

PAGE = "https://www.town.example/passport"
SCRIPT = "https://tijdens.example/widget/1.0.0/tijdens.js"


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ("", True),
        ("img-src 'none'", True),
        ("default-src 'self'", False),
        ("default-src 'self'; script-src https://tijdens.example", True),
        ("script-src tijdens.example", True),
        ("script-src http://tijdens.example", True),
        ("script-src *.example", True),
        ("script-src *.tijdens.example", False),
        ("script-src https:", True),
        ("script-src *", True),
        ("script-src 'none'", False),
        ("script-src https://tijdens.example:8443", False),
        ("script-src https://tijdens.example/widget/", True),
        ("script-src https://tijdens.example/other/", False),
        ("script-src 'nonce-abc'", True),
        ("script-src 'nonce-xyz' 'strict-dynamic' https:", False),
        ("script-src-elem https://tijdens.example; script-src 'none'", True),
        ("SCRIPT-SRC https://tijdens.example", True),
    ],
)
def test_scripts(policy: str, allowed: bool) -> None:
    assert allows(directives(policy), "script-src-elem", SCRIPT, PAGE, nonce="abc") is allowed


def test_connections_fall_back_to_default_and_self_is_the_page_itself() -> None:
    api = "https://tijdens.example/api/submissions"
    assert not allows(directives("default-src 'self'"), "connect-src", api, PAGE)
    assert allows(directives("default-src 'self'"), "connect-src", "https://www.town.example/x", PAGE)
    assert allows(directives("default-src 'none'; connect-src https://tijdens.example"), "connect-src", api, PAGE)
