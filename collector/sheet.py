"""Paper: a sheet carries a public number, its tear-off strip the receipt's code. From the number alone nobody can tell the
code, so whoever types a sheet in does not hold its receipt.

The number has ten digits and two check digits, the remainder of a division by 97, and is written as Belgians know it from
their bank: `123/4567/89012`. A wrong digit and two that changed places are always found.
"""

from __future__ import annotations

import re
import secrets

from collector.errors import Refusal

_DIGITS = re.compile(r"[0-9]{12}\Z")
_BETWEEN = re.compile(r"[\s/+.-]")


def new_number() -> str:
    """A number that nobody has, for all that chance allows: one of ten thousand million."""
    return _with_check(secrets.randbelow(10**10))


def _with_check(number: int) -> str:
    return f"{number:010}{number % 97 or 97:02}"


def read_number(typed: str) -> str:
    """Twelve digits from what a person typed, with or without its slashes. Refusal `invalid` naming `number` for one that no
    sheet can carry."""
    plain = _BETWEEN.sub("", typed[:60])
    if not _DIGITS.match(plain) or _with_check(int(plain[:10])) != plain:
        raise Refusal("invalid", fields=("number",))
    return plain


def printed(number: str) -> str:
    """`123/4567/89012`."""
    return f"{number[:3]}/{number[3:7]}/{number[7:]}"
