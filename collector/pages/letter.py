"""What the owner of a decision is mailed: one whole story each working morning, and, when its author withdraws it, that the
mail is to be deleted."""

from __future__ import annotations

from collector.day import Days
from collector.pages.render import JUST_NOW_MS, when
from collector.store.stories import Letter
from collector.submission import Submission
from collector.texts import pick
from collector.words import Words


class Letters:
    """`url` is how the public reaches us. The secret stands behind a `#`, which no server and no proxy sees."""

    def __init__(self, words: Words, url: str) -> None:
        self._words = words
        self._url = url

    def story(self, letter: Letter, secret: str) -> tuple[str, str]:
        """(subject, text) of the story itself."""
        parts = [
            self._say(letter, "hello", name=letter.name),
            self._say(letter, "about", title=_title(letter)),
            self._said(letter),
            *([weighs] if (weighs := weight_of(self._words, letter.tongue, letter)) else []),
            f"———\n{letter.text}\n———",
            self._say(letter, "press", link=f"{self._url}/story?lang={letter.tongue}#{secret}", office=letter.office),
            *([self._say(letter, "unread", number=letter.unread)] if letter.unread else []),
            self._say(letter, "rest"),
            self._say(letter, "why", agency=letter.agency),
        ]
        return self._say(letter, "subject", title=_title(letter)), "\n\n".join(parts) + "\n"

    def recall(self, letter: Letter) -> tuple[str, str]:
        """(subject, text) that asks for the mail of a story to be deleted; no words of it."""
        days = Days(letter.tongue, letter.zone, letter.drawn_at)
        day = days.full(days.of(letter.sent_at or letter.drawn_at))
        said = self._say(letter, "recall", day=day, title=_title(letter))
        return self._say(letter, "recall_subject"), self._say(letter, "hello", name=letter.name) + f"\n\n{said}\n"

    def _said(self, letter: Letter) -> str:
        """When, in which language, how and where it was said."""
        moment = when(letter.received_at, letter.tongue, letter.zone, letter.received_at + 2 * JUST_NOW_MS)
        place = f"{letter.placement} ({letter.page})" if letter.page else letter.placement
        return self._say(
            letter,
            "said",
            when=moment,
            language=language_name(self._words, letter.tongue, letter.language),
            channel=self._words.get(letter.tongue, f"morning.channel.{letter.channel}"),
            place=place,
        )

    def _say(self, letter: Letter, name: str, /, **values: object) -> str:
        return self._words.get(letter.tongue, f"morning.mail.{name}", **values)


def language_name(words: Words, tongue: str, language: str | None) -> str:
    """The name of a language in another one; its tag where we have no name for it."""
    if language is None:
        return words.get(tongue, "morning.language.none")
    name = f"morning.language.{language.partition('-')[0].lower()}"
    return words.get(tongue, name) if name in words.names("en") else language


def weight_of(words: Words, tongue: str, said: Letter | Submission) -> str:
    """What its author answered: what it means, whether there is another way, what it costs."""
    found = []
    answer = said.outcome or said.effect or said.reason
    if answer:
        found.append(words.get(tongue, f"pages.value.{answer}"))
    if said.another_way:
        other = words.get(tongue, f"pages.value.{said.another_way}").lower()
        found.append(f"{words.get(tongue, 'pages.value.another_way')}: {other}")
    if said.impact:
        values = ", ".join(words.get(tongue, f"pages.value.{name}").lower() for name in said.impact)
        found.append(f"{words.get(tongue, 'pages.value.impact')}: {values}")
    return " · ".join(found)


def _title(letter: Letter) -> str:
    """In one line: it stands in a subject too."""
    return " ".join(pick(letter.title, letter.tongue)[0].split()) or letter.key
