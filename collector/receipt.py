"""The receipt is the citizen's proof and way back. Of its code only a keyed hash is stored.

A code is 80 bits in Crockford's base 32, in four groups of four and a check character each, so that a slip of the pen
is found in its group. The check is a sum in the field of 32 elements: it finds every single wrong character, every
swap of two neighbours, and groups that changed places.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

import msgspec

from collector.errors import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 4
_VALUE = {c: i for i, c in enumerate(ALPHABET)}
_READ = str.maketrans("OILoil", "011011", " -\t\r\n\u00a0\u2010\u2011\u2012\u2013\u2014")


def _multiply(a: int, b: int) -> int:
    """Product in GF(32) with the polynomial x^5 + x^2 + 1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 32:
            a ^= 0b100101
        b >>= 1
    return product


_POWERS = (2, 4, 8, 16, 5)  # 2^1 … 2^5 in that field
_TIMES = tuple(tuple(_multiply(power, value) for value in range(32)) for power in _POWERS)


def check_character(values: tuple[int, int, int, int], group: int) -> str:
    """The fifth character of group `group` (1 to 4), from the four values before it."""
    total = _TIMES[4][group]
    for place, value in enumerate(values):
        total ^= _TIMES[place][value]
    return ALPHABET[total]


def code_from(data: bytes) -> str:
    """The printed form of ten bytes: `XXXXX-XXXXX-XXXXX-XXXXX`."""
    number = int.from_bytes(data[:10], "big")
    groups = []
    for group in range(1, GROUPS + 1):
        part = (number >> (20 * (GROUPS - group))) & 0xFFFFF
        a, b, c, d = part >> 15, (part >> 10) & 31, (part >> 5) & 31, part & 31
        groups.append(ALPHABET[a] + ALPHABET[b] + ALPHABET[c] + ALPHABET[d] + check_character((a, b, c, d), group))
    return "-".join(groups)


def read_code(typed: str) -> str:
    """The code as printed, from what a person typed (any case, O for 0, I or L for 1, with or without dashes).

    Refusal `code_mistyped` with `groups`, the places of the wrong groups (1 to 4); all four when the length is off."""
    plain = typed[:200].translate(_READ).upper()
    if len(plain) != 5 * GROUPS:
        raise Refusal("code_mistyped", groups=list(range(1, GROUPS + 1)), length=len(plain))
    groups = [plain[i : i + 5] for i in range(0, len(plain), 5)]
    wrong = []
    for place, group in enumerate(groups, 1):
        values = [_VALUE.get(c, -1) for c in group]
        if min(values) < 0 or check_character((values[0], values[1], values[2], values[3]), place) != group[4]:
            wrong.append(place)
    if wrong:
        raise Refusal("code_mistyped", groups=wrong, length=len(plain))
    return "-".join(groups)


class Keys:
    """What is derived from the installation's secret. One secret, one key for each purpose."""

    def __init__(self, secret: bytes) -> None:
        self._receipt = hmac.digest(secret, b"tijdens receipt code", sha256)
        self._stored = hmac.digest(secret, b"tijdens stored hash", sha256)
        self._sheet = hmac.digest(secret, b"tijdens sheet number", sha256)
        self._answer = hmac.digest(secret, b"tijdens answer to a question", sha256)
        self._second_factor = hmac.digest(secret, b"tijdens second factor", sha256)
        self._sealing = hmac.digest(secret, b"tijdens sealing", sha256)
        self._story = hmac.digest(secret, b"tijdens morning story", sha256)
        self._alert = hmac.digest(secret, b"tijdens alert", sha256)
        self.fingerprint = hmac.digest(secret, b"tijdens fingerprint", sha256).hex()[:16]

    def code(self, placement: str, key: str) -> str:
        """The receipt's code for a sender's key: the same again for a repeat, so it need not be stored."""
        return code_from(hmac.digest(self._receipt, f"{placement}\0{key}".encode(), sha256))

    def story(self, decision_id: int, submission_id: int) -> str:
        """The secret in the link of a morning story, 43 characters: the same when its mail is sent once more."""
        data = hmac.digest(self._story, f"{decision_id}\0{submission_id}".encode(), sha256)
        return urlsafe_b64encode(data).decode().rstrip("=")

    @staticmethod
    def same(one: str, other: str) -> bool:
        """Whether two secrets are the same, in a time that tells nothing of them."""
        return hmac.compare_digest(one.encode(), other.encode())

    def alert(self, alert_id: int, made_at: int) -> str:
        """The secret in the link that ends an alert: its number, and 32 characters that nobody else can make."""
        mac = hmac.digest(self._alert, f"{alert_id}\0{made_at}".encode(), sha256)
        return f"{alert_id}-{urlsafe_b64encode(mac[:24]).decode()}"

    def second_factor(self, salt: bytes) -> bytes:
        """The key that a member's phone shares with us, 20 bytes, from the salt that is kept: a stolen store opens nothing."""
        return hmac.digest(self._second_factor, salt, sha256)[:20]

    def seal(self, text: str) -> str:
        """What must be given to somebody else again, such as the secret of a client: encrypted (JWE, A256GCM)."""
        from joserfc import jwe  # here and below, so that a start does not wait for it
        from joserfc.jwk import OctKey

        header = {"alg": "dir", "enc": "A256GCM"}
        return jwe.encrypt_compact(header, text.encode(), OctKey.import_key(self._sealing))

    def unseal(self, sealed: str) -> str:
        """The text again."""
        from joserfc import jwe
        from joserfc.jwk import OctKey

        opened = jwe.decrypt_compact(sealed, OctKey.import_key(self._sealing)).plaintext
        return opened.decode() if opened else ""

    def sheet(self, placement: str, number: str) -> str:
        """The sender's key of a paper sheet. Its number stands on the sheet for all to see, the key cannot be told from it."""
        return "sheet-" + hmac.digest(self._sheet, f"{placement}\0{number}".encode(), sha256).hex()[:32]

    def answer(self, code: str, ask: int) -> str:
        """The sender's key of what is answered to a question from a receipt: who holds the code finds her answer with it, and
        nothing that is stored links the two."""
        return "ask-" + hmac.digest(self._answer, f"{code}\0{ask}".encode(), sha256).hex()[:32]

    def hash(self, value: str) -> bytes:
        """16 bytes by which a code or a body is known again, and from which neither can be read."""
        return hmac.digest(self._stored, value.encode(), sha256)[:16]


class AgencyName(msgspec.Struct, frozen=True, omit_defaults=True):
    """`names`: by language, for whoever reads that one; `name` is for all others."""

    key: str
    name: str
    names: dict[str, str] = {}
