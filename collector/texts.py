"""One text in several languages: `{"nl": …, "fr": …}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collector.agency import LANGUAGES
from collector.errors import Refusal
from collector.text.clean import clean

Texts = dict[str, str]
LINE = 300  # characters of a title or a sentence
PARAGRAPHS = 20_000


def checked_texts(texts: Mapping[str, str], field: str, limit: int = PARAGRAPHS) -> Texts:
    """The texts that say something, cleaned, in our order of languages. Refusal `invalid` naming `field` for a language
    that is not ours, or for more than `limit` characters."""
    kept = {}
    for language in texts:
        if language not in LANGUAGES:
            raise Refusal("invalid", fields=(field,))
    for language in LANGUAGES:
        text = clean(texts.get(language, ""))
        if len(text) > limit:
            raise Refusal("invalid", fields=(field,))
        if text:
            kept[language] = text
    return kept


def pick(texts: Mapping[str, str] | None, language: str) -> tuple[str, str]:
    """(text, its language) for a reader: her own language, else the first there is; two empty strings for none. Say the
    language in the markup: it may not be the page's."""
    if not texts:
        return "", ""
    if language in texts:
        return texts[language], language
    found = next((code for code in LANGUAGES if code in texts), next(iter(texts)))
    return texts[found], found


def missing_languages(texts: Mapping[str, str] | None, wanted: Iterable[str]) -> list[str]:
    """Which of `wanted` are not there."""
    return [language for language in wanted if not (texts or {}).get(language)]
