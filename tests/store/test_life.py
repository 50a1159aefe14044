"""The life of a decision in the real store, in any order of steps: its promise is never broken in silence, receipts follow
wherever it goes, figures agree, and whoever follows the log knows what whoever reads the tables knows."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from collector.decision import PHASES, PROMISES, Decision, Expected, File, Planned, State, Writing
from collector.message import Saying
from collector.public import HOUR_MS
from collector.section import Section
from collector.status import FOLLOWS
from collector.store.steps import Anyway
from collector.submission import Correction, Permissions
from collector.theme import Answering, Naming, Theme
from tests.often import often, proof
from tests.store.arrivals import KEYS, arrival
from tests.store.laws import Laws
from tests.store.lived import Lived
from tests.town import said

Rule = TypeVar("Rule", bound=Callable[..., Any])
RESULT = said("Zo doen we het.", "Nous ferons ainsi.")
BECAUSE = said("Er is meer tijd nodig.", "Il faut plus de temps.")
ANYWAY = Anyway(said("De tijd was om.", "Le temps manquait."))
PASSAGES = (said("Niemand mag door.", "Personne ne passe."), said("Bewoners mogen door.", "Les habitants passent."))
# phase, first and last day, counted from the day on which it is made
PLANS: dict[str, list[tuple[Any, int, int | None]]] = {
    "none": [],
    "drafting": [("drafting", 1, 4), ("deciding", 6, None), ("implementing", 9, None)],
    "agenda": [("agenda", -1, None), ("drafting", 3, 5), ("deciding", 5, None), ("monitoring", 12, None)],
}
_numbers = itertools.count(1)

which = st.integers(0, 7)


def some(*states: State) -> Callable[[Rule], Rule]:
    """A rule for when there is a decision in one of `states`."""

    def there_is(self: Lived) -> bool:
        return any(self.decision(number).state in states for number in range(len(self.keys)))

    found: Callable[[Rule], Rule] = precondition(there_is)
    return found


class Life(Laws):
    """The steps, in any order. `which` picks among what there is."""

    @initialize(
        plans=st.lists(st.sampled_from(sorted(PLANS)), min_size=2, max_size=2),
        promises=st.lists(st.sampled_from(PROMISES), min_size=2, max_size=2),
        voices=st.integers(0, 3),
    )
    def two_are_being_decided(self, plans: list[str], promises: list[Any], voices: int) -> None:
        for place, (plan, promise) in enumerate(zip(plans, promises, strict=True)):
            self.begin(promise, plan, 8, 1)
            for number in range(voices):
                self.speak(place, number < 2, number == 1, True)
            self.name_theme(place, [3 * place] if voices else [], True, False)

    # what a team does with its decisions

    @precondition(lambda self: len(self.keys) < 4)
    @rule(promise=st.sampled_from(PROMISES), plan=st.sampled_from(sorted(PLANS)), days=st.integers(2, 9),
          publish=st.integers(0, 4))  # fmt: skip
    def begin(self, promise: Any, plan: str, days: int, publish: int) -> None:
        key = f"decision-{len(self.keys)}"
        self.do(self.store.decisions.create(
            self.agency_id, key, self._file(promise, plan, days), now=self.town.now, by="Ann"))  # fmt: skip
        self.keys.append(key)
        if publish:
            self.do(self.town.step(key, "publish"))

    def _file(self, promise: Any, plan: str, days: int) -> File:
        phases = [
            Planned(phase, self.town.day(opens), self.town.day(closes) if closes is not None else None)
            for phase, opens, closes in PLANS[plan]
        ]
        expected = [Expected("bus", said("De bus moet om.", "Le bus doit faire un détour."))]
        return self.town.file(until=self.town.day(days), promise=promise, phases=phases, expected=expected)

    @some("draft")
    @rule(number=which)
    def publish(self, number: int) -> None:
        self.refused(self.town.step(self.decision(number, "draft").key, "publish"), "wrong_state")

    @some("published", "decided")
    @rule(number=which)
    def withdraw(self, number: int) -> None:
        decision = self.decision(number, "published", "decided")
        self.refused(self.town.step(decision.key, "withdraw", text=BECAUSE), "wrong_state")

    @some("withdrawn", "decided")
    @rule(number=which, phase=st.sampled_from([None, None, None, *PHASES]))
    def reopen(self, number: int, phase: Any) -> None:
        before = self.decision(number, "withdrawn", "decided")
        refusal = self.refused(
            self.town.step(before.key, "reopen", phase=phase, text=BECAUSE), "wrong_state", "invalid"
        )
        if refusal is None and before.course.decided is not None and phase is None:
            after = self.store.decisions.by_key(before.key)
            assert after.phase == "deciding", "what was decided is being decided again"

    @some("published", "decided")
    @rule(number=which, phase=st.sampled_from(PHASES))
    def lead(self, number: int, phase: Any) -> None:
        before = self.decision(number, "published", "decided")
        refusal = self.refused(self.town.step(before.key, "phase", phase=phase), "wrong_state", "invalid")
        if refusal is None and before.state == "published" and phase == "implementing":
            assert before.phase_at(self.town.now) == "implementing", "nothing is carried out before it is decided"

    @some("published", "decided")
    @rule(number=which, anyway=st.booleans())
    def mark_answered(self, number: int, anyway: bool) -> None:
        self._promised(self.decision(number, "published", "decided"), "answered", anyway)

    @some("published")
    @rule(number=which, anyway=st.booleans())
    def decide(self, number: int, anyway: bool) -> None:
        self._promised(self.decision(number, "published"), "decided", anyway)

    def _promised(self, before: Decision, step: Any, anyway: bool) -> None:
        """Never while something waits, unless somebody says so."""
        waits = self.do(self._waiting(before))
        unchanged = step == "decided" and before.file.promise == "change" and not self.do(self._moved(before))
        bound = step == "answered" or before.file.promise != "tell"
        refusal = self.refused(
            self.town.step(before.key, step, text=RESULT, anyway=ANYWAY if anyway else None),
            "wrong_state", "unanswered",
        )  # fmt: skip
        if refusal is not None and refusal.code == "wrong_state":
            assert before.state not in (("published",) if step == "decided" else ("published", "decided"))
            return
        broken = bound and not (waits.none and not unchanged)
        assert (refusal is not None) == (broken and not anyway)
        if refusal is not None:
            assert refusal.members == {"unanswered": waits, "text_unchanged": unchanged}
            return
        after = self.store.decisions.by_key(before.key)
        if broken:
            assert after.course.override is not None
            assert (after.course.override.unanswered, after.course.override.text_unchanged) == (waits, unchanged)
        elif step == "decided":
            assert after.course.override is None

    @some("published")
    @rule(number=which, into=which)
    def merge(self, number: int, into: int) -> None:
        one, other = self.decision(number, "published", "decided"), self.decision(into, "published")
        refusal = self.refused(self.town.step(one.key, "merge", into=other.key), "wrong_state", "invalid")
        if refusal is None:
            target = self.store.decisions.where_it_went(other)
            kept = PROMISES.index(target.file.promise) >= PROMISES.index(one.file.promise)
            assert kept, "a promise goes along"
            self.do(self._every_receipt_follows())

    @some("draft", "published", "decided")
    @rule(number=which, days=st.integers(-1, 15), reason=st.booleans(), promise=st.sampled_from(PROMISES))
    def write(self, number: int, days: int, reason: bool, promise: Any) -> None:
        before = self.decision(number, "published", "decided", "draft")
        writing = Writing(
            revision=before.revision, until=self.town.day(days), promise=promise, because=BECAUSE if reason else {}
        )
        moves = before.file.until != self.town.day(days)
        refusal = self.refused(
            self.store.decisions.write(self.agency_id, before.key, writing, now=self.town.now, by="Ann"),
            "wrong_state", "invalid",
        )  # fmt: skip
        if refusal is None:
            after = self.store.decisions.mine(self.agency_id, before.key)
            self.ticked_at = self.town.now
            if before.public:
                assert PROMISES.index(after.file.promise) >= PROMISES.index(before.file.promise)
                assert before.state != "decided" or after.file.promise == before.file.promise
                assert (len(after.course.moved) > len(before.course.moved)) == moves and (reason or not moves)

    @precondition(lambda self: self.keys)
    @rule(
        number=which,
        texts=st.lists(st.integers(0, 1), min_size=1, max_size=2),
        key=st.sampled_from(["who", "who", "x"]),
    )
    def text(self, number: int, texts: list[int], key: str) -> None:
        decision = self.decision(number, "published", "draft", "decided")
        for text in texts:
            self.refused(self.town.version(decision.key, [Section(key, PASSAGES[text])]), "wrong_state")

    @precondition(lambda self: self.keys)
    @rule(number=which, theme=which)
    def link(self, number: int, theme: int) -> None:
        decision, moved = self.decision(number), self.theme(theme)
        if decision.version < 2 or moved is None:
            return
        self.refused(
            self.store.sections.link(
                decision, section="who", version=decision.version, before=PASSAGES[0], after=PASSAGES[1],
                themes=[moved.id], now=self.town.now, by="Ann",
            ),
            "invalid",
        )  # fmt: skip

    # what people do

    @rule(number=st.integers(0, 4), words=st.booleans(), health=st.booleans(), quote=st.booleans())
    def speak(self, number: int, words: bool, health: bool, quote: bool) -> None:
        """On a decision, or on none; under the name that its page had once."""
        named = self.store.decisions.named(self.town.page, self.keys[number]) if number < len(self.keys) else None
        key = f"voice-{next(_numbers):08}"
        one = arrival(
            self.town.page, key, f"Ik woon hier, {key}." if words else None, at=self.town.now, outcome=None,
            effect="harder", impact=["health"] if health else None, permissions=Permissions(quote=quote),
        )  # fmt: skip
        one.decision = named.key if named else None
        one.phase = named.phase_of_words(self.town.now) if named else None
        received = self.do(self.store.submissions.receive(one))
        self.codes[received.id] = KEYS.hash(KEYS.code("page", key))
        self.about[received.id] = one.decision

    @precondition(lambda self: self.codes)
    @rule(number=which, what=st.sampled_from(["erase", "words", "silent", "forbid", "add", "heard", "again"]))
    def on_the_receipt(self, number: int, what: str) -> None:
        voice = self.voice(number)
        receipts, now = self.store.receipts, self.town.now
        opened = self.do(receipts.open(self.codes[voice]))
        if what == "erase":
            self.do(receipts.erase(opened, now=now))
            self.erased.add(voice)
        elif what in ("words", "silent", "forbid"):
            text = f"Ik schrijf het anders, {next(_numbers)}." if what == "words" else None
            correction = Correction(permissions=Permissions()) if what == "forbid" else Correction(text=text)
            self.refused(receipts.correct(opened, correction, text=text, masked=(), now=now), "receipt")
        elif what == "add":
            adding = receipts.messages.add(
                self.agency_id, opened.id, voice, f"En nog dit, {next(_numbers)}.", masked=(), now=now
            )
            if self.refused(adding, "receipt") is None:
                self.threads.setdefault(voice, []).append(("citizen", now))
        else:
            felt: Any = what
            self.refused(receipts.feel(opened, felt, now=now), "receipt", "wrong_state")

    # what a team does with voices

    @precondition(lambda self: self.codes)
    @rule(number=which, what=st.sampled_from(["read", "aside", "answered", "new", "tell"]))
    def handle(self, number: int, what: str) -> None:
        voice, store, now = self.voice(number), self.store, self.town.now
        gone = voice in self.erased
        if what == "tell":
            saying = Saying("Wij lezen uw woorden.", "note")
            telling = store.messages.tell(self.agency_id, voice, saying, masked=(), by="Ann", now=now)
            if self.refused(telling, *(["wrong_state"] if gone else [])) is None:
                self.threads.setdefault(voice, []).append(("agency", now))
            return
        status: Any = what
        before = self.do(store.submissions.one(self.agency_id, voice))
        aside: Any = "twice" if what == "aside" else None
        marking = store.submissions.mark(
            self.agency_id, voice, status, revision=before.revision, by="Ann", now=now, aside=aside
        )
        self.refused(marking, *(["stale"] if gone else [] if status in FOLLOWS[before.status] else ["wrong_state"]))

    @rule(number=which, voices=st.lists(which, max_size=3), on=st.booleans(), expected=st.booleans())
    def name_theme(self, number: int, voices: list[int], on: bool, expected: bool) -> None:
        on = on and bool(self.keys)
        naming = Naming(
            said("Wonen", "Habiter"), self.key(number) if on else None, "bus" if expected and on else None,
            [self.voice(voice) for voice in voices] if self.codes else [],
        )  # fmt: skip
        self.refused(
            self.store.themes.create(self.agency_id, naming, now=self.town.now, by="Ann"), "invalid", "not_found"
        )

    @precondition(lambda self: self.codes)
    @rule(number=which, other=which,
          what=st.sampled_from(["add", "remove", "quote", "unquote", "merge", "move", "grow"]))  # fmt: skip
    def sort(self, number: int, other: int, what: str) -> None:
        theme, into = self.theme(number), self.theme(other)
        if theme is None or into is None:
            return
        themes, voice = self.store.themes, self.voice(other)
        given: dict[str, Any] = {"now": self.town.now, "by": "Ann"}
        if what in ("add", "remove"):
            listed: dict[str, Any] = {"add": [], "remove": [], what: [voice]}
            self.do(themes.sort(self.agency_id, theme.id, **listed, **given))
        elif what in ("quote", "unquote"):
            quoting = themes.quote(self.agency_id, theme.id, voice, what == "quote", **given)
            self.refused(quoting, "not_found", "not_allowed")
        elif what == "merge":
            self.refused(themes.merge(self.agency_id, theme.id, into.id, **given), "invalid")
        elif what == "grow":
            self._grow(theme, **given)
        else:
            moving = themes.write(self.agency_id, theme.id, revision=theme.revision, decision=self.key(other), **given)
            self.do(moving)

    def _grow(self, theme: Theme, **given: Any) -> None:
        """A theme of no decision becomes one."""
        key = f"decision-{len(self.keys)}"
        growing = self.store.decisions.create(
            self.agency_id, key, self._file("answer", "none", 5), theme_id=theme.id, **given
        )
        if self.refused(growing, *([] if theme.decision is None else ["invalid"])) is None:
            self.keys.append(key)

    @rule(number=which, more=which, publish=st.booleans())
    def answer(self, number: int, more: int, publish: bool) -> None:
        themes = {theme.id for theme in (self.theme(number), self.theme(more)) if theme is not None}
        if themes:
            self.do(
                self.town.answer(sorted(themes), "not_changed", BECAUSE, days=0) if publish else self._draft(themes)
            )

    async def _draft(self, themes: Iterable[int]) -> None:
        answering = Answering(sorted(themes), "not_known", {"nl": "Nog niet."}, "Mobility office")
        await self.store.responses.write(self.town.agency, answering, now=self.town.now, by="Ann")

    @precondition(lambda self: self.codes)
    @rule(number=which, voice=which, quoted=st.booleans())
    def quote(self, number: int, voice: int, quoted: bool) -> None:
        if theme := self.theme(number):
            self.refused(
                self.store.themes.quote(
                    self.agency_id, theme.id, self.voice(voice), quoted, now=self.town.now, by="Ann"
                ),
                "not_found", "not_allowed",
            )  # fmt: skip

    # time

    @rule(hours=st.sampled_from([0.2, 1, 5, 15, 24, 60]), ticks=st.integers(0, 2))
    def wait(self, hours: float, ticks: int) -> None:
        """Without a tick: nobody looked at the calendar yet when the next step is taken."""
        self.town.now += round(hours * HOUR_MS)
        if ticks:
            self.do(self.store.decisions.tick(self.town.now))
            self.ticked_at = self.town.now

    @some("published", "decided")
    @rule(number=which, ticks=st.integers(0, 2))
    def wait_for_the_calendar(self, number: int, ticks: int) -> None:
        """Until just after something opens or closes."""
        moments = self.decision(number, "published", "decided").next_moments(self.town.now)
        self.wait((moments[0] + 1 - self.town.now) / HOUR_MS if moments else 1, ticks)


@proof
def test_a_decision_lives_in_any_order_of_steps(tmp_path: Path) -> None:
    """What fails is not made smaller: the steps that led there are printed within the time that a test has."""
    with asyncio.Runner() as runner:
        machine: Any = lambda: Life(runner, tmp_path)  # noqa: E731  what it takes is a class, or what makes one
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=often(8, 60), stateful_step_count=35, deadline=None, database=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
