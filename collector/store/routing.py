"""Routing rules: few rows, asked at every arrival, so they are kept in memory. The rows in the database are the truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from collector.change import ASSIGNED, NO_KIND, ROUTED, ROUTING
from collector.errors import Refusal
from collector.routing import (
    BY_HAND,
    ROUTABLE,
    Caught,
    Facts,
    Routing,
    Rule,
    Trial,
    checked_rules,
    facts_of_row,
    fits,
)
from collector.store.agencies import Agencies
from collector.store.changes import record
from collector.store.engine import Engine, Row, Transaction
from collector.submission import Submission

TRIED = 1_000  # voices with words, the newest, on which rules are tried
EXAMPLES = 3
_RULES = msgspec.json.Decoder(tuple[Rule, ...])


class Routings:
    """Called wherever something becomes known of a voice that rules look at, and by the team's endpoint."""

    def __init__(self, engine: Engine, agencies: Agencies, shown: Callable[[Row], Submission]) -> None:
        self._engine = engine
        self._agencies = agencies
        self._shown = shown
        self._kept: dict[int, Routing] = {}
        self._members: frozenset[int] = frozenset()

    async def load(self) -> None:
        self._kept = {
            row["agency_id"]: Routing(
                _RULES.decode(row["rules"]), row["revision"], row["last"], row["changed_at"], row["by"]
            )
            for row in await self._engine.fetch("routing.all")
        }
        self._members = frozenset(row["id"] for row in await self._engine.fetch("routing.members"))

    def of(self, agency_id: int) -> Routing:
        return self._kept.get(agency_id, Routing())

    def fit(self, agency_id: int, facts: Facts) -> Rule | None:
        """The rule that catches it, None when none does. One whose contact point or colleague is gone is passed over."""
        for rule in self.of(agency_id).rules:
            if fits(rule, facts) and self._leads(agency_id, rule):
                return rule
        return None

    def arrival(self, agency_id: int, facts: Callable[[], Facts]) -> Rule | None:
        """The same for what comes in now: who has no rules does not wait for `facts` to be put together."""
        return self.fit(agency_id, facts()) if agency_id in self._kept else None

    def lost(self, agency_id: int) -> list[int]:
        """Ids of the rules that lead nowhere any more."""
        return [rule.id for rule in self.of(agency_id).rules if not self._leads(agency_id, rule)]

    async def apply(self, tx: Transaction, agency_id: int, submission_id: int, now: int) -> None:
        """Sends a voice where the rules say, in the transaction in which something became known of it. It stays where a
        person put it, and where it is already; once it is with somebody, answered or set aside, rules say nothing."""
        if agency_id not in self._kept:
            return
        row = (await tx.fetch("submissions.one", agency_id=agency_id, id=submission_id))[0]
        if row["routed"] == BY_HAND or not row["words"] or row["erased_at"] or row["status"] not in ROUTABLE:
            return
        if row["routed"] is None and (row["contact_point"] is not None or row["member_id"] is not None):
            return  # somebody decided before there were rules
        rule = self.fit(agency_id, self._facts(row))
        point, member = (rule.contact_point, rule.member) if rule else (None, None)
        if (point, member, rule.id if rule else None) == (row["contact_point"], row["member_id"], row["routed"]):
            return
        given = {"agency_id": agency_id, "id": submission_id}
        await tx.run("routing.route", **given, contact_point=point, member_id=member, routed=rule.id if rule else None)
        if point != row["contact_point"]:
            await record(tx, agency_id, ROUTED, now, None, submission_id, detail=point or NO_KIND)
        if member != row["member_id"]:
            await record(tx, agency_id, ASSIGNED, now, None, submission_id, detail=str(member or NO_KIND))

    async def save(
        self, agency_id: int, rules: Sequence[Rule], *, revision: int, decisions: Sequence[str], now: int, by: str
    ) -> Routing:
        """Replaces all rules. `decisions`: the keys of the agency's own. Refusal `invalid` naming what cannot be, `stale` when
        a colleague saved others since `revision`."""
        before = self.of(agency_id)
        wanted = await self._checked(agency_id, rules, decisions)

        async def body(tx: Transaction) -> None:
            if not revision and await tx.fetch("routing.saved", agency_id=agency_id):
                raise Refusal("stale")
            saved = await tx.fetch(
                "routing.save", agency_id=agency_id, rules=msgspec.json.encode(wanted.rules).decode(),
                last=max(wanted.last, before.last), revision=revision, now=now, by=by,
            )  # fmt: skip
            if not saved:
                raise Refusal("stale")
            await record(tx, agency_id, ROUTING, now, by, None, detail=str(len(wanted.rules)))

        await self._engine.write(body)
        await self.load()
        return self.of(agency_id)

    async def trial(self, agency_id: int, rules: Sequence[Rule], *, decisions: Sequence[str]) -> Trial:
        """What these rules would do with the newest thousand voices with words. Refusal `invalid`."""
        wanted = (await self._checked(agency_id, rules, decisions)).rules
        rows = await self._engine.fetch("routing.last", agency_id=agency_id, limit=TRIED)
        caught: list[list[int]] = [[] for _ in (*wanted, None)]
        elsewhere = 0
        for row in rows:
            facts = self._facts(row)
            found = next((rule for rule in wanted if fits(rule, facts)), None)
            caught[wanted.index(found) if found else -1].append(row["id"])
            elsewhere += _target(found) != _target(self.fit(agency_id, facts))
        shown = await self._examples(agency_id, [id_ for ids in caught for id_ in ids[:EXAMPLES]])
        found_of = [Caught(len(ids), [shown[id_] for id_ in ids[:EXAMPLES] if id_ in shown]) for ids in caught]
        return Trial(len(rows), found_of[:-1], found_of[-1], elsewhere)

    def _leads(self, agency_id: int, rule: Rule) -> bool:
        if rule.contact_point is not None and not self._agencies.has_point(agency_id, rule.contact_point):
            return False
        return rule.member is None or rule.member in self._members

    def _facts(self, row: Row) -> Facts:
        return facts_of_row(row, self._agencies.placement_by_id(row["placement_id"]).key)

    async def _checked(self, agency_id: int, rules: Sequence[Rule], decisions: Sequence[str]) -> Routing:
        own: dict[str, set[str]] = {
            "placement": {placement.key for placement in self._agencies.placements(agency_id)},
            "contact_point": {point.key for point in self._agencies.contact_points(agency_id)},
            "decision": set(decisions),
            "member": await self._ids("routing.own_members", agency_id),
            "theme": await self._ids("routing.themes", agency_id),
        }
        kept = self.of(agency_id)
        known = [rule.id for rule in kept.rules]
        return checked_rules(rules, lambda field, value: value in own[field], known, kept.last)

    async def _ids(self, query: str, agency_id: int) -> set[str]:
        return {str(row["id"]) for row in await self._engine.fetch(query, agency_id=agency_id)}

    async def _examples(self, agency_id: int, ids: Sequence[int]) -> dict[int, Submission]:
        listed = msgspec.json.encode(list(ids)).decode()
        rows = await self._engine.fetch("routing.examples", agency_id=agency_id, ids=listed)
        return {row["id"]: self._shown(row) for row in rows}


def _target(rule: Rule | None) -> tuple[str | None, int | None]:
    return (rule.contact_point, rule.member) if rule else (None, None)
