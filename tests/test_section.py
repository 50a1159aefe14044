"""Two texts compared; what stayed, went and came."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import Refusal
from collector.section import Section, checked_sections, compare, paragraphs_of, part_of, pieces, stands_in

WORDS = st.sampled_from(["de", "fiets", "staat", "voor", "het", "huis", ",", ".", " ", "  ", "\n", "\n\n", "é", "🚲"])
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)


def section(key: str, nl: str, **more: str) -> Section:
    return Section(key, {"nl": nl, **more})


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back_and_say_each_thing_once(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind != "new") == before
    assert "".join(piece.text for piece in found if piece.kind != "gone") == after
    assert all(piece.text for piece in found)
    assert all(one.kind != two.kind for one, two in pairwise(found))
    assert (before == after) == all(piece.kind == "same" for piece in found)


def test_one_word_that_changed_is_one_word() -> None:
    found = pieces("Wie doorrijdt, betaalt 58 euro.", "Wie doorrijdt, betaalt 29 euro.")
    assert [(piece.kind, piece.text) for piece in found] == [
        ("same", "Wie doorrijdt, betaalt "), ("gone", "58"), ("new", "29"), ("same", " euro."),
    ]  # fmt: skip


def test_a_law_of_a_hundred_thousand_characters_that_was_rewritten_is_compared_in_seconds() -> None:
    before = "\n\n".join(
        f"Artikel {n}. " + " ".join(f"woord{(n * 7 + w) % 900}" for w in range(60)) for n in range(160)
    )
    after = "\n\n".join(
        f"Artikel {n}. " + " ".join(f"woord{(n * 11 + w) % 900}" for w in range(60)) for n in range(160)
    )
    assert len(before) > 80_000
    started = time.perf_counter()
    found = pieces(before, after)
    one_line = pieces(before.replace("\n", " "), after.replace("\n", " "))
    assert time.perf_counter() - started < 10
    assert "".join(piece.text for piece in found if piece.kind != "gone") == after
    assert [piece.kind for piece in one_line] == ["gone", "new"]


def test_sections_are_told_by_their_key_in_the_order_of_the_newer_and_what_is_gone_stands_where_it_stood() -> None:
    before = [section("a", "een"), section("b", "twee"), section("c", "drie"), section("d", "vier")]
    after = [section("d", "vier"), section("a", "anders"), section("e", "nieuw")]
    found = compare(before, after, "nl")
    assert [(one.key, one.kind) for one in found] == [
        ("d", "same"), ("a", "changed"), ("b", "gone"), ("c", "gone"), ("e", "new"),
    ]  # fmt: skip


@given(st.permutations("abcdef"), st.permutations("abcdef"), st.integers(0, 6), st.integers(0, 6))
def test_every_section_of_both_stands_there_once(old: list[str], new: list[str], first: int, second: int) -> None:
    before, after = [section(key, key) for key in old[:first]], [section(key, key + "!") for key in new[:second]]
    found = [one.key for one in compare(before, after, "nl")]
    assert sorted(found) == sorted({*old[:first], *new[:second]})
    assert [key for key in found if key in new[:second]] == new[:second]


def test_a_language_that_is_not_there_is_compared_in_one_that_is() -> None:
    found = compare([section("a", "een", fr="un")], [section("a", "twee", fr="deux")], "de")
    assert found[0].kind == "changed" and found[0].pieces[0].text == "een"


@pytest.mark.parametrize(
    "sections",
    [[], [section("a", "x"), section("a", "y")], [section("a", "  ")], [Section("a", {"xx": "x"})]],
)
def test_a_text_that_cannot_be_is_refused(sections: list[Section]) -> None:
    with pytest.raises(Refusal) as refused:
        checked_sections(sections)
    assert refused.value.fields == ("sections",)


def test_a_quote_stands_in_a_section_whatever_its_line_ends() -> None:
    text = [section("a", "Leveringen mogen door\ntot half negen.", fr="Les livraisons passent.")]
    assert stands_in({"nl": "mogen  door tot half", "fr": "livraisons"}, text)
    assert not stands_in({"nl": "mogen door", "fr": "ne passent pas"}, text)
    assert not stands_in({"nl": "mogen door"}, [None]) and stands_in({}, [])


def test_one_reacts_to_a_paragraph_where_every_language_has_as_many_and_else_to_the_section() -> None:
    two = Section("who", {"nl": "Een.\n\nTwee.", "fr": "Un.\n \n\nDeux."}, {"nl": "Wie"})
    uneven = Section("when", {"nl": "Een.\n\nTwee.", "fr": "Un et deux."})
    assert (paragraphs_of(two.text), paragraphs_of(uneven.text)) == (2, 1)
    part = part_of(3, [uneven, two], "who", 2)
    assert part is not None
    assert (part.version, part.section, part.place, part.paragraph) == (3, "who", 2, 2)
    assert part.text == {"nl": "Twee.", "fr": "Deux."} and part.title == {"nl": "Wie"}
    for key, paragraph in (("when", 2), ("who", 3), ("who", 0), ("who", None)):
        whole = part_of(3, [uneven, two], key, paragraph)
        assert whole is not None and whole.paragraph is None and len(whole.text["nl"]) == len("Een.\n\nTwee.")
    assert part_of(3, [uneven, two], "gone", 1) is None
