"""Nothing that identifies somebody slips, and ordinary numbers stay readable."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.text.redact import MASKS, redact, redact_page

AROUND = (
    ("Mijn gegevens zijn ", ", graag contact."),
    ("J'ai donné mon numéro (", ") au guichet, le 24/11/2026 à 10 h 30."),
    ("Meine Angabe: ", "; danach kam nichts mehr, drei Monate lang."),
    ("I waited 45 minutes, then gave ", " to the person at desk 12."),
    ("", ""),
    ("لقد أعطيت ", " في المكتب."),
)
SEPARATORS = ("", " ", ".", "-", "\u00a0", "\u202f", "/")


def national_number(birth: int, serial: int, century: bool) -> str:
    first = f"{birth:06}{serial:03}"
    base = int(first) + (2_000_000_000 if century else 0)
    return first + f"{97 - base % 97:02}"


@st.composite
def national_numbers(draw: st.DrawFn) -> str:
    birth = draw(st.integers(0, 99)) * 10_000 + draw(st.integers(1, 12)) * 100 + draw(st.integers(1, 28))
    digits = national_number(birth, draw(st.integers(1, 997)), draw(st.booleans()))
    a, b, c, d, e = digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:]
    one, two = draw(st.sampled_from(SEPARATORS)), draw(st.sampled_from(SEPARATORS))
    return f"{a}{one}{b}{one}{c}{two}{d}{two}{e}"


@st.composite
def ibans(draw: st.DrawFn) -> str:
    country, length = draw(st.sampled_from((("BE", 12), ("NL", 14), ("DE", 18), ("LU", 16))))
    bank = "ABNA" if country == "NL" else ""
    rest = bank + "".join(
        draw(st.lists(st.sampled_from("0123456789"), min_size=length - len(bank), max_size=length - len(bank)))
    )
    number = int("".join(str(int(c, 36)) for c in rest + country + "00"))
    whole = f"{country}{98 - number % 97:02}{rest}"
    gap = draw(st.sampled_from(("", " ", "-", "\u00a0")))
    return gap.join(whole[i : i + 4] for i in range(0, len(whole), 4))


@st.composite
def cards(draw: st.DrawFn) -> str:
    digits = draw(st.sampled_from(("4", "51", "55", "2221"))) + "".join(
        draw(st.lists(st.sampled_from("0123456789"), min_size=16, max_size=16))
    )
    digits = digits[:15]
    total = sum(sum(divmod(int(d) * 2, 10)) if place % 2 == 0 else int(d) for place, d in enumerate(digits))
    whole = digits + str(-total % 10)
    gap = draw(st.sampled_from(("", " ", "-")))
    return gap.join(whole[i : i + 4] for i in range(0, 16, 4))


PHONES = (
    "0470 12 34 56", "0470/12.34.56", "0470123456", "+32 470 12 34 56", "+32470123456", "0032 470 12 34 56",
    "02 555 01 23", "02/555.01.23", "(02) 555 01 23", "+32 (0)2 555 01 23", "09 225 10 11", "071 20 21 22",
    "+31 6 12345678", "06-12345678", "06 12 34 56 78", "+33 6 12 34 56 78", "01 42 68 53 00", "+49 30 901820",
    "+352 247 82000", "+44 20 7946 0958", "+1 202 555 0143", "０４７０ １２ ３４ ５６", "٠٤٧٠١٢٣٤٥٦", "GSM0470123456",
)  # fmt: skip
EMAILS = (
    "jan.peeters@voorbeeld.be", "JAN@VOORBEELD.BE", "marie+tag@exemple.fr", "a.b-c_d@sub.example.co.uk",
    "jan (at) voorbeeld.be", "jan [at] voorbeeld [dot] be", "jan @ voorbeeld.be", "élise@exemple.be", "müller@köln.de",
)  # fmt: skip


def _gone(secret: str, kind: str, around: tuple[str, str]) -> None:
    said = around[0] + secret + around[1]
    result = redact(said)
    assert kind in result.kinds, (said, result)
    assert result.text.startswith(around[0]) and result.text.endswith(around[1]), result
    assert MASKS[kind] in result.text
    assert secret not in result.text
    assert redact(result.text).text == result.text


@settings(max_examples=300, deadline=None)
@given(secret=national_numbers(), around=st.sampled_from(AROUND))
def test_no_national_number_slips(secret: str, around: tuple[str, str]) -> None:
    _gone(secret, "national_number", around)


@settings(max_examples=200, deadline=None)
@given(secret=ibans(), around=st.sampled_from(AROUND))
def test_no_account_number_slips(secret: str, around: tuple[str, str]) -> None:
    _gone(secret, "iban", around)


@settings(max_examples=200, deadline=None)
@given(secret=cards(), around=st.sampled_from(AROUND))
def test_no_payment_card_slips(secret: str, around: tuple[str, str]) -> None:
    _gone(secret, "card", around)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("secret", PHONES)
def test_no_telephone_number_slips(secret: str, around: tuple[str, str]) -> None:
    _gone(secret, "phone", around)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("secret", EMAILS)
def test_no_email_address_slips(secret: str, around: tuple[str, str]) -> None:
    _gone(secret, "email", around)


@pytest.mark.parametrize(
    "said",
    [
        "Op 24/11/2026 om 10:30 uur wachtte ik 45 minuten.",
        "Le 08.02.2016 02:06:04 rien ne marchait.",
        "Log: 2013-06-30-11-12-10 en 2026-11-24T10:30:00",
        "Ik betaalde € 1.250,00 en daarna 12 500 000 euro.",
        "Zie wet 2020/1121, artikel 6, en dossier 2023/1234567.",
        "Postcode 9000 Gent, huisnummer 12, bus 3.",
        "Onderneming BE 0428.759.497 of 0428.759.497.",
        "Sleutel 6f647d99-483c-49fc-b212-0610886115d4",
        "Kaart: https://maps.example/@50.7390003,7.11624,17z",
        "Volg @gemeente of mail in het algemeen aan iedereen.",
        "Punten: 1 2 3 4 5 6 7 8 9 10 11 12",
        "De nummers 1000, 2000 en 3000 zijn gewonnen.",
        "We zijn er 24/7, 365 dagen.",
    ],
)
def test_ordinary_numbers_stay_readable(said: str) -> None:
    assert redact(said) == (said, ())


def test_what_comes_before_the_digits_of_other_scripts_is_no_digit() -> None:
    assert [character for character in map(chr, range(128, 0x660)) if re.match(r"\d", character)] == []
    assert re.match(r"\d", "\u0660")


@pytest.mark.parametrize("at", ["(at)", "[ AT ]", "{\tapenstaartje }", "( arobase)", "[at ]"])
def test_an_address_that_spells_out_its_sign_is_masked_and_the_word_alone_masks_nothing(at: str) -> None:
    assert redact(f"Schrijf naar jan {at} voorbeeld.be of bel.").kinds == ("email",)
    plain = "Dat gaat niet; wat (dat wel gaat) baat het? [gebeurt dat niet]"
    assert redact(plain) == (plain, ())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 .-/@+()abE[]€\u00a0٣"), max_size=120))
def test_masking_twice_changes_nothing_more(said: str) -> None:
    once = redact(said)
    assert redact(once.text).text == once.text


def test_a_path_is_masked_also_where_it_is_encoded_and_the_host_stays() -> None:
    result = redact_page("https://a.example/dossier/85073003328/jan.peeters%40voorbeeld.be/0470%2012%2034%2056")
    assert result.text == "https://a.example/dossier/[national%20number]/[e-mail]/[phone]"
    assert result.kinds == ("national_number", "email", "phone")
    assert redact_page("https://a.example/nieuws/2026/11/24") == ("https://a.example/nieuws/2026/11/24", ())


@pytest.mark.parametrize(
    "said",
    [
        "0" * 5_000,
        "0470 " * 1_000,
        "1 " * 2_500,
        "@" * 5_000,
        "a@" * 2_500,
        "BE12 " * 1_000,
        "+" * 5_000,
        "123456abcd" * 500,
        "(at " * 1_250,
        "٠" * 5_000,
    ],
)
def test_a_hostile_text_costs_no_more_than_a_moment(said: str) -> None:
    redact("warm 0470 12 34 56, 85.07.30-033.28, BE68 5390 0754 7034, 4111 1111 1111 1111")
    started = time.process_time()
    redact(said)
    assert time.process_time() - started < 0.5
