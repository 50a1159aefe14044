"""A bell tells by e-mail that there is news on a receipt, and nothing more."""

from __future__ import annotations

import re
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.errors import Refusal

# dot-atom (RFC 5322, 3.2.3) at a domain of two labels or more; an international domain in its xn-- form
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)


class BellWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/receipt/bell`. `language`: of what it says."""

    email: Annotated[str, Meta(max_length=254)]
    language: Literal["nl", "fr", "de", "en"]


def is_address(text: str) -> bool:
    """Whether a mail server could take it: 254 characters at most, 64 before the `@` (RFC 5321, 4.5.3.1)."""
    return len(text) <= 254 and len(text.partition("@")[0]) <= 64 and _ADDRESS.fullmatch(text) is not None


def checked_address(email: str) -> str:
    """The address without spaces around it, an international domain in ASCII. Refusal `invalid` for what is none."""
    local, at, domain = email.strip().rpartition("@")
    try:
        address = f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        raise Refusal("invalid", fields=("email",)) from None
    if not is_address(address):
        raise Refusal("invalid", fields=("email",))
    return address
