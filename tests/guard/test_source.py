from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.guard.source import FREE, KEY_SECONDS, Kind, Sources, network

LIBRARY = "192.0.2.7"


class Clock:
    """Seconds that the test turns on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sources(clock: Clock) -> Sources:
    return Sources(clock)


def _kinds(count: int, ask: Callable[[], Kind]) -> list[Kind]:
    return [ask() for _ in range(count)]


def test_fifty_people_in_a_library_who_press_and_write_meet_nothing_all_day(sources: Sources, clock: Clock) -> None:
    dice = random.Random(7)
    for group in range(48):
        begins = 1000.0 + group * 600
        for at in sorted(begins + dice.random() * 600 for _ in range(100)):
            clock.now = at
            assert sources.check("send", LIBRARY) == FREE


def test_fifty_people_in_the_same_minute_meet_nothing(sources: Sources) -> None:
    assert {sources.check("send", LIBRARY) for _ in range(100)} == {FREE}


def test_a_script_is_asked_for_work_and_then_told_to_wait(sources: Sources) -> None:
    kinds = _kinds(700, lambda: sources.check("send", LIBRARY).kind)
    assert kinds == [Kind.FREE] * 120 + [Kind.PROVE] * 480 + [Kind.WAIT] * 100


def test_the_answer_says_when_to_come_back(sources: Sources, clock: Clock) -> None:
    for _ in range(600):
        verdict = sources.check("send", LIBRARY)
    assert verdict == (Kind.PROVE, 5)
    assert sources.check("send", LIBRARY) == (Kind.WAIT, 1)
    clock.now += 5
    assert sources.check("send", LIBRARY) == FREE
    assert sources.check("send", LIBRARY).kind is Kind.PROVE


def test_twenty_wrong_codes_and_then_one_every_half_minute(sources: Sources, clock: Clock) -> None:
    assert _kinds(21, lambda: sources.check("guess", LIBRARY).kind) == [Kind.FREE] * 20 + [Kind.WAIT]
    assert sources.look("guess", LIBRARY) == (Kind.WAIT, 30)
    clock.now += 30
    assert sources.look("guess", LIBRARY) == FREE


def test_a_look_counts_nothing(sources: Sources) -> None:
    assert _kinds(1000, lambda: sources.look("guess", LIBRARY).kind) == [Kind.FREE] * 1000


def test_purposes_are_counted_apart(sources: Sources) -> None:
    for _ in range(30):
        sources.check("guess", LIBRARY)
    assert sources.check("send", LIBRARY) == sources.check("change", LIBRARY) == FREE


def test_six_hundred_changes_and_then_it_waits(sources: Sources) -> None:
    assert _kinds(601, lambda: sources.check("change", LIBRARY).kind) == [Kind.FREE] * 600 + [Kind.WAIT]


def test_an_unknown_purpose_is_a_mistake_of_ours(sources: Sources) -> None:
    with pytest.raises(KeyError):
        sources.check("sned", LIBRARY)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:DB8:1:2:0:0:0:1", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("fe80::1%eth0", "fe80::1", True),
        ("unix", "other", False),
        ("", "192.0.2.7", False),
        ("192.0.2.7:80", "192.0.2.7", False),
    ],
)
def test_a_source_is_an_ipv4_address_or_a_64_of_ipv6(sources: Sources, one: str, other: str, same: bool) -> None:
    for _ in range(20):
        sources.check("guess", one)
    assert (sources.look("guess", other).kind is Kind.WAIT) is same


@given(st.text() | st.ip_addresses().map(str))
def test_any_text_is_a_source(address: str) -> None:
    assert 1 <= len(network(address)) <= 65


def test_switched_off_everybody_is_free(clock: Clock) -> None:
    sources = Sources(clock, off=True)
    assert _kinds(1000, lambda: sources.check("guess", LIBRARY).kind) == [Kind.FREE] * 1000
    assert sources.kept == 0


def test_a_new_day_has_a_new_key_and_counts_anew(sources: Sources, clock: Clock) -> None:
    for _ in range(20):
        sources.check("guess", LIBRARY)
    clock.now += KEY_SECONDS - 1
    for _ in range(20):
        sources.check("guess", LIBRARY)
    assert sources.look("guess", LIBRARY).kind is Kind.WAIT
    clock.now += 1
    assert sources.look("guess", LIBRARY).kind is Kind.FREE
    assert sources.kept == 0


def test_two_collectors_know_the_same_source_by_different_names(clock: Clock) -> None:
    def names(sources: Sources) -> set[bytes]:
        sources.check("guess", LIBRARY)
        return {key for _, wait in sources._buckets.values() for key in wait._young}

    assert len(names(Sources(clock)) | names(Sources(clock))) == 2


def test_nothing_kept_of_a_source_is_its_address(sources: Sources) -> None:
    sources.check("guess", LIBRARY)
    (name,) = {key for _, wait in sources._buckets.values() for key in wait._young}
    assert len(name) == 8
    assert network(LIBRARY) not in name


def test_what_is_kept_is_forgotten_while_nobody_comes(sources: Sources, clock: Clock) -> None:
    for purpose in ("send", "guess", "change"):
        sources.check(purpose, LIBRARY)
    assert sources.kept == 4
    clock.now += 1200
    sources.forget()
    assert sources.kept == 0


def test_the_key_of_yesterday_goes_while_nobody_comes(sources: Sources, clock: Clock) -> None:
    yesterday = sources._keyed.digest()
    clock.now += KEY_SECONDS
    sources.forget()
    assert sources._keyed.digest() != yesterday


def test_a_flood_of_addresses_does_not_fill_the_memory(clock: Clock) -> None:
    sources = Sources(clock, capacity=1000)
    for n in range(20_000):
        sources.check("send", f"2001:db8:{n >> 16:x}:{n & 0xFFFF:x}::1")
    assert sources.kept <= 2000
