"""An agency is a public body. Every row of the store belongs to one."""

from __future__ import annotations

import re
from typing import Annotated
from zoneinfo import available_timezones

import msgspec
from msgspec import UNSET, Meta, UnsetType

from collector.errors import Refusal
from collector.text.clean import clean_line

LANGUAGES = ("nl", "fr", "de", "en")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")
STALE_DAYS = 180  # after which the team is asked to look at a contact point again
AUDIT_DAYS = 730  # as long as words: then nobody asks any more who read what is gone
RETENTION_DAYS = 730  # free text: two years; the single digital gateway allows three at most (2020/1121, article 11)
NAME_CHARACTERS = 200
CONTACT_CHARACTERS = 300


class Agency(msgspec.Struct, frozen=True):
    """`name`: where no language is known; `names` has it by language, for readers of that one. `privacy_contact`: whom to ask
    what happens with personal data. `retention_days`: how long words are kept. `time_zone`: an IANA name; days are counted in
    it. Nothing is published before it is there in every one of `required_languages`; a Belgian federal service owes Dutch and
    French to all, and German to those who speak it (laws on the use of languages of 18 July 1966, article 40). So many
    independent grave voices (`alarm_voices`) within so many days (`alarm_days`) raise the quiet alarm. `stale_days`: how long a
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
    names: dict[str, str] = {}
    privacy_contact: str = ""
    revision: int = 1

    @property
    def warned_languages(self) -> tuple[str, ...]:
        """Languages that are warned for when they are missing: German beside Dutch and French."""
        return ("de",) if {"nl", "fr"} <= set(self.required_languages) and "de" not in self.required_languages else ()


class Settling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PATCH /api/agency`: what is named changes. `names`: by language; at least one, and the first of those that
    are owed stands where no language is known. `retention_days` is bounded by the single digital gateway's three years
    (2020/1121, article 11)."""

    revision: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)]
    names: dict[str, str] | UnsetType = UNSET
    privacy_contact: str | UnsetType = UNSET
    required_languages: list[str] | UnsetType = UNSET
    time_zone: Annotated[str, Meta(max_length=100)] | UnsetType = UNSET
    retention_days: Annotated[int, Meta(ge=30, le=1_095)] | UnsetType = UNSET


def settled(agency: Agency, settling: Settling) -> Agency:
    """The agency as it is afterwards. Refusal `invalid` naming each field that cannot be."""
    changed: dict[str, object] = {}
    wrong = []
    if settling.required_languages is not UNSET:
        changed["required_languages"] = required = tuple(dict.fromkeys(settling.required_languages))
        if not required or not set(required) <= set(LANGUAGES):
            wrong.append("required_languages")
    if settling.names is not UNSET:
        names = {language: clean_line(settling.names[language]) for language in LANGUAGES if language in settling.names}
        names = {language: name for language, name in names.items() if name}
        if not names or not set(settling.names) <= set(LANGUAGES) or max(map(len, names.values())) > NAME_CHARACTERS:
            wrong.append("names")
        else:
            owed = settling.required_languages or agency.required_languages
            changed |= {"names": names, "name": next((names[one] for one in owed if one in names), min(names.values()))}
    if settling.privacy_contact is not UNSET:
        changed["privacy_contact"] = contact = clean_line(settling.privacy_contact)
        if len(contact) > CONTACT_CHARACTERS:
            wrong.append("privacy_contact")
    if settling.time_zone is not UNSET:
        changed["time_zone"] = settling.time_zone
        if settling.time_zone not in available_timezones():
            wrong.append("time_zone")
    if settling.retention_days is not UNSET:
        changed["retention_days"] = settling.retention_days
    if wrong:
        raise Refusal("invalid", fields=tuple(wrong))
    return msgspec.structs.replace(agency, **changed)


def checked_key(value: str, field: str = "key") -> str:
    """`value`, or Refusal `invalid`: keys stand in addresses, so they are lower-case letters, digits and dashes."""
    if not KEY.match(value):
        raise Refusal("invalid", fields=(field,))
    return value


def checked_name(value: str, field: str = "name") -> str:
    """`value` cleaned, on one line, or Refusal `invalid` when it is empty or longer than NAME_CHARACTERS."""
    value = clean_line(value)
    if not value or len(value) > NAME_CHARACTERS:
        raise Refusal("invalid", fields=(field,))
    return value
