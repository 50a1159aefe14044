"""Personal data is masked before anything is stored: the original reaches neither disk nor log.

Numbers count only with their checksum where they have one, so that dates, amounts and laws stay readable. What is
masked is said, never hidden.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from typing import NamedTuple
from urllib.parse import quote, unquote

MASKS = {
    "national_number": "[national number]",
    "iban": "[IBAN]",
    "card": "[card]",
    "email": "[e-mail]",
    "phone": "[phone]",
}
PHONE_CANDIDATES = 40  # a text with more numbers than that is a list; each costs some 40 microseconds


class Redacted(NamedTuple):
    """`kinds`: what was found, each once, in the order of first appearance."""

    text: str
    kinds: tuple[str, ...]


class Found(NamedTuple):
    start: int
    end: int
    kind: str


# between the digits of one number people write spaces, dots, dashes, slashes, and things nobody sees
_GAP = r"[\s.\-/_\u00a0\u2007\u2010-\u2015\u202f\u200b-\u200d\u2060·•]{0,3}"
# without one of these nothing below can be found. Each jumps from one possible beginning to the next; both in one would try
# every character in turn, and that took longer than all else that is done to a text
_AT = re.compile(r"[@＠]|[(\[{]\s?(?:at|AT|apenstaartje|arobase)\s?[)\]}]")
_NUMBER = re.compile(r"\d(?:\D{0,3}\d){6}")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.!#$%&'*+=?^`{|}~-]{1,64}(?:[@＠]|\s[@＠]\s)[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[^\W\d_]{2,24}"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s?[(\[{]\s?(?:at|AT|apenstaartje|arobase)\s?[)\]}]\s?[\w-]{1,63}"
    r"(?:\s?(?:\.|[(\[{]?\s?(?:dot|punt|point)\s?[)\]}]?)\s?[\w-]{2,63}){1,4}"
)
_OTHER_SCRIPT = re.compile("[\u0660-\U0010ffff]")  # no digit but 0 to 9 comes before these
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_DIGITS11 = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{10}}(?!\d)")
_IBAN = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}{_GAP}\d{_GAP}\d(?:{_GAP}[A-Za-z0-9]){{11,30}}")
_CARD = re.compile(r"(?<![\d])[2-6](?:[\s\-.\u00a0\u202f]?\d){12,18}(?!\d)")
_PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00){_GAP}[1-9](?:[\s.\-/()\u00a0\u202f]{{0,3}}\d){{6,13}}"
    r"|(?:\(0[1-9]\d{0,2}\)|0[1-9])(?:[\s.\-/()\u00a0\u202f]{0,3}\d){6,9})(?![A-Za-z0-9])"
)
_DATE = re.compile(r"\(?\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}(?!\d)")
_YEAR_BEFORE = re.compile(r"\d{4}[./-]\Z")
_ENTERPRISE = re.compile(r"0\d{3}\.\d{3}\.\d{3}")
_REGIONS = ("BE", "NL", "FR", "DE", "LU")


def redact(text: str, kinds: Collection[str] = MASKS) -> Redacted:
    """`text` with personal data masked; of `kinds` alone when they are named. Doing it twice changes nothing more."""
    plain = _plain_digits(text)
    if _NUMBER.search(plain) is None and _AT.search(plain) is None:
        return Redacted(text, ())
    found: list[Found] = []
    for kind, pattern, holds in _RULES:
        if kind not in kinds:
            continue
        for match in pattern.finditer(plain):
            span = holds(match, plain)
            if span is not None and not any(span[0] < f.end and f.start < span[1] for f in found):
                found.append(Found(span[0], span[1], kind))
    if not found:
        return Redacted(text, ())
    found.sort()
    parts, at = [], 0
    for item in found:
        parts += [text[at : item.start], MASKS[item.kind]]
        at = item.end
    parts.append(text[at:])
    return Redacted("".join(parts), tuple(dict.fromkeys(item.kind for item in found)))


def redact_page(url: str) -> Redacted:
    """The same for the path of an address, also where it is percent-encoded. Scheme and host stay as they are."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    readable = unquote(path, errors="replace")
    parts = [redact(part) for part in readable.split("/")]
    kinds = tuple(dict.fromkeys(kind for part in parts for kind in part.kinds))
    if not kinds:
        whole = redact(readable)
        if not whole.kinds:
            return Redacted(url, ())
        return Redacted(f"{scheme}://{host}{slash}{quote(whole.text, safe='/[]')}", whole.kinds)
    masked = "/".join(quote(part.text, safe="[]") for part in parts)
    return Redacted(f"{scheme}://{host}{slash}{masked}", kinds)


def _plain_digits(text: str) -> str:
    """The same length, every digit of every script as 0 to 9: a number does not slip because it is written otherwise."""
    if text.isascii() or _OTHER_SCRIPT.search(text) is None:
        return text
    return _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), text)


def _compact(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalnum())


def _national_number(match: re.Match[str], _: str) -> tuple[int, int] | None:
    from stdnum.be import bis, nn  # here and below: a start does not wait for what few texts need
    from stdnum.exceptions import ValidationError

    digits = _compact(match[0])
    for module in (nn, bis):
        try:
            module.validate(digits)
        except (ValidationError, ValueError):
            continue
        return match.span()
    # a birth date nobody has, such as 00.00.01, still is a number of a person when its checksum holds
    first, check = int(digits[:9]), int(digits[9:])
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    holds = check in (97 - first % 97, 97 - (2_000_000_000 + first) % 97)
    return match.span() if holds and month <= 12 and day <= 31 else None


def _iban(match: re.Match[str], text: str) -> tuple[int, int] | None:
    """The longest beginning that is an IBAN: what follows it may be the next word of the sentence."""
    from stdnum import iban

    whole = match[0]
    for length in range(len(whole), 14, -1):
        if not whole[length - 1].isalnum():
            continue
        following = match.start() + length
        if following < len(text) and text[following].isascii() and text[following].isalnum():
            continue
        if iban.is_valid(_compact(whole[:length]).upper(), check_country=False):
            return match.start(), following
    return None


def _card(match: re.Match[str], _: str) -> tuple[int, int] | None:
    from stdnum import luhn

    digits = _compact(match[0])
    known = digits[0] == "4" or 51 <= int(digits[:2]) <= 55 or 2221 <= int(digits[:4]) <= 2720
    known = known or digits[:2] in ("34", "37", "36", "38", "30", "60", "62", "64", "65", "67", "50", "56", "57", "58")
    return match.span() if known and luhn.is_valid(digits) else None


def _email(match: re.Match[str], _: str) -> tuple[int, int] | None:
    return match.span()


def _phone(match: re.Match[str], text: str) -> tuple[int, int] | None:
    """A number that the plan of a country knows, or one for abroad. Amounts and dates are none."""
    import phonenumbers
    from stdnum.be import vat

    raw = match[0]
    before = text[max(0, match.start() - 2) : match.start()]
    if before.endswith(("€", "$")) or text[match.end() : match.end() + 2].strip()[:1] in ("€", "%"):
        return None
    if _DATE.match(raw) or _YEAR_BEFORE.search(text[max(0, match.start() - 5) : match.start()]):
        return None
    if raw.startswith("00"):
        raw = "+" + raw[2:]
    digits = _compact(raw)
    if len(digits) == 10 and vat.is_valid(digits) and (_ENTERPRISE.fullmatch(raw) or before.upper() in ("BE", "E ")):
        return None
    if not raw.startswith("+") and len(digits) in (9, 10) and _belgian(digits):
        return match.span()
    for region in _REGIONS if not raw.startswith("+") else (None,):
        try:
            number = phonenumbers.parse(raw, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) or (region is None and phonenumbers.is_possible_number(number)):
            return match.span()
    return None


def _belgian(digits: str) -> bool:
    """A zone or mobile number by its length alone, also one that is not handed out yet; an enterprise number is none."""
    from stdnum.be import vat

    if len(digits) == 10 and vat.is_valid(digits):
        return False
    return len(digits) == 9 if digits[:2] != "04" else len(digits) == 10 or digits[2] in "23"


Rule = tuple[str, re.Pattern[str], Callable[[re.Match[str], str], tuple[int, int] | None]]
_RULES: tuple[Rule, ...] = (
    ("email", _EMAIL, _email),
    ("iban", _IBAN, _iban),
    ("national_number", _DIGITS11, _national_number),
    ("card", _CARD, _card),
    ("phone", _PHONE, _phone),
)
