"""Our own words, in the reader's language: `messages/<language>.json`, read once when the collector starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from collector.agency import LANGUAGES
from collector.errors import Refusal


class Words:
    """Texts by language and dotted name. Every language has every name; a test holds it so."""

    def __init__(self) -> None:
        self._texts = {language: _texts(language) for language in LANGUAGES}

    def get(self, language: str, name: str, /, **values: object) -> str:
        """The text of `name` with `{value}`s filled in. KeyError for a name that is not there."""
        text = self._texts[language if language in self._texts else "en"][name]
        return text.format(**values) if values else text

    def under(self, language: str, prefix: str) -> dict[str, str]:
        """All texts whose name begins with `prefix.`, by the rest of their name."""
        start = prefix + "."
        texts = self._texts[language if language in self._texts else "en"]
        return {name.removeprefix(start): text for name, text in texts.items() if name.startswith(start)}

    def names(self, language: str) -> set[str]:
        return set(self._texts[language])

    def problem(self, refusal: Refusal, language: str) -> dict[str, object]:
        """The problem document (RFC 9457) of a refusal."""
        values: dict[str, object] = {}
        if "groups" in refusal.members:
            groups = refusal.members["groups"]
            values["groups"] = ", ".join(str(group) for group in groups) if isinstance(groups, Iterable) else groups
        if refusal.code == "slow_down":
            values["minutes"] = max(1, -(-(refusal.retry_after or 60) // 60))
        document: dict[str, object] = {
            "type": f"/problems/{refusal.code}",
            "title": self.get(language, f"errors.{refusal.code}.title"),
            "status": refusal.status,
            "detail": self.get(language, f"errors.{refusal.code}.detail", **values),
        }
        if refusal.fields:
            known = self._texts[language if language in self._texts else "en"]
            document["fields"] = {name: _field(known, name) for name in refusal.fields}
        if "challenge" in refusal.members:
            document["working"] = self.get(language, f"errors.{refusal.code}.working")
        return document | refusal.members

    def masked_notice(self, language: str, kinds: tuple[str, ...], contact: str) -> str | None:
        """What was masked, in a sentence; where it was a phone or an e-mail, that nobody calls back, and whom to call."""
        if not kinds:
            return None
        named = ", ".join(self.get(language, f"masked.{kind}") for kind in kinds)
        sentence = self.get(language, "masked.notice", kinds=named)
        if "phone" in kinds or "email" in kinds:
            sentence += " " + self.get(language, "masked.no_call", contact=contact).strip()
        return sentence


@cache
def _texts(language: str) -> dict[str, str]:
    """All texts of a language by dotted name; read once a process."""
    return flat(msgspec.json.decode(files("collector").joinpath(f"messages/{language}.json").read_bytes()))


def _field(known: Mapping[str, str], name: str) -> str:
    """What a field takes. `title.fr` is a text in one language: the sentence names it."""
    base, _, language = name.partition(".")
    sentence = known.get(f"fields.{base}_text") if language else None
    sentence = sentence or known.get(f"fields.{base}", known["fields.unknown"])
    return f"{sentence} ({language})" if language else sentence


def flat(nested: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """`{"a": {"b": "c"}}` → `{"a.b": "c"}`."""
    texts: dict[str, str] = {}
    for name, value in nested.items():
        if isinstance(value, Mapping):
            texts |= flat(value, f"{prefix}{name}.")
        else:
            texts[prefix + name] = value
    return texts
