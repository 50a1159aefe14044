"""What the life of a decision is made of, for `test_life`: a store, who spoke in it, and what was seen of it so far."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from collector.day import start_of
from collector.decision import Decision, State
from collector.errors import Refusal
from collector.public import HOUR_MS, Figures
from collector.store.store import Store
from collector.submission import Submission
from collector.theme import Theme
from tests.store.arrivals import agency_with_page
from tests.template import template
from tests.town import Town

T = TypeVar("T")
ZONE = "Europe/Brussels"
BEGIN = start_of("2027-03-22", ZONE) + 9 * HOUR_MS  # the clock goes forward on the 28th
_numbers = itertools.count(1)


class Lived(RuleBasedStateMachine):
    """Each example is a store of its own."""

    def __init__(self, runner: asyncio.Runner, folder: Path) -> None:
        super().__init__()
        self.runner = runner
        own = folder / str(next(_numbers))
        self.do(template(0, populated=False)).lay(own)
        self.store = self.do(Store.open(f"sqlite:///{own}/t.db"))
        self.do(agency_with_page(self.store))
        self.town = Town(self.store, BEGIN)
        self.agency_id = self.town.agency.id
        self.keys: list[str] = []
        self.codes: dict[int, bytes] = {}  # voice → its receipt
        self.about: dict[int, str | None] = {}  # voice → the decision that it was said on
        self.erased: set[int] = set()
        self.threads: dict[int, list[tuple[str, int]]] = {}  # voice → who said something on its receipt, and when
        self.ticked_at = BEGIN
        self.listened: dict[str, dict[str, Any]] = {}  # decision → what an open page shows
        self.followed: dict[int, Submission] = {}  # voice → what a team's screen shows
        self.cursor = 0
        self.checked = (0, 0, 0)
        self.figures: dict[tuple[str, int], Figures] = {}

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def refused(self, work: Coroutine[Any, Any, Any], *codes: str) -> Refusal | None:
        """None when it was done. What is refused, for one of `codes`, leaves no trace."""
        before = self.do(self.store.changes.last())
        try:
            self.do(work)
        except Refusal as refusal:
            assert refusal.code in codes, (refusal.code, refusal.fields)
            assert self.do(self.store.changes.last()) == before
            return refusal
        return None

    def key(self, number: int) -> str:
        return self.keys[number % len(self.keys)]

    def voice(self, number: int) -> int:
        return list(self.codes)[number % len(self.codes)]

    def theme(self, number: int) -> Theme | None:
        found = sorted(self.do(self.store.themes.list(self.agency_id, "*")), key=lambda theme: theme.id)
        return found[number % len(found)] if found else None

    def decision(self, number: int, *states: State) -> Decision:
        """One in those states; now and then any, to see it refused."""
        found = [self.store.decisions.mine(self.agency_id, key) for key in self.keys]
        fit = [decision for decision in found if decision.state in states] if number < 7 else []
        return (fit or found)[number % len(fit or found)]
