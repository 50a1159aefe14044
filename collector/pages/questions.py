"""The widget's own words, for the pages that ask the same without JavaScript. One set of texts for both."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec

from collector.agency import LANGUAGES
from collector.endpoints.placements import first_screens

FIELDS = {"outcome": "outcome", "found": "outcome", "effect": "effect", "reason": "reason"}


class Questions:
    """Read once, when the app is made."""

    def __init__(self) -> None:
        folder = files("widget").joinpath("messages")
        self._first = first_screens()
        self._rest = {name: _read(folder.joinpath(f"{name}.json").read_bytes()) for name in LANGUAGES}
        self._cost = {name: _read(folder.joinpath("cost", f"{name}.json").read_bytes()) for name in LANGUAGES}
        self._after = {name: _read(folder.joinpath("after", f"{name}.json").read_bytes()) for name in LANGUAGES}

    def of(self, language: str, question: str, pressed: str) -> dict[str, Any]:
        """All words of the three screens, after `pressed` was answered (empty: nothing yet)."""
        first, more, receipt = self._first[language], self._rest[language]["more"], self._after[language]["receipt"]
        cost, decision = self._cost[language], question == "effect"
        label = "know" if decision else "better" if pressed == "yes" else "happened"
        return {
            "question": first[question]["question"],
            "why": first["all"]["why"],
            "own_case": first["all"]["own"],
            "field": FIELDS[question],
            "answers": list(first[question]["answers"].items()),
            "saved": more["saved"],
            "words": more[label],
            "hint": more["hint"],
            "another_way": more["way_decision"] if decision else more["way"],
            "another_way_answers": list(more["ways"].items()),
            "impact": cost["cost_decision" if decision else "cost"],
            "impact_answers": list(cost["costs"].items()),
            "rating": first["gateway"]["rating"],
            "send": more["send"],
            "undo": more["undo"],
            "thanks": receipt["thanks"],
            "read_days": receipt["read_days"],
            "code": receipt["code"],
            "code_hint": receipt["code_hint"],
            "see": receipt["see"],
            **self.permissions(language),
        }

    def permissions(self, language: str) -> dict[str, str]:
        """The two sentences that nobody has ticked."""
        receipt = self._after[language]["receipt"]
        return {"quote": receipt["quote"], "invite": receipt["invite"]}


def _read(raw: bytes) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(raw)
    return found
