"""Hooks: which address is one, what is told of, how it is signed, and when it is tried again."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from collector import change, hook
from collector.errors import Refusal
from collector.hook import (
    DAY_MS,
    LONGEST_MS,
    PAUSES_SECONDS,
    TRIES,
    checked_url,
    is_due,
    is_over,
    new_secret,
    pause_ms,
    topic_of,
)

NOW = 1_795_000_000_000


NO_ADDRESS = """
http://hooks.example/ ftp://hooks.example/ https:///x https://user@hooks.example/ https://user:pass@hooks.example/
https://hooks.example:8443/ https://hooks.example:80/ https://hooks.example/#x https://localhost/ https://intranet/
https://127.0.0.1/ https://2130706433/ https://0x7f.1/ https://127.1/ https://[::1]/ https://[::ffff:10.0.0.1]/
https://hooks.example./ https://hooks.example\\@127.0.0.1/ https://h\u00f6oks.example/ hooks.example
https://hooks.example:https/ https://[::1 //hooks.example/ https://hooks.0x7f/
"""


@pytest.mark.parametrize("url", [*NO_ADDRESS.split(), "", "https://ho\toks.example/", "https://hooks.example/a b"])
def test_what_is_no_public_address_by_its_looks_is_refused(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_url(url)
    assert refused.value.fields == ("url",)


def test_an_address_on_the_internet_is_kept_as_it_is_and_a_demo_knows_its_own_machine() -> None:
    for url in ("https://hooks.example/a?b=c%20d", "https://hooks.example:443/", "https://xn--hoks-5qa.example/"):
        assert checked_url(f" {url} ") == url
    for url in ("http://127.0.0.1:9000/hook", "http://localhost:1/", "http://[::1]:1/"):
        assert checked_url(url, own=True) == url
    with pytest.raises(Refusal):
        checked_url("http://10.0.0.1/", own=True)


def test_what_is_nobodys_outside_is_told_to_nobody() -> None:
    names = {
        value for name, value in vars(change).items() if name.isupper() and isinstance(value, str) and "." in value
    }
    told = {value: topic_of(value) for value in names}
    assert {told[one] for one in (change.RECEIVED, change.CORRECTED, change.ERASED, change.EXPIRED)} == {"voices"}
    assert {told[one] for one in (change.READ, change.STATUS, change.MESSAGE, change.ASSIGNED)} == {"work"}
    assert topic_of("decision.phase") == told[change.RESPONSE] == told[change.THEME] == "decisions"
    assert told[change.ALARM_RAISED] == "alarms"
    private = {change.MEMBER, change.MEMBER_REVOKED, change.SESSION_ENDED, change.TOKEN, change.PROVIDER, change.HOOK}
    assert {told[one] for one in private} == {None}


@given(st.text(max_size=300), st.integers(1, 10**6))
def test_the_conventions_own_library_believes_each_secret_and_no_other(text: str, number: int) -> None:
    known, stranger, moment = [new_secret(), new_secret()], new_secret(), datetime.fromtimestamp(int(time.time()), UTC)
    name, body = f"msg_{number}", msgspec.json.encode({"x": text})
    signed = hook.signature(known, name, int(moment.timestamp()), body)
    headers = {"webhook-id": name, "webhook-timestamp": str(int(moment.timestamp())), "webhook-signature": signed}
    for secret in known:
        assert Webhook(secret).verify(body, headers) == {"x": text}
    assert signed.split(" ") == [Webhook(secret).sign(name, moment, body.decode()) for secret in known]
    with pytest.raises(WebhookVerificationError):
        Webhook(stranger).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(known[0]).verify(body + b" ", headers)


@given(st.integers(1, 60), st.floats(0, 1, exclude_max=True), st.none() | st.integers(0, 10**7))
def test_pauses_grow_to_an_hour_and_never_beyond_a_tenth_more(tries: int, chance: float, asked: int | None) -> None:
    pause = pause_ms(tries, chance, asked)
    assert PAUSES_SECONDS[0] * 1_000 <= pause <= LONGEST_MS
    assert pause_ms(tries, chance) <= pause
    assert pause_ms(tries + 1, 0, asked) >= pause_ms(tries, 0, asked)


@given(st.integers(-(10**10), 10**10))
def test_a_clock_that_goes_back_makes_nobody_wait_longer_than_a_pause(jump: int) -> None:
    """Whatever the clock does, within the longest pause from then it is tried."""
    retry_at, now = NOW + pause_ms(9, 0.5), NOW + jump
    assert any(is_due(retry_at, now + wait) for wait in range(0, LONGEST_MS + 60_000, 60_000))


def test_it_is_over_after_a_day_of_trying_and_not_after_a_machine_slept_for_one() -> None:
    now, tries = NOW, 0
    while not is_over(tries, NOW, now):
        tries += 1
        now += pause_ms(tries, 0.5)
    assert DAY_MS <= now - NOW < DAY_MS + LONGEST_MS and 20 < tries < 40
    assert not is_over(2, NOW, NOW + 3 * DAY_MS) and is_over(TRIES, NOW, NOW + DAY_MS)
