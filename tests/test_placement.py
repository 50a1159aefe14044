"""Origins are compared whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.contact_point import ContactPoint, missing_ways
from collector.errors import Refusal
from collector.placement import Placement, checked_origin


@pytest.mark.parametrize(
    ("given_", "origin"),
    [
        ("https://www.town.example", "https://www.town.example"),
        ("https://WWW.Town.example/", "https://www.town.example"),
        ("https://www.town.example:443", "https://www.town.example"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://café.example", "https://xn--caf-dma.example"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(given_: str, origin: str) -> None:
    assert checked_origin(given_) == origin


@pytest.mark.parametrize(
    "given_",
    ["", "null", "*", "https://*", "town.example", "https://town.example/path", "https://u:p@town.example",
     "https://town.example?x", "ftp://town.example", "https://", "https://a..b", "http://[::1", "https://town.example:99999"],
)  # fmt: skip
def test_what_is_no_origin_is_refused(given_: str) -> None:
    with pytest.raises(Refusal, match="invalid"):
        checked_origin(given_)


@given(st.text(max_size=60))
def test_only_exactly_the_listed_origin_is_allowed(other: str) -> None:
    placement = Placement(1, 1, "page", "Page", ("https://www.town.example",))
    assert placement.allows("https://www.town.example")
    if other:
        for tried in (
            f"https://www.town.example{other}",
            f"{other}https://www.town.example",
            f"https://{other}.town.example",
        ):
            assert placement.allows(tried) == (tried == "https://www.town.example")


def test_a_counter_alone_is_enough_and_a_telephone_alone_is_not() -> None:
    assert missing_ways([ContactPoint("a", "A", counter="Market 1")]) == ()
    assert missing_ways([ContactPoint("a", "A", phone="+32")]) == ("without_hearing",)
    assert missing_ways([ContactPoint("a", "A", chat="https://x")]) == ("without_internet",)
    assert missing_ways([]) == ("without_internet", "without_hearing")
