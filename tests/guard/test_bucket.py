from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collector.guard.bucket import Bucket

KEY = b"k"


def test_the_limit_is_taken_at_once_and_then_waits() -> None:
    bucket = Bucket(20, 600, 100)
    assert [bucket.take(KEY, 0.5) for _ in range(20)] == [0] * 20
    assert bucket.take(KEY, 0.5) == 30
    assert bucket.take(KEY, 10.5) == 20


def test_one_comes_back_after_its_share_of_the_time() -> None:
    bucket = Bucket(20, 600, 100)
    for _ in range(20):
        bucket.take(KEY, 0)
    assert bucket.take(KEY, 29.9) > 0
    assert bucket.take(KEY, 30) == 0
    assert bucket.take(KEY, 30) == 30


def test_all_comes_back_after_all_the_time() -> None:
    bucket = Bucket(20, 600, 100)
    for start in (0, 600, 1200, 10_000):
        assert [bucket.take(KEY, start) for _ in range(20)] == [0] * 20
        assert bucket.take(KEY, start) > 0


def test_a_look_takes_nothing() -> None:
    bucket = Bucket(1, 600, 100)
    assert [bucket.look(KEY, 0) for _ in range(3)] == [0, 0, 0]
    assert bucket.take(KEY, 0) == 0
    assert [bucket.look(KEY, 0) for _ in range(3)] == [600, 600, 600]


def test_what_was_refused_costs_nothing() -> None:
    bucket = Bucket(1, 600, 100)
    bucket.take(KEY, 0)
    for _ in range(1000):
        bucket.take(KEY, 1)
    assert bucket.take(KEY, 600) == 0


def test_keys_do_not_touch_each_other() -> None:
    bucket = Bucket(1, 600, 100)
    assert bucket.take(b"a", 0) == bucket.take(b"b", 0) == 0


@given(st.lists(st.floats(0, 4000), max_size=200))
def test_whoever_keeps_to_the_limit_in_every_window_never_waits(times: list[float]) -> None:
    kept: list[float] = []
    for now in sorted(times):
        if sum(now - 600 < at for at in kept) < 5:
            kept.append(now)
    bucket = Bucket(5, 600, 100)
    assert [bucket.take(KEY, now) for now in kept] == [0] * len(kept)


@given(st.lists(st.floats(0, 50), min_size=1, max_size=300))
def test_nobody_takes_more_than_twice_the_limit_in_a_window(pauses: list[float]) -> None:
    bucket, now, taken = Bucket(5, 600, 100), 0.0, []
    for pause in pauses:
        now += pause
        if bucket.take(KEY, now) == 0:
            taken.append(now)
    assert max((sum(start <= at < start + 600 for at in taken) for start in taken), default=0) <= 10


def test_a_flood_of_keys_does_not_fill_the_memory() -> None:
    bucket = Bucket(5, 600, 100)
    for n in range(10_000):
        bucket.take(n.to_bytes(4, "big"), n / 1000)
        assert len(bucket) <= 100


def test_a_key_that_comes_again_and_again_is_not_forgotten_in_a_flood() -> None:
    bucket = Bucket(5, 600, 100)
    taken = 0
    for n in range(10_000):
        bucket.take(n.to_bytes(4, "big"), 0)
        taken += bucket.take(KEY, 0) == 0
    assert taken < 10_000 * 5 / 40


def test_what_is_over_is_forgotten_also_while_nobody_comes() -> None:
    bucket = Bucket(5, 600, 100)
    bucket.take(KEY, 1000)
    bucket.take(b"other", 1599)
    bucket.forget(1600)
    assert len(bucket) == 2
    bucket.forget(2200)
    assert len(bucket) == 0


def test_forgetting_in_time_forgives_nothing() -> None:
    bucket = Bucket(1, 600, 100)
    assert bucket.take(KEY, 1000) == 0
    for now in range(1001, 1600):
        bucket.forget(now)
        assert bucket.take(KEY, now) > 0
    assert bucket.take(KEY, 1600) == 0
