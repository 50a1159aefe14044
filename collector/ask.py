"""An ask is one question that an office puts to the people of a decision: on their receipts, and on its pages.

Who looks at a receipt is not kept, so nobody knows whom it will reach. What can be said beforehand rests on what people did:
who came back to a receipt, and how many answered an earlier question.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from collector.day import Day, end_of
from collector.errors import Refusal
from collector.texts import LINE, Texts, checked_texts, missing_languages

DAYS = 60  # that a question waits at most
ENOUGH = 20  # receipts that earlier questions waited on, for their answers to say anything
_Z = 1.2816  # of the normal distribution: four of five intervals hold the true share


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /api/decisions/{key}/asks`: the question, and for how many days it waits beside today."""

    text: Texts
    days: Annotated[int, Meta(ge=1, le=DAYS)]


class Telling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/asks/{id}/heard`: what was heard, and what is done with it. `revision`: of the ask as you
    saw it."""

    heard: Texts
    revision: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)]


class AnswerGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `PUT /api/receipt/answer`: which question, and what she says."""

    ask: Annotated[int, Meta(ge=1, le=9_007_199_254_740_991)]
    text: Annotated[str, Meta(max_length=5_000)]


class Ask(msgspec.Struct, frozen=True):
    """As it is stored. `until`: the last day; `ended_at`: when the calendar or its office ended it; `reached`: on how many
    receipts it waited when it was asked."""

    id: int
    agency_id: int
    decision_id: int
    text: Texts
    office: str
    asked_at: int
    until: Day
    zone: str
    ended_at: int | None
    withdrawn: bool
    reached: int
    heard: Texts
    heard_at: int | None
    revision: int

    @property
    def closes_at(self) -> int:
        """The moment from which nobody can answer."""
        return end_of(self.until, self.zone)

    def is_open(self, now: int) -> bool:
        return self.ended_at is None and now < self.closes_at

    @property
    def public(self) -> bool:
        """Whether it stands on the pages: not what was taken back before anything was said of it."""
        return not self.withdrawn or self.heard_at is not None


class PublicAsk(msgspec.Struct):
    """A question as everybody sees it. `heard`: what the office heard and does, once it says so. How many answered stands in
    no public place."""

    id: int
    text: Texts
    office: str
    asked_at: int
    until: Day
    closes_at: int
    is_open: bool
    heard: Texts
    heard_at: int | None


class OnReceipt(msgspec.Struct):
    """A question as a receipt shows it. `answer`: what its holder answered from it, null until she does; `answer_receipt`:
    the code of that answer. `answer_erased`: she erased it."""

    ask: PublicAsk
    withdrawn: bool
    answer: str | None = None
    answer_receipt: str | None = None
    answer_erased: bool = False


class Reach(msgspec.Struct, frozen=True):
    """Whom a question may reach. `receipts`: with words in this decision, not erased; `bells`: of these, with an address that
    is told; `lately`: of these, whose author wrote, corrected or said something again within thirty days, an hour or more
    after the first time. `speaking`: who spoke here by the widget or the form in as many days as it would wait. `reached`,
    `answered`: receipts on which earlier questions of the agency waited, and answers that came from them."""

    receipts: int
    bells: int
    lately: int
    speaking: int
    reached: int
    answered: int


class Prospect(Reach, frozen=True):
    """With how many answers to expect, `low` to `high`, and on what that rests: on earlier questions, on who came back, or on
    nothing, because there is no receipt yet."""

    basis: Literal["asked", "came_back", "nothing"]
    low: int
    high: int


def prospect(reach: Reach) -> Prospect:
    """An honest guess: the share of receipts from which somebody answered before, or came back, with the bounds that so few
    of them allow (Wilson 1927); and at most as many from the pages as spoke there lately."""
    if reach.reached >= ENOUGH:
        basis, low, high = "asked", *wilson(reach.answered, reach.reached)
    elif reach.receipts:
        basis, low, high = "came_back", *wilson(reach.lately, reach.receipts)
    else:
        basis, low, high = "nothing", 0.0, 0.0
    return Prospect(
        **msgspec.structs.asdict(reach),
        basis=basis,  # type: ignore[arg-type]
        low=math.floor(low * reach.receipts),
        high=math.ceil(high * reach.receipts) + reach.speaking,
    )


def wilson(found: int, of: int) -> tuple[float, float]:
    """The bounds of a share of which `found` of `of` were seen."""
    share, z2 = found / of, _Z * _Z
    middle = share + z2 / (2 * of)
    width = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, (middle - width) / (1 + z2 / of)), min(1.0, (middle + width) / (1 + z2 / of))


def checked_question(text: Texts, field: str, languages: tuple[str, ...], limit: int = LINE) -> Texts:
    """A text that stands in public, in all of `languages`. Refusal `incomplete` naming those that are missing."""
    found = checked_texts(text, field, limit)
    if missing := missing_languages(found, languages):
        raise Refusal("incomplete", fields=tuple(f"{field}.{language}" for language in missing))
    return found
