"""Which grave voices stand for themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collector.alarm import APART_MS, Voice, independent

WORDS = ("Mijn uitkering is gestopt zonder brief", "De lift is stuk en ik zit in een rolstoel",
         "Op twee adressen wonen kan niet in het formulier", "Ik kan niet meer naar de dokter sinds maart")  # fmt: skip
VOICES = st.lists(
    st.builds(
        Voice,
        id=st.integers(1, 10**6),
        placement_id=st.integers(1, 2),
        received_at=st.integers(0, 20 * APART_MS),
        text=st.sampled_from([*WORDS, ""]),
    ),
    max_size=30,
    unique_by=lambda voice: voice.id,
)


def voice(place: int, text: str, at: int, placement: int = 1) -> Voice:
    return Voice(place, placement, at, text)


def test_nearly_the_same_words_count_once_and_so_does_a_minute_at_one_placement() -> None:
    minutes = [voice(n, text, n * APART_MS) for n, text in enumerate(WORDS)]
    assert independent(minutes) == minutes
    assert len(independent([voice(n, f"{WORDS[0]}, {n}.", n * APART_MS) for n in range(9)])) == 1
    assert len(independent([voice(n, text, n * 1_000) for n, text in enumerate(WORDS)])) == 1
    assert len(independent([voice(n, text, n * 1_000, placement=n) for n, text in enumerate(WORDS)])) == 4
    assert independent([voice(1, "123 …", 0)]) == []


@given(VOICES, st.randoms(use_true_random=False))
def test_the_same_voices_in_any_order_count_the_same_and_one_more_never_counts_less(
    voices: list[Voice], random: object
) -> None:
    shuffled = voices[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert independent(shuffled) == independent(voices)
    latest = Voice(10**7, 1, 30 * APART_MS, WORDS[0])
    assert len(independent([*voices, latest])) >= len(independent(voices))
    assert len(independent(voices)) <= len(WORDS)
