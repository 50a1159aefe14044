"""What colleagues are mailed: what is new in a saved view, what is still unanswered, that a hook was paused. Figures, names of
pages and links; nothing of what people wrote, since a mail leaves the house."""

from __future__ import annotations

from collector.alert import fragment_of
from collector.day import Days
from collector.live.alerts import Mailing
from collector.pages.render import JUST_NOW_MS, when
from collector.receipt import Keys
from collector.store.letters import Letter
from collector.words import Words


class ColleagueLetters:
    """`url` is how colleagues reach the dashboard."""

    def __init__(self, words: Words, url: str, keys: Keys) -> None:
        self._words = words
        self._url = url
        self._keys = keys

    def written(self, letter: Letter) -> Mailing:
        off = self._off(letter)
        parts = [
            self._say(letter, "hello", name=letter.member),
            *(self._paused(letter) if letter.kind == "hook" else self._figures(letter)),
            self._say(letter, "look", link=self._link(letter)),
            self._say(letter, "nothing"),
            *([self._say(letter, "off", link=off)] if off else []),
        ]
        return Mailing(self._subject(letter), "\n\n".join(parts) + "\n", off)

    def _subject(self, letter: Letter) -> str:
        facts = letter.facts
        return self._say(letter, f"subject.{letter.kind}", view=letter.view, number=facts.number, hook=facts.hook)

    def _figures(self, letter: Letter) -> list[str]:
        facts = letter.facts
        lines = [self._say(letter, letter.kind, view=letter.view, number=facts.number, since=self._since(letter))]
        if facts.unread:
            lines.append(self._say(letter, "unread", number=facts.unread))
        if facts.grave:
            lines.append(self._say(letter, "grave", number=facts.grave))
        places = "\n".join(f"- {name}: {number}" for name, number in facts.places)
        return ["\n".join(lines), f"{self._say(letter, 'where')}\n{places}"]

    def _paused(self, letter: Letter) -> list[str]:
        return [self._say(letter, f"hook.{letter.facts.because}", hook=letter.facts.hook)]

    def _since(self, letter: Letter) -> str:
        """Since when it waits: a moment of the last hours, or a day."""
        at = letter.facts.since or letter.facts.oldest or letter.at
        if letter.kind == "new":
            return when(at, letter.language, letter.zone, at + 2 * JUST_NOW_MS)
        days = Days(letter.language, letter.zone, letter.at)
        return days.full(days.of(at))

    def _link(self, letter: Letter) -> str:
        fragment = "#hooks" if letter.kind == "hook" else fragment_of(letter.asked)
        return f"{self._url}/dashboard?lang={letter.language}{fragment}"

    def _off(self, letter: Letter) -> str | None:
        if letter.alert_id is None or letter.alert_at is None:
            return None
        secret = self._keys.alert(letter.alert_id, letter.alert_at)
        return f"{self._url}/alerts/off?lang={letter.language}&k={secret}"

    def _say(self, letter: Letter, name: str, /, **values: object) -> str:
        return self._words.get(letter.language, f"alert.{name}", **values)
