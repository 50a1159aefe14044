"""An agency is a public body. Every row of the store belongs to one."""

from __future__ import annotations

import re

import msgspec

from collector.errors import Refusal
from collector.text.clean import clean_line

LANGUAGES = ("nl", "fr", "de", "en")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")
STALE_DAYS = 180  # after which the team is asked to look at a contact point again
AUDIT_DAYS = 730  # as long as words: then nobody asks any more who read what is gone
RETENTION_DAYS = 730  # free text: two years; the single digital gateway allows three at most (2020/1121, article 11)


class Agency(msgspec.Struct, frozen=True):
    """`retention_days`: how long words are kept. `time_zone`: an IANA name; days are counted in it. Nothing is published
    before it is there in every one of `required_languages`; a Belgian federal service owes Dutch and French to all, and
    German to those who speak it (laws on the use of languages of 18 July 1966, article 40). So many independent grave voices
    (`alarm_voices`) within so many days (`alarm_days`) raise the quiet alarm. `stale_days`: how long a
    contact point is taken to be right after somebody checked it. `audit_days`: how long it is known who did and read what.
    `second_factor`: members with a password need one."""

    id: int
    key: str
    name: str
    retention_days: int = RETENTION_DAYS
    time_zone: str = "Europe/Brussels"
    required_languages: tuple[str, ...] = ("nl", "fr")
    alarm_voices: int = 3
    alarm_days: int = 7
    stale_days: int = STALE_DAYS
    audit_days: int = AUDIT_DAYS
    second_factor: bool = False

    @property
    def warned_languages(self) -> tuple[str, ...]:
        """Languages that are warned for when they are missing: German beside Dutch and French."""
        return ("de",) if {"nl", "fr"} <= set(self.required_languages) and "de" not in self.required_languages else ()


def checked_key(value: str, field: str = "key") -> str:
    """`value`, or Refusal `invalid`: keys stand in addresses, so they are lower-case letters, digits and dashes."""
    if not KEY.match(value):
        raise Refusal("invalid", fields=(field,))
    return value


def checked_name(value: str, field: str = "name", limit: int = 200) -> str:
    """`value` cleaned, on one line, or Refusal `invalid` when it is empty or over `limit` characters."""
    value = clean_line(value)
    if not value or len(value) > limit:
        raise Refusal("invalid", fields=(field,))
    return value
