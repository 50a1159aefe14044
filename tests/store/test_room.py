"""What a team and an author do with one another's voices, in any order: only steps of the table are taken, what was done can
be undone, the log tells how each voice stands, and the receipt says it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from collector.contact_point import ContactPoint
from collector.errors import Refusal
from collector.message import Saying
from collector.status import FOLLOWS, STATUSES
from collector.store.receipts import Opened
from collector.store.store import Store
from collector.submission import Submission
from tests.store.arrivals import KEYS, NOW, agency_with_page, arrival

T = TypeVar("T")
HARBOUR = ContactPoint("harbour", "Harbour desk", counter="Leveringen 1")
CASES = ContactPoint("cases", "Case desk", counter="Plein 2", task="case")
POINTS = ("harbour", "cases", "nobody")
_numbers = itertools.count(1)

which = st.integers(0, 1)


class Listening(RuleBasedStateMachine):
    """Each example is a store of its own, with two voices."""

    def __init__(self, runner: asyncio.Runner, folder: Path) -> None:
        super().__init__()
        self.runner = runner
        self.store = self.do(Store.open(f"sqlite:///{folder}/room-{next(_numbers)}.db"))
        self.now = NOW
        self.codes: list[Opened] = []

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.do(self.store.close())

    @initialize()
    def two_have_spoken(self) -> None:
        agency, page = self.do(agency_with_page(self.store))
        self.agency_id = agency.id
        for point in (HARBOUR, CASES):
            self.do(self.store.agencies.add_contact_point(agency, point, now=NOW))
        for number in range(2):
            key = f"voice-{number:05}"
            self.do(self.store.submissions.receive(arrival(page, key, impact=["right"])))
            self.codes.append(self.do(self.store.receipts.open(KEYS.hash(KEYS.code(page.key, key)))))

    def voice(self, number: int) -> Submission:
        return self.do(self.store.submissions.one(self.agency_id, self.codes[number].submission_id or 0))

    def refused(self, work: Coroutine[Any, Any, Any]) -> Refusal | None:
        """None when it was done. What is refused leaves no trace."""
        self.now += 1_000
        before = self.do(self.store.changes.last())
        try:
            self.do(work)
        except Refusal as refusal:
            assert self.do(self.store.changes.last()) == before
            return refusal
        return None

    def mark(self, one: Submission, status: Any, **more: Any) -> Refusal | None:
        return self.refused(
            self.store.submissions.mark(
                self.agency_id, one.id, status, revision=one.revision, by="Ann, Mobility office", now=self.now, **more
            )
        )

    @rule(number=which, status=st.sampled_from(STATUSES), aside=st.sampled_from([None, "twice", "test"]),
          point=st.sampled_from([None, None, *POINTS]), undo=st.booleans())  # fmt: skip
    def step(self, number: int, status: Any, aside: Any, point: str | None, undo: bool) -> None:
        before = self.voice(number)
        given: dict[str, Any] = {"aside": aside} | ({"contact_point": point} if point else {})
        refusal = self.mark(before, status, **given)
        if before.erased_at is not None:
            assert refusal is not None and refusal.code == "stale"
        elif status not in FOLLOWS[before.status]:
            assert refusal is not None and refusal.code == "wrong_state"
        elif (status == "aside") != (aside is not None):
            assert refusal is not None and refusal.fields == ("aside",)
        elif point == "nobody":
            assert refusal is not None and refusal.fields == ("contact_point",)
        else:
            assert refusal is None
            after = self.voice(number)
            stands = (status, aside, point or before.contact_point)
            assert (after.status, after.aside, after.contact_point) == stands
            assert after.revision == before.revision + 1
            if undo:
                self.take_back(number, before)

    def take_back(self, number: int, before: Submission) -> None:
        assert (
            self.mark(self.voice(number), before.status, contact_point=before.contact_point, aside=before.aside) is None
        )
        after = self.voice(number)
        for name in ("status", "aside", "contact_point", "kind", "themes", "text"):
            assert getattr(after, name) == getattr(before, name), name

    @rule(number=which, status=st.sampled_from(STATUSES))
    def step_that_saw_an_older_one(self, number: int, status: Any) -> None:
        one = self.voice(number)
        one.revision -= 1
        refusal = self.mark(one, status, aside="twice" if status == "aside" else None)
        assert refusal is not None and refusal.code == "stale"

    @rule(number=which, point=st.sampled_from([None, *POINTS]))
    def route(self, number: int, point: str | None) -> None:
        before = self.voice(number)
        refusal = self.mark(before, None, contact_point=point)
        if refusal is None:
            after = self.voice(number)
            assert (after.contact_point, after.status) == (point, before.status)

    @rule(number=which, what=st.sampled_from(["tell", "again", "hand", "write"]))
    def say(self, number: int, what: str) -> None:
        """What is no step of the table: words from either side, and the author who opens her receipt again."""
        before, opened = self.voice(number), self.codes[number]
        messages, receipts = self.store.messages, self.store.receipts
        said: Coroutine[Any, Any, Any]
        if what == "tell":
            saying = Saying("Wij lezen uw woorden.", "note")
            said = messages.tell(self.agency_id, before.id, saying, masked=(), by="Bob", now=self.now)
        elif what == "write":
            said = messages.add(self.agency_id, opened.id, before.id, f"Nog iets, {self.now}.", masked=(), now=self.now)
        elif what == "hand":
            said = receipts.hand(opened, "cases", now=self.now)
        else:
            said = receipts.feel(opened, "again", now=self.now)
        refusal = self.refused(said)
        after = self.voice(number)
        if refusal is None and what in ("again", "hand"):
            assert after.status in (before.status, "new") and after.aside in (None, before.aside)

    @precondition(lambda self: self.codes)
    @rule(number=which, sure=st.integers(0, 5))
    def erase(self, number: int, sure: int) -> None:
        if not sure:
            self.refused(self.store.receipts.erase(self.codes[number], now=self.now))
            after = self.voice(number)
            assert (after.contact_point, after.aside) == (None, None)

    @invariant()
    def a_reason_is_there_when_it_is_set_aside_and_never_else(self) -> None:
        for number in range(len(self.codes)):
            one = self.voice(number)
            assert one.erased_at is not None or (one.aside is not None) == (one.status == "aside")

    @invariant()
    def the_log_tells_how_each_stands_and_the_receipt_says_it(self) -> None:
        for number in range(len(self.codes)):
            one = self.voice(number)
            if one.erased_at is not None:
                continue
            document = self.do(self.store.receipts.document(self.codes[number], self.now))
            point = {"harbour": "Harbour desk", "cases": "Case desk", None: None}[one.contact_point]
            assert (document.status, document.aside) == (one.status, one.aside)
            assert document.meant_for == (point if one.status == "new" else None)
            if point is not None:
                assert document.office == point
            status, told, why = "new", None, None
            for step in self.do(self.store.changes.history(self.agency_id, one.id)):
                name, _, more = (step.detail or "").partition(" ")
                if step.change == "submission.status":
                    status, why = name, more if name == "aside" else None
                    told = more or None if name == "with" else told
                elif step.change == "submission.read":
                    status, why = (
                        ("read", None) if step.by == "Ann, Mobility office" or status == "new" else (status, why)
                    )
                elif step.change == "submission.routed":
                    told = None if step.detail == "none" else step.detail
                elif step.change in ("submission.felt", "submission.handed"):
                    status, why = one.status, one.aside
            assert (status, why) == (one.status, one.aside)
            assert told == one.contact_point


def test_voices_are_handled_in_any_order_of_steps(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        machine: Any = lambda: Listening(runner, tmp_path)  # noqa: E731  what it takes is a class, or what makes one
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=20,
                stateful_step_count=15,
                deadline=None,
                database=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
